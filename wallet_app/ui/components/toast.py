"""A short message at the foot of the window: what was done, and how to undo it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget
from shiboken6 import isValid

from wallet_app.drawing.tokens import RADII, SCRIM
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame, paint_shadow
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["Toast"]

_SECONDS: Final = 6
_HEIGHT: Final = 44
_FROM_FOOT: Final = 24
_ABOVE: Final = 11
_SHADOW: Final = 32


class Toast(QFrame):
    """One at a time; stays 6 seconds, longer while it has the focus or the pointer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._action: Callable[[], None] | None = None
        self._lift_px = 0
        self._keep_clear = (0, 0)
        self._before: QWidget | None = None
        self._mark = IconMark("check", "invert_text", 18)
        self.label = Label("", "body", tone="invert_text")
        self.button = LinkButton(
            "", role="body_strong", tone="invert_text", line_tone="invert_text"
        )
        self.button.setProperty("onInverse", True)
        self.button.clicked.connect(self._act)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + 16, _SHADOW, _SHADOW + 16, _SHADOW)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self.label)
        row.addSpacing(20)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self._expire)
        window.installEventFilter(self)
        self.hide()

    def show_text(
        self,
        text: str,
        *,
        icon: str = "check",
        action_text: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a message in place of the one before."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        self._mark.set_face(icon, "invert_text")
        self.label.setText(text)
        self._action = action
        self.button.set_words(action_text)
        self.button.setVisible(bool(action_text))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def act(self) -> bool:
        """Do the action now, as its shortcut asks; return whether there was one."""
        if not self.isVisible() or self._action is None:
            return False
        self._act()
        return True

    def lift(self, px: int) -> None:
        """Stand that much higher, above what else floats at the foot of the window."""
        self._lift_px = px
        if self.isVisible():
            self._place()

    def keep_clear(self, top: int, bottom: int) -> None:
        """Stand above what lies there in the window, in px from above, where it would hide it.

        The shadow counts: it takes the clicks as well. (0, 0) lets it down again.
        """
        self._keep_clear = (top, bottom)
        if self.isVisible():
            self._place()

    @Slot()
    def dismiss(self) -> None:
        """Take the message away and forget its action."""
        self._timer.stop()
        self._give_back()
        self._action = None
        self.label.setText("")
        self.hide()

    def _give_back(self) -> None:
        """Let the focus go back to where it was, not to whatever comes first in the window."""
        before, self._before = self._before, None
        focused = QApplication.focusWidget()
        within = focused is not None and self.isAncestorOf(focused)
        if within and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while pointed at."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow and the inverted ground."""
        tokens = look().tokens
        box = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter = QPainter(self)
        paint_shadow(painter, box, RADII["card"], SCRIM[0])
        paint_frame(painter, box, RADII["card"], fill=tokens.invert)
        painter.end()

    @Slot()
    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    @Slot()
    def _expire(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start()
            return
        self.dismiss()

    def _let_wrap(self, *, wrap: bool) -> None:
        """One line where the window has room for it."""
        self.label.max_lines = 0 if wrap else 1
        self.label.setWordWrap(wrap)
        self.label.updateGeometry()
        self._row.invalidate()

    def _place(self) -> None:
        area = self._window.rect()
        self._let_wrap(wrap=False)
        width = min(self.sizeHint().width(), area.width())
        height = look().px(_HEIGHT) + 2 * _SHADOW
        if width < self.sizeHint().width():
            self._let_wrap(wrap=True)
            inside = self._row.totalHeightForWidth(width)
            height = max(height, inside + 2 * look().px(_ABOVE))
        foot = area.height() - height - _FROM_FOOT + _SHADOW - self._lift_px
        top, bottom = self._keep_clear
        if foot < bottom and foot + height > top:
            foot = top - height
        self.setGeometry((area.width() - width) // 2, foot, width, height)
