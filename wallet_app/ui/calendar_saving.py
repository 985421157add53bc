"""Puts the days on which badges end into a calendar file, after saying what will be in it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from wallet_app.app.safe import Safe
from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.context import Context
from wallet_app.ui.pages.copy_name import copy_stem
from wallet_app.ui.seams import Question
from wallet_app.wording import Words

__all__ = ["CalendarSaving"]


class CalendarSaving(QObject):
    """For one badge, or for all that have an end."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask_one(self, badge_id: str, name: str) -> None:
        """Offer the file for one badge."""
        self._ask(1, badge_id, name)

    def ask_all(self, count: int) -> None:
        """Offer one file for all ``count`` badges that end."""
        self._ask(count, "", self._context.words.text("calendar.file_name"))

    def _ask(self, count: int, badge_id: str, name: str) -> None:
        words = self._context.words
        question = Question(
            title=words.text("calendar.title"),
            text=words.plural("calendar.text", count),
            confirm=words.text("calendar.save"),
            cancel=words.text("ui.cancel"),
        )
        self._context.seams.ask(question, partial(self._choose, badge_id, name))

    def _choose(self, badge_id: str, name: str, agreed: bool) -> None:
        if not agreed:
            return
        words = self._context.words
        place = documents_folder() / f"{copy_stem(name)}.ics"
        kinds = [words.text("calendar.kind")]
        save = partial(self._save, badge_id)
        self._context.seams.choose_save(words.text("calendar.title"), place, kinds, save)

    def _save(self, badge_id: str, path: Path) -> None:
        self._context.session.ask(
            self,
            "calendar",
            partial(_write, badge_id, path, self._context.words),
            done=self._tell,
            failed=self._context.stage.report,
        )

    def _tell(self, count: int) -> None:
        self._context.stage.toast(self._context.words.plural("calendar.saved", count))


def _write(badge_id: str, path: Path, words: Words, safe: Safe) -> int:
    rows = (safe.badge(badge_id).row,) if badge_id else safe.all_endings()
    return safe.save_calendar(rows, path, words)
