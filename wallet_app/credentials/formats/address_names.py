"""What a badge is called that has no name, only an address."""

import re
from typing import Final
from urllib.parse import urlsplit

from wallet_app.credentials.host_names import shown_host

__all__ = ["name_of_address"]

_MOST: Final = 40
_MOST_OF_OTHERS: Final = 160
# No address holds these as they are: with them its end would look like a host of its own.
_DIVIDES: Final = re.compile(r"[\s·]+")


def name_of_address(address: str) -> str:
    """Return the last part of an address and its host: what tells it from others comes first.

    ``https://badges.example/public/assertions/x7Q`` is "x7Q · badges.example". What is no
    address of the web stays as it is, but for its length.
    """
    host = shown_host(address)
    if not host:
        long = len(address) > _MOST_OF_OTHERS
        return f"{address[:_MOST_OF_OTHERS]}…" if long else address
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2]
    last += f"?{parts.query}" if parts.query else ""
    last += f"#{parts.fragment}" if parts.fragment else ""
    last = _DIVIDES.sub("_", last)
    if len(last) > _MOST:
        # Beginnings are often alike.
        last = f"…{last[-_MOST:]}"
    return f"{last} · {host}" if last else host
