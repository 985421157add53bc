"""Moments as stored: RFC 3339 in UTC with microseconds, so that text order is time order."""

from datetime import UTC, datetime
from typing import Final

__all__ = ["NAME_TIME", "name_time", "optional_time", "stored_time", "time_of_name", "time_text"]

NAME_TIME: Final = r"\d{4}-\d{2}-\d{2}T\d{6}Z"
"""How a moment looks in the name of a file: whole seconds, UTC, no colon, which disks refuse."""


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


def name_time(moment: datetime) -> str:
    """Return ``2026-11-23T101500Z``; ``moment`` is aware."""
    moment = moment.astimezone(UTC)
    # Not strftime for the year: it writes 999 without a zero.
    return f"{moment.year:04}-{moment:%m-%dT%H%M%S}Z"


def time_of_name(text: str) -> datetime | None:
    """Return the moment of a text that looks like ``NAME_TIME``; None where there is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
