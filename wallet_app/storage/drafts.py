"""What a person was writing when the safe locked, kept inside it and offered again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.times import stored_time, time_text

__all__ = ["MAX_CHARS", "Draft", "DraftStore", "StoredDraft"]

MAX_CHARS: Final = 100_000
"""How much of a text is kept; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was not saved yet. ``kind`` names the field, such as ``note``."""

    credential_id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as kept."""

    draft: Draft
    saved_at: datetime


class DraftStore:
    """The drafts of one vault. They are of this computer alone: no backup carries them."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def keep(self, drafts: Sequence[Draft], now: datetime) -> None:
        """Keep every draft, one per credential and kind, in one transaction."""
        with self._database.transaction():
            for draft in drafts:
                self._database.run(
                    "INSERT OR REPLACE INTO draft (credential_id, kind, text, saved_at)"
                    " VALUES (?, ?, ?, ?)",
                    (draft.credential_id, draft.kind, draft.text[:MAX_CHARS], time_text(now)),
                )

    def all(self) -> tuple[StoredDraft, ...]:
        """Return what was kept, newest first."""
        if not knows_notes(self._database):
            return ()
        rows = self._database.rows(
            "SELECT credential_id, kind, text, saved_at FROM draft"
            " ORDER BY saved_at DESC, credential_id, kind"
        )
        return tuple(
            StoredDraft(Draft(identity, kind, text), stored_time(at))
            for identity, kind, text, at in rows
        )

    def discard(self, credential_id: str, kind: str) -> None:
        """Forget a draft that was saved or is no longer wanted."""
        with self._database.transaction():
            self._database.run(
                "DELETE FROM draft WHERE credential_id = ? AND kind = ?", (credential_id, kind)
            )
