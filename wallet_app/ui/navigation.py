"""What each action of the window does. Actions for one badge work only while it is shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.ui.door import Door

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Navigation"]

_PAGES = {
    "section_1": "safe",
    "section_2": "skills",
    "section_3": "shares",
    "section_4": "history",
    "section_5": "backups",
    "section_6": "deleted",
    "watch": "watch",
    "settings": "settings",
}
_MODES = ("cards", "list")
"""As ``badge_view.Mode``, which is not loaded before the safe opens."""


class Navigation(QObject):
    """Binds every action of the open safe once; nothing but Lock works over an open dialog."""

    def __init__(self, window: "MainWindow", door: Door) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        handlers: dict[str, Callable[..., object]] = {
            "lock": window.lock,
            "quit": window.close,
            "search": self._search,
            "select_all": self._select_all,
            "add": self._add,
            "add_folder": self._add_folder,
            "paste": self._paste,
            "backup": self._back_up,
            "check_all": self._check_all,
            "back": self._back,
            "undo": self._undo,
            "show": self._show,
            "save_copy": self._save,
            "check_again": self._check,
            "favourite": self._favourite,
            "file": self._file,
            "note": self._note,
            "delete": self._delete,
            "about": self._about,
            "read_code": self._read_code,
            "samples": self._samples,
            **{mode: partial(self._show_as, mode) for mode in _MODES},
            **{action_id: partial(self._go, page) for action_id, page in _PAGES.items()},
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
    def _is_in_library(self) -> bool:
        return self._is_free and self._window.current_page == "safe"

    @property
    def _is_in_list(self) -> bool:
        return self._is_in_library and self._window.library.has_badge_meant

    def _go(self, page_id: str, _checked: object = None) -> None:
        if self._is_free and self._window.shell.has_page(page_id):
            self._window.shell.choose_page(page_id)

    # --- the safe ----------------------------------------------------------------------

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
    def _add_folder(self) -> None:
        if self._is_free:
            self._door.ask_folder()

    @Slot()
    def _paste(self) -> None:
        if self._is_free:
            self._door.paste()

    @Slot()
    def _samples(self) -> None:
        if self._is_free and self._window.tasks is not None:
            self._window.tasks.take_samples()

    @Slot()
    def _back_up(self) -> None:
        if self._is_free and self._window.tasks is not None:
            self._window.tasks.back_up()

    @Slot()
    def _check_all(self) -> None:
        if self._is_free and self._window.tasks is not None:
            self._window.tasks.rounds.start()

    @Slot()
    def _back(self) -> None:
        if self._is_free:
            self._window.go_back()

    @Slot()
    def _undo(self) -> None:
        if self._is_free:
            self._window.undo()

    @Slot()
    def _about(self) -> None:
        if self._is_free and self._window.tasks is not None:
            self._window.tasks.tell_about()

    # --- badges ------------------------------------------------------------------------

    @Slot()
    def _select_all(self) -> None:
        if self._is_in_library:
            self._window.library.model.select_all()

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
    def _favourite(self) -> None:
        if self._is_on_badge:
            self._window.detail.marks.toggle_favourite()
        elif self._is_in_library:
            self._window.library.selection.toggle_favourite()

    @Slot()
    def _file(self) -> None:
        if self._is_on_badge:
            self._window.detail.marks.ask_filing()
        elif self._is_in_library:
            self._window.library.selection.ask_filing()

    @Slot()
    def _note(self) -> None:
        if self._is_in_list:
            self._window.library.acts.open_current()
        if self._is_on_badge:
            self._window.detail.marks.write_on()

    @Slot()
    def _delete(self) -> None:
        if self._is_on_badge:
            self._window.detail.delete()
        elif self._is_in_list:
            self._window.library.acts.delete_current()

    def _show_as(self, mode: str, _checked: object = None) -> None:
        if self._is_in_library:
            self._window.library.modes.choose(mode)
