"""Texts that are being written on badges, from the first letter until the safe has them.

They outlive the widgets they are written in: a failed save, a page that is made anew and a
lock lose none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.drafts import Draft
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Note
from wallet_app.errors import CoffreError
from wallet_app.ui.context import Context

__all__ = ["NoteFound", "NoteKeeper", "read_note"]

_KIND: Final = "note"
_Work = Callable[[Safe], Note]
_Done = Callable[[Note], None]


@dataclass(frozen=True, slots=True)
class NoteFound:
    """The note on a badge, and what was being written on it when the safe last closed."""

    note: Note
    draft: str | None = None


def read_note(badge_id: str, safe: Safe) -> NoteFound:
    """Return note and draft of a badge; on the safe's thread."""
    note = safe.note(badge_id)
    kept = (one.draft for one in safe.drafts() if one.draft.kind == _KIND)
    draft = next((one.text for one in kept if one.credential_id == note.badge_id), None)
    return NoteFound(note, draft)


class NoteKeeper(QObject):
    """One per window. ``kept`` gives the note as the safe has it after each change."""

    kept = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._texts: dict[str, str] = {}
        self._saving: dict[str, str] = {}
        context.session.offer_drafts_from(self.drafts)
        context.session.locking.connect(self._forget)

    def write(self, badge_id: str, text: str | None) -> None:
        """Remember what stands in the field and is not saved; None for nothing."""
        if text is None:
            self._texts.pop(badge_id, None)
        else:
            self._texts[badge_id] = text

    def text_of(self, badge_id: str) -> str | None:
        """Return what was written on a badge and is not saved."""
        return self._texts.get(badge_id)

    def drafts(self) -> Sequence[Draft]:
        """Return what a lock must keep: until the safe confirms a save, it is no save."""
        return [Draft(badge_id, _KIND, text) for badge_id, text in self._texts.items()]

    def save(self, note: Note) -> None:
        """Save what was written over ``note``; nothing is done where nothing was."""
        text = self._texts.get(note.badge_id)
        if text is None or self._saving.get(note.badge_id) == text:
            return
        self._saving[note.badge_id] = text
        self._context.session.ask(
            self,
            "save note",
            lambda safe: safe.save_note(note.badge_id, text, over=note.version),
            done=partial(self._tell_saved, note, text),
            failed=partial(self._tell_failed, note.badge_id),
        )

    def drop(self, note: Note) -> None:
        """Forget what was written over ``note``, here and in the safe."""
        self._texts.pop(note.badge_id, None)
        draft = Draft(note.badge_id, _KIND, "")

        def discard(safe: Safe) -> Note:
            safe.discard_draft(draft)
            return safe.note(note.badge_id)

        self._ask("drop draft", discard)

    def restore(self, note: Note, version_id: str) -> None:
        """Make an earlier text the note again."""
        self._ask(
            "restore note",
            lambda safe: safe.restore_note(note.badge_id, version_id),
            partial(self._tell_restored, note),
        )

    def settle(self, note: Note) -> None:
        """Remember that what was written on another computer was looked at."""
        self._ask("settle note", lambda safe: safe.settle_note(note.badge_id))

    def _tell_saved(self, before: Note, text: str, after: Note) -> None:
        self._saving.pop(before.badge_id, None)
        if self._texts.get(before.badge_id) == text:
            del self._texts[before.badge_id]
        if after.version != before.version:
            self._offer_undo("saved" if after.text else "cleared", before)
        self._publish(after)

    def _tell_restored(self, before: Note, after: Note) -> None:
        self._offer_undo("restored", before)
        self._publish(after)

    def _offer_undo(self, key: str, before: Note) -> None:
        words = self._context.words
        said = words.text(f"own.note_done.{key}")
        undo = partial(self._undo, before)
        self._context.stage.offer_undo(said, undo, words.text("marks.undo"))

    def _undo(self, before: Note) -> None:
        self._ask("undo note", lambda safe: safe.save_note(before.badge_id, before.text))

    def _publish(self, note: Note) -> None:
        self._context.session.changed.emit()
        self.kept.emit(note)

    def _tell_failed(self, badge_id: str, error: CoffreError) -> None:
        # The text stays: it is offered when the badge is opened again, and at the lock.
        self._saving.pop(badge_id, None)
        self._context.stage.report(error)

    def _ask(self, name: str, work: _Work, done: _Done | None = None) -> None:
        self._context.session.ask(
            self, name, work, done=done or self._publish, failed=self._context.stage.report
        )

    @Slot()
    def _forget(self) -> None:
        self._texts.clear()
        self._saving.clear()
