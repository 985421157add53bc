"""Dates as issuers really write them, read in one place.

Rule: RFC 3339 with any offset (VCDM 2.0 section 4.9, OB 2.0 ``DateTime``), RFC 7519
``NumericDate`` for tokens, Unix seconds for Open Badges 0.5 and 1.0. What is not one of
these is unreadable, and an unreadable bound is never silently valid.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

__all__ = ["Bound", "Moment", "UnreadableDateError", "read_date", "read_unix_seconds"]

_RFC_3339 = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?"
    r"(?:([Zz])|([+-])(\d{2}):?(\d{2}))?",
    re.ASCII,
)
_DATE_ONLY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_UNIX_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_END_OF_DAY = time(23, 59, 59)


class Bound(StrEnum):
    """Which end of a period a date gives: a day without a time starts early and ends late."""

    START = "start"
    END = "end"


class UnreadableDateError(ValueError):
    """The text is no date that this program reads."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant, and the codes of what had to be assumed to read it.

    Attributes:
        at: aware UTC.
        assumptions: of ``date.no_timezone`` (taken as UTC) and ``date.day_only``.
    """

    at: datetime
    assumptions: tuple[str, ...] = ()


def read_date(text: str, *, bound: Bound, unix_seconds: bool = False) -> Moment:
    """Return the instant that ``text`` names.

    Args:
        text: as written in the document.
        bound: a date without a time is 00:00:00 UTC as a start, 23:59:59 UTC as an end.
        unix_seconds: whether digits alone are Unix seconds (Open Badges 0.5 and 1.0).

    Raises:
        UnreadableDateError: not a date, a day or an offset that does not exist, or out
            of the years 1 to 9999 in UTC.
    """
    try:
        if (match := _RFC_3339.fullmatch(text)) is not None:
            return _date_time(match)
        if (match := _DATE_ONLY.fullmatch(text)) is not None:
            return _day(match, bound)
    except (ValueError, OverflowError) as exc:
        raise UnreadableDateError(text) from exc
    if unix_seconds and _UNIX_SECONDS.fullmatch(text):
        return read_unix_seconds(int(text))
    raise UnreadableDateError(text)


def read_unix_seconds(seconds: float) -> Moment:
    """Return the instant ``seconds`` after 1970-01-01T00:00:00Z (RFC 7519 section 2).

    Raises:
        UnreadableDateError: negative, not finite, or after the year 9999.
    """
    try:
        if seconds < 0:
            raise UnreadableDateError(str(seconds))
        return Moment(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError) as exc:
        raise UnreadableDateError(str(seconds)) from exc


def _date_time(match: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second = (int(match[part]) for part in range(1, 7))
    # RFC 3339 section 5.7: a leap second is written :60; the clock here has none.
    second = 59 if second == 60 else second
    microsecond = int((match[7] or "0")[:6].ljust(6, "0"))
    naive = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=None)  # noqa: DTZ001  (the zone follows)
    if match[8]:
        return Moment(naive.replace(tzinfo=UTC))
    if match[9]:
        return Moment(naive.replace(tzinfo=_offset(match)).astimezone(UTC))
    return Moment(naive.replace(tzinfo=UTC), ("date.no_timezone",))


def _offset(match: re.Match[str]) -> timezone:
    hours, minutes = int(match[10]), int(match[11])
    if hours > 23 or minutes > 59:
        raise ValueError(match[0])
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if match[9] == "-" else distance)


def _day(match: re.Match[str], bound: Bound) -> Moment:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    clock = time(0) if bound is Bound.START else _END_OF_DAY
    return Moment(datetime.combine(day, clock, UTC), ("date.day_only",))
