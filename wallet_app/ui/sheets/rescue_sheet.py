"""The dialog that makes a safe which does not open its newest good copy again."""

from PySide6.QtWidgets import QWidget

from wallet_app.app.copies import CopyRow, go_back_to
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.secret import Secret
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet

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
        self.field = self._add_passphrase("backups_page.safe_passphrase", "rescue-passphrase")
        context.session.opened.connect(self.close_sheet)

    def _use(self, passphrase: Secret) -> None:
        session, name = self._context.session, self._copy.name
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                go_back_to(path, name, passphrase, services)
                return open_safe(path, passphrase, services)

        self._set_busy(self._context.words.text("copies_page.going_back"))
        session.open_by(make, failed=self._refuse)
