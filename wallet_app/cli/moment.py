"""The moment of ``--at`` and of other options that take a time."""

from datetime import UTC, datetime

__all__ = ["parse_moment"]


def parse_moment(text: str) -> datetime:
    """Read the clock of ``--at``: ISO 8601 with a zone; a bare date means midnight UTC.

    Raises:
        ValueError: it is no such moment, or it has a time but no zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        if len(text) > len("2026-11-23"):
            raise ValueError("a time needs its zone")
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the years of the calendar") from error
