"""A place beside the clock, only if the person wants one and the desktop has it.

Closing the window always ends Coffre and locks the safe: a window that hides where no tray is
shown would be gone for good.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from wallet_app.drawing.app_mark import app_icon

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Tray"]

_LOOK_AGAIN_MS: Final = 30_000
_ACTIONS: Final = ("lock", "quit")


class Tray(QObject):
    """Off by default. Looks again whether there is a tray, as panels come and go."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.refresh)

    @property
    def is_shown(self) -> bool:
        """Whether Coffre has a place beside the clock now."""
        return self._icon is not None

    @staticmethod
    def is_possible() -> bool:
        """Whether this desktop has such a place."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @Slot()
    def refresh(self) -> None:
        """Come or go, as the settings and the desktop are now."""
        wanted = self._window.settings.tray
        if wanted:
            self._again.start()
        else:
            self._again.stop()
        if wanted and self.is_possible():
            self._come()
        else:
            self._go()

    def show_message(self, text: str) -> None:
        """Show a message from the place beside the clock, where there is one."""
        if self._icon is not None:
            self._icon.showMessage("Coffre", text, app_icon())

    def _come(self) -> None:
        if self._icon is not None:
            return
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setToolTip("Coffre")
        self._menu = QMenu(self._window)
        self._menu.addAction(self._window.words.text("tray.show"), self._show_window)
        for action_id in _ACTIONS:
            self._menu.addAction(self._window.commands[action_id])
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.show()

    def _go(self) -> None:
        icon, self._icon = self._icon, None
        menu, self._menu = self._menu, None
        if icon is not None:
            icon.hide()
            icon.deleteLater()
        if menu is not None:
            menu.deleteLater()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._show_window()

    @Slot()
    def _show_window(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
