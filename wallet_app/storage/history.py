"""What happened, in order, for ever: events are added and never changed."""

import json
from collections.abc import Iterable, Sequence

from wallet_app.storage.connection import Database, Row
from wallet_app.storage.models import Event
from wallet_app.storage.times import stored_time, time_text

__all__ = ["History", "event_of", "insert_event"]


def insert_event(database: Database, event: Event) -> None:
    """Write ``event`` inside the transaction of what it tells of."""
    database.run(
        "INSERT INTO event (at, kind, credential_id, credential_name, params)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            time_text(event.at),
            event.kind,
            event.credential_id,
            event.credential_name,
            json.dumps(dict(event.params), ensure_ascii=False, sort_keys=True),
        ),
    )


class History:
    """The events of one vault."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def append(self, event: Event) -> None:
        """Add one event in a transaction of its own; raises as ``Database.transaction``."""
        with self._database.transaction():
            insert_event(self._database, event)

    def append_all(self, events: Iterable[Event]) -> None:
        """Add several events together or not at all; raises as ``Database.transaction``."""
        with self._database.transaction():
            for event in events:
                insert_event(self._database, event)

    def numbered(self, kinds: Sequence[str]) -> tuple[tuple[int, Event], ...]:
        """Return all events of some kinds with their numbers, which are this vault's alone."""
        marks = ", ".join("?" * len(kinds))
        rows = self._database.rows(
            "SELECT number, at, kind, credential_id, credential_name, params FROM event"  # noqa: S608 - marks alone
            f" WHERE kind IN ({marks}) ORDER BY number",
            tuple(kinds),
        )
        return tuple((row[0], event_of(row[1:])) for row in rows)

    def events(self, limit: int = 500, *, kind: str = "") -> tuple[Event, ...]:
        """Return the newest ``limit`` events, newest first; of one ``kind`` if given."""
        # Each from its index: with one condition for both, all would be read and sorted.
        of_kind = "kind = ?1" if kind else "?1 = ''"
        rows = self._database.rows(
            "SELECT at, kind, credential_id, credential_name, params FROM event"  # noqa: S608 - constants
            f" WHERE {of_kind} ORDER BY at DESC, number DESC LIMIT ?2",
            (kind, limit),
        )
        return tuple(event_of(row) for row in rows)


def event_of(row: Row) -> Event:
    """Return the event of a row: at, kind, credential id and name, params."""
    at, kind, credential_id, credential_name, params = row
    return Event(stored_time(at), kind, credential_id, credential_name, json.loads(params))
