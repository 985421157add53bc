"""Files and addresses that another start of the program handed over, kept until the unlock."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["HandedOver"]

_MOST: Final = 10_000
_MINIMISED: Final = Qt.WindowState.WindowMinimized


class HandedOver(QObject):
    """Addresses are asked about before anything is fetched, as those that are dropped."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[str] = []
        window.session.opened.connect(self._give_soon)

    @property
    def waiting(self) -> int:
        """How many wait for the unlock."""
        return len(self._waiting)

    def take(self, names: Sequence[str]) -> None:
        """Bring the window to the front, and take ``names`` in as soon as the safe is open."""
        window = self._window
        window.setWindowState(window.windowState() & ~_MINIMISED)
        window.show()
        window.raise_()
        window.activateWindow()
        self._waiting = [*self._waiting, *names][:_MOST]
        if not names:
            return
        if window.session.is_open:
            self._give()
        else:
            window.toast(window.words.plural("handed_over.waiting", len(self._waiting)))

    @Slot()
    def _give_soon(self) -> None:
        # Behind everybody else who hears that the safe is open.
        QTimer.singleShot(0, self, self._give)

    @Slot()
    def _give(self) -> None:
        if self._waiting and self._window.session.is_open:
            names, self._waiting = self._waiting, []
            self._window.sources_dropped.emit(names)
