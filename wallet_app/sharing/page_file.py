"""The verification page as a file: as shipped, and with a badge in it.

The page is `resources/verify_page/verify.html`, one file without dependencies. With a link's
fragment in its one data element it checks that badge without any server.
"""

import json
import re
from functools import lru_cache
from hashlib import sha256
from typing import Final

from wallet_app.errors import UserError
from wallet_app.resources import resource_path

__all__ = ["page_bytes", "page_sha256", "page_sha256_of", "self_verifying_page"]

_ELEMENT: Final = re.compile(
    rb'(<script type="application/json" id="badge">)([^<]*)(</script>)', re.DOTALL
)
_EMPTY: Final = b'""'


@lru_cache(1)
def page_bytes() -> bytes:
    """Return the page as it is published, byte for byte."""
    return resource_path("verify_page", "verify.html").read_bytes()


def page_sha256() -> str:
    """Return the hash by which a reader can compare a page with the one that Coffre ships."""
    return sha256(page_bytes()).hexdigest()


def page_sha256_of(page: bytes) -> str:
    """Return the hash of a page somebody has, a badge inside it left out.

    It equals ``page_sha256`` when it is our page, with or without a badge.

    Raises:
        UserError: ``share.page_foreign``: it has not exactly one place for a badge.
    """
    before, after = _around(page)
    return sha256(before + _EMPTY + after).hexdigest()


def self_verifying_page(text: str) -> bytes:
    """Return the page with ``text`` inside: a file that checks its badge by itself.

    Args:
        text: of ``link_text`` or ``portfolio_text``, what would follow ``#`` in a link.

    Raises:
        ValueError: the text is not ASCII: no link's.
    """
    if not text.isascii():
        raise ValueError("a link is ASCII")
    before, after = _around(page_bytes())
    # What looks like markup would end the element, whatever JSON says of it.
    inside = json.dumps(text).replace("<", "\\u003c").encode("ascii")
    page = before + inside + after
    if page_sha256_of(page) != page_sha256():
        raise AssertionError("the page around the badge is not the page")
    return page


def _around(page: bytes) -> tuple[bytes, bytes]:
    found = list(_ELEMENT.finditer(page))
    if len(found) != 1:
        raise UserError("share.page_foreign")
    return page[: found[0].start(2)], page[found[0].end(2) :]
