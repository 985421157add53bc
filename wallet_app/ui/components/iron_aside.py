"""The iron side of first run: the mark, a promise in serif, the steps, and the line rings."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.fonts import font
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["BrandMark", "IronAside"]

_RINGS: Final = 520
_ABOVE_RINGS: Final = 300
_RINGS_OUT: Final = (0.29, 0.33)
_RINGS_OPACITY: Final = 0.34
_DISC: Final = 24
_NAME: Final = "Coffre"


class BrandMark(QWidget):
    """The mark and the name on iron."""

    def __init__(self, *, side_px: int = 36, role: str = "badge_title_small") -> None:
        super().__init__()
        self._side_px, self._role = side_px, role
        self.setFixedHeight(look().px(side_px))

    def sizeHint(self) -> QSize:
        """The mark and the name beside it."""
        name = QFontMetricsF(font(self._role, scale=look().scale)).horizontalAdvance(_NAME)
        return QSize(look().px(self._side_px) + 12 + round(name) + 2, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        smooth(painter)
        side = look().px(self._side_px)
        paint_app_mark(painter, QRectF(0, 0, side, side), on_iron=True)
        painter.setFont(font(self._role, scale=look().scale))
        painter.setPen(QColor(look().tokens.sidebar.title))
        area = QRectF(side + 12, 0, self.width() - side - 12, side)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, _NAME)
        painter.end()


class _Disc(QWidget):
    """The number of a step: a ring, filled when it is the present one, ticked when done."""

    def __init__(self, number: int, state: int) -> None:
        super().__init__()
        self._number, self._state = number, state
        self.setFixedSize(look().px(_DISC), look().px(_DISC))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().tokens.sidebar
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(QColor(side.gold if self._state <= 0 else side.muted), 1.5))
        painter.setBrush(QColor(side.gold) if self._state == 0 else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if self._state < 0:
            paint_icon(painter, QRectF(self.rect()).adjusted(5, 5, -5, -5), "check", side.gold)
        else:
            painter.setFont(font("small_strong", scale=look().scale))
            painter.setPen(QColor(side.ground if self._state == 0 else side.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class IronAside(QFrame):
    """A panel in the colours of the side bar.

    Attributes:
        column: the layout, for what else stands on the iron.
    """

    def __init__(self, headline: str, text: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(52, 56, 52, 40)
        self.column.setSpacing(12)
        self.column.addWidget(BrandMark())
        self.column.addSpacing(32)
        self._headline = Label(headline, "display", tone="side.title", wrap=True)
        self.column.addWidget(self._headline)
        self._text = Label(text, "body", tone="side.text", wrap=True)
        self.column.addWidget(self._text)
        self.column.addSpacing(20)
        self._lists = True
        self._is_band = False
        self._listed = QWidget()
        self._steps = QVBoxLayout(self._listed)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(16)
        self.column.addWidget(self._listed)
        self.column.addStretch(1)

    def show_steps(self, steps: Sequence[str], present: int) -> None:
        """List the steps; those before ``present`` (0-based) are done."""
        for at, text in enumerate(steps):
            row = QHBoxLayout()
            row.setSpacing(12)
            state = (at > present) - (at < present)
            row.addWidget(_Disc(at + 1, state))
            role = "body_strong" if state == 0 else "body"
            tone = {-1: "side.text", 0: "side.row_text", 1: "side.muted"}[state]
            row.addWidget(Label(text, role, tone=tone, wrap=True), 1)
            self._steps.addLayout(row)

    def let_steps(self, *, shown: bool) -> None:
        """Leave the steps out while something else than them is done."""
        self._lists = shown
        self._fold(self.size())

    def set_band(self, *, band: bool) -> None:
        """Be a band above with the mark alone, where words need the width of the window."""
        self._is_band = band
        direction = QVBoxLayout.Direction
        self.column.setDirection(direction.LeftToRight if band else direction.TopToBottom)
        policy = QSizePolicy.Policy
        if band:
            self.setSizePolicy(policy.Expanding, policy.Fixed)
            self.column.setContentsMargins(32, 16, 32, 16)
        else:
            self.setSizePolicy(policy.Fixed, policy.Expanding)
        self._fold(self.size())

    def set_compact(self, *, compact: bool) -> None:
        """Take smaller margins in a small window."""
        side = 32 if compact else 52
        self.column.setContentsMargins(side, 32 if compact else 56, side, 24 if compact else 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is said again at the right where there is no room for all."""
        self._fold(event.size())
        super().resizeEvent(event)

    def _fold(self, size: QSize) -> None:
        self._headline.setVisible(not self._is_band)
        self._text.setVisible(not self._is_band)
        self._listed.setVisible(self._lists and not self._is_band)
        if self._is_band:
            return
        for widget in (self._listed, self._text):
            if self.column.totalHeightForWidth(size.width()) > size.height():
                widget.hide()

    def sizeHint(self) -> QSize:
        """As in the design at its full width; as a band what stands in it."""
        return super().sizeHint() if self._is_band else QSize(480, 600)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron and the rings in its lower corner."""
        side = look().tokens.sidebar
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(side.ground))
        size = max(160, min(_RINGS, self.height() - _ABOVE_RINGS))
        ink = Ink(side.gold, _RINGS_OPACITY)
        rings = guilloche_pixmap(size, ink, ratio=self.devicePixelRatioF())
        out_x, out_y = (round(size * part) for part in _RINGS_OUT)
        painter.drawPixmap(self.width() + out_x - size, self.height() + out_y - size, rings)
        painter.end()
