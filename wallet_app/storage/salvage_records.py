"""Rows out of single pages of a SQLite database (sqlite.org/fileformat2, sections 1.6 and 2.1).

Every length is checked against what is there: a page can pass its hash and still be old.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.crypto.sqlcipher_pages import USABLE_BYTES
from wallet_app.storage.connection import SqlValue

__all__ = ["Cell", "Kind", "children", "kind_of", "rows_in"]

_FIRST_PAGE_HEADER: Final = 100
_MAX_PAYLOAD: Final = 128 * 2**20
_LEAST_LOCAL: Final = (USABLE_BYTES - 12) * 32 // 255 - 23
_MOST_LOCAL_TABLE: Final = USABLE_BYTES - 35
_MOST_LOCAL_INDEX: Final = (USABLE_BYTES - 12) * 64 // 255 - 23
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Kind:
    """The page types."""

    INDEX_INTERIOR: Final = 2
    TABLE_INTERIOR: Final = 5
    INDEX_LEAF: Final = 10
    TABLE_LEAF: Final = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """One row. ``number`` is its rowid, None in a table without."""

    number: int | None
    values: tuple[SqlValue, ...]


class _BadCellError(Exception):
    """This row cannot be read whole."""


def kind_of(number: int, page: bytes) -> int:
    """Return the type byte of a page; 0 for one that is no tree page."""
    kind = page[_FIRST_PAGE_HEADER if number == 1 else 0]
    return kind if kind in (2, 5, 10, 13) else 0


def children(number: int, page: bytes) -> list[int]:
    """Return the pages below an interior page."""
    if kind_of(number, page) not in (Kind.INDEX_INTERIOR, Kind.TABLE_INTERIOR):
        return []
    base = _FIRST_PAGE_HEADER if number == 1 else 0
    below = [_uint(page, at, 4) for at in _pointers(number, page) if at + 4 <= len(page)]
    return [*below, _uint(page, base + 8, 4)]


def rows_in(number: int, pages: Mapping[int, bytes]) -> Iterator[Cell | None]:
    """Return each row of a page; None for one whose rest lies in pages that are not there."""
    page = pages[number]
    kind = kind_of(number, page)
    if kind not in (Kind.TABLE_LEAF, Kind.INDEX_LEAF, Kind.INDEX_INTERIOR):
        return
    for at in _pointers(number, page):
        try:
            yield _cell(kind, page, at, pages)
        except (_BadCellError, IndexError, UnicodeDecodeError):
            yield None


def _pointers(number: int, page: bytes) -> list[int]:
    base = _FIRST_PAGE_HEADER if number == 1 else 0
    count = _uint(page, base + 3, 2)
    interior = kind_of(number, page) in (Kind.INDEX_INTERIOR, Kind.TABLE_INTERIOR)
    first = base + (12 if interior else 8)
    count = min(count, (USABLE_BYTES - first) // 2)
    return [_uint(page, first + 2 * index, 2) for index in range(count)]


def _cell(kind: int, page: bytes, at: int, pages: Mapping[int, bytes]) -> Cell:
    if kind == Kind.INDEX_INTERIOR:
        at += 4
    size, at = _varint(page, at)
    number = None
    if kind == Kind.TABLE_LEAF:
        number, at = _varint(page, at)
    most = _MOST_LOCAL_TABLE if kind == Kind.TABLE_LEAF else _MOST_LOCAL_INDEX
    return Cell(number, _record(_payload(page, at, size, most, pages)))


def _payload(page: bytes, at: int, size: int, most: int, pages: Mapping[int, bytes]) -> bytes:
    if size > _MAX_PAYLOAD:
        raise _BadCellError
    if size <= most:
        return _exactly(page, at, size)
    local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (USABLE_BYTES - 4)
    local = local if local <= most else _LEAST_LOCAL
    data = bytearray(_exactly(page, at, local))
    following = _uint(page, at + local, 4)
    # Each page gives some bytes or the row is bad: a chain that runs in a circle ends too.
    while len(data) < size:
        if following not in pages:
            raise _BadCellError
        more = pages[following]
        data += more[4 : 4 + min(USABLE_BYTES - 4, size - len(data))]
        following = _uint(more, 0, 4)
    return bytes(data)


def _record(payload: bytes) -> tuple[SqlValue, ...]:
    header_size, at = _varint(payload, 0)
    body = header_size
    values: list[SqlValue] = []
    while at < header_size:
        code, at = _varint(payload, at)
        value, body = _value(code, payload, body)
        values.append(value)
    if body != len(payload):
        raise _BadCellError
    return tuple(values)


def _value(code: int, payload: bytes, at: int) -> tuple[SqlValue, int]:
    if code == 0:
        return None, at
    if code in (8, 9):
        return code - 8, at
    if code in _INTEGER_BYTES:
        size = _INTEGER_BYTES[code]
        return int.from_bytes(_exactly(payload, at, size), "big", signed=True), at + size
    if code < 12:
        # A fraction, or reserved: no table of ours has any.
        raise _BadCellError
    size = (code - 12) // 2
    data = _exactly(payload, at, size)
    return (data.decode("utf-8") if code % 2 else data), at + size


def _exactly(data: bytes, at: int, size: int) -> bytes:
    part = data[at : at + size]
    if len(part) != size:
        raise _BadCellError
    return part


def _uint(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_exactly(data, at, size), "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    value = value << 8 | data[at + 8]
    # Negative row numbers are not ours.
    return value, at + 9
