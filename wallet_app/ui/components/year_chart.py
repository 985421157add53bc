"""Bars of badges per year: gold for those in force, outlines on top for the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import Theme
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.spoken_role import PICTURE, speak_as
from wallet_app.ui.theme import look

__all__ = ["ChartKey", "YearBar", "YearChart"]

_HEIGHT: Final = 196
_LEAST_HEIGHT: Final = 120
_STEPS: Final = (1, 2, 5)
_MOST_LINES: Final = 4
_BAR: Final = 26.0
_LEAST_BOX: Final = 4.0
_PEN: Final = 1.4
_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year: what stands below it, and the heights of its parts from the foot upwards."""

    label: str
    valid: int
    over: int
    open: int

    @property
    def total(self) -> int:
        """All badges of the year that are counted."""
        return self.valid + self.over + self.open


def _step(most: int) -> int:
    """Return a round step with which at most four lines reach up to ``most``."""
    ten = 1
    while True:
        for step in _STEPS:
            if most <= step * ten * _MOST_LINES:
                return step * ten
        ten *= 10


def _part(painter: QPainter, box: QRectF, kind: str, theme: Theme) -> None:
    if kind == "valid":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.gold))
        painter.drawRoundedRect(box, 2.5, 2.5)
        return
    pen = QPen(QColor(theme.t1 if kind == "over" else theme.t3), _PEN)
    if kind == "open":
        pen.setDashPattern([2.2, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = _PEN / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 2.5, 2.5)


class YearChart(QWidget):
    """Draws; what it shows is said by the table beside it, and by its accessible name."""

    def __init__(self) -> None:
        super().__init__()
        speak_as(self, PICTURE)
        self._bars: tuple[YearBar, ...] = ()
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Preferred)

    def show_bars(self, bars: Sequence[YearBar], spoken: str) -> None:
        """Show these years; ``spoken`` is the same in a sentence."""
        self._bars = tuple(bars)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as in the design."""
        return QSize(look().px(300), look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Lower where the window is low."""
        return QSize(look().px(160), look().px(_LEAST_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, bars and labels."""
        if not self._bars:
            return
        painter = QPainter(self)
        smooth(painter)
        painter.setFont(font("small", scale=look().scale))
        metrics = QFontMetricsF(painter.font())
        most = max(1, *(bar.total for bar in self._bars))
        step = _step(most)
        left = metrics.horizontalAdvance(str(most // step * step)) + 12
        foot = self.height() - metrics.height() - 6
        top = metrics.height() / 2
        area = QRectF(left, top, self.width() - left, foot - top)
        # Each of the two gaps between parts takes room above the bars.
        unit = (area.height() - 2 * _GAP) / most
        self._lines(painter, area, step, unit, most)
        self._columns(painter, area, unit)
        painter.end()

    @staticmethod
    def _lines(painter: QPainter, area: QRectF, step: int, unit: float, most: int) -> None:
        tokens = look().tokens
        metrics = QFontMetricsF(painter.font())
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), QColor(tokens.edge))
        for value in range(step, most + 1, step):
            y = round(area.bottom() - value * unit)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), QColor(tokens.line))
            painter.setPen(QColor(tokens.t2))
            box = QRectF(0, y - metrics.height() / 2, area.left() - 8, metrics.height())
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, middle, str(value))

    def _columns(self, painter: QPainter, area: QRectF, unit: float) -> None:
        tokens = look().tokens
        room = area.width() / len(self._bars)
        width = min(look().px(_BAR), room * 0.72)
        metrics = QFontMetricsF(painter.font())
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars) + 4
        every = max(1, -(-int(widest) // max(1, int(room))))
        for at, bar in enumerate(self._bars):
            middle = area.left() + (at + 0.5) * room
            y = area.bottom()
            for kind, count in (("valid", bar.valid), ("over", bar.over), ("open", bar.open)):
                if count:
                    height = max(_LEAST_BOX, count * unit)
                    _part(
                        painter, QRectF(middle - width / 2, y - height, width, height), kind, tokens
                    )
                    y -= height + _GAP
            if (len(self._bars) - 1 - at) % every == 0:
                painter.setPen(QColor(tokens.t2))
                box = QRectF(
                    middle - room * every / 2, area.bottom() + 6, room * every, metrics.height()
                )
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, bar.label)


class ChartKey(QWidget):
    """One line of the legend: how a part looks, and what it means."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__()
        speak_as(self, PICTURE)
        self._kind, self._text = kind, text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Mark, gap and words."""
        metrics = QFontMetricsF(font("small", scale=look().scale))
        return QSize(
            round(metrics.horizontalAdvance(self._text)) + look().px(12) + 9, look().px(20)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        smooth(painter)
        side = look().px(12)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        _part(painter, box, self._kind, look().tokens)
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(look().tokens.t2))
        area = QRectF(side + 8, 0, self.width() - side - 8, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
