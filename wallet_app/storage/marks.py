"""Favourites, tags and what is in which collection: marks that a credential bears or not.

Each is a register: whether it is there goes by the last change, and what was taken off
stays noted as such, so that two vaults agree.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from wallet_app.errors import UserError
from wallet_app.storage.collections import CollectionStore
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.history import insert_event
from wallet_app.storage.mark_models import NO_MARKS, Mark, MarkChange, Marks, Shelf, Shelves
from wallet_app.storage.mark_texts import clean_tag, folded
from wallet_app.storage.models import Event
from wallet_app.storage.notes import NoteStore, credential_of
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached

__all__ = ["MarkStore", "forget_words", "put_mark"]

_Find = Callable[[str], tuple[int, str]]
"""Gives number and name of a credential that is there."""

_OWN: Final = ("note_version", "draft", "tag", "favourite", "collection_member")

_PRESENT: Final = {
    Mark.FAVOURITE: "SELECT present FROM favourite WHERE credential_id = ?1 AND ?2 = ''",
    Mark.TAG: "SELECT present FROM tag WHERE credential_id = ?1 AND name = ?2",
    Mark.COLLECTION: (
        "SELECT present FROM collection_member WHERE credential_id = ?1 AND collection = ?2"
    ),
}
_PUT: Final = {
    Mark.FAVOURITE: (
        "INSERT OR REPLACE INTO favourite (credential_id, present, stamp) SELECT ?1, ?3, ?4"
        " WHERE ?2 = ''"
    ),
    Mark.TAG: (
        "INSERT OR REPLACE INTO tag (credential_id, name, present, stamp) VALUES (?1, ?2, ?3, ?4)"
    ),
    Mark.COLLECTION: (
        "INSERT OR REPLACE INTO collection_member (credential_id, collection, present, stamp)"
        " VALUES (?1, ?2, ?3, ?4)"
    ),
}
_KINDS: Final = {
    (Mark.FAVOURITE, True): "favourite_added",
    (Mark.FAVOURITE, False): "favourite_removed",
    (Mark.TAG, True): "tag_added",
    (Mark.TAG, False): "tag_removed",
    (Mark.COLLECTION, True): "collected",
    (Mark.COLLECTION, False): "uncollected",
}

_LEAVES_MARKS: Final = frozenset(
    {
        "imported",
        "verified",
        "changed",
        "shared",
        "share_placed",
        "share_ended",
        "answered",
        "exported",
        "deleted",
        "recovered",
        "backed_up",
    }
)


def forget_words(database: Database, credential_id: str) -> None:
    """Remove all that was written beside a credential that is deleted for good."""
    for table in _OWN:
        sql = f"DELETE FROM {table} WHERE credential_id = ?"  # noqa: S608 - a constant
        database.run(sql, (credential_id,))


def put_mark(database: Database, change: MarkChange, stamp: Callable[[], str]) -> bool:
    """Put a mark on or take it off; return whether that was otherwise before.

    ``stamp`` is asked only then. No event, no index: that is for whoever calls.
    """
    where = (change.credential_id, change.key)
    row = database.row(_PRESENT[change.mark], where)
    if bool(row and row[0]) is change.present:
        return False
    database.run(_PUT[change.mark], (*where, int(change.present), stamp()))
    return True


class MarkStore:
    """What the owner put beside the credentials of one vault.

    Attributes:
        notes, collections: the stores of the two.
    """

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database
        self.notes = NoteStore(database)
        self.collections = CollectionStore(database)
        self._known: Mapping[str, Marks] = MappingProxyType({})
        self._known_at = -1

    def of_all(self) -> Mapping[str, Marks]:
        """Return the marks of every credential that has any, by id.

        Four queries, and none as long as nothing happened that may touch a mark: every
        change has its event, and what is not known to leave marks alone does not.
        """
        first, sql = self._known_at < 0, "SELECT number, kind FROM event WHERE number > ?"
        if first:
            # The last event alone: the history may be as long as it likes.
            sql = "SELECT coalesce(max(number), 0), '' FROM event WHERE number > ?"
        happened = self._database.rows(sql, (self._known_at,))
        if first or any(kind not in _LEAVES_MARKS for _number, kind in happened):
            self._known = self._read() if knows_notes(self._database) else MappingProxyType({})
        self._known_at = max((number for number, _kind in happened), default=self._known_at)
        return self._known

    def of(self, credential_id: str) -> Marks:
        """Return the marks of one credential."""
        return self.of_all().get(credential_id, NO_MARKS)

    def apply(self, changes: Iterable[MarkChange], now: datetime) -> tuple[MarkChange, ...]:
        """Put marks on and take marks off, together or not at all.

        A tag that differs from one in the vault by its case alone takes that one's
        spelling, and is taken off whatever its case.

        Returns:
            What was otherwise before; the ``opposite`` of each undoes it.

        Raises:
            UserError: ``vault.no_such_credential``, ``tag.empty``, ``tag.too_long``,
                ``collection.unknown``; nothing was changed.
        """
        done: list[MarkChange] = []
        find = cache(partial(credential_of, self._database))
        with self._database.transaction():
            stamp = cache(partial(next_stamp, self._database, now))
            spelled = self._spelled(changes, find)
            done.extend(one for one in spelled if put_mark(self._database, one, stamp))
            reached("marks.put")
            self._index(done, find)
            reached("marks.indexed")
            self._tell(done, find, now)
        return tuple(done)

    def tag_names(self) -> tuple[str, ...]:
        """Return every tag in use, in the order of names."""
        if not knows_notes(self._database):
            return ()
        rows = self._database.rows("SELECT DISTINCT name FROM tag WHERE present = 1")
        return tuple(sorted((name for (name,) in rows), key=lambda name: (folded(name), name)))

    def shelves(self) -> Shelves:
        """Return how many credentials of the safe bear which mark, collections with none too."""
        if not knows_notes(self._database):
            return Shelves()
        # By the identity of each that bears a mark: all others need not be read.
        here = "EXISTS (SELECT 1 FROM credential AS k WHERE k.id = m.credential_id"
        here += " AND k.deleted_at IS NULL)"
        (favourites,) = self._database.rows(
            f"SELECT count(*) FROM favourite AS m WHERE m.present = 1 AND {here}"  # noqa: S608 - constants
        )[0]
        tags = self._database.rows(
            f"SELECT m.name, count(*), '' FROM tag AS m WHERE m.present = 1 AND {here}"  # noqa: S608 - constants
            " GROUP BY m.name"
        )
        collections = self._database.rows(
            "SELECT c.name, count(m.credential_id), c.id FROM collection AS c"  # noqa: S608 - constants
            " LEFT JOIN collection_member AS m ON m.collection = c.id AND m.present = 1"
            f" AND {here} WHERE c.present = 1 GROUP BY c.id"
        )
        return Shelves(int(favourites), _shelves(tags), _shelves(collections))

    def _spelled(self, changes: Iterable[MarkChange], find: _Find) -> Iterable[MarkChange]:
        """Return the changes with tags as they are kept, after looking whether each can be."""
        collections = {one.id for one in self.collections.all()}
        spellings = {name.casefold(): name for name in self.tag_names()}
        for change in changes:
            find(change.credential_id)
            if change.mark is Mark.COLLECTION and change.key not in collections:
                raise UserError("collection.unknown", {"name": change.key[:64]})
            if change.mark is not Mark.TAG:
                yield change
                continue
            name = clean_tag(change.key)
            alike = self._alike(change.credential_id, name)
            if not change.present:
                yield from alike
            elif not alike:
                name = spellings.setdefault(name.casefold(), name)
                yield MarkChange(Mark.TAG, change.credential_id, name)

    def _alike(self, credential_id: str, name: str) -> tuple[MarkChange, ...]:
        rows = self._database.rows(
            "SELECT name FROM tag WHERE credential_id = ? AND present = 1", (credential_id,)
        )
        return tuple(
            MarkChange(Mark.TAG, credential_id, found, present=False)
            for (found,) in rows
            if found.casefold() == name.casefold()
        )

    def _index(self, done: list[MarkChange], find: _Find) -> None:
        for identity in dict.fromkeys(c.credential_id for c in done if c.mark is Mark.TAG):
            number, _name = find(identity)
            index_again(self._database, number)

    def _tell(self, done: list[MarkChange], find: _Find, now: datetime) -> None:
        names = {one.id: one.name for one in self.collections.all()}
        for change in done:
            _number, name = find(change.credential_id)
            params: dict[str, str | int] = {}
            if change.mark is Mark.TAG:
                params["tag"] = change.key
            elif change.mark is Mark.COLLECTION:
                params["collection"] = names[change.key]
            kind = _KINDS[change.mark, change.present]
            insert_event(self._database, Event(now, kind, change.credential_id, name, params))

    def _read(self) -> Mapping[str, Marks]:
        tags = self._grouped("SELECT credential_id, name FROM tag WHERE present = 1")
        favourites = self._grouped("SELECT credential_id, '' FROM favourite WHERE present = 1")
        collections = self._grouped(
            "SELECT m.credential_id, c.name FROM collection_member AS m"
            " JOIN collection AS c ON c.id = m.collection WHERE m.present = 1 AND c.present = 1"
        )
        noted = self.notes.noted()
        return MappingProxyType(
            {
                identity: Marks(
                    identity in favourites,
                    _by_name(tags.get(identity, ())),
                    _by_name(collections.get(identity, ())),
                    identity in noted,
                )
                for identity in {*favourites, *tags, *collections, *noted}
            }
        )

    def _grouped(self, sql: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for identity, name in self._database.rows(sql):
            found.setdefault(identity, []).append(name)
        return found


def _shelves(rows: Iterable[Row]) -> tuple[Shelf, ...]:
    found = (Shelf(name, count, identity) for name, count, identity in rows)
    return tuple(sorted(found, key=lambda shelf: (folded(shelf.name), shelf.name, shelf.id)))


def _by_name(names: Sequence[str]) -> tuple[str, ...]:
    if len(names) < 2:
        return tuple(names)
    return tuple(sorted(names, key=lambda name: (folded(name), name)))
