"""Pages for people, and the addresses at which the same badge is given to programs.

Only forms that were seen in use are listed; every other address is asked for as it is.
What comes back is recognised and verified like any file: an address proves nothing.

Sources: the open servers of the Badgr family (``.json``, ``?v=2_0``, ``/image``) and of
Open Badge Passport (``/obpv1/badge/info``); for the closed services, the addresses that
their own assertions carry.
"""

import re
from typing import Final

__all__ = ["machine_addresses", "sibling_addresses"]

_UUID: Final = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_END: Final = r"/?(?:\?.*)?"
_BADGR: Final = (
    "https://api.badgr.io/public/assertions/{0}.json",
    "https://api.badgr.io/public/assertions/{0}/image",
)
_BADGR_REGION: Final = tuple(one.replace("api.", "api.{0}.").replace("/{0}", "/{1}")
                             for one in _BADGR)  # fmt: skip
_BADGR_EUROPE: Final = tuple(one.replace("api.", "api.eu.") for one in _BADGR)
_PAGES: Final = (
    (
        rf"(?:www\.)?credly\.com/badges/{_UUID}(?:/[\w/-]*)?(?:\?.*)?",
        (
            "https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{0}",
            "https://www.credly.com/api/v1/obi/v2/badge_assertions/{0}",
            "https://api.credly.com/v1/obi/v2/badge_assertions/{0}",
        ),
    ),
    # Badgr, then Canvas Credentials, then Parchment Digital Badges: one server a region,
    # some with an institution's name in front of the page's.
    (rf"badgr\.com/public/assertions/([\w-]+){_END}", _BADGR),
    (rf"(eu|ca|au)\.badgr\.com/public/assertions/([\w-]+){_END}", _BADGR_REGION),
    (rf"(?:[a-z0-9-]+\.)?badges\.parchment\.com/public/assertions/([\w-]+){_END}", _BADGR),
    (rf"(?:[a-z0-9-]+\.)?badges\.parchment\.eu/public/assertions/([\w-]+){_END}", _BADGR_EUROPE),
    (
        rf"openbadgefactory\.com/v1/assertion/([0-9a-f]{{40}})(?:\.html)?{_END}",
        ("https://openbadgefactory.com/v1/assertion/{0}",),
    ),
    # Not the badge, but a record that names the address of its assertion.
    (
        rf"openbadgepassport\.com/app/badge/info/([0-9]+)(?:/(?:pic/)?embed)?{_END}",
        ("https://openbadgepassport.com/obpv1/badge/info/{0}",),
    ),
)
_KNOWN: Final = tuple((re.compile(f"https://{page}"), forms) for page, forms in _PAGES)
_BADGR_PAGE = re.compile(rf"(https://[^/?#]+/public/assertions/[\w-]+){_END}")


def machine_addresses(url: str) -> tuple[str, ...]:
    """Return where programs get the badge that the page ``url`` shows, best first.

    Empty when the page is not known.
    """
    for page, addresses in _KNOWN:
        if found := page.fullmatch(url):
            return tuple(address.format(*found.groups()) for address in addresses)
    return ()


def sibling_addresses(url: str) -> tuple[str, ...]:
    """Return where a server of the Badgr family, on whatever host, gives what a page shows."""
    found = _BADGR_PAGE.fullmatch(url)
    return (f"{found[1]}.json?v=2_0", f"{found[1]}/image") if found else ()
