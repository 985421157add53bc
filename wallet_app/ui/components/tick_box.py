"""A box to tick, with its words beside it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text import ShapedText
from wallet_app.ui.theme import look

__all__ = ["TickBox"]

_SIDE: Final = 18
_GAP: Final = 10
_ROOM: Final = 6
_LEAST: Final = 96


class TickBox(QCheckBox):
    """A check box drawn as the design asks; ``words`` may be untrusted text."""

    def __init__(self, words: str, *, checked: bool = False) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setChecked(checked)
        self.setProperty("ringRadius", RADII["focus"])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need."""
        return round(max(self._shaped(width).height, look().px(_SIDE))) + 2 * _ROOM

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """Room for one line; layouts ask for the height by width."""
        return QSize(look().px(240), self.heightForWidth(look().px(480)))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: the words wrap."""
        return QSize(look().px(_LEAST), look().px(_SIDE) + 2 * _ROOM)

    def hitButton(self, _at: object) -> bool:
        """The words are part of it."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick and words."""
        tokens, side = look().tokens, look().px(_SIDE)
        painter = QPainter(self)
        smooth(painter)
        shaped = self._shaped(self.width())
        line = shaped.height / max(1, shaped.lines)
        top = _ROOM + (line - side) / 2
        box = QRectF(1, top, side, side)
        on = self.isChecked()
        fill, border = (tokens.act, "") if on else (tokens.surf, tokens.edge)
        paint_frame(painter, box, RADII["focus"], fill=fill, border=border, width=2)
        if on:
            line_end = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(QColor(tokens.act_text), 2, Qt.PenStyle.SolidLine, line_end))
            points = [(0.25, 0.52), (0.43, 0.7), (0.76, 0.33)]
            tick = [QPointF(box.x() + side * x, box.y() + side * y) for x, y in points]
            painter.drawPolyline(tick)
        shaped.paint(painter, side + _GAP, _ROOM, QColor(tokens.t1))
        painter.end()

    def _shaped(self, width: int) -> ShapedText:
        room = max(40, width - look().px(_SIDE) - _GAP)
        return ShapedText(self._words, "body", room)
