"""One setting: its name and what it means at the left, the control at the right."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["SettingRow"]


_TEXT_PART: Final = 0.4
"""Part of the row that the words keep when the control stands beside them."""


class SettingRow(QFrame):
    """A row of a panel; the control goes below the words when ``wide``, or without room."""

    def __init__(
        self, title: str, hint: str, control: QWidget, *, first: bool = False, wide: bool = False
    ) -> None:
        super().__init__()
        self._first = first
        self.title = Label(title, "body_strong", wrap=True)
        self.hint = Label(hint, "small", tone="t2", wrap=True)
        if not hint:
            self.hint.hide()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.hint)
        self._texts = texts
        self.notes: list[Label] = []
        self._control, self._wide = control, wide
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 13, 0, 13)
        self._row.setSpacing(14)
        self._row.addLayout(texts, 1)
        self._row.addWidget(control)
        self._arrange(10_000)

    def add_note(self, text: str) -> None:
        """Add a line of its own below the hint."""
        self.notes.append(Label(text, "small", tone="t2", wrap=True))
        self._texts.addWidget(self.notes[-1])

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: the row folds."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the control leaves too little for the words."""
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        below = self._wide or self._control.sizeHint().width() > width * (1 - _TEXT_PART)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if below else direction.LeftToRight)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        if self._first:
            return
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(look().tokens.line))
        painter.end()
