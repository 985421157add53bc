"""A badge's picture as a widget of its own: a drawing at first, its own once that is read."""

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.pictures import Pictures
from wallet_app.ui.theme import look

__all__ = ["BadgeArt"]


class BadgeArt(QWidget):
    """``side`` px on each side; the picture stands at the left, or ``centred``."""

    def __init__(
        self, pictures: Pictures, badge_id: str, side: int, *, centred: bool = False
    ) -> None:
        super().__init__()
        self._pictures, self._badge_id, self._centred = pictures, badge_id, centred
        self.setFixedSize(side, side)
        pictures.arrived.connect(self._on_arrived)

    @Slot(str)
    def _on_arrived(self, badge_id: str) -> None:
        if badge_id == self._badge_id:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, on its plate in the dark."""
        painter = QPainter(self)
        smooth(painter)
        pixmap = self._pictures.pixmap(self._badge_id, self.width(), self.devicePixelRatioF())
        size = pixmap.deviceIndependentSize()
        own = self._pictures.is_own_picture(self._badge_id)
        if own and look().tokens.is_dark:
            paint_frame(painter, QRectF(self.rect()), RADII["card"], fill=look().tokens.plate)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        if not self._centred:
            box.moveLeft(0)
        painter.drawPixmap(box.topLeft(), pixmap)
        painter.end()
