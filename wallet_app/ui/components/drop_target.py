"""While something is dragged over the window: where it will go and how much it is."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import tone_color
from wallet_app.ui.theme import look

__all__ = ["DropTarget"]

_INSIDE: Final = 12
_ICON: Final = 22


class DropTarget(QWidget):
    """An overlay as large as the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def offer(self, text: str) -> None:
        """Show what a drop would do."""
        self._text = text
        self.setAccessibleName(text)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed frame, the icon and the words."""
        tokens = look().tokens
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)
        paint_frame(
            painter, box, RADII["card"], fill=tokens.sel, border=tokens.focus, width=2, dashed=True
        )
        painter.setFont(font("heading", scale=look().scale))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self._text)
        side = look().px(_ICON)
        x = (self.width() - width - side - 12) / 2
        y = self.height() / 2
        paint_icon(painter, QRectF(x, y - side / 2, side, side), "download", tokens.t1)
        painter.setPen(tone_color(tokens, "t1"))
        area = QRectF(x + side + 12, 0, width + 2, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
