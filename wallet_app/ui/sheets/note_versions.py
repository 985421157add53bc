"""What a note said before: every text, with its time, to read, copy and bring back."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from wallet_app.app.safe_marks import Note, NoteVersion
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.theme import look

__all__ = ["NoteVersionsSheet"]

_SHOWN: Final = 50
_LINES: Final = 6


class NoteVersionsSheet(Sheet):
    """``chosen`` gives the id of the text to bring back; then it closes."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, context: Context, note: Note) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("own.earlier_title"),
            close_name=words.text("ui.close"),
            width=640,
        )
        self._context = context
        self._unseen = {one.id for one in note.unseen}
        area = ScrollColumn(margins=(0, 0, 12, 0))
        area.column.setSpacing(18)
        for version in note.earlier[:_SHOWN]:
            area.column.addLayout(self._entry(version))
        area.column.addStretch(1)
        self.body.addWidget(Label(words.text("own.earlier_text"), "body", tone="t2", wrap=True))
        self.body.addWidget(area, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop every text."""
        for field in self.findChildren(QPlainTextEdit):
            field.clear()

    def _entry(self, version: NoteVersion) -> QVBoxLayout:
        words, now = self._context.words, self._context.session.services.now()
        moment = event_moment(words, version.at, now)
        elsewhere = version.id in self._unseen
        title = words.text("own.from_elsewhere", moment=moment) if elsewhere else moment
        text = QPlainTextEdit(version.text)
        let_through(text)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFont(font("body", scale=look().scale))
        text.setAccessibleName(title)
        lines = min(_LINES, max(2, version.text.count("\n") + 1 + len(version.text) // 70))
        text.setFixedHeight(lines * text.fontMetrics().lineSpacing() + look().px(28))
        back = Button(words.text("own.bring_back"), size=Size.SMALL)
        back.setAccessibleName(words.text("own.bring_back_of", moment=moment))
        back.clicked.connect(partial(self._choose, version.id))
        head = QHBoxLayout()
        head.addWidget(Label(title, "small_strong", tone="t2"), 1)
        head.addWidget(back)
        entry = QVBoxLayout()
        entry.setSpacing(6)
        entry.addLayout(head)
        entry.addWidget(text)
        return entry

    def _choose(self, version_id: str, _checked: object = None) -> None:
        self.chosen.emit(version_id)
        self.close_sheet()
