"""A host is shown where it is one, in letters that cannot be taken for others."""

import pytest

from wallet_app.credentials.host_names import shown_host


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Badges.Example/x?y#z", "badges.example"),
        ("http://badges.example.:8080", "badges.example"),
        ("https://xn--hrvard-ova.edu/x", "xn--hrvard-ova.edu"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", "xn--80ak6aa92e.com"),
        ("https://stra\u00dfe.example/", "xn--strae-oqa.example"),
        ("https://[::1]:8/x", "[::1]"),
        ("https://harvard.edu:x@evil.example/", "evil.example"),
        ("https://192.0.2.1/x", "192.0.2.1"),
    ],
)
def test_a_host_is_told_as_the_network_knows_it(address: str, host: str) -> None:
    assert shown_host(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "https://harvard.edu is trusted. But see evil",
        "https://evil.example\\@harvard.edu/x",
        "https://harvard.edu%00.evil.example/",
        "https://evil\u3002example/",
        "https://ev\u202eil.example/",
        "https://-.example/",
        "https://" + "a." * 200 + "example",
        "https://" + "a" * 64 + ".example",
        "https://" + "\u0430" * 200 + ".example",
        "https://[",
        "https:///x",
        "ftp://evil.example/",
        "did:web:evil.example",
        "",
    ],
)
def test_what_is_no_host_or_hides_it_is_none(address: str) -> None:
    assert shown_host(address) == ""
