import pytest

from wallet_app.network.credential_urls import machine_addresses

ID = "0a1b2c3d-0000-4000-8000-00000000abcd"


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        (
            f"https://www.credly.com/badges/{ID}/public_url?trk=x",
            (
                f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{ID}",
                f"https://www.credly.com/api/v1/obi/v2/badge_assertions/{ID}",
            ),
        ),
        (
            "https://badgr.com/public/assertions/Ab_c-1?identity__email=x",
            ("https://api.badgr.io/public/assertions/Ab_c-1.json",),
        ),
        (
            "https://eu.badgr.com/public/assertions/Ab1",
            ("https://api.eu.badgr.io/public/assertions/Ab1.json",),
        ),
        ("https://www.credly.com/org/x/badge/y", ()),
        (f"https://www.credly.com.evil.example/badges/{ID}", ()),
        (f"https://evil.example/https://www.credly.com/badges/{ID}", ()),
        ("https://evil.badgr.com/public/assertions/1", ()),
        ("https://badgr.com/public/assertions/../admin", ()),
    ],
)
def test_known_pages_have_a_form_for_programs(page: str, addresses: tuple[str, ...]) -> None:
    assert machine_addresses(page) == addresses
