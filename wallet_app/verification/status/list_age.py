"""How long a status list may be relied on to say that a badge is in force.

Sources: Bitstring Status List 1.0 (``ttl`` in milliseconds), Token Status List section 5.1
(``ttl`` in seconds).
"""

from datetime import datetime, timedelta

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.documents import Document
from wallet_app.verification.fetching import is_stale

__all__ = ["is_old"]

_MAX_TTL = timedelta(days=7)
"""The longest that a list may ask to be relied on: a withdrawal must show within a week."""

_ONE_REPORT = timedelta(minutes=5)
"""What one report fetches is fresh for all of it, even under ``ttl: 0`` (never keep it)."""


def is_old(document: Document, ttl: JsonValue, unit: timedelta, now: datetime) -> bool:
    """Return whether a list is older than it asks to be kept: ``ttl`` counts ``unit``.

    Without a readable ``ttl``, older than any answer about today may be.
    """
    if not isinstance(ttl, int) or isinstance(ttl, bool) or ttl < 0:
        return is_stale(document, now)
    stated = unit * min(ttl, _MAX_TTL // unit)
    return is_stale(document, now, max(stated, _ONE_REPORT))
