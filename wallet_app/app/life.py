"""The life of one badge as a list of moments: what it says of itself, and what happened here.

Dates that the badge states are days; what the history tells has a time. Checks that found
nothing new are told once, as how many there were and when the last one was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from wallet_app.app.models import BadgeDetail, HistoryEvent
from wallet_app.credentials.model import Credential
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.report import CheckId, Report

__all__ = ["LifeKind", "LifeMoment", "life_of"]

_QUIET: Final = "verified"


class LifeKind(StrEnum):
    """What a moment is."""

    ISSUED = "issued"
    STARTS = "starts"
    ENDS = "ends"
    CHECKED = "checked"
    """One or several checks in a row that found nothing otherwise."""
    EVENT = "event"
    """An event of the history; ``event`` says which."""


@dataclass(frozen=True, slots=True)
class LifeMoment:
    """One moment.

    Attributes:
        at: aware.
        by_day: whether only its day is known or meant, as the issuer wrote it (UTC).
        ahead: it has not come yet.
        params: ``count`` of checks that are told as one.
    """

    at: datetime
    kind: LifeKind
    by_day: bool = False
    ahead: bool = False
    event: HistoryEvent | None = None
    params: Mapping[str, int] = field(default_factory=dict)


def life_of(
    detail: BadgeDetail, events: Sequence[HistoryEvent], now: datetime
) -> tuple[LifeMoment, ...]:
    """Return the life of a badge, the earliest moment first.

    ``events`` are those about it, the latest first.
    """
    moments = [*_stated(detail.credential, detail.report, now), *_told(events)]
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _stated(credential: Credential, report: Report, now: datetime) -> Iterator[LifeMoment]:
    issued = _day(credential.issued_on, Bound.START)
    starts, ends = _bound(report, "start"), _bound(report, "end")
    if issued is not None:
        yield LifeMoment(issued, LifeKind.ISSUED, by_day=True, ahead=issued > now)
    if starts is not None and (issued is None or starts.date() != issued.date()):
        yield LifeMoment(starts, LifeKind.STARTS, by_day=True, ahead=starts > now)
    if ends is not None:
        yield LifeMoment(ends, LifeKind.ENDS, by_day=True, ahead=ends > now)


def _bound(report: Report, name: str) -> datetime | None:
    """Return the date that was judged: a token may end before its credential does."""
    stated = str(report.check(CheckId.VALIDITY).params.get(name, ""))
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _day(stated: str, bound: Bound) -> datetime | None:
    try:
        return read_date(stated, bound=bound, unix_seconds=True).at
    except UnreadableDateError:
        return None


def _told(events: Sequence[HistoryEvent]) -> Iterator[LifeMoment]:
    """Yield the events, the earliest first, quiet checks in a row as one."""
    run: list[HistoryEvent] = []
    # They come the latest first; of one moment, what was written last happened last.
    ordered = list(events)
    ordered.reverse()
    ordered.sort(key=lambda event: event.at)
    for event in ordered:
        if event.kind == _QUIET:
            run.append(event)
            continue
        # A check and what it found otherwise have the same time: the finding tells of both.
        found_here = event.kind == "changed" and bool(run) and run[-1].at == event.at
        yield from _quiet(run[:-1] if found_here else run)
        run = []
        yield LifeMoment(event.at, LifeKind.EVENT, event=event)
    yield from _quiet(run)


def _quiet(run: Sequence[HistoryEvent]) -> Iterator[LifeMoment]:
    if run:
        count = {"count": len(run)}
        yield LifeMoment(run[-1].at, LifeKind.CHECKED, event=run[-1], params=count)
