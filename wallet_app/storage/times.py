"""Moments as stored: RFC 3339 in UTC with microseconds, so that text order is time order."""

from datetime import UTC, datetime

__all__ = ["optional_time", "stored_time", "time_text"]


def time_text(moment: datetime) -> str:
    """Return ``2026-11-23T10:15:00.000000Z``.

    Raises:
        ValueError: a time without zone, which is a bug of the caller.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def stored_time(text: str) -> datetime:
    """Return the moment as aware UTC; the inverse of ``time_text``."""
    return datetime.fromisoformat(text)


def optional_time(text: str | None) -> datetime | None:
    """Return the moment, or None for none."""
    return None if text is None else datetime.fromisoformat(text)
