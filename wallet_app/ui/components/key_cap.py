"""A key drawn as a cap with what it does beside it; pressing it with the pointer does the same."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import ShapedText
from wallet_app.ui.theme import look

__all__ = ["KeyCap"]

_HEIGHT: Final = 32
_CAP: Final = 22
_PADDING: Final = 8
_GAP: Final = 10


class KeyCap(QAbstractButton):
    """Stands on iron, which is dark in every theme."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self._key, self._words = key, words
        self.setProperty("onIron", True)
        self.setProperty("ringRadius", RADII["small"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Change what the key does, in words."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{words} ({self._key})")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The cap and the words beside it."""
        width = self._cap_width() + _GAP + self._metrics().horizontalAdvance(self._words)
        return QSize(round(width) + 2, look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut: the cap and the longest word."""
        longest = max(map(self._metrics().horizontalAdvance, self._words.split()), default=0.0)
        return QSize(round(self._cap_width() + _GAP + longest) + 2, look().px(_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        shaped = self._shaped(width)
        more = shaped.height * (shaped.lines - 1) / max(1, shaped.lines)
        return look().px(_HEIGHT) + round(more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap and the words."""
        side = look().tokens.sidebar
        painter = QPainter(self)
        painter.setFont(font("small", scale=look().scale))
        cap = QRectF(0, (self.height() - look().px(_CAP)) / 2, self._cap_width(), look().px(_CAP))
        fill = side.row if self.underMouse() else ""
        paint_frame(painter, cap, RADII["focus"] + 1, fill=fill, border=side.edge)
        painter.setPen(QColor(side.title))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        shaped = self._shaped(self.width())
        top = (self.height() - shaped.height) / 2
        shaped.paint(painter, cap.width() + _GAP, top, QColor(side.text))
        painter.end()

    def _shaped(self, width: int) -> ShapedText:
        return ShapedText(self._words, "small", width - self._cap_width() - _GAP)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(font("small", scale=look().scale))

    def _cap_width(self) -> float:
        return self._metrics().horizontalAdvance(self._key) + 2 * look().px(_PADDING)
