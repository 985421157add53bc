"""The host of a web address as it may be shown: in ASCII, and only where it is one."""

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

__all__ = ["shown_host"]

_MOST: Final = 253
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_IPV6: Final = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*")


def shown_host(address: str) -> str:
    """Return the host of a web address, "" for what has none or hides which it is.

    Threat: a host that is looked at alone is read as a fact. One with blanks would go on in the
    page's own voice, one in look-alike letters would be another's; and where a backslash stands in
    front of an ``@``, two readers go to two hosts.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        return ""
    unclear = parts.scheme not in ("http", "https") or "\\" in parts.netloc
    if unclear or not 0 < len(host) <= _MOST:
        return ""
    if _IPV6.fullmatch(host):
        return f"[{host}]"
    named = ".".join(map(_in_ascii, host.split(".")))
    return named if len(named) <= _MOST and _NAME.fullmatch(named) else ""


def _in_ascii(label: str) -> str:
    """Return a part of a name as the network knows it (RFC 5891), "" for what is none.

    No letter is mapped to another: what a program would map is shown as it was written.
    """
    if label.isascii():
        return label
    label = unicodedata.normalize("NFC", label)
    known = all(one == "-" or unicodedata.category(one)[0] in "LMN" for one in label)
    return "xn--" + label.encode("punycode").decode("ascii") if known else ""
