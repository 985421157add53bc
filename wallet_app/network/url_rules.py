"""Which addresses may be asked for: plain https ones, spelled in one way only.

Every reader of a URL must see the same host. What two parsers could read differently
(user information, backslashes, control characters, odd ports, numbers as hosts) is
refused rather than repaired.

Source: RFC 3986; WHATWG URL for what other readers make of a host.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from wallet_app.crypto.documents import DocumentUnavailable

__all__ = ["Target", "check_url", "host_of_address", "without_fragment"]

_MAX_CHARS: Final = 2_048
_HTTPS_PORT: Final = 443
_LOWEST_FREE_PORT: Final = 1024
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
                   r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?")  # fmt: skip
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\.?")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address.

    Attributes:
        url: what is sent: https, ASCII, without fragment.
        host: lower case ASCII. port: 443, or 1024 and above.
    """

    url: str
    host: str
    port: int


def without_fragment(url: str) -> str:
    """Return ``url`` without its fragment, which is never sent."""
    return url.partition("#")[0]


def host_of_address(url: str) -> str:
    """Return the host of an address, "" where the rules refuse it."""
    try:
        return check_url(url, upgrades_http=True).host
    except DocumentUnavailable:
        return ""


def check_url(url: str, *, upgrades_http: bool) -> Target:
    """Return the checked form of ``url``.

    Args:
        url: from a credential, a redirect or a person.
        upgrades_http: ask an ``http`` address without a port over ``https`` instead.

    Raises:
        DocumentUnavailable: ``blocked_url`` (scheme, spelling, user information, port) or
            ``blocked_address`` (a number in place of a host name).
    """
    if len(url) > _MAX_CHARS or _FORBIDDEN.search(url):
        raise DocumentUnavailable("blocked_url", url[:_MAX_CHARS], "spelling")
    try:
        parts = urlsplit(without_fragment(url))
        port = parts.port
    except ValueError as error:
        raise DocumentUnavailable("blocked_url", url, "spelling") from error
    upgraded = upgrades_http and parts.scheme == "http" and port in (None, 80)
    if parts.scheme != "https" and not upgraded:
        raise DocumentUnavailable("blocked_url", url, "scheme")
    if "@" in parts.netloc:
        raise DocumentUnavailable("blocked_url", url, "userinfo")
    host = _host(parts.hostname or "", url)
    port = _HTTPS_PORT if upgraded or port is None else port
    if port != _HTTPS_PORT and port < _LOWEST_FREE_PORT:
        raise DocumentUnavailable("blocked_url", url, "port")
    place = host if port == _HTTPS_PORT else f"{host}:{port}"
    path = _ascii(parts.path or "/")
    query = f"?{_ascii(parts.query)}" if parts.query else ""
    return Target(f"https://{place}{path}{query}", host, port)


def _host(name: str, url: str) -> str:
    # RFC 3986: a URI is ASCII; an international name comes as its A-label (xn--).
    host = name.lower()
    # Other readers take a host whose last label is a number for an IPv4 address in
    # decimal, octal or hexadecimal, and anything with a colon for IPv6.
    last = host.rstrip(".").rpartition(".")[2]
    if ":" in host or _NUMBER.fullmatch(last):
        raise DocumentUnavailable("blocked_address", url, host)
    if not _HOST.fullmatch(host):
        raise DocumentUnavailable("blocked_url", url, "host")
    return host


def _ascii(text: str) -> str:
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~-._")
