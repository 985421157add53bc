"""What the owner wrote beside credentials, carried out of a vault and back into one.

Coming back, nothing here is overwritten: marks join those that are there, and a note that
is there stays current, with the one that came as an earlier text of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.history import insert_event
from wallet_app.storage.mark_models import Mark, MarkChange
from wallet_app.storage.marks import put_mark
from wallet_app.storage.models import Event
from wallet_app.storage.notes import NoteStore, insert_version
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached

__all__ = ["NO_WORDS", "OwnWords", "join_words", "words_beside"]

_COLLECTION_ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The note, tags and marks of one credential; ``collections`` are names."""

    note: str = ""
    tags: tuple[str, ...] = ()
    favourite: bool = False
    collections: tuple[str, ...] = ()


NO_WORDS: Final = OwnWords()


def words_beside(database: Database, credential_id: str) -> OwnWords:
    """Return what the owner wrote beside one credential."""
    if not knows_notes(database):
        return NO_WORDS
    note = NoteStore(database).current(credential_id)
    tags = database.rows(
        "SELECT name FROM tag WHERE credential_id = ? AND present = 1 ORDER BY name",
        (credential_id,),
    )
    favourite = database.row(
        "SELECT present FROM favourite WHERE credential_id = ?", (credential_id,)
    )
    collections = database.rows(
        "SELECT c.name FROM collection_member AS m JOIN collection AS c ON c.id = m.collection"
        " WHERE m.credential_id = ? AND m.present = 1 AND c.present = 1 ORDER BY c.name",
        (credential_id,),
    )
    return OwnWords(
        note.text if note else "",
        tuple(name for (name,) in tags),
        bool(favourite and favourite[0]),
        tuple(name for (name,) in collections),
    )


def join_words(database: Database, credential_id: str, words: OwnWords, now: datetime) -> bool:
    """Add what an export holds beside one credential; return whether that was new here.

    One transaction with one event, which holds none of it.
    """
    if words == NO_WORDS or not knows_notes(database):
        return False
    with database.transaction():
        row = database.row("SELECT number, name FROM credential WHERE id = ?", (credential_id,))
        if row is None:
            return False
        changed = [
            _join_note(database, credential_id, words.note, now),
            *(
                put_mark(database, mark, partial(next_stamp, database, now))
                for mark in _marks(database, credential_id, words, now)
            ),
        ]
        if not any(changed):
            return False
        index_again(database, int(row[0]))
        reached("words.joined")
        insert_event(database, Event(now, "words_brought", credential_id, str(row[1])))
    return True


def _join_note(database: Database, credential_id: str, text: str, now: datetime) -> bool:
    had = database.row(
        "SELECT 1 FROM note_version WHERE credential_id = ? AND text = ?", (credential_id, text)
    )
    if not text or had:
        return False
    current = NoteStore(database).current(credential_id)
    parent = current.id if current else ""
    for written in (text, current.text) if current and current.text else (text,):
        parent = insert_version(database, credential_id, parent, written, now).id
    return True


def _marks(
    database: Database, credential_id: str, words: OwnWords, now: datetime
) -> Iterator[MarkChange]:
    for tag in words.tags:
        yield MarkChange(Mark.TAG, credential_id, tag)
    for shelf in _collections(database, words.collections, now):
        yield MarkChange(Mark.COLLECTION, credential_id, shelf)
    if words.favourite:
        yield MarkChange(Mark.FAVOURITE, credential_id, "")


def _collections(database: Database, names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the ids of collections by name, made where there is none of that name."""
    found: list[str] = []
    for name in names:
        row = database.row(
            "SELECT id FROM collection WHERE name = ? AND present = 1 ORDER BY id", (name,)
        )
        identity = str(row[0]) if row else system_randomness(_COLLECTION_ID_BYTES).hex()
        if row is None:
            database.run(
                "INSERT INTO collection (id, name, present, stamp) VALUES (?, ?, 1, ?)",
                (identity, name, next_stamp(database, now)),
            )
        found.append(identity)
    return tuple(found)
