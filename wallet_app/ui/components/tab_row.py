"""Tabs above a page: semibold words, a gold line below the one that is shown. One tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
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
        self.setCheckable(True)
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


class TabRow(QWidget):
    """``chosen`` gives the index of a tab when the person changes it."""

    chosen = Signal(int)

    def __init__(self, name: str, tabs: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        for at, text in enumerate(tabs):
            tab = _Tab(text)
            tab.setObjectName(f"tab-{at}")
            self._group.addButton(tab, at)
            self._row.addWidget(tab)
        self._row.addStretch(1)
        self._group.idClicked.connect(self._tell)
        self.choose(0)

    def add_aside(self, widget: QWidget) -> None:
        """Place a control at the right end of the row, clear of the line below."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def current(self) -> int:
        """The tab that is shown."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Mark a tab, without a signal."""
        self._group.button(at).setChecked(True)
        for tab in self._group.buttons():
            policy = Qt.FocusPolicy
            tab.setFocusPolicy(policy.StrongFocus if tab.isChecked() else policy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move, Home and End go to the ends."""
        count, at = len(self._group.buttons()), self._group.checkedId()
        places = {
            Qt.Key.Key_Right: (at + 1) % count,
            Qt.Key.Key_Left: (at - 1) % count,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
            return
        tab = self._group.button(place)
        tab.setFocus(Qt.FocusReason.TabFocusReason)
        tab.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below all of them."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(look().tokens.line))
        painter.end()

    @Slot(int)
    def _tell(self, at: int) -> None:
        self.choose(at)
        self.chosen.emit(at)
