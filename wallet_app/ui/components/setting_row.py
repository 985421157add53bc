"""One setting: its name and what it means at the left, the control at the right."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["SettingRow"]


class SettingRow(QFrame):
    """A row of a panel; ``wide`` puts the control below the words, for long controls."""

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
        direction = QBoxLayout.Direction
        row = QBoxLayout(direction.TopToBottom if wide else direction.LeftToRight, self)
        row.setContentsMargins(0, 13, 0, 13)
        row.setSpacing(10 if wide else 14)
        row.addLayout(texts, 1)
        row.addWidget(control)
        look().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        if self._first:
            return
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(look().tokens.line))
        painter.end()
