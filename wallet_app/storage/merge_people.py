"""Who the owner is and whom they know, after a merge: whoever changed a thing last decides.

What was taken off a list leaves the hash of its name (``removal``), so that an older
backup does not put it back. Which lists are consulted stays as it is here.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.merge_changes import Change, ChangeKind
from wallet_app.storage.people import identity_key, removal_key

__all__ = ["People", "decide_people"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One list of the owner.

    Attributes:
        word: in ``removal``. name: in ``TABLES``. stamp: what says when it was changed.
        key: what ``removal`` hashes. shown: how a row is called.
        put, drop: the statements that write a row and take it off.
    """

    word: str
    name: str
    stamp: str
    key: Callable[[ContentRow], str]
    shown: Callable[[ContentRow], str]
    kinds: tuple[ChangeKind, ChangeKind, ChangeKind | None]
    put: str
    drop: str


def _column(name: str) -> Callable[[ContentRow], str]:
    return lambda row: str(row[name])


_KINDS: Final = (
    _Kind(
        "identity",
        "identities",
        "confirmed_at",
        lambda row: identity_key(str(row["kind"]), str(row["value"])),
        _column("value"),
        (ChangeKind.IDENTITY_ADDED, ChangeKind.IDENTITY_REMOVED, None),
        TABLES["identities"].insert,
        "DELETE FROM identity WHERE kind = :kind AND value = :value",
    ),
    _Kind(
        "known_issuer",
        "issuers",
        "added_at",
        _column("issuer_id"),
        _column("name"),
        (ChangeKind.ISSUER_ADDED, ChangeKind.ISSUER_REMOVED, None),
        TABLES["issuers"].insert,
        "DELETE FROM known_issuer WHERE issuer_id = :issuer_id",
    ),
    _Kind(
        "trust_list",
        "lists",
        "fetched_at",
        _column("source"),
        _column("name"),
        (ChangeKind.LIST_ADDED, ChangeKind.LIST_REMOVED, ChangeKind.LIST_UPDATED),
        "INSERT INTO trust_list (kind, name, source, fetched_at, sha256, enabled, data)"
        " VALUES (:kind, :name, :source, :fetched_at, :sha256, :enabled, :data)"
        " ON CONFLICT (source) DO UPDATE SET kind = :kind, name = :name,"
        " fetched_at = :fetched_at, sha256 = :sha256, data = :data",
        "DELETE FROM trust_list WHERE source = :source",
    ),
)


@dataclass(slots=True)
class People:
    """What was decided; ``write`` does it."""

    changes: list[Change] = field(default_factory=list)
    quiet: int = 0
    statements: list[tuple[str, ContentRow]] = field(default_factory=list)

    def write(self, database: Database) -> None:
        """Do it, inside the transaction at hand."""
        for sql, row in self.statements:
            database.run(sql, row)


def decide_people(database: Database, contents: Contents) -> People:
    """Return what differs from what is here."""
    people = People()
    for kind in _KINDS:
        _decide_kind(database, contents, kind, people)
    return people


def _decide_kind(database: Database, contents: Contents, kind: _Kind, people: People) -> None:
    table = TABLES[kind.name]
    held = database.rows(table.select)
    mine = _by_trace(kind, tuple(dict(zip(table.columns, row, strict=True)) for row in held))
    theirs = _by_trace(
        kind,
        tuple(
            row
            for row in contents.rows(kind.name)
            # A list whose bytes are not there says nothing.
            if kind.name != "lists" or str(row["sha256"]) in contents.lists
        ),
    )
    gone_mine: dict[str, str] = dict(
        database.rows("SELECT key, stamp FROM removal WHERE kind = ?", (kind.word,))
    )
    gone_theirs = {
        str(row["key"]): str(row["stamp"])
        for row in contents.rows("removals")
        if row["kind"] == kind.word
    }
    for trace in sorted({*theirs, *gone_theirs}):
        gone = max(gone_mine.get(trace, ""), gone_theirs.get(trace, ""))
        one, other = mine.get(trace), theirs.get(trace)
        if max(_stamp(kind, one), _stamp(kind, other)) > gone:
            _put(kind, one, other, contents, people)
            if trace in gone_mine:
                _forget_removal(kind, trace, people)
            continue
        if one is not None:
            people.statements.append((kind.drop, one))
            people.changes.append(Change(kind.kinds[1], kind.key(one), kind.shown(one)))
        if gone != gone_mine.get(trace):
            row = {"kind": kind.word, "key": trace, "stamp": gone}
            people.statements.append((TABLES["removals"].insert, row))
            people.quiet += 1


def _by_trace(kind: _Kind, rows: tuple[ContentRow, ...]) -> Mapping[str, ContentRow]:
    return {removal_key(kind.key(row)): row for row in rows}


def _stamp(kind: _Kind, row: ContentRow | None) -> str:
    return "" if row is None else str(row[kind.stamp])


def _put(
    kind: _Kind,
    one: ContentRow | None,
    other: ContentRow | None,
    contents: Contents,
    people: People,
) -> None:
    if other is None or (one is not None and _weight(kind, other) <= _weight(kind, one)):
        return
    row = dict(other)
    if kind.name == "lists":
        row["data"] = contents.lists[str(other["sha256"])]
    people.statements.append((kind.put, row))
    told = kind.kinds[0] if one is None else kind.kinds[2]
    if told is None:
        people.quiet += 1
    else:
        people.changes.append(Change(told, kind.key(other), kind.shown(other)))


def _weight(kind: _Kind, row: ContentRow) -> tuple[str, str]:
    said = {column: value for column, value in row.items() if column != "enabled"}
    return _stamp(kind, row), json.dumps(said, sort_keys=True)


def _forget_removal(kind: _Kind, trace: str, people: People) -> None:
    row = {"kind": kind.word, "key": trace}
    people.statements.append(("DELETE FROM removal WHERE kind = :kind AND key = :key", row))
    people.quiet += 1
