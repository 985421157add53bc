"""Something that must be read before going on: icon, heading and sentence on a quiet ground."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["Notice"]


class Notice(QFrame):
    """Static text; ``heading`` may be "". More may be put into ``column`` and ``row``."""

    def __init__(self, icon: str, heading: str, text: str, *, tone: str = "brass") -> None:
        super().__init__()
        self.heading = Label(heading, "body_strong", wrap=True)
        if not heading:
            self.heading.hide()
        self.text = Label(text, "small", tone="t2", wrap=True)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(18, 16, 18, 16)
        self.row.setSpacing(14)
        self.row.addWidget(IconMark(icon, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(self.column, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sunk ground."""
        tokens = look().tokens
        painter = QPainter(self)
        border = tokens.edge if tokens.outlined else ""
        paint_frame(painter, QRectF(self.rect()), RADII["card"], fill=tokens.sunk, border=border)
        painter.end()
