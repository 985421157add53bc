"""On the lock screen, when a safe does not open because it is damaged: its newest copy."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.context import Context

if TYPE_CHECKING:
    from wallet_app.app.copies import CopyRow
    from wallet_app.ui.components.sheet import Sheet

__all__ = ["RescueButton"]

_DAMAGED: Final = frozenset(
    {
        "vault.damaged",
        "vault.database_missing",
        "vault.header_damaged",
        "vault.kdf_refused",
        "vault.not_encrypted",
        "vault.unreadable",
    }
)


class RescueButton(Button):
    """Hidden until a safe could not be opened and has a good copy."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.words.text("rescue.offer"), Kind.IRON)
        self.setObjectName("rescue")
        self.setProperty("onIron", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._context = context
        self._copy: CopyRow | None = None
        self.clicked.connect(self._open)
        self.hide()

    def offer(self, error: CoffreError) -> None:
        """Show itself if ``error`` says that the safe is damaged and a copy can stand in."""
        self._copy = None
        if error.code in _DAMAGED:
            # The lock screen comes up without the vault's libraries.
            from wallet_app.app.copies import copies_of  # noqa: PLC0415

            try:
                self._copy = copies_of(self._context.session.vault_path).last_good
            except CoffreError:
                # The folder itself cannot be read: nothing to offer.
                self._copy = None
        self.setVisible(self._copy is not None)

    @Slot()
    def _open(self) -> None:
        if self._copy is not None:
            # Loads the vault, which the lock screen comes up without.
            module = import_module("wallet_app.ui.sheets.rescue_sheet")
            sheet: Sheet = module.RescueSheet(self.window(), self._context, self._copy)
            self._context.stage.open_sheet(sheet)
