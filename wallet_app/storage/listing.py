"""What a list shows first, at once, however many credentials there are; the rest in order.

The order is that of ``added_at``, latest first. Numbers follow it, but for what came in by
a merge or under a clock that was set back. So the first page walks the numbers downwards
and stops early, and then makes sure that nothing below it came later (``docs/adr/0062``).
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.models import StoredRow
from wallet_app.storage.rows import ROW_COLUMNS, row_of

__all__ = [
    "Wanted",
    "count_alive",
    "first_numbers",
    "numbers_of",
    "numbers_of_ids",
    "rows_numbered",
]

_FIRST_WINDOW: Final = 1_000
_GROWTH: Final = 4
_AT_ONCE: Final = 1_000
_LOOK_UP_COST: Final = 40
"""Reading the time of one match against passing over one entry of the index by time."""

_MATCHING: Final = "+c.number IN (SELECT rowid FROM search WHERE search MATCH ?)"
_MATCHING_WINDOW: Final = (
    "c.number IN (SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid <= ?)"
)
# From the index of the trash alone: the rows themselves are wide, and read one by one.
_ALIVE: Final = "c.number NOT IN (SELECT number FROM credential WHERE deleted_at IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list of the safe.

    Attributes:
        expression: for the full-text index (``search.match_expression``), or "" for all.
        narrow: conditions on ``credential AS c``, each followed by ``AND``; constants, as
            of ``search_terms.narrowing``. values: their parameters, in order.
    """

    expression: str = ""
    narrow: str = ""
    values: tuple[SqlValue, ...] = ()

    def condition(self, *others: str) -> str:
        """Return all conditions joined, those of ``others`` first."""
        return " AND ".join((*others, f"{self.narrow}1"))


def first_numbers(database: Database, wanted: Wanted, limit: int) -> Sequence[int]:
    """Return the numbers of the latest ``limit`` credentials, exactly as ``numbers_of`` begins.

    Costs the same at ten thousand as at a hundred thousand credentials.
    """
    if not wanted.expression:
        return numbers_of(database, wanted, limit=limit)
    row = database.row("SELECT max(number) FROM credential")
    newest = int(row[0] or 0) if row else 0
    found: list[tuple[str, int]] = []
    high, size = newest, _FIRST_WINDOW
    while high > 0 and (
        len(found) < limit or _is_cheaper_to_go_on(len(found), newest - high, high)
    ):
        found += _window(database, wanted, max(high - size, 0), high)
        high, size = max(high - size, 0), size * _GROWTH
    found.sort(reverse=True)
    if high > 0:
        found += _later_below(database, wanted, found[limit - 1][0], high)
        found.sort(reverse=True)
    return [number for _, number in found[:limit]]


def _is_cheaper_to_go_on(found: int, depth: int, left: int) -> bool:
    """Return whether reading all that is expected below costs less than ``_later_below``."""
    return found * left * _LOOK_UP_COST < depth * depth


def _window(database: Database, wanted: Wanted, low: int, high: int) -> list[tuple[str, int]]:
    where = wanted.condition(_MATCHING_WINDOW, "c.deleted_at IS NULL")
    # Conditions are constants of this room; what a person types is a parameter.
    sql = f"SELECT c.added_at, c.number FROM credential AS c WHERE {where}"  # noqa: S608
    rows = database.rows(sql, (wanted.expression, low, high, *wanted.values))
    return [(str(added), int(number)) for added, number in rows]


def _later_below(
    database: Database, wanted: Wanted, since: str, high: int
) -> list[tuple[str, int]]:
    """Return the matches numbered up to ``high`` that were added at ``since`` or later."""
    strays = database.rows(
        "SELECT number FROM credential WHERE added_at >= ? AND +number <= ?", (since, high)
    )
    if not strays:
        return []
    where = wanted.condition(_MATCHING, "c.added_at >= ?", "+c.number <= ?", "c.deleted_at IS NULL")
    sql = f"SELECT c.added_at, c.number FROM credential AS c WHERE {where}"  # noqa: S608
    rows = database.rows(sql, (wanted.expression, since, high, *wanted.values))
    return [(str(added), int(number)) for added, number in rows]


def numbers_of(database: Database, wanted: Wanted, *, limit: int | None = None) -> Sequence[int]:
    """Return the numbers of all that is in the safe and wanted, latest first."""
    # The plus keeps SQLite on the index by time, so that nothing is sorted.
    matching = (_MATCHING,) if wanted.expression else ()
    where = wanted.condition(*matching, _ALIVE)
    expression = (wanted.expression,) if wanted.expression else ()
    rows = database.rows(
        f"SELECT c.number FROM credential AS c WHERE {where}"  # noqa: S608 - constants
        " ORDER BY c.added_at DESC, c.number DESC LIMIT ?",
        (*expression, *wanted.values, -1 if limit is None else limit),
    )
    return array("q", (row[0] for row in rows))


def numbers_of_ids(database: Database, ids: Iterable[str]) -> Sequence[int]:
    """Return the numbers of those of these credentials that the vault still knows."""
    rows = database.rows(
        "SELECT number FROM credential WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    return array("q", (row[0] for row in rows))


def rows_numbered(database: Database, numbers: Sequence[int]) -> tuple[StoredRow, ...]:
    """Return the lines of these credentials in the order given, those still in the safe."""
    parts = (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))
    return tuple(row for part in parts for row in _rows_numbered(database, part))


def _rows_numbered(database: Database, numbers: Sequence[int]) -> Iterator[StoredRow]:
    # One query for many: each would cost as much as ten rows.
    rows = database.rows(
        f"SELECT {ROW_COLUMNS}, c.number FROM credential AS c"  # noqa: S608 - constants
        " WHERE c.number IN (SELECT value FROM json_each(?)) AND c.deleted_at IS NULL",
        (json.dumps(list(numbers)),),
    )
    found = {row[-1]: row for row in rows}
    shared: dict[str, str] = {}
    return (row_of(found[number][:-1], shared) for number in numbers if number in found)


def count_alive(database: Database) -> int:
    """Return how many credentials are in the safe, without reading one."""
    row = database.row(
        "SELECT (SELECT count(*) FROM credential)"
        " - (SELECT count(*) FROM credential WHERE deleted_at IS NOT NULL)"
    )
    return int(row[0]) if row else 0
