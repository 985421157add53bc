"""The sections of a page: a short list at its left, one tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.one_of_several import OneOfSeveral
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["SubNav"]

_ROW: Final = 34
_WIDTH: Final = 208


class _Entry(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setProperty("ringRadius", RADII["small"])
        self.setProperty("ringInside", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look().px(_ROW))

    def sizeHint(self) -> QSize:
        return QSize(120, look().px(_ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        on = self.isChecked()
        painter = QPainter(self)
        if on or self.underMouse():
            fill = tokens.sel if on else tokens.hover
            border = tokens.edge if on and tokens.outlined else ""
            paint_frame(painter, QRectF(self.rect()), RADII["small"], fill=fill, border=border)
        painter.setFont(font("body_strong" if on else "body", scale=look().scale))
        painter.setPen(QColor(tokens.t1 if on else tokens.t2))
        area = QRectF(self.rect()).adjusted(10, 0, -10, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()


class SubNav(OneOfSeveral):
    """Up and down move."""

    def __init__(self, title: str, sections: Sequence[str]) -> None:
        super().__init__(title, Qt.Key.Key_Down, Qt.Key.Key_Up)
        self.setFixedWidth(look().px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 12, 0)
        column.setSpacing(0)
        heading = Label(title, "section")
        heading.setContentsMargins(10, 0, 0, 0)
        row = QVBoxLayout()
        row.setContentsMargins(10, 0, 0, 14)
        row.addWidget(heading)
        column.addLayout(row)
        made = [_Entry(text) for text in sections]
        for at, entry in enumerate(made):
            entry.setObjectName(f"section-{at}")
            column.addWidget(entry)
        column.addStretch(1)
        self.adopt(made)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(look().tokens.line))
        painter.end()
