"""Pages for people, and the address at which the same badge is given to programs.

Only forms that were seen in use are listed; every other address is asked for as it is.
What comes back is recognised and verified like any file.
"""

import re
from typing import Final

__all__ = ["machine_addresses"]

_UUID: Final = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_PAGES: Final = (
    (
        re.compile(rf"https://(?:www\.)?credly\.com/badges/{_UUID}(?:/[\w/-]*)?(?:\?.*)?"),
        (
            "https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{0}",
            "https://www.credly.com/api/v1/obi/v2/badge_assertions/{0}",
        ),
    ),
    (
        re.compile(r"https://badgr\.com/public/assertions/([\w-]+)(?:\?.*)?"),
        ("https://api.badgr.io/public/assertions/{0}.json",),
    ),
    (
        re.compile(r"https://(eu|ca|au)\.badgr\.com/public/assertions/([\w-]+)(?:\?.*)?"),
        ("https://api.{0}.badgr.io/public/assertions/{1}.json",),
    ),
)


def machine_addresses(url: str) -> tuple[str, ...]:
    """Return where programs get the badge that the page ``url`` shows, best first.

    Empty when the page is not known.
    """
    for page, addresses in _PAGES:
        if found := page.fullmatch(url):
            return tuple(address.format(*found.groups()) for address in addresses)
    return ()
