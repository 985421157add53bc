"""What each action of the window does. Actions for one badge work only while it is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.ui.door import Door

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Navigation"]


class Navigation(QObject):
    """Binds every action once; nothing but Lock works over an open dialog."""

    def __init__(self, window: "MainWindow", door: Door) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        handlers = {
            "lock": window.lock,
            "search": self._search,
            "add": self._add,
            "paste": self._paste,
            "back": self._back,
            "undo": self._undo,
            "section_1": self._safe,
            "section_2": self._shares,
            "section_3": self._history,
            "section_4": self._backups,
            "section_5": self._deleted,
            "section_6": self._settings,
            "settings": self._settings,
            "show": self._show,
            "save_copy": self._save,
            "check_again": self._check,
            "delete": self._delete,
            "watch": self._watch,
            "read_code": self._read_code,
        }
        for action_id, handler in handlers.items():
            window.commands.bind(action_id, handler)

    @property
    def _is_free(self) -> bool:
        return self._window.session.is_open and not self._window.has_sheet

    @property
    def _is_on_badge(self) -> bool:
        return self._is_free and self._window.current_page == "badge"

    @property
    def _is_in_list(self) -> bool:
        return self._is_free and self._window.library.view.hasFocus()

    def _go(self, page_id: str) -> None:
        if self._is_free:
            self._window.show_page(page_id)

    @Slot()
    def _search(self) -> None:
        if not self._is_free:
            return
        page = self._window.current_page
        if not page or not self._window.shell.page(page).search_here():
            self._window.show_page("safe")
            self._window.library.focus_search()

    @Slot()
    def _add(self) -> None:
        if self._is_free:
            self._door.ask_files()

    @Slot()
    def _paste(self) -> None:
        if self._is_free:
            self._door.paste()

    @Slot()
    def _back(self) -> None:
        if self._is_free:
            self._window.go_back()

    @Slot()
    def _undo(self) -> None:
        if self._is_free:
            self._window.undo()

    @Slot()
    def _safe(self) -> None:
        self._go("safe")

    @Slot()
    def _shares(self) -> None:
        self._go("shares")

    @Slot()
    def _history(self) -> None:
        self._go("history")

    @Slot()
    def _backups(self) -> None:
        self._go("backups")

    @Slot()
    def _deleted(self) -> None:
        self._go("deleted")

    @Slot()
    def _settings(self) -> None:
        self._go("settings")

    @Slot()
    def _watch(self) -> None:
        self._go("watch")

    @Slot()
    def _read_code(self) -> None:
        if self._is_free:
            self._door.codes.ask_screen()

    @Slot()
    def _show(self) -> None:
        if self._is_on_badge:
            self._window.detail.ask_share()
        elif self._is_in_list:
            self._window.library.acts.show_current()

    @Slot()
    def _save(self) -> None:
        if self._is_on_badge:
            self._window.detail.save_copy()
        elif self._is_in_list:
            self._window.library.acts.save_current()

    @Slot()
    def _check(self) -> None:
        if self._is_on_badge:
            self._window.detail.check_again()
        elif self._is_in_list:
            self._window.library.acts.check_current()

    @Slot()
    def _delete(self) -> None:
        if self._is_on_badge:
            self._window.detail.delete()
        elif self._is_in_list:
            self._window.library.acts.delete_current()
