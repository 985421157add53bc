"""Says in the side bar, as long as it lasts, that the open safe is the demo."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.ui.shell import Shell

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["DemoMark"]


class DemoMark(QObject):
    """Lives and dies with the shell of one language."""

    def __init__(self, window: "MainWindow", shell: Shell) -> None:
        super().__init__(shell)
        self._window = window
        self._side_bar = shell.side_bar
        window.session.opened.connect(self._show)
        window.session.locking.connect(self._clear)
        if window.session.is_open:
            self._show()

    @Slot()
    def _show(self) -> None:
        tasks, words = self._window.tasks, self._window.words
        if tasks is not None and tasks.is_demo:
            self._side_bar.set_mark(words.text("ui.demo_safe"), words.text("ui.demo_short"))

    @Slot()
    def _clear(self) -> None:
        self._side_bar.set_mark("", "")
