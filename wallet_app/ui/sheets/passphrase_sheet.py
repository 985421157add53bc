"""The dialog that asks for one passphrase and does something with it."""

from PySide6.QtCore import Slot

from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.field import PassphraseField
from wallet_app.ui.sheets.action_sheet import ActionSheet

__all__ = ["PassphraseSheet"]


class PassphraseSheet(ActionSheet):
    """Each sets its ``field``, and says in ``_use`` what is done with what stood in it."""

    field: PassphraseField

    def forget(self) -> None:
        """Empty the field."""
        self.field.take_text()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            passphrase = Secret.from_text(self.field.take_text())
        except CoffreError as error:
            self._refuse(error)
            return
        self._use(passphrase)

    def _use(self, passphrase: Secret) -> None:
        """Do what the sheet is for; ``passphrase`` is wiped by whoever has it last."""

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.field, error)
