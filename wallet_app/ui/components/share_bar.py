"""A bar whose parts are counts: how much of the whole each kind is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.text import tone_color
from wallet_app.ui.theme import look

__all__ = ["ShareBar"]

_HEIGHT: Final = 12
_GAP: Final = 2
_LEAST: Final = 8


class ShareBar(QWidget):
    """Parts are (tone, count). The numbers stand in words beside it, so it has no name."""

    def __init__(self, parts: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._parts = [(tone, count) for tone, count in parts if count]
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts; even the smallest can be seen."""
        if not self._parts:
            return
        painter = QPainter(self)
        smooth(painter)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(outline)
        room = self.width() - _GAP * (len(self._parts) - 1) - _LEAST * len(self._parts)
        total = sum(count for _, count in self._parts)
        x = 0.0
        for tone, count in self._parts:
            width = _LEAST + room * count / total
            self._paint_part(painter, QRectF(x, 0, width, _HEIGHT), tone)
            x += width + _GAP
        painter.end()

    def _paint_part(self, painter: QPainter, box: QRectF, tone: str) -> None:
        tokens = look().tokens
        color = tone_color(tokens, tone)
        if tokens.outlined and not tone.startswith("verdict."):
            # Quiet colours are all black in high contrast: an outline tells these apart.
            painter.setPen(QPen(color, 1.5))
            painter.drawRect(box.adjusted(0.75, 0.75, -0.75, -0.75))
            return
        painter.fillRect(box, color)
