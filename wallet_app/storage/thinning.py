"""Which automatic copies may go, told from their names alone. Pure: no clock, no disk.

Kept are all of the last days, then the newest of each hour, day, week and month, counted
over the hours, days … in which there was a copy: whoever opens Coffre once a month keeps
a year of months, not one copy. (Model of counting: restic and borg ``forget``.)
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallet_app.storage.times import NAME_TIME, name_time, time_of_name

__all__ = ["POLICY", "CopyName", "Policy", "copies_to_delete", "copy_name", "parse_copy_name"]

_NAME: Final = re.compile(rf"({NAME_TIME})-s([1-9]\d{{0,5}})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class CopyName:
    """What the name of a copy says: when it was made (whole seconds, UTC), which schema."""

    made_at: datetime
    schema: int

    @property
    def text(self) -> str:
        """The name of its folder."""
        return copy_name(self.made_at, self.schema)


@dataclass(frozen=True, slots=True)
class Policy:
    """How many to keep.

    Attributes:
        all_within: everything younger than this stays.
        hours, days, weeks, months: of how many of them, counted back from the newest, the
            newest copy stays.
    """

    all_within: timedelta = timedelta(days=2)
    hours: int = 24
    days: int = 12
    weeks: int = 8
    months: int = 12


POLICY: Final = Policy()


def copy_name(made_at: datetime, schema: int) -> str:
    """Return ``YYYY-MM-DDTHHMMSSZ-s<schema>``; ``made_at`` is aware."""
    return f"{name_time(made_at)}-s{schema}"


def parse_copy_name(name: str) -> CopyName | None:
    """Return what the name says, or None when it is no name of an automatic copy."""
    match = _NAME.fullmatch(name)
    made_at = time_of_name(match[1]) if match else None
    return CopyName(made_at, int(match[2])) if match and made_at else None


def copies_to_delete(
    names: Iterable[str], now: datetime, policy: Policy = POLICY
) -> tuple[str, ...]:
    """Return the names that may go, oldest first.

    Never the newest, never a name that it cannot read, never one from the future: after
    the clock was set back nothing goes. Once more with what is left returns nothing.
    The last copy of an earlier schema counts as a period of its own, so that what was kept
    before an upgrade is not pushed out by the copy after it.
    """
    known = {parsed: name for name in names if (parsed := parse_copy_name(name)) is not None}
    newest_first = sorted(known, reverse=True)
    kept = {one for one in newest_first if one.made_at >= now - policy.all_within}
    kept.update(newest_first[:1])
    older = [one for one in newest_first if one not in kept]
    for period, count in (
        (_hour, policy.hours),
        (_day, policy.days),
        (_week, policy.weeks),
        (_month, policy.months),
    ):
        kept |= _newest_of_each(older, period, count)
    return tuple(known[one] for one in reversed(newest_first) if one not in kept)


def _newest_of_each(
    newest_first: list[CopyName], period: Callable[[datetime], tuple[int, ...]], count: int
) -> set[CopyName]:
    kept: dict[tuple[tuple[int, ...], int], CopyName] = {}
    periods: set[tuple[int, ...]] = set()
    for one in newest_first:
        current = period(one.made_at)
        if current not in periods and len(periods) == count:
            break
        periods.add(current)
        kept.setdefault((current, one.schema), one)
    return set(kept.values())


def _hour(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day, moment.hour


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
