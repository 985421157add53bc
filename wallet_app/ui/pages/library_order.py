"""Which badges the library shows of those that were found, and in which order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from wallet_app.app.models import BadgeRow
from wallet_app.app.search_language import folded
from wallet_app.app.settings import ListOrder as Order
from wallet_app.drawing.tokens import DECLARED
from wallet_app.verification.report import Verdict

__all__ = ["GRAVEST_FIRST", "ORDERED_AT_ONCE", "Order", "Shown", "filtered", "ordered"]

ORDERED_AT_ONCE: Final = 5_000
"""Up to this many, ordering takes less than a frame; more are ordered off the interface."""

_RUN: Final = 5_000


class Shown(IntEnum):
    """Which badges are shown of those that were found."""

    ALL = 0
    VERIFIED = 1
    WORTH_A_LOOK = 2


GRAVEST_FIRST: Final = {
    shown: at
    for at, shown in enumerate(
        (
            Verdict.FAILED,
            Verdict.REVOKED,
            Verdict.SUSPENDED,
            Verdict.EXPIRED,
            Verdict.NOT_YET_VALID,
            Verdict.UNDETERMINED,
            DECLARED,
            Verdict.VERIFIED,
        )
    )
}


def filtered(rows: Sequence[BadgeRow], shown: Shown) -> Sequence[BadgeRow]:
    """Return the rows of one kind."""
    if shown is Shown.ALL:
        return rows
    wanted = shown is Shown.VERIFIED
    return [row for row in rows if (row.shown_verdict == Verdict.VERIFIED) is wanted]


def ordered(rows: Sequence[BadgeRow], order: Order) -> Sequence[BadgeRow]:
    """Return the rows in another order than that of the safe, the latest addition first.

    What has no date comes last; rows that are alike keep their order.
    """
    if order is Order.ADDED:
        return rows
    if order is Order.ISSUED:
        return _dated(rows, lambda row: row.issued_on, latest_first=True)
    if order is Order.EXPIRES:
        return _dated(rows, lambda row: row.expires_on, latest_first=False)
    return _in_runs(rows, _KEYS[order])


def _dated(
    rows: Sequence[BadgeRow], day: Callable[[BadgeRow], datetime | None], *, latest_first: bool
) -> list[BadgeRow]:
    sign = -1 if latest_first else 1
    dated = [row for row in rows if day(row) is not None]
    dated = _in_runs(dated, lambda row: sign * (day(row) or row.added).timestamp())
    return [*dated, *(row for row in rows if day(row) is None)]


_KEYS: Final[dict[Order, Callable[[BadgeRow], Any]]] = {
    Order.NAME: lambda row: folded(row.name),
    Order.ISSUER: lambda row: (folded(row.issuer), folded(row.name)),
    Order.VERDICT: lambda row: GRAVEST_FIRST[row.shown_verdict],
}


def _in_runs(rows: Sequence[BadgeRow], key: Callable[[BadgeRow], Any]) -> list[BadgeRow]:
    """Return ``sorted(rows, key=key)`` without holding up other threads for long.

    A sort lets nobody else run while it compares. Runs that are in order cost the last one
    only as many comparisons as there are rows.
    """
    runs = (sorted(rows[at : at + _RUN], key=key) for at in range(0, len(rows), _RUN))
    return sorted((row for run in runs for row in run), key=key)
