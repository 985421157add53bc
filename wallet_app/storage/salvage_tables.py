"""Which rows belong to which table, by the trees that still stand and else by their shape."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.salvage_records import Cell, Kind, children, kind_of, rows_in

__all__ = ["FoundRows", "TableShape", "find_rows", "shapes_of"]

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_KINDS: Final = frozenset({"email", "id", "url", "telephone"})
_TYPES: Final = MappingProxyType({"TEXT": str, "INTEGER": int, "BLOB": bytes})
Values = tuple[SqlValue, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """The columns of a table as stored: name, type, whether it must have a value.

    Attributes:
        alias: the place of the column that is the row's own number; -1 for none.
        numbered: False for a table WITHOUT ROWID.
    """

    name: str
    columns: tuple[tuple[str, type, bool], ...]
    alias: int
    numbered: bool

    def fitted(self, cell: Cell) -> Values | None:
        """Return the row with every column, or None when it is no row of this table."""
        if (cell.number is not None) != self.numbered or len(cell.values) > len(self.columns):
            return None
        # Columns that came with a later schema are not in rows written before.
        values = [*cell.values, *[None] * (len(self.columns) - len(cell.values))]
        if self.alias >= 0:
            values[self.alias] = cell.number
        for value, (_, kind, needed) in zip(values, self.columns, strict=True):
            if (needed and value is None) or not isinstance(value, kind | None):
                return None
        return tuple(values)


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Rows by table. ``cut`` is how many rows were seen that could not be read whole."""

    rows: Mapping[str, list[Values]]
    cut: int


def shapes_of(database: Database) -> tuple[TableShape, ...]:
    """Return the shape of every plain table of a fresh vault."""
    shapes = []
    for name, without in database.rows(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' ORDER BY name"
    ):
        info = database.rows('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
        alias = next(
            (at for at, (_, kind, _, pk) in enumerate(info) if pk and kind == "INTEGER"), -1
        )
        columns = tuple(
            (str(column), _TYPES[kind], bool(needed) or (bool(pk) and bool(without)))
            for column, kind, needed, pk in info
        )
        shapes.append(TableShape(str(name), columns, -1 if without else alias, not without))
    return tuple(shapes)


def _starts_with_hash(values: Values) -> bool:
    return _is_hash(values[0])


def _is_hash(value: SqlValue) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _second_is_hash(values: Values) -> bool:
    return _is_hash(values[1])


def _anything(_values: Values) -> bool:
    return True


_BY_SHAPE: Final[Mapping[str, Callable[[Values], bool]]] = MappingProxyType(
    {
        "credential": _second_is_hash,
        "original": _anything,
        "report": _anything,
        "document": _second_is_hash,
        "evidence": _anything,
        "event": _anything,
        "trust_list": _anything,
        "note_version": _starts_with_hash,
        "tag": _starts_with_hash,
        "favourite": _starts_with_hash,
        "collection_member": lambda values: _second_is_hash(values) and not _is_hash(values[0]),
        "collection": lambda values: not _is_hash(values[0]) and not _is_hash(values[1]),
        "tombstone": _starts_with_hash,
        "identity": lambda values: values[0] in _KINDS,
        "holder": lambda values: str(values[0]).startswith("did:"),
        "holder_key": _anything,
    }
)
"""How a row tells its table where its tree is gone. Tables that are not here need theirs."""


def find_rows(pages: Mapping[int, bytes], shapes: tuple[TableShape, ...]) -> FoundRows:
    """Return every row of the tables that can be read from ``pages``."""
    by_name = {shape.name: shape for shape in shapes}
    found: dict[str, list[Values]] = defaultdict(list)
    cut, seen = 0, set[int]()
    for name, root in _roots(pages):
        for number in _tree(root, pages, seen):
            shape = by_name.get(name)
            if shape is None:
                continue
            for cell in rows_in(number, pages):
                row = None if cell is None else shape.fitted(cell)
                cut += cell is None
                if row is not None:
                    found[name].append(row)
    for number in sorted(pages.keys() - seen):
        for cell in rows_in(number, pages):
            cut += cell is None
            home = None if cell is None else _home(cell, shapes)
            if home is not None:
                found[home[0]].append(home[1])
    return FoundRows(found, cut)


def _roots(pages: Mapping[int, bytes]) -> list[tuple[str, int]]:
    """Return name and root page of every tree; of an index the name is its own.

    The table of tables is a tree at page 1.
    """
    roots = [("", 1)]
    for number in _tree(1, pages, set()):
        for cell in rows_in(number, pages):
            if cell is None or len(cell.values) != 5:
                continue
            kind, name, _, root, _ = cell.values
            if isinstance(root, int) and root > 0:
                roots.append((str(name) if kind == "table" else "", root))
    return roots


def _tree(root: int, pages: Mapping[int, bytes], seen: set[int]) -> list[int]:
    """Return the readable pages of a tree that hold rows; all of it is marked as seen."""
    waiting, found = [root], []
    while waiting:
        number = waiting.pop()
        if number in seen or number not in pages:
            continue
        kind = kind_of(number, pages[number])
        if not kind:
            continue
        seen.add(number)
        waiting += children(number, pages[number])
        if kind != Kind.TABLE_INTERIOR:
            found.append(number)
    return found


def _home(cell: Cell, shapes: tuple[TableShape, ...]) -> tuple[str, Values] | None:
    """Return the one table that a row without a tree fits, or None."""
    fitting = []
    for shape in shapes:
        belongs = _BY_SHAPE.get(shape.name)
        row = shape.fitted(cell) if belongs else None
        if row is not None and belongs is not None and belongs(row):
            fitting.append((shape.name, row))
    return fitting[0] if len(fitting) == 1 else None
