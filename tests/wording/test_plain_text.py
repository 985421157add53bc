"""Words take any param, and text from anywhere stays plain."""

import pytest

from wallet_app.wording import Words, plain_text


@pytest.mark.unknown_words
def test_a_param_may_bear_any_name_even_that_of_an_argument() -> None:
    # The code of a doubled JSON key names it in a param called "key": once a crash.
    words = Words("en")
    assert "issuer" in words.text("code.format.json_duplicate_key", key="issuer", self="x")
    assert words.plural("no.such.plural", 2, key="a", count_of="b") == "no.such.plural.other"


@pytest.mark.unknown_words
def test_an_unknown_key_is_shown_as_plain_text() -> None:
    # Codes come out of restored reports, too.
    assert Words("en").text("x\x1b[2J\ny") == "x\ufffd[2J y"


def test_a_letter_that_is_drawn_as_nothing_is_seen() -> None:
    for blank in "\u3164\u115f\uffa0\u2800\u034f\u17b4":
        assert plain_text(f"North{blank}gate") == "North\ufffdgate"
    for honest in ("한글", "\u2801", "❤\ufe0f", "ខ្មែរ", "a\u0301"):
        assert plain_text(honest) == honest
