"""Four bars and the words that say the same: how hard a passphrase is to guess."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["StrengthMeter"]

_BARS: Final = 4
_GAP: Final = 5
_HEIGHT: Final = 5


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.filled = 0
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        width = (self.width() - _GAP * (_BARS - 1)) / _BARS
        for bar in range(_BARS):
            box = QRectF(bar * (width + _GAP), 0, width, _HEIGHT)
            fill = tokens.gold if bar < self.filled else tokens.line
            border = tokens.edge if tokens.outlined and bar >= self.filled else ""
            paint_frame(painter, box, 2.5, fill=fill if not border else "", border=border)
        painter.end()


class StrengthMeter(QWidget):
    """Bars for the eye, a sentence for everybody."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = _Bars()
        self.label = Label("", "small", tone="t2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bars)
        column.addWidget(self.label)

    def show_strength(self, filled: int, word: str, advice: str) -> None:
        """Fill ``filled`` of the four bars; ``word`` is semibold before ``advice``."""
        self._bars.filled = filled
        self._bars.update()
        self.label.setText(f"{word} · {advice}" if word else advice)
        self.label.set_lead(len(word))
