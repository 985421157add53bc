"""The address of a person's own page: judged, and what follows from it."""

import re
from typing import Final
from urllib.parse import urlsplit

from wallet_app.errors import UserError

__all__ = ["page_address", "page_file_name", "page_origin"]

_MAX_CHARS: Final = 300
_MAX_SHOWN: Final = 200
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.html?")
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
_PATH: Final = re.compile(r"[A-Za-z0-9/._~%!$&()*+,;=:@-]*")
_NO_SCHEME: Final = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(?::\d+)?(?:/.*)?")
_HERE: Final = frozenset({"localhost", "127.0.0.1"})
_PORTS: Final = {"https": 443, "http": 80}


def page_address(text: str) -> str:
    """Return the address of a page as links begin with it: one spelling, ASCII, no ``#``.

    A dotted host that nothing stands before gets ``https://``; nothing else is guessed.

    Raises:
        UserError: ``share.page_address`` with ``address``: no https address (http is for this
            computer alone), or one with a name and password, a query or a fragment in it.
    """
    typed = text.strip()
    try:
        parts = urlsplit(f"https://{typed}" if _NO_SCHEME.fullmatch(typed) else typed)
        port = parts.port
    except ValueError as error:
        raise UserError("share.page_address", {"address": typed[:_MAX_SHOWN]}) from error
    scheme, host, path = parts.scheme.lower(), (parts.hostname or "").lower(), parts.path or "/"
    allowed = scheme == "https" or (scheme == "http" and host in _HERE)
    odd = "@" in parts.netloc or "?" in typed or "#" in typed or len(typed) > _MAX_CHARS
    plain = _HOST.fullmatch(host) and _PATH.fullmatch(path) and ".." not in path.split("/")
    if not allowed or odd or not plain:
        raise UserError("share.page_address", {"address": typed[:_MAX_SHOWN]})
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return f"{scheme}://{place}{path}"


def page_origin(address: str) -> str:
    """Return the origin of a judged address as browsers write it (RFC 6454 section 6.2)."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def page_file_name(address: str) -> str:
    """Return the name of the file that serves a judged address: its own, or ``index.html``."""
    last = urlsplit(address).path.rpartition("/")[2]
    return last if _PLAIN.fullmatch(last) else "index.html"
