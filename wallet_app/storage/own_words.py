"""What the owner wrote beside credentials, carried out of a vault and back into one.

Coming back, nothing here is overwritten: marks join those that are there, and a note that
is there stays current, with the one that came as an earlier text of it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.history import insert_event
from wallet_app.storage.models import Event
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached

__all__ = ["NO_WORDS", "OwnWords", "join_words", "words_beside"]

_TAG: Final = (
    "SELECT present FROM tag WHERE credential_id = ?1 AND name = ?2",
    "INSERT OR REPLACE INTO tag (credential_id, name, present, stamp) VALUES (?1, ?2, 1, ?3)",
)
_FAVOURITE: Final = (
    "SELECT present FROM favourite WHERE credential_id = ?1 AND ?2 = ''",
    "INSERT OR REPLACE INTO favourite (credential_id, present, stamp)"
    " SELECT ?1, 1, ?3 WHERE ?2 = ''",
)
_MEMBER: Final = (
    "SELECT present FROM collection_member WHERE credential_id = ?1 AND collection = ?2",
    "INSERT OR REPLACE INTO collection_member (credential_id, collection, present, stamp)"
    " VALUES (?1, ?2, 1, ?3)",
)
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
    note = _current(database, credential_id)
    tags = database.rows(
        "SELECT name FROM tag WHERE credential_id = ? AND present = 1 ORDER BY name",
        (credential_id,),
    )
    favourite = database.row(_FAVOURITE[0], (credential_id, ""))
    collections = database.rows(
        "SELECT c.name FROM collection_member AS m JOIN collection AS c ON c.id = m.collection"
        " WHERE m.credential_id = ? AND m.present = 1 AND c.present = 1 ORDER BY c.name",
        (credential_id,),
    )
    return OwnWords(
        note[1],
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
            *(_mark(database, _TAG, credential_id, tag, now) for tag in words.tags),
            *(
                _mark(database, _MEMBER, credential_id, shelf, now)
                for shelf in _collections(database, words.collections, now)
            ),
        ]
        if words.favourite:
            changed.append(_mark(database, _FAVOURITE, credential_id, "", now))
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
    parent, current = _current(database, credential_id)
    for written in (text, current) if current else (text,):
        parent = _insert_note(database, (credential_id, parent, written), now)
    return True


def _current(database: Database, credential_id: str) -> tuple[str, str]:
    row = database.row(
        "SELECT id, text FROM note_version WHERE credential_id = ?"
        " ORDER BY stamp DESC, id DESC LIMIT 1",
        (credential_id,),
    )
    return (str(row[0]), str(row[1])) if row else ("", "")


def _insert_note(database: Database, version: tuple[str, str, str], now: datetime) -> str:
    credential_id, parent, text = version
    stamp = next_stamp(database, now)
    written = json.dumps(
        [credential_id, parent, stamp, text], ensure_ascii=False, separators=(",", ":")
    )
    identity = sha256(written.encode("utf-8")).hexdigest()
    database.run(
        "INSERT INTO note_version (id, credential_id, parent, stamp, text) VALUES (?, ?, ?, ?, ?)",
        (identity, credential_id, parent, stamp, text),
    )
    return identity


def _mark(
    database: Database, kind: tuple[str, str], credential_id: str, key: str, now: datetime
) -> bool:
    present, put = kind
    row = database.row(present, (credential_id, key))
    if row and row[0]:
        return False
    database.run(put, (credential_id, key, next_stamp(database, now)))
    return True


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
