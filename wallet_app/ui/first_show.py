"""What happens when the window is shown for the first time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from wallet_app.ui.key_places import KeyPlaces

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["FirstShow"]


class FirstShow(QObject):
    """Watches the native window's input, and loads what the open safe needs meanwhile."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._places = KeyPlaces(self, window.commands)
        self._warmed = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin when the window is about to be seen."""
        if event.type() == QEvent.Type.Show:
            # After the window's own handler, which makes the native window.
            QTimer.singleShot(0, self, self._begin)
        return super().eventFilter(watched, event)

    @Slot()
    def _begin(self) -> None:
        native = self._window.windowHandle()
        if native is not None:
            self._window.ring.follow_input(native)
            self._window.idle.watch(native)
            self._window.menus.watch_alt()
            self._places.watch(native)
        if not self._warmed:
            self._warmed = True
            # After the first painting: the lock is on screen before anything else loads.
            self._window.session.warm_up(self._load_screens)

    def _load_screens(self) -> None:
        if not self._window.session.is_open:
            import wallet_app.ui.screens  # noqa: F401, PLC0415
