"""Which badges the library shows of those that were found, and in which order."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Final

from wallet_app.app.models import BadgeRow
from wallet_app.verification.report import Verdict

__all__ = ["ORDERED_AT_ONCE", "Order", "Shown", "filtered", "ordered"]

ORDERED_AT_ONCE: Final = 5_000
"""Up to this many, ordering takes less than a frame; more are ordered off the interface."""

_RUN: Final = 5_000


class Shown(IntEnum):
    """Which badges are shown of those that were found."""

    ALL = 0
    VERIFIED = 1
    WORTH_A_LOOK = 2


class Order(IntEnum):
    """How they are ordered; the safe gives the latest addition first."""

    ADDED = 0
    NAME = 1
    ISSUED = 2


def filtered(rows: Sequence[BadgeRow], shown: Shown) -> Sequence[BadgeRow]:
    """Return the rows of one kind."""
    if shown is Shown.ALL:
        return rows
    wanted = shown is Shown.VERIFIED
    return [row for row in rows if (row.shown_verdict == Verdict.VERIFIED) is wanted]


def ordered(rows: Sequence[BadgeRow], order: Order) -> Sequence[BadgeRow]:
    """Return the rows in another order; what has no date comes last."""
    if order is Order.NAME:
        return _in_runs(rows, lambda row: row.name.casefold())
    if order is Order.ISSUED:
        dated = [row for row in rows if row.issued_on is not None]
        dated = _in_runs(dated, lambda row: -(row.issued_on or row.added).timestamp())
        return [*dated, *(row for row in rows if row.issued_on is None)]
    return rows


def _in_runs(rows: Sequence[BadgeRow], key: Callable[[BadgeRow], Any]) -> list[BadgeRow]:
    """Return ``sorted(rows, key=key)`` without holding up other threads for long.

    A sort lets nobody else run while it compares. Runs that are in order cost the last one
    only as many comparisons as there are rows.
    """
    runs = (sorted(rows[at : at + _RUN], key=key) for at in range(0, len(rows), _RUN))
    return sorted((row for run in runs for row in run), key=key)
