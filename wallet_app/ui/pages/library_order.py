"""Which badges the library shows of those that were found, and in which order."""

from collections.abc import Sequence
from enum import IntEnum

from wallet_app.app.models import BadgeRow
from wallet_app.verification.report import Verdict

__all__ = ["Order", "Shown", "filtered", "ordered"]


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
    return [row for row in rows if (row.verdict is Verdict.VERIFIED) is wanted]


def ordered(rows: Sequence[BadgeRow], order: Order) -> Sequence[BadgeRow]:
    """Return the rows in another order; what has no date comes last."""
    if order is Order.NAME:
        return sorted(rows, key=lambda row: row.name.casefold())
    if order is Order.ISSUED:
        dated = [row for row in rows if row.issued_on is not None]
        dated.sort(key=lambda row: row.issued_on or row.added, reverse=True)
        return [*dated, *(row for row in rows if row.issued_on is None)]
    return rows
