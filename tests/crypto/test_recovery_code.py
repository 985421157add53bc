"""A recovery code reads as a person copies it from paper, and a slip is named as one."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.crypto.recovery_code import (
    CODE_BYTES,
    CODE_WORDS,
    RecoveryCode,
    draw_code,
    read_code,
)
from wallet_app.errors import UserError
from wallet_app.resources import resource_path

LISTS: Final = {
    language: tuple(resource_path("words", f"{language}.txt").read_text("ascii").split())
    for language in ("en", "fr")
}
CODE: Final = draw_code(bytes(range(1, CODE_BYTES + 1)))
ENGLISH: Final = CODE.words(LISTS["en"])


def refusal(text: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(UserError) as caught:
        read_code(text, LISTS)
    return caught.value.code, dict(caught.value.params)


def replaced(place: int, word: str) -> str:
    return " ".join((*ENGLISH[:place], word, *ENGLISH[place + 1 :]))


@given(st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES), st.sampled_from(["en", "fr"]))
def test_every_code_comes_back_from_its_words(drawn: bytes, language: str) -> None:
    code = draw_code(drawn)
    words = code.words(LISTS[language])
    assert len(words) == CODE_WORDS
    assert read_code(" ".join(words), LISTS).secret == code.secret


def test_a_code_has_130_bits_and_every_one_of_them_counts() -> None:
    assert draw_code(b"\xff" * CODE_BYTES).secret == draw_code(b"\x03" + b"\xff" * 16).secret
    seen = set()
    for bit in range(130):
        code = draw_code((1 << bit).to_bytes(CODE_BYTES, "big"))
        seen.add(code.words(LISTS["en"]))
    assert len(seen) == 130


@pytest.mark.parametrize(
    "text",
    [
        " ".join(ENGLISH).upper(),
        "-".join(ENGLISH),
        "\n".join(f"{number}. {word}" for number, word in enumerate(ENGLISH, 1)),
        "  " + ",\t".join(word.title() for word in ENGLISH) + " \r\n",
        " ".join(CODE.words(LISTS["fr"])),
    ],
    ids=["capitals", "hyphens", "numbered lines", "commas", "other language"],
)
def test_how_it_is_written_does_not_matter(text: str) -> None:
    assert read_code(text, LISTS).secret == CODE.secret


def test_accents_are_forgiven() -> None:
    french = list(CODE.words(LISTS["fr"]))
    place = next(place for place, word in enumerate(french) if "e" in word)
    for accented in ("é", "e\N{COMBINING ACUTE ACCENT}"):
        typed = [*french[:place], french[place].replace("e", accented, 1), *french[place + 1 :]]
        assert read_code(" ".join(typed), LISTS).secret == CODE.secret


def test_four_letters_are_enough_where_one_word_begins_with_them() -> None:
    def alone(word: str) -> bool:
        return sum(other.startswith(word[:4]) for other in LISTS["en"]) == 1

    short = [word[:4] if alone(word) else word for word in ENGLISH]
    assert any(len(word) == 4 for word in short)
    assert read_code(" ".join(short), LISTS).secret == CODE.secret
    assert refusal(replaced(0, ENGLISH[0][:3]))[0] == "recovery.unknown_word"


def test_four_letters_that_begin_two_words_are_not_guessed() -> None:
    twins = next(
        word[:4]
        for word, other in zip(LISTS["en"], LISTS["en"][1:], strict=False)
        if word[:4] == other[:4] and len(word) > 4 and len(other) > 4
    )
    assert refusal(replaced(0, twins)) == ("recovery.unknown_word", {"place": 1})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("recovery.empty", {})),
        (" 1. 2. – ", ("recovery.empty", {})),
        (" ".join(ENGLISH[:13]), ("recovery.word_count", {"count": 13, "wanted": 14})),
        (" ".join((*ENGLISH, "abbey")), ("recovery.word_count", {"count": 15, "wanted": 14})),
        (replaced(4, "xylofone"), ("recovery.unknown_word", {"place": 5})),
        (replaced(13, "zzzz"), ("recovery.unknown_word", {"place": 14})),
    ],
)
def test_a_slip_is_named_by_its_place_and_never_by_the_word(
    text: str, expected: tuple[str, dict[str, int]]
) -> None:
    assert refusal(text) == expected


def test_two_words_changed_over_are_noticed() -> None:
    for place in range(CODE_WORDS - 1):
        swapped = list(ENGLISH)
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        assert refusal(" ".join(swapped))[0] == "recovery.mistyped"


@pytest.mark.sweeping
def test_another_word_of_the_list_is_noticed_all_but_once_in_a_thousand() -> None:
    passed = 0
    for word in LISTS["en"]:
        if word == ENGLISH[6]:
            continue
        try:
            assert read_code(replaced(6, word), LISTS).secret != CODE.secret
            passed += 1
        except UserError as error:
            assert error.code == "recovery.mistyped"  # noqa: PT017 - one of many
    assert passed <= 5


def test_the_code_itself_never_shows() -> None:
    assert repr(CODE) == "RecoveryCode(secret=Secret(…))"
    assert RecoveryCode(CODE.secret) == CODE
