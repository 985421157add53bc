"""Keeps the actions as the window is: what cannot be done now is faint in every menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from wallet_app.ui.actions import State

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.pages.library import LibraryPage
    from wallet_app.ui.shell import Shell

__all__ = ["ActionStates"]


class ActionStates(QObject):
    """Looks again after everything that can change what is possible."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.refresh)
        for signal in (window.session.opened, window.session.locked, window.session.changed):
            signal.connect(self.refresh)
        window.undos.changed.connect(self.refresh)
        window.session.came.connect(window.undos.note_back)
        window.sheets.changed.connect(self.refresh)

    def watch(self, shell: "Shell", library: "LibraryPage") -> None:
        """Look at these screens, which are new."""
        shell.shown.connect(self.refresh)
        library.model.selection_changed.connect(self.refresh)
        library.counted.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Enable what can be done now."""
        window = self._window
        window.commands.name_undo(window.undos.what)
        window.commands.enable(self._state())

    def _state(self) -> State:
        window = self._window
        if not window.session.is_open or not window.stack.has_screens:
            return State(dialog=window.has_sheet)
        page = window.shell.current_page
        on_badge = page == "badge" and bool(window.detail.badge_id)
        in_library = page == "safe" and not window.library.shows_welcome
        return State(
            unlocked=True,
            dialog=window.has_sheet,
            badge=on_badge or (in_library and window.library.has_badge_meant),
            badge_page=on_badge,
            undo=bool(window.undos.what),
            library=in_library,
        )
