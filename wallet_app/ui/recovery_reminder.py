"""Says in the side bar, as long as it lasts, that the safe has no recovery code."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.crypto.envelope import SlotKind
from wallet_app.errors import CoffreError
from wallet_app.ui.shell import Shell

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.ui.main_window import MainWindow

__all__ = ["RecoveryReminder"]


class RecoveryReminder(QObject):
    """Lives and dies with the shell of one language."""

    def __init__(self, window: "MainWindow", shell: Shell) -> None:
        super().__init__(shell)
        self._window = window
        self._side_bar = shell.side_bar
        window.session.opened.connect(self._look)
        window.session.changed.connect(self._look)
        window.session.locking.connect(self._clear)
        if window.session.is_open:
            self._look()

    @Slot()
    def _look(self) -> None:
        tasks = self._window.tasks
        # What the demo holds is worth no sheet of paper; samples in a person's own safe
        # change nothing about the rest of it.
        in_demo = tasks is not None and tasks.is_demo

        def is_missing(safe: "Safe") -> bool:
            return not in_demo and not safe.keys.has(SlotKind.RECOVERY)

        self._window.session.ask(
            self, "recovery code", is_missing, done=self._show, failed=self._leave
        )

    def _show(self, is_missing: bool) -> None:
        note = self._window.words.text("recovery.reminder") if is_missing else ""
        self._side_bar.set_note("settings", note)

    def _leave(self, _error: CoffreError) -> None:
        """A reminder that cannot be judged is none; the same fault is told elsewhere."""

    @Slot()
    def _clear(self) -> None:
        self._side_bar.set_note("settings", "")
