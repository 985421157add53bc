"""The issuer's own public page of a badge: the first rung of showing it.

A link that already exists discloses nothing new and can be taken back at the issuer's
site. Criteria and evidence are pages about the badge, not of it, and are never offered.
Nothing is fetched here: whether the page answers is the reader's to see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from wallet_app.credentials.model import Credential, Securing
from wallet_app.errors import UserError

__all__ = ["PageCandidate", "PageReason", "page_candidates", "public_page", "public_page_of"]

_MAX_PAGE_CHARS: Final = 2_000
_KEPT_IN_URL: Final = "/:?#[]@!$&'()*+,;=-._~%"
_NEVER_IN_URL: Final = frozenset('\\"')
_MAX_HOST_CHARS: Final = 253
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_SUFFIXES: Final = (".local", ".localhost", ".internal", ".lan", ".home.arpa")


class PageReason(StrEnum):
    """Why an address counts as the page of a badge."""

    HOSTED_ASSERTION = "hosted_assertion"
    """Open Badges 0.5-2.x: the assertion lives there, and checking it asks that address."""
    CREDENTIAL_ID = "credential_id"
    """The credential names itself by this https address (OB 3.0 section B.1.1, VCDM ``id``)."""
    SOURCE = "source"
    """The file was imported from there."""


@dataclass(frozen=True, slots=True)
class PageCandidate:
    """One address that may be the public page, in ASCII, and why."""

    url: str
    reason: PageReason


def page_candidates(credential: Credential, source_url: str = "") -> tuple[PageCandidate, ...]:
    """Return the usable addresses, best first, each once.

    Args:
        credential: any credential.
        source_url: where the file was imported from, when it came by address; left out,
            the name kept with the original bytes is tried.
    """
    found: dict[str, PageCandidate] = {}
    for text, reason in _addresses(credential, source_url):
        url = _public_https(text)
        if url and url not in found:
            found[url] = PageCandidate(url, reason)
    return tuple(found.values())


def public_page(credential: Credential, source_url: str = "") -> str:
    """Return the issuer's own public page, as an ASCII https address.

    Raises:
        UserError: ``share.no_public_page`` with ``name``, the credential has none.
    """
    page = public_page_of(credential, source_url)
    if not page:
        raise UserError("share.no_public_page", {"name": credential.name})
    return page


def public_page_of(credential: Credential, source_url: str = "") -> str:
    """Return the issuer's own public page, or "" when the credential has none."""
    candidates = page_candidates(credential, source_url)
    return candidates[0].url if candidates else ""


def _addresses(credential: Credential, source_url: str) -> Iterator[tuple[str, PageReason]]:
    # A presentation is the holder's own envelope: its id is nobody's page.
    if not credential.format.is_collection:
        hosted = credential.secured.securing is Securing.HOSTED
        reason = PageReason.HOSTED_ASSERTION if hosted else PageReason.CREDENTIAL_ID
        yield credential.id, reason
    yield source_url or credential.original.name, PageReason.SOURCE


def _public_https(text: str) -> str:
    """Return ``text`` as an ASCII https address anyone can open, or ""."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.netloc.partition(":")[0].lower(), parts.port
    except ValueError:
        return ""
    # A name and password in an address are somebody's secret, or made to deceive.
    if parts.scheme.lower() != "https" or "@" in parts.netloc or port == 0:
        return ""
    if any(character.isspace() or not character.isprintable() for character in text.strip()):
        return ""
    # Readers take a backslash for a slash: the host would be another one.
    if any(character in _NEVER_IN_URL for character in text) or not _is_public_host(host):
        return ""
    tail = (quote(part, safe=_KEPT_IN_URL) for part in (parts.path, parts.query, parts.fragment))
    url = urlunsplit(("https", parts.netloc, *tail))
    return url if url.isascii() and len(url) <= _MAX_PAGE_CHARS else ""


def _is_public_host(host: str) -> bool:
    """Return whether ``host``, in lower case, is a DNS name of ASCII labels (RFC 1123)."""
    # Other scripts are written xn--… by every issuer seen; guessing the form could
    # point at another host.
    name = host.removesuffix(".")
    labels = name.split(".")
    if len(name) > _MAX_HOST_CHARS or len(labels) < 2 or name.endswith(_PRIVATE_SUFFIXES):
        return False
    # Browsers read 127.1 and 0x7f.1 as numeric addresses: their rule goes by the last label.
    return all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])
