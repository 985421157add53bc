"""Links of Coffre's own scheme, as a web page has them: ``coffre:add?url=https%3A%2F%2F...``.

Any page can have a person follow one, so it is input from strangers. It can name one https
address and nothing else: no command, file, option, safe or second address. What cannot be read
in one way only is refused as a whole; the address is then asked about like one that was dropped,
and judged by the fetch rules like every other.
"""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from wallet_app.errors import UserError

__all__ = ["SCHEME", "address_of_link", "is_coffre_link"]

SCHEME: Final = "coffre:"
_MAX_CHARS: Final = 8_192
"""Room for an address of the longest that is fetched, each letter of it escaped."""

# Browsers may write an empty authority and a slash into it. No "&", "#" or "+": they would start
# a second parameter or a fragment, or be read as a space by some.
_FORM: Final = re.compile(
    r"(?i:coffre):(?://)?add/?\?url=((?:[A-Za-z0-9._~:/?@!$'()*,;=\[\]-]|%[0-9A-Fa-f]{2})+)",
    re.ASCII,
)
_ADDRESS: Final = re.compile(rb"(?i:https)://[!-~]+")


def is_coffre_link(text: str) -> bool:
    """Return whether ``text`` is meant as one, well formed or not."""
    return text[: len(SCHEME)].lower() == SCHEME


def address_of_link(link: str) -> str:
    """Return the https address that a link names, in ASCII; it was not asked for anything.

    Raises:
        UserError: ``coffre_link.refused``: it is too long, of another form, or names something
            else. The link is not quoted: it may be of any length and say anything.
    """
    match = _FORM.fullmatch(link) if len(link) <= _MAX_CHARS else None
    # Decoded once: what is escaped twice is no address.
    address = unquote_to_bytes(match[1]) if match else b""
    if not _ADDRESS.fullmatch(address) or b"\\" in address:
        raise UserError("coffre_link.refused")
    return address.decode("ascii")
