"""The shell with its pages, in one language, and what they ask of the window."""

from typing import TYPE_CHECKING

from wallet_app.ui.door import Door
from wallet_app.ui.pages.deleted import DeletedPage
from wallet_app.ui.pages.detail import DetailPage
from wallet_app.ui.pages.library import LibraryPage
from wallet_app.ui.shell import Shell
from wallet_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Screens"]


class Screens:
    """Made once per language. What outlives a language (``Tasks``) belongs to the window."""

    def __init__(self, window: "MainWindow", door: Door) -> None:
        """Make every page and connect it."""
        context = window.context
        self.shell = Shell(window.words, window.commands)
        self.library = LibraryPage(context)
        self.detail = DetailPage(context)
        self.deleted = DeletedPage(context)
        self.shell.add_page("safe", self.library)
        self.shell.add_page("badge", self.detail, row="safe")
        self.shell.add_page("deleted", self.deleted)
        if window.tasks is None:
            window.tasks = Tasks(window)
        window.tasks.add_pages(context, self.shell)
        self._connect(window, door)

    def _connect(self, window: "MainWindow", door: Door) -> None:
        self.shell.lock_asked.connect(window.lock)
        self.library.badge_opened.connect(window.show_badge)
        self.library.counted.connect(window.show_count)
        self.library.files_asked.connect(door.ask_files)
        self.library.folder_asked.connect(door.ask_folder)
        self.library.paste_asked.connect(door.paste)
        self.library.samples_asked.connect(window.samples_asked)
        self.detail.share_asked.connect(window.share_asked)
