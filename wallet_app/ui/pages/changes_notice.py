"""What has changed since the person last looked: a quiet notice above the badges."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.models import HistoryEvent
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.text import Label
from wallet_app.wording import Words, plain_text

__all__ = ["ChangesNotice"]

_SHOWN: Final = 4
_MAX_NAME: Final = 60


class ChangesNotice(Notice):
    """Hidden while there is nothing to tell.

    Signals:
        badge_opened: the id of a badge that has changed.
        seen: the changes that the person has looked at.
    """

    badge_opened = Signal(str)
    seen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__("info", words.text("changes.title"), "")
        self._words = words
        self._changes: Sequence[HistoryEvent] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.text.hide()
        self.column.addLayout(self._rows)
        self.done = Button(words.text("changes.seen"), size=Size.SMALL)
        self.done.clicked.connect(self._see)
        self.row.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_changes(self, changes: Sequence[HistoryEvent]) -> None:
        """Show changes, latest first; none hides the notice."""
        if tuple(changes) == tuple(self._changes):
            return
        self.forget()
        self._changes = tuple(changes)
        self.heading.setText(self._words.plural("changes.count", len(changes)))
        for change in changes[:_SHOWN]:
            self._rows.addLayout(self._line(change))
        if len(changes) > _SHOWN:
            more = self._words.plural("changes.more", len(changes) - _SHOWN)
            self._rows.addWidget(Label(more, "small", tone="t3"))
        self.setVisible(bool(changes))

    def forget(self) -> None:
        """Drop every name."""
        self._changes = ()
        self.hide()
        empty(self._rows)

    @Slot()
    def _see(self) -> None:
        self.seen.emit(self._changes)
        self.forget()

    def _line(self, change: HistoryEvent) -> QHBoxLayout:
        words = self._words
        name = plain_text(change.badge_name, max_chars=_MAX_NAME)
        link = LinkButton(name, role="small")
        link.clicked.connect(partial(self.badge_opened.emit, change.badge_id))
        code = str(change.params.get("code", ""))
        sentence = sentence_of_change(words, code, change.params)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        text = sentence or words.text("history_page.event.other")
        line.addWidget(Label(text, "small", tone="t2", wrap=True), 1)
        return line
