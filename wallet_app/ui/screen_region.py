"""A frozen picture of the screen on which a person frames a QR code.

The picture was taken while Coffre's own window was out of the way. It lives as long as the
overlay, in memory only, and what lies outside the frame is never looked at.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import SCRIM
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["ScreenRegion"]

_LEAST: Final = 24
"""A smaller frame is a slip of the hand."""

_MARGIN: Final = 24
_PAD: Final = 18


class ScreenRegion(QWidget):
    """Covers one screen. A drag frames a part; Enter takes the whole; Escape goes back.

    Signals:
        framed: a ``QImage``, the part that was chosen.
        left: the person wants none.
    """

    framed = Signal(object)
    left = Signal()

    def __init__(self, words: Words, place: QRect, picture: QImage) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self._picture = picture
        self._text = words.text("codes.frame")
        self._start: QPoint | None = None
        self._frame = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self._text)
        self.setWindowTitle(words.text("codes.screen"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(place)

    def forget(self) -> None:
        """Drop the picture and go away."""
        self._picture = QImage()
        self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a frame."""
        self._start = event.position().toPoint()
        self._frame = QRect(self._start, self._start)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the frame."""
        if self._start is not None:
            self._frame = QRect(self._start, event.position().toPoint()).normalized()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Take what is framed, unless that is next to nothing."""
        self._start = None
        if min(self._frame.width(), self._frame.height()) >= _LEAST:
            self._take(self._frame)
        else:
            self._frame = QRect()
            self.update()

    def event(self, event: QEvent) -> bool:
        """Claim every key before a shortcut does of the window, which may still be active."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the whole screen; Escape goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.rect())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, a veil over what is not framed, and what to do."""
        painter = QPainter(self)
        smooth(painter)
        whole = QRectF(self.rect())
        painter.drawImage(whole, self._picture)
        veil = QColor(SCRIM[0])
        veil.setAlphaF(SCRIM[1])
        painter.fillRect(self.rect(), veil)
        if not self._frame.isNull():
            frame = QRectF(self._frame)
            painter.drawImage(frame, self._picture, self._in_picture(self._frame))
            paint_frame(painter, frame, 4, border=look().tokens.sidebar.gold, width=2)
        else:
            self._say(painter)
        painter.end()

    def _say(self, painter: QPainter) -> None:
        tokens = look().tokens
        painter.setFont(font("body_strong", scale=look().scale))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self._text) + 2 * _PAD
        height = look().px(48)
        box = QRectF((self.width() - width) / 2, _MARGIN, width, height)
        paint_frame(
            painter, box, height / 2, fill=tokens.sidebar.ground, border=tokens.sidebar.edge
        )
        painter.setPen(QColor(tokens.sidebar.title))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)

    def _in_picture(self, frame: QRect) -> QRectF:
        across = self._picture.width() / max(1, self.width())
        down = self._picture.height() / max(1, self.height())
        return QRectF(
            frame.x() * across, frame.y() * down, frame.width() * across, frame.height() * down
        )

    def _take(self, frame: QRect) -> None:
        self.framed.emit(self._picture.copy(self._in_picture(frame).toAlignedRect()))
