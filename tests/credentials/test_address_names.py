"""What a badge is called that has no name."""

import pytest

from wallet_app.credentials.formats.address_names import name_of_address


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://badges.example/public/assertions/x7Q", "x7Q · badges.example"),
        ("https://badges.example/public/assertions/x7Q/", "x7Q · badges.example"),
        ("https://badges.example/badge?id=7#a", "badge?id=7#a · badges.example"),
        ("https://me:pass@badges.example:8443/", "badges.example"),
        (f"https://badges.example/{'a' * 60}7", f"…{'a' * 39}7 · badges.example"),
        ("https://[broken/x", "https://[broken/x"),
        ("urn:uuid:5", "urn:uuid:5"),
        (f"https://{'a.' * 400}", f"https://{'a.' * 76}…"),
        ("https://badges.example/#x · b.example", "#x_b.example · badges.example"),
        ("", ""),
    ],
)
def test_what_differs_between_addresses_comes_first(address: str, name: str) -> None:
    assert name_of_address(address) == name
