import time

import pytest

from wallet_app.app.passphrase_strength import (
    Strength,
    Weakness,
    guess_bits,
    judge,
    prepare,
    strength_of,
)
from wallet_app.app.passphrases import suggest_passphrase


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.NONE),
        ("a", Strength.WEAK),
        ("password", Strength.WEAK),
        ("P@ssw0rd", Strength.WEAK),
        ("motdepasse1", Strength.WEAK),
        ("Tr0ub4dor&3", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("12345678901234567890", Strength.WEAK),
        ("abcdefghijklmnopqrst", Strength.WEAK),
        ("chat chat chat chat chat", Strength.WEAK),
        ("correcthorsebatterystaple", Strength.FAIR),
        ("Correct horse battery staple", Strength.WEAK),
        ("correct-horse-battery-staple", Strength.WEAK),
        ("velvet orbit granite", Strength.FAIR),
        ("velvet orbit granite meadow", Strength.STRONG),
        ("été château forêt rivière", Strength.STRONG),
        ("velvet orbit granite meadow lamp", Strength.VERY_STRONG),
    ],
)
def test_strength_is_what_a_guesser_would_find(passphrase: str, expected: Strength) -> None:
    assert strength_of(passphrase) is expected


def test_one_more_new_word_is_never_weaker() -> None:
    words = ["velvet", "orbit", "granite", "meadow", "lamp"]
    bits = [guess_bits(" ".join(words[: count + 1])) for count in range(len(words))]
    assert bits == sorted(bits)


def test_a_pasted_novel_is_judged_at_once() -> None:
    started = time.process_time()
    strength_of("velvet orbit granite meadow lamp " * 100_000)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "passphrase",
    [
        "bonjour soleil",
        "jetaime mon amour",
        "Azertyuiop123",
        "MarseilleSoleil2024",
        "motdepasse motdepasse",
        "château maison",
        "maison jardin",
        "Camille1998",
        "doudou-chouchou-loulou",
        "23/11/1998",
        "qsdfghjklm",
        "p4ssw0rd" * 12,
    ],
)
def test_what_french_and_english_people_choose_does_not_look_strong(passphrase: str) -> None:
    assert strength_of(passphrase) <= Strength.WEAK


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_passphrase_that_coffre_offers_is_very_strong(language: str) -> None:
    for _ in range(20):
        assert strength_of(suggest_passphrase(language)) is Strength.VERY_STRONG


@pytest.mark.parametrize(
    ("passphrase", "weakness"),
    [
        ("password", Weakness.COMMON),
        ("password1", Weakness.COMMON),
        ("blue kettle", Weakness.NONE),
        ("soleil", Weakness.COMMON),
        ("abcdefgh", Weakness.ROW),
        ("aaaaaaaa", Weakness.REPEAT),
        ("23/11/1998", Weakness.DATE),
        ("velvet orbit granite meadow lamp", Weakness.NONE),
    ],
)
def test_it_says_what_a_guesser_would_try(passphrase: str, weakness: Weakness) -> None:
    assert judge(passphrase).weakness is weakness


def test_typing_stays_quick_whatever_is_typed() -> None:
    prepare()
    texts = ["1" * 100, "p4$$w0rd@" * 12, "abcdefghijklmnop1234$%" * 5, "velvet orbit " * 8,
             "azertyuiop" * 10, "Ünïcödé 12/12/2012 !" * 5, "aB3$" * 25]  # fmt: skip
    slowest = 0.0
    for text in texts:
        for length in (10, 34, 60, 100):
            started = time.process_time()
            judge(text[:length])
            slowest = max(slowest, time.process_time() - started)
    assert slowest < 0.05
