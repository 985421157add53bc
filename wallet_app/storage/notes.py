"""Notes: what the owner writes on a credential, each text kept for ever.

Saving adds a version that names the one it was written over; nothing is ever changed or
removed, but with its credential. The current one has the highest (stamp, id), so two
vaults that hold the same versions show the same note whatever came first.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

from wallet_app.errors import UserError
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.history import insert_event
from wallet_app.storage.mark_models import NoteVersion
from wallet_app.storage.mark_texts import clean_note
from wallet_app.storage.models import Event
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time

__all__ = ["NoteStore", "credential_of", "insert_version", "note_version_id"]

_COLUMNS: Final = "id, credential_id, parent, stamp, text"


def note_version_id(credential_id: str, parent: str, stamp: str, text: str) -> str:
    """Return the id of a version: hex SHA-256 of the JSON list of these four, in UTF-8."""
    written = json.dumps(
        [credential_id, parent, stamp, text], ensure_ascii=False, separators=(",", ":")
    )
    return sha256(written.encode("utf-8")).hexdigest()


def credential_of(database: Database, credential_id: str) -> tuple[int, str]:
    """Return number and name of a credential in the safe or the trash.

    Raises:
        UserError: ``vault.no_such_credential``.
    """
    row = database.row("SELECT number, name FROM credential WHERE id = ?", (credential_id,))
    if row is None:
        raise UserError("vault.no_such_credential", {"id": credential_id[:64]})
    return int(row[0]), str(row[1])


def insert_version(
    database: Database, credential_id: str, parent: str, text: str, now: datetime
) -> NoteVersion:
    """Write ``text`` over the version ``parent``, "" for none, in the transaction at hand."""
    stamp = next_stamp(database, now)
    values = (
        note_version_id(credential_id, parent, stamp, text), credential_id, parent, stamp, text
    )  # fmt: skip
    database.run(
        f"INSERT INTO note_version ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        values,
    )
    return _version(values)


class NoteStore:
    """The notes of one vault."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def current(self, credential_id: str) -> NoteVersion | None:
        """Return the note on a credential, which may be empty; None when there never was one."""
        found = self._versions(credential_id, limit=1)
        return found[0] if found else None

    def versions(self, credential_id: str) -> tuple[NoteVersion, ...]:
        """Return every text the note had, the current one first."""
        return self._versions(credential_id, limit=-1)

    def texts(self) -> Mapping[str, str]:
        """Return every note of the vault that is not empty, by credential; two queries."""
        if not knows_notes(self._database):
            return {}
        current = [newest[1] for newest in self._newest().values() if newest[2]]
        rows = self._database.rows(
            "SELECT credential_id, text FROM note_version"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(current),),
        )
        return dict(rows)

    def noted(self) -> frozenset[str]:
        """Return which credentials have a note that is not empty; one query, without texts."""
        return frozenset(identity for identity, newest in self._newest().items() if newest[2])

    def _newest(self) -> Mapping[str, tuple[str, str, bool]]:
        """Return stamp and id of each credential's current version, and whether it says anything.

        Compared here: grouped by SQLite the same takes fifty times as long (measured).
        """
        if not knows_notes(self._database):
            return {}
        newest: dict[str, tuple[str, str, bool]] = {}
        for identity, stamp, version, full in self._database.rows(
            "SELECT credential_id, stamp, id, text <> '' FROM note_version"
        ):
            found = (stamp, version, bool(full))
            newest[identity] = max(newest.get(identity, found), found)
        return newest

    def save(
        self, credential_id: str, text: str, now: datetime, *, over: str | None = None
    ) -> NoteVersion | None:
        """Make ``text`` the note; "" clears it. The draft of it is done with.

        Args:
            credential_id: of a credential in the safe or the trash.
            text: at most ``MAX_NOTE_CHARS`` characters.
            now: when it was written.
            over: the version that was before the writer's eyes; without, the current one.

        Returns:
            The new version, or the current one when it says the same; None for none.

        Raises:
            UserError: ``vault.no_such_credential``, ``note.too_long``,
                ``note.no_such_version`` for ``over``.
        """
        text = clean_note(text)
        return self._save(
            credential_id, text, now, over, "note_changed" if text else "note_cleared"
        )

    def go_back(self, credential_id: str, version_id: str, now: datetime) -> NoteVersion | None:
        """Make an earlier text the note again, as a new version.

        Raises:
            UserError: ``vault.no_such_credential``, ``note.no_such_version``.
        """
        text = self._version(credential_id, version_id).text
        return self._save(credential_id, text, now, None, "note_restored")

    def conflicts(self, credential_id: str) -> tuple[NoteVersion, ...]:
        """Return texts written on another computer at the same time, that nobody looked at.

        They lost against the current text without having been before its writer: ends of
        a line of versions that does not lead to the current one, and that say otherwise
        than every text that does.
        """
        versions = self.versions(credential_id)
        line = _line_of(versions)
        parents = {one.parent for one in versions}
        said = {one.text for one in line}
        return tuple(one for one in versions if one.id not in parents and one.text not in said)

    def settle(self, credential_id: str, now: datetime) -> None:
        """Take the texts of ``conflicts`` as seen: they become earlier texts of the note."""
        with self._database.transaction():
            current, seen = self.current(credential_id), self.conflicts(credential_id)
            if current is None or not seen:
                return
            parent = current.id
            for text in (*(one.text for one in reversed(seen)), current.text):
                parent = insert_version(self._database, credential_id, parent, text, now).id
            _number, name = credential_of(self._database, credential_id)
            insert_event(self._database, Event(now, "note_settled", credential_id, name))

    def _save(
        self, credential_id: str, text: str, now: datetime, over: str | None, kind: str
    ) -> NoteVersion | None:
        with self._database.transaction():
            number, name = credential_of(self._database, credential_id)
            current = self.current(credential_id)
            parent = current.id if current else ""
            if over is not None and over != parent:
                parent = self._version(credential_id, over).id if over else ""
            self._discard_draft(credential_id)
            if text == (current.text if current else ""):
                return current
            saved = insert_version(self._database, credential_id, parent, text, now)
            reached("note.version")
            index_again(self._database, number)
            reached("note.indexed")
            # Never the text: history outlives the wish to be rid of it.
            params: dict[str, str | int] = {"characters": len(text)}
            insert_event(self._database, Event(now, kind, credential_id, name, params))
        return saved

    def _discard_draft(self, credential_id: str) -> None:
        self._database.run(
            "DELETE FROM draft WHERE credential_id = ? AND kind = 'note'", (credential_id,)
        )

    def _version(self, credential_id: str, version_id: str) -> NoteVersion:
        row = self._database.row(
            f"SELECT {_COLUMNS} FROM note_version WHERE id = ? AND credential_id = ?",  # noqa: S608 - a constant
            (version_id, credential_id),
        )
        if row is None:
            raise UserError("note.no_such_version")
        return _version(row)

    def _versions(self, credential_id: str, limit: int) -> tuple[NoteVersion, ...]:
        if not knows_notes(self._database):
            return ()
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM note_version WHERE credential_id = ?"  # noqa: S608 - a constant
            " ORDER BY stamp DESC, id DESC LIMIT ?",
            (credential_id, limit),
        )
        return tuple(_version(row) for row in rows)


def _line_of(versions: tuple[NoteVersion, ...]) -> tuple[NoteVersion, ...]:
    """Return the current version and those it was written over, newest first."""
    by_id = {one.id: one for one in versions}
    line: list[NoteVersion] = []
    step = versions[0] if versions else None
    while step is not None:
        line.append(step)
        # What came from elsewhere may lead anywhere, but each version only once.
        step = by_id.pop(step.parent, None)
    return tuple(line)


def _version(row: Row | tuple[str, ...]) -> NoteVersion:
    identity, credential_id, parent, stamp, text = row
    return NoteVersion(identity, credential_id, parent, stored_time(stamp), text)
