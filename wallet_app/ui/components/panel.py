"""The white sheet that content lies on: 12 or 14 radius, one quiet line, no shadow."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.theme import look

__all__ = ["Line", "Panel"]


class Panel(QFrame):
    """A card; ``radius`` is one of ``tokens.RADII``."""

    def __init__(
        self, radius: str = "card", *, fill: str = "surf", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.radius = RADII[radius]
        self._fill = fill

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        tokens = look().tokens
        painter = QPainter(self)
        fill = str(getattr(tokens, self._fill))
        paint_frame(painter, QRectF(self.rect()), self.radius, fill=fill, border=tokens.line)
        painter.end()


class Line(QWidget):
    """A quiet separator, 1 px high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.line)
        painter.end()
