"""Tabs above a page: semibold words, a gold line below the one that is shown. One tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.one_of_several import OneOfSeveral
from wallet_app.ui.theme import look

__all__ = ["TabRow"]

_HEIGHT: Final = 46
_GAP: Final = 26
_LINE: Final = 3
_RING: Final = 8
"""How far the focus ring stands from the words at their left and right."""


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setProperty("ringRadius", RADII["focus"])
        self.setProperty("ringInside", True)
        self.setProperty("ringInset", -_RING)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font("body_strong", scale=look().scale))
        self.setFixedHeight(look().px(_HEIGHT))

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words)
        return QSize(round(width) + 1, look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, on = look().tokens, self.isChecked()
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.t1 if on or self.underMouse() else tokens.t2))
        area = QRectF(self.rect()).adjusted(0, 0, 0, -2 * _LINE)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._words)
        if on:
            line = QRectF(0, self.height() - _LINE, self.width(), _LINE)
            painter.fillRect(line, QColor(tokens.gold))
        painter.end()


class TabRow(OneOfSeveral):
    """Left and right move."""

    def __init__(self, name: str, tabs: Sequence[str]) -> None:
        super().__init__(name, Qt.Key.Key_Right, Qt.Key.Key_Left)
        self._row = FlowLayout(self, gap=_GAP, line_gap=8)
        self._made = made = [_Tab(text) for text in tabs]
        for at, tab in enumerate(made):
            tab.setObjectName(f"tab-{at}")
            self._row.addWidget(tab)
        self._row.add_spring()
        self.adopt(made)

    def add_aside(self, widget: QWidget) -> None:
        """Place a control at the right end of the row, or below it where there is no room."""
        self._row.addWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below all of them."""
        painter = QPainter(self)
        foot = max(tab.geometry().bottom() for tab in self._made)
        painter.fillRect(0, foot, self.width(), 1, QColor(look().tokens.line))
        painter.end()
