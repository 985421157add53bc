"""The sections of a page: a short list at its left, one tab stop."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.one_of_several import OneOfSeveral
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["SubNav"]

_ROW: Final = 34
_WIDTH: Final = 208


class _Entry(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setProperty("ringRadius", RADII["small"])
        self.setProperty("ringInside", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look().px(_ROW))

    def sizeHint(self) -> QSize:
        strong = QFontMetricsF(font("body_strong", scale=look().scale))
        return QSize(round(strong.horizontalAdvance(self.words)) + 22, look().px(_ROW))

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
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.words)
        painter.end()


class SubNav(OneOfSeveral):
    """Up and down move. In a narrow page it is one line, and opens as a menu."""

    def __init__(self, title: str, sections: Sequence[str]) -> None:
        super().__init__(title, Qt.Key.Key_Down, Qt.Key.Key_Up)
        self._is_folded = False
        self.chip = Chip(sections[0], icon="chevron-down")
        self.chip.setAccessibleDescription(title)
        self.chip.clicked.connect(self._ask)
        self._made = [_Entry(text) for text in sections]
        self._list = ScrollColumn(margins=(24, 20, 12, 0))
        self._fill(title)
        head = self._head = PageHead(title, margin=28, role="section")
        head.add(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(head)
        column.addWidget(self._list, 1)
        self.adopt(self._made)
        self.fold(folded=False)

    def _fill(self, title: str) -> None:
        heading = Label(title, "section")
        row = QVBoxLayout()
        row.setContentsMargins(10, 0, 0, 14)
        row.addWidget(heading)
        self._list.column.addLayout(row)
        for at, entry in enumerate(self._made):
            entry.setObjectName(f"section-{at}")
            self._list.column.addWidget(entry)
        self._list.column.addStretch(1)

    @property
    def needed_width(self) -> int:
        """The width at which every section is on one line."""
        widest = max(entry.sizeHint().width() for entry in self._made)
        return max(look().px(_WIDTH), widest + 24 + 12)

    def fold(self, *, folded: bool) -> None:
        """Be one line that opens, or the list."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self._is_folded = folded
        self._head.setVisible(folded)
        self._list.setVisible(not folded)
        if had_focus:
            self.focus_current()

    def choose(self, at: int) -> None:
        """Mark one, without a signal."""
        super().choose(at)
        self.chip.set_words(self._made[at].words)

    def focus_current(self) -> None:
        """Put the focus on the marked one, or on what opens them."""
        if self._is_folded:
            self.chip.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_current()

    @Slot()
    def _ask(self) -> None:
        menu = PopupMenu(self.chip)
        for at, entry in enumerate(self._made):
            action = menu.add(entry.words, partial(self._take, at))
            action.setCheckable(True)
            action.setChecked(at == self.current)
        menu.open_below(self.chip)

    def _take(self, at: int, _checked: object = None) -> None:
        self.choose(at)
        self.chosen.emit(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at the right, or below."""
        painter = QPainter(self)
        width, height = self.width(), self.height()
        line = (0, height - 1, width, 1) if self._is_folded else (width - 1, 0, 1, height)
        painter.fillRect(QRect(*line), QColor(look().tokens.line))
        painter.end()
