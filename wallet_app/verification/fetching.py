"""Documents asked of the resolver, read as JSON, with every failure made a code.

All failures here leave a check ``unknown``: that a page is missing, moved or broken shows
nothing about the credential.
"""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose, Resolver
from wallet_app.crypto.errors import ProofUnsupported

__all__ = [
    "FRESH_FOR",
    "check_json",
    "fetch",
    "fetch_object",
    "host_of",
    "is_stale",
    "moved_to_other_host",
    "origin_of",
]

FRESH_FOR = timedelta(hours=24)
"""How long an answer says that a badge is in force, when its issuer sets no time."""

_GONE = 410
_JSON = frozenset({"application/json", "application/vc"})
_READ_IN_TWO_WAYS = re.compile(r"[\x00-\x20\x7f\\]")
_LIMITS = JsonLimits(size_bytes=4 * 1024 * 1024)


def fetch(url: str, purpose: Purpose, resolver: Resolver) -> Document:
    """Return the document at ``url``.

    Raises:
        ProofUnsupported: ``document.unreachable`` with the URL and the typed reason;
            ``document.gone`` (HTTP 410), which only a badge's own page may answer.
    """
    try:
        document = resolver.fetch(url, purpose)
    except DocumentUnavailable as exc:
        params = {"url": exc.url, "reason": exc.reason, "detail": exc.detail}
        raise ProofUnsupported("document.unreachable", params) from exc
    if document.http_status == _GONE and purpose is not Purpose.HOSTED_BADGE:
        raise ProofUnsupported("document.gone", {"url": url})
    return document


def fetch_object(url: str, purpose: Purpose, resolver: Resolver) -> tuple[JsonObject, Document]:
    """Return the JSON object at ``url`` and the document it came in.

    Raises:
        ProofUnsupported: ``document.unreachable``, ``document.unreadable`` (not a strict
            JSON object), ``document.gone`` (HTTP 410).
    """
    document = fetch(url, purpose, resolver)
    try:
        return parse_object(document.data, _LIMITS), document
    except FormatError as exc:
        raise ProofUnsupported("document.unreadable", {"url": url, "reason": exc.code}) from exc


def check_json(document: Document) -> None:
    """Refuse a page that was not served as JSON: a picture or text that somebody uploaded.

    Raises:
        ProofUnsupported: ``document.unreachable`` with the reason ``media_type``.
    """
    # A document map states no media type.
    kind = document.media_type
    if kind and kind not in _JSON and not kind.endswith("+json"):
        params = {"url": document.url, "reason": "media_type", "detail": kind}
        raise ProofUnsupported("document.unreachable", params)


def host_of(url: str) -> str:
    """Return the host and port exactly as written, or "" when ``url`` has none or is odd.

    User information, backslashes, and the blanks that some readers drop make two readers
    see two hosts: such a URL has none.
    """
    if _READ_IN_TWO_WAYS.search(url):
        return ""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return ""
    return "" if "@" in host else host


def origin_of(url: str) -> str:
    """Return ``https://host`` of an https URL, else ""."""
    host = host_of(url)
    return f"https://{host}" if host and url.startswith("https://") else ""


def is_stale(document: Document, now: datetime, limit: timedelta = FRESH_FOR) -> bool:
    """Return whether a document was fetched too long ago to say how things are today."""
    return document.origin is not Origin.BUNDLED and now - document.fetched_at > limit


def moved_to_other_host(document: Document) -> bool:
    """Return whether redirects led away from the host that was asked."""
    return bool(document.final_url) and host_of(document.final_url) != host_of(document.url)
