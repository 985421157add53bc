"""Keeps size, place and the look of the library from one run to the next."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication

from wallet_app.app.window_place import load_place, save_place
from wallet_app.errors import CoffreError

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.pages.library import LibraryPage

__all__ = ["WindowMemory", "on_a_screen"]

_SEEN: Final = QSize(160, 80)
"""So much of a window must be on a screen for a hand to get hold of it."""
_FRAME_PX: Final = 40
_log = logging.getLogger(__name__)


class WindowMemory(QObject):
    """Reads at once; ``put_back`` moves the window, ``keep`` writes."""

    def __init__(self, window: "MainWindow", path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self.place = load_place(path)

    def put_back(self) -> None:
        """Put the window where it was; where no screen is any more, onto the first one."""
        place, window = self.place, self._window
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if place.width and place.height and screens:
            wanted = QRect(place.x, place.y, place.width, place.height)
            found = on_a_screen(wanted, screens, window.minimumSize())
            window.resize(found.size())
            window.move(found.topLeft())
        if place.maximised:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def keep(self) -> None:
        """Remember how it is now."""
        window, normal = self._window, self._window.normalGeometry()
        if normal.isValid():
            frame = window.pos()
            spot = frame if not window.isMaximized() else normal.topLeft()
            self.place = replace(
                self.place,
                x=spot.x(),
                y=spot.y(),
                width=normal.width(),
                height=normal.height(),
                maximised=window.isMaximized(),
            )
        try:
            save_place(self._path, self.place)
        except CoffreError as error:
            _log.info("the place of the window was not kept: %s", error.code)

    def watch(self, library: "LibraryPage") -> None:
        """Show a new library as the last one was, and remember how it is shown from now on."""
        library.modes.choose(self.place.mode)
        library.modes.chosen.connect(self._on_mode)

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        self.place = replace(self.place, mode=mode)


def on_a_screen(wanted: QRect, screens: list[QRect], least: QSize) -> QRect:
    """Return ``wanted`` if a hand can get hold of it, else as much of it on the first screen."""
    for screen in screens:
        shared = wanted.intersected(screen)
        if shared.width() >= _SEEN.width() and shared.height() >= _SEEN.height():
            # Its upper edge, by which it is moved, must not be above the screen.
            top = max(wanted.top(), screen.top())
            size = wanted.size().boundedTo(screen.size() - QSize(0, _FRAME_PX)).expandedTo(least)
            return QRect(QRect(wanted.left(), top, 1, 1).topLeft(), size)
    first = screens[0]
    size = wanted.size().boundedTo(first.size() - QSize(0, _FRAME_PX)).expandedTo(least)
    found = QRect(first.topLeft(), size)
    found.moveCenter(first.center())
    found.moveTop(max(found.top(), first.top()))
    return found
