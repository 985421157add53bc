"""Where each credential is after a merge: in the safe, in the trash, or deleted for good.

A register that the last writer wins: whoever moved a credential last decides (``stamps``);
between two of one moment the deletion does, so that it never comes back by itself. A
deletion that arrives moves to the trash of this vault and destroys no bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from wallet_app.storage.connection import Database
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.marks import forget_words
from wallet_app.storage.merge_changes import Change, ChangeKind
from wallet_app.storage.merge_reading import rows_of
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.times import time_text

__all__ = ["Presence", "decide_presence"]


class _Stand(NamedTuple):
    """Whether a credential is in the safe, and since when it is where it is."""

    stamp: str
    in_safe: bool

    def yields_to(self, other: "_Stand") -> bool:
        return (other.stamp, not other.in_safe) > (self.stamp, not self.in_safe)


class _Here(NamedTuple):
    number: int
    name: str
    added_at: str
    deleted_at: str | None
    moved_at: str | None


@dataclass(frozen=True, slots=True)
class _Move:
    """A row of this vault that changes. ``stamp`` is None where a person asked just now."""

    number: int
    added_at: str
    in_safe: bool
    stamp: str | None


@dataclass(slots=True)
class Presence:
    """What was decided; ``write`` does it.

    Attributes:
        here: number by identity, of all credentials that are here already.
        new: rows to add, with where they will be; the stamp is None as in ``_Move``.
        gone: deleted for good here, and staying so: nothing may be written beside them.
        names: of every credential that was spoken of, for the list of changes.
    """

    here: dict[str, int] = field(default_factory=dict)
    new: dict[str, tuple[ContentRow, _Stand | None]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    quiet: int = 0
    moves: list[_Move] = field(default_factory=list)
    tombstones: dict[str, tuple[str, str]] = field(default_factory=dict)

    def tell(self, kind: ChangeKind, identity: str, detail: str = "") -> None:
        """Put a line about one credential on the list."""
        self.changes.append(Change(kind, identity, self.name_of(identity), detail))

    def name_of(self, identity: str) -> str:
        """Return how a credential is called, or the beginning of its identity."""
        return self.names.get(identity) or identity[:12]

    def write(self, database: Database, contents: Contents, now: datetime) -> dict[str, int]:
        """Do it, inside the transaction at hand; return the numbers of what was added."""
        for identity, (at, reason) in self.tombstones.items():
            database.run(
                "INSERT OR REPLACE INTO tombstone (credential_id, at, reason) VALUES (?, ?, ?)",
                (identity, at, reason),
            )
            # Words that came before their credential, and before the news of its end.
            forget_words(database, identity)
        for move in self.moves:
            _write_move(database, move, now)
        return {
            identity: _insert(database, row, stand, contents.originals[identity], now)
            for identity, (row, stand) in self.new.items()
        }


def decide_presence(
    database: Database, contents: Contents, named: Iterable[str], bring_back: frozenset[str]
) -> Presence:
    """Return where everything will be; ``named`` are those that anything else is said about."""
    rows = {str(row["id"]): row for row in contents.rows("credentials")}
    tombs = {str(row["credential_id"]): row for row in contents.rows("tombstones")}
    spoken = {*rows, *tombs, *named, *bring_back}
    here = _read_here(database, spoken)
    gone: dict[str, tuple[str, str]] = {
        identity: (at, reason)
        for identity, at, reason in rows_of(
            database,
            "SELECT credential_id, at, reason FROM tombstone WHERE credential_id IN ({})",
            spoken,
        )
    }
    found = Presence(here={identity: one.number for identity, one in here.items()})
    found.names = {identity: one.name for identity, one in here.items()}
    found.names |= {identity: str(row["name"]) for identity, row in rows.items()}
    decision = _Decision(found, contents, bring_back)
    for identity, row in rows.items():
        if identity in here:
            decision.both_have(identity, here[identity], row)
        elif identity in gone:
            decision.gone_here(identity, gone[identity], row)
        else:
            decision.only_there(identity, row)
    for identity, tomb in tombs.items():
        told = (str(tomb["at"]), str(tomb["reason"]))
        if identity in here:
            decision.gone_there(identity, here[identity], told[0])
        elif told > gone.get(identity, ("", "")):
            found.quiet += 1
            found.tombstones[identity] = told
    found.gone |= {identity for identity in (*gone, *tombs) if identity not in here}
    found.gone -= found.new.keys()
    return found


def _read_here(database: Database, spoken: Iterable[str]) -> Mapping[str, _Here]:
    found = rows_of(
        database,
        "SELECT id, number, name, added_at, deleted_at, moved_at FROM credential WHERE id IN ({})",
        spoken,
    )
    return {row[0]: _Here(*row[1:]) for row in found}


def _stand(added_at: str, deleted_at: str | None, moved_at: str | None) -> _Stand:
    # Before schema 3 only the move to the trash left a time.
    return _Stand(moved_at or deleted_at or added_at, deleted_at is None)


def _stand_of(row: ContentRow) -> _Stand:
    deleted, moved = row["deleted_at"], row["moved_at"]
    return _stand(
        str(row["added_at"]),
        None if deleted is None else str(deleted),
        None if moved is None else str(moved),
    )


class _Decision:
    """The rules, one method for each pair of what is here and what is there."""

    def __init__(self, found: Presence, contents: Contents, bring_back: frozenset[str]) -> None:
        self._found = found
        self._originals = contents.originals
        self._reported = {str(row["credential"]) for row in contents.rows("reports")}
        self._bring_back = bring_back

    def both_have(self, identity: str, here: _Here, row: ContentRow) -> None:
        mine, theirs = _stand(*here[2:]), _stand_of(row)
        winner = theirs if mine.yields_to(theirs) else mine
        if identity in self._bring_back and not winner.in_safe:
            self._bring(identity, here)
            return
        if winner.in_safe is not mine.in_safe:
            came = ChangeKind.RECOVERED if winner.in_safe else ChangeKind.MOVED_TO_TRASH
            self._found.tell(came, identity)
        elif theirs.in_safe and not winner.in_safe:
            self._found.tell(ChangeKind.KEPT_DELETED, identity)
        added = min(here.added_at, str(row["added_at"]))
        if winner == mine and added == here.added_at:
            self._found.unchanged += 1
            return
        self._move(here, winner, added)

    def gone_there(self, identity: str, here: _Here, at: str) -> None:
        mine, theirs = _stand(*here[2:]), _Stand(at, in_safe=False)
        if not mine.yields_to(theirs):
            return
        if identity in self._bring_back:
            self._bring(identity, here)
            return
        if mine.in_safe:
            self._found.tell(ChangeKind.MOVED_TO_TRASH, identity)
        self._move(here, theirs, here.added_at)

    def gone_here(self, identity: str, tomb: tuple[str, str], row: ContentRow) -> None:
        mine, theirs = _Stand(tomb[0], in_safe=False), _stand_of(row)
        if identity in self._bring_back:
            self._add(ChangeKind.BROUGHT_BACK, identity, row, None)
        elif theirs.in_safe and mine.yields_to(theirs):
            self._add(ChangeKind.RECOVERED, identity, row, theirs)
        elif theirs.in_safe:
            self._found.tell(ChangeKind.KEPT_DELETED, identity)
        elif mine.yields_to(theirs):
            self._found.quiet += 1
            self._found.tombstones[identity] = (theirs.stamp, tomb[1])

    def only_there(self, identity: str, row: ContentRow) -> None:
        stand = _stand_of(row)
        if stand.in_safe:
            self._add(ChangeKind.ADDED, identity, row, stand)
        elif identity in self._bring_back:
            self._add(ChangeKind.BROUGHT_BACK, identity, row, None)
        else:
            self._add(ChangeKind.ADDED_TO_TRASH, identity, row, stand)

    def _add(self, kind: ChangeKind, identity: str, row: ContentRow, stand: _Stand | None) -> None:
        # A set of changes may tell of a move only; nothing is listed without its bytes.
        if identity not in self._originals or identity not in self._reported:
            self._found.tell(ChangeKind.MISSING, identity)
            return
        self._found.tell(kind, identity)
        self._found.new[identity] = (row, stand)

    def _bring(self, identity: str, here: _Here) -> None:
        self._found.tell(ChangeKind.BROUGHT_BACK, identity)
        self._found.moves.append(_Move(here.number, here.added_at, in_safe=True, stamp=None))

    def _move(self, here: _Here, stand: _Stand, added_at: str) -> None:
        self._found.quiet += 1
        self._found.moves.append(_Move(here.number, added_at, stand.in_safe, stand.stamp))


_TRASHED: Final = "CASE WHEN ?1 THEN NULL WHEN deleted_at IS NULL THEN ?2 ELSE deleted_at END"


def _write_move(database: Database, move: _Move, now: datetime) -> None:
    stamp = move.stamp or next_stamp(database, now)
    # In the trash since it arrived there: the person has the usual time to look.
    database.run(
        f"UPDATE credential SET deleted_at = {_TRASHED}, moved_at = ?3, added_at = ?4"  # noqa: S608 - a constant
        " WHERE number = ?5",
        (move.in_safe, time_text(now), stamp, move.added_at, move.number),
    )


def _insert(
    database: Database, row: ContentRow, stand: _Stand | None, data: bytes, now: datetime
) -> int:
    added_at, moved_at = str(row["added_at"]), row["moved_at"]
    if stand is None:
        moved_at = next_stamp(database, now)
    elif stand.stamp != added_at:
        moved_at = stand.stamp
    # As in ``_write_move``: an old date would let it go for good at the next unlock.
    trashed = None if stand is None or stand.in_safe else time_text(now)
    _forget_end(database, str(row["id"]))
    number = database.run(
        TABLES["credentials"].insert, {**row, "moved_at": moved_at, "deleted_at": trashed}
    )
    database.run(
        "INSERT INTO original (credential, media_type, source_name, data) VALUES (?, ?, ?, ?)",
        (number, row["media_type"], row["source_name"], data),
    )
    return number


def _forget_end(database: Database, identity: str) -> None:
    """Let a credential that was deleted for good be one that is here again.

    What other computers wrote beside it may have come meanwhile and was left out, and they
    count it as told: every file of theirs is to be read again.
    """
    if database.row("SELECT 1 FROM tombstone WHERE credential_id = ?", (identity,)):
        database.run("DELETE FROM tombstone WHERE credential_id = ?", (identity,))
        database.run("DELETE FROM sync_applied")
