import pytest

from wallet_app.network.credential_urls import machine_addresses, sibling_addresses

ID = "0a1b2c3d-0000-4000-8000-00000000abcd"
SHA1 = "0123456789abcdef0123456789abcdef01234567"


def badgr(region: str, badge: str) -> tuple[str, ...]:
    start = f"https://api{region}.badgr.io/public/assertions/{badge}"
    return (f"{start}.json", f"{start}/image")


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        (
            f"https://www.credly.com/badges/{ID}/public_url?trk=x",
            (
                f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{ID}",
                f"https://www.credly.com/api/v1/obi/v2/badge_assertions/{ID}",
                f"https://api.credly.com/v1/obi/v2/badge_assertions/{ID}",
            ),
        ),
        ("https://badgr.com/public/assertions/Ab_c-1?identity__email=x", badgr("", "Ab_c-1")),
        ("https://eu.badgr.com/public/assertions/Ab1", badgr(".eu", "Ab1")),
        ("https://ca.badgr.com/public/assertions/Ab1/", badgr(".ca", "Ab1")),
        ("https://badges.parchment.com/public/assertions/Ab1?utm_source=x", badgr("", "Ab1")),
        ("https://college.badges.parchment.com/public/assertions/Ab1", badgr("", "Ab1")),
        ("https://badges.parchment.eu/public/assertions/Ab1", badgr(".eu", "Ab1")),
        (
            f"https://openbadgefactory.com/v1/assertion/{SHA1}.html",
            (f"https://openbadgefactory.com/v1/assertion/{SHA1}",),
        ),
        (
            "https://openbadgepassport.com/app/badge/info/2041/pic/embed",
            ("https://openbadgepassport.com/obpv1/badge/info/2041",),
        ),
        ("https://www.credly.com/org/x/badge/y", ()),
        (f"https://www.credly.com.evil.example/badges/{ID}", ()),
        (f"https://evil.example/https://www.credly.com/badges/{ID}", ()),
        (f"https://www.credly.com@evil.example/badges/{ID}", ()),
        ("https://evil.badgr.com/public/assertions/1", ()),
        ("https://badges.parchment.com.evil.example/public/assertions/1", ()),
        ("https://evil-badges.parchment.com/public/assertions/1", ()),
        ("https://badgr.com/public/assertions/../admin", ()),
        ("https://openbadgepassport.com/app/badge/info/1;x", ()),
        ("http://badgr.com/public/assertions/1", ()),
    ],
)
def test_known_pages_have_a_form_for_programs(page: str, addresses: tuple[str, ...]) -> None:
    assert machine_addresses(page) == addresses


def test_any_server_of_the_badgr_family_has_the_same_forms_beside_its_page() -> None:
    page = "https://badges.college.example/public/assertions/Ab_1"
    assert sibling_addresses(f"{page}?identity__email=x") == (
        f"{page}.json?v=2_0",
        f"{page}/image",
    )
    assert sibling_addresses("https://badges.college.example/public/badges/Ab_1") == ()
