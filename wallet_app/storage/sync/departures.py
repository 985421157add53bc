"""What others have not been told: collected, written into the place, noted.

A vault writes only files of its own and never changes one. When there are many, one full
set takes the place of all of them, and they go only after it was read back.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.merge_reading import rows_of
from wallet_app.storage.places import Place, write_proven
from wallet_app.storage.second_place import change_mark
from wallet_app.storage.steps import reached
from wallet_app.storage.sync.change_sets import ChangeSet, seal_set
from wallet_app.storage.sync.keys import KEY_NAME, seal_key
from wallet_app.storage.sync.membership import Member, SyncState, sync_state, write_state
from wallet_app.storage.sync.names import SetName, read_set_name
from wallet_app.storage.sync.records import (
    Key,
    Records,
    key_of,
    known_records,
    records_of,
    words_beside,
)
from wallet_app.storage.times import time_text
from wallet_app.storage.vault import Vault

__all__ = ["Outgoing", "collect", "note_removed", "note_told", "publish", "remove_old"]

_SET_BYTES: Final = 24 * 1024 * 1024
_MOST_OWN: Final = 40
"""Files of one vault before one full set replaces them."""

_EVIDENCE_OF: Final = "e.report IN (SELECT number FROM report WHERE credential = ?)"
_WHOLE_LISTS: Final = tuple(
    name for name in TABLES if name not in ("settings", "credentials", "reports", "evidence")
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be written.

    Attributes:
        sets: each with the name it will have. records: what is told thereby.
        full: whether they tell everything, so that earlier files of this vault may go.
        old: files of this vault to remove afterwards.
        needs_key: whether the key file is missing in the place.
        mark: ``change_mark`` at that moment.
    """

    member: Member
    sets: tuple[tuple[SetName, ChangeSet], ...]
    records: Records
    full: bool
    old: tuple[str, ...]
    needs_key: bool
    mark: str


def collect(vault: Vault, member: Member, listing: Collection[str], now: datetime) -> Outgoing:
    """Return what others have not been told; on the vault's thread.

    ``listing`` is what lies in the place. Where a file of this vault has vanished from it
    twice, everything is told again: somebody who had not read it yet has lost it.
    """
    state = sync_state(vault)
    missed = tuple(name for name in state.own if name not in listing)
    lost = any(name in state.missed for name in missed)
    full = lost or len(state.own) >= _MOST_OWN
    if missed != state.missed:
        state = write_state(vault, replace(state, missed=missed))
    with vault.database.snapshot():
        mark = change_mark(vault.database)
        if state.mark == mark and not full:
            records: Records = {}
            sets: tuple[ChangeSet, ...] = ()
        else:
            records = records_of(vault.database)
            known = known_records(vault.database)
            told = {} if full else known
            sets = tuple(_sets(vault.database, records, told, member.label, now))
    named = _named(sets, member.device, state, listing)
    old = (*state.old, *(state.own if full else ()))
    return Outgoing(member, named, records, full, old, KEY_NAME not in listing, mark)


def _named(
    sets: Sequence[ChangeSet], device: str, state: SyncState, listing: Collection[str]
) -> tuple[tuple[SetName, ChangeSet], ...]:
    # A vault that went back to an earlier copy of itself finds its later files there.
    seen = [found.number for name in listing if (found := read_set_name(name))
            and found.device == device]  # fmt: skip
    number = max([state.number, *seen])
    return tuple(
        (SetName.draw(device, number + place), one) for place, one in enumerate(sets, start=1)
    )


def publish(
    outgoing: Outgoing, place: Place, *, stopped: Callable[[], bool] = lambda: False
) -> None:
    """Write the sets and prove each. Blocks; any thread; ``stopped`` as in ``fetch``.

    Raises:
        EnvironmentFault: ``place.stopped``.
        EnvironmentFault: ``place.…``: what was written stays and is written again another
            time under another name, which does no harm.
    """
    if outgoing.needs_key:
        # Somebody removed it: without it no further computer could join.
        write_proven(place, KEY_NAME, seal_key(outgoing.member.key, outgoing.member.code))
        reached("sync.key_written")
    for name, one in outgoing.sets:
        if stopped():
            raise EnvironmentFault("place.stopped")
        write_proven(place, name.name, seal_set(name.name, outgoing.member.key, one))
        reached("sync.written")


def note_told(vault: Vault, outgoing: Outgoing, now: datetime) -> SyncState:
    """Remember what was told, and how the run went; on the vault's thread.

    ``old`` of the state that is returned are files that may be removed from the place now.
    """
    state = sync_state(vault)
    names = tuple(name.name for name, _ in outgoing.sets)
    if outgoing.records:
        _note_records(vault.database, outgoing, names, now)
        reached("sync.told")
    own = names if outgoing.full else (*state.own, *names)
    return write_state(
        vault,
        replace(
            state,
            good_at=now,
            failed_at=None,
            failure=None,
            own=own,
            old=outgoing.old,
            missed=() if outgoing.full else state.missed,
            number=max([state.number, *(name.number for name, _ in outgoing.sets)]),
            mark=outgoing.mark,
        ),
    )


def remove_old(state: SyncState, place: Place) -> None:
    """Remove the files that newer ones have replaced. Blocks; any thread."""
    for name in state.old:
        place.remove(name)
        reached("sync.removed")


def note_removed(vault: Vault) -> None:
    """Remember that they are gone."""
    state = sync_state(vault)
    if state.old:
        write_state(vault, replace(state, old=()))


def _note_records(
    database: Database, outgoing: Outgoing, names: Sequence[str], now: datetime
) -> None:
    with database.transaction():
        known = known_records(database)
        for (kind, key), digest in outgoing.records.items():
            if known.get((kind, key)) != digest:
                database.run(
                    "INSERT OR REPLACE INTO sync_known (kind, key, digest) VALUES (?, ?, ?)",
                    (kind, key, digest),
                )
        # What is no longer there is told again should it ever come back.
        for kind, key in known.keys() - outgoing.records.keys():
            database.run("DELETE FROM sync_known WHERE kind = ? AND key = ?", (kind, key))
        for name in names:
            database.run(
                "INSERT OR REPLACE INTO sync_applied (name, at) VALUES (?, ?)",
                (name, time_text(now)),
            )


def _sets(
    database: Database, records: Records, told: Mapping[Key, bytes], label: str, now: datetime
) -> Iterator[ChangeSet]:
    """Give what was not told, cut into pieces; each credential with its own in one of them."""
    pending = {key for key, digest in records.items() if told.get(key) != digest}
    # Where a credential was deleted for good its words are no more. Also those of one that was
    # never told: they may have been told with another's.
    pending |= words_beside(database, {key for kind, key in pending if kind == "credentials"})
    words = {
        name: tuple(row for row in _rows(database, name) if key_of(name, row) in pending)
        for name in _WHOLE_LISTS
        if any(kind == name for kind, _ in pending)
    }
    lists = _list_files(database, words.get("lists", ()))
    rows, originals, documents = _Rows(), dict[str, bytes](), dict[str, bytes]()
    size = sum(len(data) for data in lists.values())
    first = True
    for piece in _credentials(database, records, pending, told):
        if size + piece.size_bytes > _SET_BYTES and not rows.is_empty:
            yield ChangeSet(label, now, _contents(rows, words if first else {}, originals,
                                                  documents, lists if first else {}))  # fmt: skip
            rows, originals, documents, size, first = _Rows(), {}, {}, 0, False
        rows.take(piece.rows)
        originals |= piece.originals
        documents |= piece.documents
        size += piece.size_bytes
    if not rows.is_empty or (first and words):
        yield ChangeSet(label, now, _contents(rows, words if first else {}, originals,
                                              documents, lists if first else {}))  # fmt: skip


def _contents(
    rows: "_Rows",
    words: Mapping[str, tuple[ContentRow, ...]],
    originals: Mapping[str, bytes],
    documents: Mapping[str, bytes],
    lists: Mapping[str, bytes],
) -> Contents:
    tables = {name: tuple(found) for name, found in rows.lists.items()}
    return Contents({**words, **tables}, dict(originals), dict(documents), dict(lists))


class _Rows:
    """Rows of credentials, reports and evidence, put together piece by piece."""

    def __init__(self) -> None:
        self.lists: dict[str, list[ContentRow]] = {"credentials": [], "reports": [], "evidence": []}

    @property
    def is_empty(self) -> bool:
        return not any(self.lists.values())

    def take(self, rows: Mapping[str, Sequence[ContentRow]]) -> None:
        for name, more in rows.items():
            self.lists[name].extend(more)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One credential, or what is new of it, with the files it brings."""

    rows: Mapping[str, Sequence[ContentRow]]
    originals: Mapping[str, bytes]
    documents: Mapping[str, bytes]

    @property
    def size_bytes(self) -> int:
        files = sum(map(len, (*self.originals.values(), *self.documents.values())))
        return files + sum(len(str(row["report_json"])) for row in self.rows["reports"])


def _credentials(
    database: Database, records: Records, pending: Collection[Key], told: Mapping[Key, bytes]
) -> Iterator[_Piece]:
    moved = {key for kind, key in pending if kind == "credentials"}
    owners = moved | {_owner_of(key) for kind, key in pending if kind == "reports"}
    for identity in sorted(owners):
        row = database.row(
            "SELECT number, deleted_at IS NULL FROM credential WHERE id = ?", (identity,)
        )
        if row is None:
            raise EnvironmentFault("vault.damaged")
        number, is_safe = int(row[0]), bool(row[1])
        # Its bytes never change. They come again with a credential that comes back, with all
        # that was found of it: where it was deleted for good they are no more.
        whole = identity in moved and (is_safe or ("credentials", identity) not in told)
        reports = [
            one for one in _of_one(database, "reports", "r.credential = ?", number)
            if key_of("reports", one) in (records if whole else pending)
        ]  # fmt: skip
        numbers = {one["number"] for one in reports}
        evidence = [
            one for one in _of_one(database, "evidence", _EVIDENCE_OF, number)
            if one["report"] in numbers
        ]  # fmt: skip
        yield _Piece(
            {
                # With its row even where only a report is new: a merge finds it by that.
                "credentials": _of_one(database, "credentials", "c.number = ?", number),
                "reports": reports,
                "evidence": evidence,
            },
            _original(database, identity, number) if whole else {},
            _documents(database, {str(one["sha256"]) for one in evidence}),
        )


def _owner_of(key: str) -> str:
    # The key of a report is a JSON list that begins with its credential.
    return key[2:66]


def _rows(database: Database, name: str) -> list[ContentRow]:
    table = TABLES[name]
    return [dict(zip(table.columns, row, strict=True)) for row in database.rows(table.select)]


def _of_one(database: Database, name: str, condition: str, number: int) -> list[ContentRow]:
    table = TABLES[name]
    select, order, by = table.select.partition(" ORDER BY ")
    sql = f"{select} WHERE {condition}{order}{by}"
    return [dict(zip(table.columns, row, strict=True)) for row in database.rows(sql, (number,))]


def _original(database: Database, identity: str, number: int) -> dict[str, bytes]:
    row = database.row("SELECT data FROM original WHERE credential = ?", (number,))
    return {identity: row[0]} if row else {}


def _documents(database: Database, hashes: Collection[str]) -> dict[str, bytes]:
    return dict(rows_of(database, "SELECT sha256, data FROM document WHERE sha256 IN ({})", hashes))


def _list_files(database: Database, rows: Sequence[ContentRow]) -> dict[str, bytes]:
    wanted = {str(row["sha256"]) for row in rows}
    return dict(
        rows_of(database, "SELECT sha256, data FROM trust_list WHERE sha256 IN ({})", wanted)
    )
