"""What a check found names the host of an address, and a day in words."""

from wallet_app.app.check_words import check_sentence
from wallet_app.wording import Words


def test_a_sentence_names_the_host_of_an_address_and_a_day_in_words() -> None:
    words = Words("en")
    address = "https://me@badges.example/people/1/.well-known/did.json"
    said = check_sentence(words, "document.unreachable", {"url": address})
    assert said == "A page that is needed did not answer: badges.example."
    assert "1 February 2026" in check_sentence(words, "date.expired", {"end_day": "2026-02-01"})
    for odd in ("https://[broken", "2026-02-31", "did:web:badges.example"):
        assert odd in check_sentence(words, "document.unreachable", {"url": odd})


def test_what_is_no_host_is_said_as_the_address_that_it_is_and_not_at_length() -> None:
    words = Words("en")
    voice = "https://harvard.edu is trusted. But see evil"
    assert voice in check_sentence(words, "document.unreachable", {"url": voice})
    long = check_sentence(words, "document.unreachable", {"url": f"https://{'a' * 5000}/"})
    assert len(long) < 200
    alike = check_sentence(words, "document.unreachable", {"url": "https://\u0430pple.com/x"})
    assert "xn--pple-43d.com" in alike
