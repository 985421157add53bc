"""Says on the desktop that long work has ended or that badges have changed.

Only while one looks elsewhere, and only if one wants to hear of it.

Only numbers are told: a message lies on the lock screen, in the list of messages, and on whatever
screen is shared. No name of a badge, an issuer or a file is ever in it.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.system.notifications import Notifier, notifier_of_this_system

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.tasks import Tasks

__all__ = ["Notices"]

_LONG_MS: Final = 3_000


class Notices(QObject):
    """Listens to what goes on in the background; lives as long as the window."""

    def __init__(self, window: "MainWindow", notifier: Notifier | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.notifier = notifier or notifier_of_this_system()

    def watch(self, tasks: "Tasks") -> None:
        """Listen to the work of the window."""
        tasks.run.finished.connect(self._import_ended)
        tasks.rounds.finished.connect(self._round_ended)

    @Slot()
    def _import_ended(self) -> None:
        tasks = self._window.tasks
        if tasks is None or tasks.run.tally.elapsed_ms < _LONG_MS:
            return
        added = len(tasks.run.tally.added)
        self.tell(self._window.words.plural("notice.imported", added))

    @Slot(int, bool)
    def _round_ended(self, changes: int, asked: bool) -> None:
        if changes:
            self.tell(self._window.words.plural("notice.changed", changes))
        elif asked:
            self.tell(self._window.words.text("notice.checked"))

    def tell(self, text: str) -> None:
        """Show a message if the person looks elsewhere and wants to hear of it."""
        window = self._window
        if not window.settings.notify or window.isActiveWindow():
            return
        window.bridge.on_pool(
            self,
            "notify",
            partial(_show, self.notifier, text),
            done=partial(self._shown, text),
            failed=_let_be,
        )

    def _shown(self, text: str, taken: bool) -> None:
        if not taken:
            self._window.tray.show_message(text)


def _show(notifier: Notifier, text: str, _cancelled: CancelToken) -> bool:
    return notifier.show("Coffre", text)


def _let_be(_error: CoffreError) -> None:
    """The window says it, too."""
