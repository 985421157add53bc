"""Identities that the owner holds the keys of, after a merge: the union, found by DID.

Never by name: elsewhere a clash of names threw keys away. Two of one name get a number
behind it. A merge never removes a private key, whatever was removed there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from wallet_app.storage.connection import Database
from wallet_app.storage.content_tables import HOLDER_KEYS, TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.merge_changes import Change, ChangeKind
from wallet_app.storage.people import removal_key

__all__ = ["Holders", "decide_holders"]

_REMOVED: Final = "holder"


class _Holder(NamedTuple):
    stamp: str
    label: str
    document: str


@dataclass(slots=True)
class Holders:
    """What was decided; ``write`` does it."""

    changes: list[Change] = field(default_factory=list)
    quiet: int = 0
    rows: list[tuple[str, ContentRow]] = field(default_factory=list)

    def write(self, database: Database) -> None:
        """Do it, inside the transaction at hand."""
        for name, row in self.rows:
            database.run(TABLES[name].insert, row)


def decide_holders(database: Database, contents: Contents) -> Holders:
    """Return what differs from what is here."""
    found = Holders()
    mine = {
        did: _Holder(*rest)
        for did, *rest in database.rows("SELECT did, stamp, label, document FROM holder")
    }
    gone: dict[str, str] = dict(
        database.rows("SELECT key, stamp FROM removal WHERE kind = ?", (_REMOVED,))
    )
    both = dict(mine)
    for row in contents.rows("holders"):
        did = str(row["did"])
        theirs = _Holder(str(row["stamp"]), str(row["label"]), str(row["document"]))
        blocked = did not in mine and theirs.stamp <= gone.get(removal_key(did), "")
        if not blocked and (did not in both or theirs.stamp > both[did].stamp):
            both[did] = theirs
    both = _told_apart(both)
    for did, holder in both.items():
        if mine.get(did) != holder:
            found.rows.append(("holders", {"did": did, **holder._asdict()}))
            _tell(found, did, mine.get(did), holder)
    _decide_keys(database, contents, {did: one.label for did, one in both.items()}, found)
    return found


def _tell(found: Holders, did: str, before: _Holder | None, after: _Holder) -> None:
    if before is None:
        found.changes.append(Change(ChangeKind.HOLDER_ADDED, did, after.label))
    elif before.label != after.label:
        found.changes.append(Change(ChangeKind.HOLDER_RENAMED, did, before.label, after.label))
    else:
        found.quiet += 1


def _told_apart(holders: Mapping[str, _Holder]) -> dict[str, _Holder]:
    """Return them with a number behind each label that an earlier DID bears already."""
    given = {did: one.label for did, one in holders.items()}
    taken: set[str] = set()
    apart: dict[str, _Holder] = {}
    for did in sorted(holders):
        label, number = given[did], 1
        others = {one.casefold() for other, one in given.items() if other != did}
        while label.casefold() in taken or (number > 1 and label.casefold() in others):
            number += 1
            label = f"{given[did]} ({number})"
        taken.add(label.casefold())
        apart[did] = holders[did]._replace(label=label)
    return apart


def _decide_keys(
    database: Database, contents: Contents, labels: Mapping[str, str], found: Holders
) -> None:
    rows = contents.rows(HOLDER_KEYS)
    held: dict[str, tuple[str, str]] = {}
    if rows:
        held = {
            identity: (did, private)
            for identity, did, private in database.rows(
                "SELECT id, did, lower(hex(private)) FROM holder_key"
            )
        }
    for row in rows:
        identity, did = str(row["id"]), str(row["did"])
        if did not in labels:
            continue
        if identity not in held:
            found.rows.append((HOLDER_KEYS, row))
            found.changes.append(Change(ChangeKind.KEY_ADDED, identity, labels[did]))
        elif held[identity] != (did, row["private"]):
            found.changes.append(Change(ChangeKind.KEY_CONFLICT, identity, labels[did]))
