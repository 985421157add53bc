"""What the marks in an advert mean, each shown as it stands in the text."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallet_app.app.job_advert import Standing
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.marked_text import Tint, paint_tint
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import Label
from wallet_app.ui.pages.advert_words import TINTS
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["AdvertLegend"]

_PAD = 8
_TALLER = 4


class _Sample(Label):
    def __init__(self, text: str, tint: Tint) -> None:
        super().__init__(text, "small_strong")
        self._tint = tint

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * _PAD, hint.height() + _TALLER)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tint(painter, QRectF(self.rect()), self._tint)
        shaped = self.shaped(self.width() - 2 * _PAD)
        top = (self.height() - shaped.height) / 2
        shaped.paint(painter, _PAD, top, QColor(look().tokens.t1))
        painter.end()


class AdvertLegend(QWidget):
    """Three samples in a row; they wrap where there is no room."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(words.text("advert.legend_name"))
        row = FlowLayout(self, gap=12)
        for standing in Standing:
            row.addWidget(_Sample(words.text(f"advert.{standing}.mark"), TINTS[standing]))
