"""Collections: lists of credentials that the owner made and named.

A collection is its random id; its name, and whether it still is there, go by the last
change. Members stay noted when it is removed, so that it comes back whole.
"""

from datetime import datetime

from wallet_app.errors import UserError
from wallet_app.storage.connection import Database
from wallet_app.storage.history import insert_event
from wallet_app.storage.mark_models import Collection
from wallet_app.storage.mark_texts import clean_name, folded
from wallet_app.storage.models import Event
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached

__all__ = ["CollectionStore"]

_ID_BYTES = 16


class CollectionStore:
    """The collections of one vault; which credentials are in them is in ``MarkStore``."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def all(self) -> tuple[Collection, ...]:
        """Return the collections, in the order of names."""
        if not knows_notes(self._database):
            return ()
        rows = self._database.rows("SELECT id, name FROM collection WHERE present = 1")
        found = (Collection(identity, name) for identity, name in rows)
        return tuple(sorted(found, key=lambda one: (folded(one.name), one.name, one.id)))

    def get(self, collection_id: str) -> Collection:
        """Return one collection.

        Raises:
            UserError: ``collection.unknown``.
        """
        for one in self.all():
            if one.id == collection_id:
                return one
        raise UserError("collection.unknown", {"name": collection_id[:64]})

    def named(self, name: str) -> Collection:
        """Return the collection of that name, whatever its case and accents.

        Raises:
            UserError: ``collection.unknown``.
        """
        wanted = folded(clean_name(name))
        alike = [one for one in self.all() if folded(one.name) == wanted]
        if not alike:
            raise UserError("collection.unknown", {"name": clean_name(name)})
        return next((one for one in alike if one.name == clean_name(name)), alike[0])

    def create(
        self, name: str, now: datetime, *, randomness: Randomness = system_randomness
    ) -> Collection:
        """Make an empty collection.

        Raises:
            UserError: ``collection.no_name``, ``collection.name_too_long``,
                ``collection.exists``.
        """
        made = Collection(randomness(_ID_BYTES).hex(), clean_name(name))
        with self._database.transaction():
            self._refuse_taken(made)
            self._put(made, now, "collection_made", present=True)
        return made

    def rename(self, collection_id: str, name: str, now: datetime) -> Collection:
        """Give a collection another name; the same one changes nothing.

        Raises:
            UserError: ``collection.unknown``, and as ``create``.
        """
        renamed = Collection(collection_id, clean_name(name))
        with self._database.transaction():
            before = self.get(collection_id)
            if before != renamed:
                self._refuse_taken(renamed)
                self._put(renamed, now, "collection_renamed", present=True, before=before.name)
        return renamed

    def remove(self, collection_id: str, now: datetime) -> None:
        """Remove a collection; what was in it stays in the safe.

        Raises:
            UserError: ``collection.unknown``.
        """
        with self._database.transaction():
            self._put(self.get(collection_id), now, "collection_removed", present=False)

    def put_back(self, collection_id: str, now: datetime) -> Collection:
        """Bring back a collection that was removed, with what was in it.

        Raises:
            UserError: ``collection.unknown``.
        """
        with self._database.transaction():
            row = self._database.row(
                "SELECT name, present FROM collection WHERE id = ?", (collection_id,)
            )
            if row is None:
                raise UserError("collection.unknown", {"name": collection_id[:64]})
            found = Collection(collection_id, str(row[0]))
            if not row[1]:
                self._put(found, now, "collection_put_back", present=True)
        return found

    def _put(
        self, one: Collection, now: datetime, kind: str, *, present: bool, before: str = ""
    ) -> None:
        self._database.run(
            "INSERT OR REPLACE INTO collection (id, name, present, stamp) VALUES (?, ?, ?, ?)",
            (one.id, one.name, present, next_stamp(self._database, now)),
        )
        reached("collection.put")
        params: dict[str, str | int] = {"collection": one.name}
        if before:
            params["before"] = before
        insert_event(self._database, Event(now, kind, params=params))

    def _refuse_taken(self, wanted: Collection) -> None:
        # Two of one name only come about by merging, where refusing would lose one.
        for one in self.all():
            if one.id != wanted.id and folded(one.name) == folded(wanted.name):
                raise UserError("collection.exists", {"name": one.name})
