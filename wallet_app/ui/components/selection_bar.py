"""The bar over the foot of the library while badges are selected: how many, and what to do."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from wallet_app.drawing.tokens import RADII, SCRIM
from wallet_app.ui.components.button import Button, IconButton, Kind
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.painting import paint_frame, paint_shadow
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.theme import look

__all__ = ["SelectionBar"]

_HEIGHT: Final = 48
_FROM_FOOT: Final = 24
_FROM_SIDE: Final = 12
_SHADOW: Final = 32


class SelectionBar(QFrame):
    """Floats over ``host``. ``dismissed``: nothing shall be selected any more."""

    dismissed = Signal()

    def __init__(self, host: QWidget, name: str, close_name: str) -> None:
        super().__init__(host)
        self._host = host
        self.setAccessibleName(name)
        self.label = Label("", "body_strong", tone="invert_text")
        self.close_button = IconButton(
            "close", close_name, tone="invert_text", side_px=32, icon_px=18
        )
        self.close_button.setProperty("onInverse", True)
        self.close_button.clicked.connect(self.dismissed)
        self._row = FlowLayout(self, gap=4)
        self._row.setContentsMargins(_SHADOW + 18, _SHADOW + 5, _SHADOW + 10, _SHADOW + 5)
        self.label.setContentsMargins(0, 0, 14, 0)
        self._row.addWidget(self.label)
        self._row.addWidget(self.close_button)
        self._last_action: QAbstractButton | None = None
        host.installEventFilter(self)
        self.hide()

    def add_action(self, text: str, icon: str) -> Button:
        """Append something to do; connect its ``clicked``. Tab comes to it before closing."""
        button = Button(text, Kind.INVERSE, icon=icon)
        button.setProperty("onInverse", True)
        self._append(button)
        return button

    def add_more(self, name: str) -> IconButton:
        """Append a button for what is wanted seldom; connect its ``clicked``."""
        button = IconButton("more", name, tone="invert_text", side_px=32, icon_px=18)
        button.setProperty("onInverse", True)
        self._append(button)
        return button

    def _append(self, button: QAbstractButton) -> None:
        self._row.addWidget(button)
        # The cross stays the last.
        self._row.removeWidget(self.close_button)
        self._row.addWidget(self.close_button)
        if self._last_action is not None:
            QWidget.setTabOrder(self._last_action, button)
        QWidget.setTabOrder(button, self.close_button)
        self._last_action = button

    def show_count(self, sentence: str) -> None:
        """Say how many are selected; "" takes the bar away."""
        self.label.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self._place()
            self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Send a message of the window above the bar, so that neither hides the other."""
        super().showEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let a message down again."""
        super().hideEvent(event)
        self._lift_toast(0)

    def _lift_toast(self, px: int) -> None:
        toast = self.window().findChild(Toast)
        if toast is not None:
            toast.lift(px)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim Escape before the window's own shortcut for it does."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the selection away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shadow and the inverted ground."""
        box = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter = QPainter(self)
        paint_shadow(painter, box, RADII["card"], SCRIM[0])
        paint_frame(painter, box, RADII["card"], fill=look().tokens.invert)
        painter.end()

    def _place(self) -> None:
        self.adjustSize()
        area = self._host.rect()
        width = min(self.sizeHint().width(), area.width() + 2 * _SHADOW - 2 * _FROM_SIDE)
        height = max(self._row.heightForWidth(width), look().px(_HEIGHT) + 2 * _SHADOW)
        foot = area.height() - height - _FROM_FOOT + _SHADOW
        self.setGeometry((area.width() - width) // 2, foot, width, height)
        if self.isVisible():
            self._lift_toast(height - 2 * _SHADOW + 12)
