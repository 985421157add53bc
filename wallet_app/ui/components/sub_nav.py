"""The sections of a page: a short list at its left, one tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["SubNav"]

_ROW: Final = 34
_WIDTH: Final = 208


class _Entry(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._words = text
        self.setCheckable(True)
        # One of several, and told so: a bare checkable button is called a check box.
        self.setAutoExclusive(True)
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


class SubNav(QWidget):
    """``chosen`` gives the index of a section when the person changes it."""

    chosen = Signal(int)

    def __init__(self, title: str, sections: Sequence[str]) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(title)
        self.setFixedWidth(look().px(_WIDTH))
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 12, 0)
        column.setSpacing(0)
        heading = Label(title, "section")
        heading.setContentsMargins(10, 0, 0, 0)
        row = QVBoxLayout()
        row.setContentsMargins(10, 0, 0, 14)
        row.addWidget(heading)
        column.addLayout(row)
        for at, text in enumerate(sections):
            entry = _Entry(text)
            entry.setObjectName(f"section-{at}")
            self._group.addButton(entry, at)
            column.addWidget(entry)
        column.addStretch(1)
        self._group.idClicked.connect(self._tell)
        self.choose(0)

    def choose(self, at: int) -> None:
        """Mark a section, without a signal."""
        self._group.button(at).setChecked(True)
        for entry in self._group.buttons():
            policy = Qt.FocusPolicy
            entry.setFocusPolicy(policy.StrongFocus if entry.isChecked() else policy.ClickFocus)

    def focus_current(self) -> None:
        """Put the focus on the marked section."""
        entry = self._group.checkedButton()
        if entry is not None:
            entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, to the first with Home and to the last with End."""
        count, at = len(self._group.buttons()), self._group.checkedId()
        places = {
            Qt.Key.Key_Down: (at + 1) % count,
            Qt.Key.Key_Up: (at - 1) % count,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
            return
        entry = self._group.button(place)
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        entry.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(look().tokens.line))
        painter.end()

    @Slot(int)
    def _tell(self, at: int) -> None:
        self.choose(at)
        self.chosen.emit(at)
