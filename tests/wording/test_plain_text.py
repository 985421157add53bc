"""Words take any param, and text from anywhere stays plain."""

from wallet_app.wording import Words


def test_a_param_may_bear_any_name_even_that_of_an_argument() -> None:
    # The code of a doubled JSON key names it in a param called "key": once a crash.
    words = Words("en")
    assert "issuer" in words.text("code.format.json_duplicate_key", key="issuer", self="x")
    assert words.plural("no.such.plural", 2, key="a", count_of="b") == "no.such.plural.other"


def test_an_unknown_key_is_shown_as_plain_text() -> None:
    # Codes come out of restored reports, too.
    assert Words("en").text("x\x1b[2J\ny") == "x\ufffd[2J y"
