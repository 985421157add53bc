"""Keeps what the window shows while its screens are made anew, until these are laid out."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from wallet_app.ui.bridge import Bridge
    from wallet_app.ui.session import Session

__all__ = ["HeldPicture"]

_LONGEST_MS: Final = 500
"""Then the screens show as far as they are: a window that does not answer is worse."""
_MAKING_MS: Final = 3_000
"""As long as it takes to make them, on a slow computer."""


class HeldPicture(QWidget):
    """Rows above each other and an empty page would be seen in between.

    A lock takes it away at once, and the picture with it. That the window paints nothing
    meanwhile would be simpler; Qt then paints nothing afterwards either (measured on X11).
    """

    def __init__(self, window: QWidget, bridge: "Bridge", session: "Session") -> None:
        super().__init__(window)
        self._bridge, self._session = bridge, session
        self._picture = QPixmap()
        self._made = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Nobody sees what is below, so it need not be painted.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.timeout.connect(self.let_go)
        bridge.settled.connect(self._on_settled)
        session.locking.connect(self.let_go)
        self.hide()

    def hold(self) -> None:
        """Show what is shown now, of an open safe, until new screens are made and filled."""
        window = self.window()
        if not self._session.is_open or not window.isVisible():
            return
        self._made = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self.isVisible():
            self._longest.start(_MAKING_MS)
            return
        self._picture = window.grab()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._longest.start(_MAKING_MS)

    def end_soon(self) -> None:
        """The screens are made; what they asked for is awaited, for a moment."""
        self._made = True
        # From now on something else lies below than is seen: a click must not hit it.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        if self.isVisible():
            self._longest.start(_LONGEST_MS if self._bridge.busy else 0)

    @Slot()
    def let_go(self) -> None:
        """Show what there is now."""
        self._longest.stop()
        self.hide()
        self._picture = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    @Slot()
    def _on_settled(self) -> None:
        # After the layouts that the last answer asked for.
        if self._made and self.isVisible():
            self._longest.start(0)
