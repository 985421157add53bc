"""The verdict as a widget: the same drawing as in lists, PDF and page."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from wallet_app.drawing.verdict_mark import (
    PILL,
    PLAIN,
    PillStyle,
    paint_verdict,
    verdict_size,
)
from wallet_app.ui.theme import look
from wallet_app.verification.report import Verdict

__all__ = ["VerdictPill", "pill_style"]


def pill_style(verdict: str) -> PillStyle:
    """Quiet when good, distinct when not: only a verified badge has no fill."""
    return PLAIN if verdict == Verdict.VERIFIED else PILL


class VerdictPill(QLabel):
    """Icon and word of a verdict; its text is the word, for screen readers."""

    def __init__(self, verdict: str, word: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_verdict(verdict, word)

    def set_verdict(self, verdict: str, word: str) -> None:
        """Change verdict and word together."""
        self._verdict = verdict
        self.setText(word)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Icon, word and padding."""
        size = verdict_size(self.text(), pill_style(self._verdict), scale=look().scale)
        return QSize(round(size.width()) + 1, round(size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        paint_verdict(
            painter,
            QRectF(self.rect()),
            self._verdict,
            self.text(),
            look().tokens,
            style=pill_style(self._verdict),
            scale=look().scale,
        )
        painter.end()
