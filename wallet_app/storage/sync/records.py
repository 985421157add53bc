"""What a vault holds, record by record, and which records others have not been told of.

Nothing logs changes: what is there is compared with what was told, so that no way of
writing can forget to say so. What is of one computer alone has no record: settings, drafts,
checks that only repeat what the one before them said.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow
from wallet_app.storage.merge_words import BESIDE

__all__ = [
    "HOME_EVENTS",
    "Key",
    "Records",
    "key_of",
    "known_records",
    "records_of",
    "rows_digest",
    "words_beside",
]

Key = tuple[str, str]
"""List (as in ``content_tables``) and the record's name in it."""
Records = Mapping[Key, bytes]
"""Digest by key."""

HOME_EVENTS: Final = frozenset(
    {"merged", "synced", "sync_started", "sync_joined", "sync_left", "backed_up",
     "second_place_chosen", "second_place_left", "page_published", "page_taken_off"}
)  # fmt: skip
"""Told on the computer where they happened. An event about taking over events would be told
to the other, who would tell of having taken it over, for ever."""

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SKIPPED: Final = frozenset({"settings", "evidence", "reports", "credentials", "history"})
_LEFT_OUT: Final[Mapping[str, frozenset[str]]] = MappingProxyType({"lists": frozenset({"enabled"})})

_SELECT_CREDENTIALS: Final = "SELECT id, added_at, deleted_at, moved_at FROM credential"
# The verdict and what is read out of a credential are made anew on each computer.
_SELECT_REPORTS: Final = """SELECT id, checked_at, verdict, issuer_proven, size FROM (
    SELECT c.id, r.checked_at, r.verdict, r.issuer_proven, length(r.report_json) AS size,
        lag(r.verdict) OVER earlier AS last_verdict,
        lag(r.issuer_proven) OVER earlier AS last_proven
    FROM report AS r JOIN credential AS c ON c.number = r.credential
    WINDOW earlier AS (PARTITION BY r.credential ORDER BY r.number))
    WHERE last_verdict IS NOT verdict OR last_proven IS NOT issuer_proven"""


@dataclass(frozen=True, slots=True)
class _List:
    """How one list is read for comparison: its rows, and the columns that name one.

    ``by_hash``: a row is named by all that it says, and its hash is a shorter name.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    select: str
    left_out: frozenset[str] = frozenset()
    by_hash: bool = False


_CREDENTIALS: Final = _List(("id", "added_at", "deleted_at", "moved_at"), ("id",),
                            _SELECT_CREDENTIALS)  # fmt: skip
_REPORTS: Final = _List(
    ("credential", "checked_at", "verdict", "issuer_proven", "size"),
    # Its credential first: ``departures`` finds it by that.
    ("credential", "checked_at", "verdict", "issuer_proven", "size"),
    _SELECT_REPORTS,
)
_HISTORY: Final = _List(TABLES["history"].columns, (), TABLES["history"].select, by_hash=True)


def _lists() -> Iterator[tuple[str, _List]]:
    yield "credentials", _CREDENTIALS
    yield "reports", _REPORTS
    yield "history", _HISTORY
    for name, table in TABLES.items():
        if name not in _SKIPPED:
            left_out = _LEFT_OUT.get(name, frozenset())
            yield name, _List(table.columns, table.key, table.select, left_out)


_LISTS: Final[Mapping[str, _List]] = MappingProxyType(dict(_lists()))


def records_of(database: Database) -> Records:
    """Return every record of a vault; inside a snapshot it is one moment."""
    return dict(_read_records(database))


def _read_records(database: Database) -> Iterator[tuple[Key, bytes]]:
    for name, described in _LISTS.items():
        for row in database.rows(described.select):
            values = dict(zip(described.columns, row, strict=True))
            if name == "history" and values["kind"] in HOME_EVENTS:
                continue
            yield _record(name, described, values)


def rows_digest(name: str, row: ContentRow) -> tuple[Key, bytes] | None:
    """Return key and digest of a row as a backup carries it; None for what has no record."""
    described = _LISTS.get(name)
    if described is None or (name == "history" and row["kind"] in HOME_EVENTS):
        return None
    if name == "reports":
        row = {**row, "size": len(str(row["report_json"]))}
    return _record(name, described, row)


def words_beside(database: Database, credentials: Collection[str]) -> set[Key]:
    """Return the keys of all that the owner wrote beside these credentials."""
    found: set[Key] = set()
    for name in BESIDE if credentials else ():
        columns, select = TABLES[name].columns, TABLES[name].select
        rows = (dict(zip(columns, row, strict=True)) for row in database.rows(select))
        keys = (key_of(name, row) for row in rows if row["credential_id"] in credentials)
        found.update(key for key in keys if key is not None)
    return found


def key_of(name: str, row: ContentRow) -> Key | None:
    """Return the key of a row; None for what has no record."""
    found = rows_digest(name, row)
    return found[0] if found else None


def _record(name: str, described: _List, values: ContentRow) -> tuple[Key, bytes]:
    left_out = described.left_out
    told = _text([values[column] for column in described.columns if column not in left_out])
    digest = sha256(told.encode("utf-8"))
    if described.by_hash:
        return (name, digest.hexdigest()), digest.digest()
    return (name, _text([values[column] for column in described.key])), digest.digest()


def _text(values: list[SqlValue]) -> str:
    if len(values) == 1 and isinstance(values[0], str):
        return values[0]
    return _ENCODE(values)


def known_records(database: Database) -> dict[Key, bytes]:
    """Return what others were told, or told us."""
    rows = database.rows("SELECT kind, key, digest FROM sync_known")
    return {(kind, key): digest for kind, key, digest in rows}
