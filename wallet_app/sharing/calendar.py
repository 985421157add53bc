"""The days on which badges end, as a calendar file (iCalendar, RFC 5545).

A calendar mostly lives at a service of others: the file holds the name of each badge and
the day it ends, and nothing else of it, neither its issuer nor its holder nor a link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final

from wallet_app.sharing.content_lines import escaped_text, folded_line
from wallet_app.wording import Words, plain_text

__all__ = ["REMINDER_DAYS", "Ending", "calendar_file"]

REMINDER_DAYS: Final = 30
"""How long before the end the calendar reminds."""

_MAX_NAME: Final = 200
_SEED: Final = b"coffre calendar\x00"


@dataclass(frozen=True, slots=True)
class Ending:
    """One badge: its id, its name, and the last day on which it is in force (UTC)."""

    badge_id: str
    name: str
    day: date


def calendar_file(endings: Sequence[Ending], words: Words, now: datetime) -> bytes:
    """Return the file, one event a badge; the same badge always has the same ``UID``.

    ``now`` is aware. Taken in twice, a calendar replaces its events instead of doubling them.
    """
    return "".join(map(folded_line, _lines(endings, words, now))).encode()


def _lines(endings: Sequence[Ending], words: Words, now: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//Coffre//Coffre//{words.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    for ending in endings:
        yield from _event(ending, words, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield "END:VCALENDAR"


def _event(ending: Ending, words: Words, stamp: str) -> Iterator[str]:
    # Plain and on one line: what a badge is called must not begin a property of its own.
    name = plain_text(ending.name, max_chars=_MAX_NAME)
    summary = escaped_text(words.text("calendar.summary", name=name))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(ending.badge_id)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(ending.day)}"
    # The end of an event is the first day that it no longer fills (section 3.6.1). Without one
    # it lasts that day; after the last day of all, "never" in many badges, there is none.
    if ending.day < date.max:
        yield f"DTEND;VALUE=DATE:{_day(ending.day + timedelta(days=1))}"
    yield f"SUMMARY:{summary}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{summary}"
    yield f"TRIGGER:-P{REMINDER_DAYS}D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _day(day: date) -> str:
    # Not strftime for the year: it writes 999 without a zero.
    return f"{day.year:04}{day:%m%d}"


def _uid(badge_id: str) -> str:
    """Return what names the event for ever, and is not the badge's fingerprint."""
    return f"{sha256(_SEED + badge_id.encode()).hexdigest()[:32]}@coffre"
