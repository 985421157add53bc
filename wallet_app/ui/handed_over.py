"""Files and addresses that another start of the program handed over, kept until the unlock."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from wallet_app.app.coffre_links import address_of_link, is_coffre_link
from wallet_app.app.vault_paths import vault_exists
from wallet_app.errors import UserError

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["HandedOver"]

_MOST: Final = 10_000
_BACKUP: Final = ".coffre"
_MINIMISED: Final = Qt.WindowState.WindowMinimized


class HandedOver(QObject):
    """Addresses are asked about before anything is fetched, as those that are dropped.

    They wait while the safe is locked or a dialog is open.

    A backup is offered to be restored: into the safe once it is open, or as the safe where there
    is none yet.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[str] = []
        window.session.opened.connect(self._give_soon)
        window.sheets.changed.connect(self._give_soon)

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
        understood = self._understood(names)
        # What is clicked twice is taken once: a page may call the same link as often as it likes.
        self._waiting = list(dict.fromkeys([*self._waiting, *understood]))[:_MOST]
        if not understood:
            return
        if window.session.is_open:
            self._give()
        elif not self._offer_first_backup():
            window.toast(window.words.plural("handed_over.waiting", len(self._waiting)))

    def _understood(self, names: Sequence[str]) -> list[str]:
        """Return ``names`` with the address of each link in its place; a bad one is told."""
        found = []
        for name in names:
            try:
                found.append(address_of_link(name) if is_coffre_link(name) else name)
            except UserError as error:
                self._window.report(error)
        return found

    def _offer_first_backup(self) -> bool:
        """Lead a new person to restoring; False when there is a safe, or no single backup."""
        is_one = len(self._waiting) == 1 and _is_backup(self._waiting[0])
        if not is_one or vault_exists(self._window.session.vault_path):
            return False
        self._window.first_run.offer_backup(Path(self._waiting.pop()))
        return True

    @Slot()
    def _give_soon(self) -> None:
        # Behind everybody else who hears that the safe is open.
        QTimer.singleShot(0, self, self._give)

    @Slot()
    def _give(self) -> None:
        # Not over a dialog: what somebody types there must not answer a stranger's question, and
        # a page that calls many links gets one question for all.
        window = self._window
        if not self._waiting or not window.session.is_open or window.has_sheet:
            return
        names, self._waiting = self._waiting, []
        backups = [name for name in names if _is_backup(name)]
        if len(backups) == 1:
            self._offer_restore(Path(backups[0]))
            names.remove(backups[0])
        if names:
            self._window.sources_dropped.emit(names)

    def _offer_restore(self, backup: Path) -> None:
        from wallet_app.ui.sheets.open_backup_sheet import (  # noqa: PLC0415 - for a quick start
            OpenBackupSheet,
        )

        self._window.open_sheet(OpenBackupSheet(self._window, self._window.context, backup))


def _is_backup(name: str) -> bool:
    return name.lower().endswith(_BACKUP) and Path(name).is_absolute()
