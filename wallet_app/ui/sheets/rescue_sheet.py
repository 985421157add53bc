"""The dialog that makes a safe which does not open its newest good copy again."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.copies import CopyRow, go_back_to
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.sheets.passphrase_sheets import PassphraseSheet

__all__ = ["RescueSheet"]


class RescueSheet(PassphraseSheet):
    """The passphrase, then the safe becomes its newest good copy and opens."""

    def __init__(self, window: QWidget, context: Context, copy: CopyRow) -> None:
        words = context.words
        moment = event_moment(words, copy.made_at, context.session.services.now())
        super().__init__(
            window,
            context,
            words.text("rescue.offer"),
            words.text("rescue.text", moment=moment),
            words.text("copies_page.back"),
        )
        self._copy = copy
        self.field = self._field(words.text("backups_page.safe_passphrase"))
        self.field.edit.setObjectName("rescue-passphrase")
        context.session.opened.connect(self.close_sheet)

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
        session, name = self._context.session, self._copy.name
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                go_back_to(path, name, passphrase, services)
                return open_safe(path, passphrase, services)

        self._set_busy(self._context.words.text("copies_page.going_back"))
        session.open_by(make, failed=self._refuse)

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.field, error)
