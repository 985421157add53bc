"""The dialog that takes the passphrase so far and another one, and puts that in its place."""

from PySide6.QtCore import Slot

from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.new_passphrase import NewPassphrase
from wallet_app.ui.sheets.action_sheet import FIELD_HEIGHT, ActionSheet

__all__ = ["NewPassphraseSheet"]


class NewPassphraseSheet(ActionSheet):
    """Each calls ``_add_passphrases``, and says in ``_use`` what is done with the two."""

    def _add_passphrases(self, old_name: str, new_name: str) -> None:
        words = self._context.words
        self.old = self._add_passphrase("settings_page.old_passphrase", old_name)
        self.new = NewPassphrase(
            words, words.text("settings_page.new_passphrase"), height_px=FIELD_HEIGHT
        )
        self.new.first.edit.setObjectName(new_name)
        self.new.again.edit.setObjectName(f"{new_name}-again")
        self.new.submitted.connect(self._submit)
        self.new.refused.connect(self._context.stage.announce)
        self.new.changed.connect(self._judge)
        self.old.edit.textChanged.connect(self._judge)
        self.content.addWidget(self.new)
        self._judge()

    def forget(self) -> None:
        """Empty every field."""
        self.old.take_text()
        self.new.clear()

    @Slot()
    def _judge(self) -> None:
        self.go.setEnabled(bool(self.old.edit.text()) and self.new.is_ready)

    @Slot()
    def _submit(self) -> None:
        if not self.cancel.isEnabled():
            return
        if self.old.edit.text() and not self.new.is_ready:
            self.new.say_what_is_missing()
            self.fit()
            return
        try:
            old = Secret.from_text(self.old.take_text())
        except CoffreError as error:
            self._refuse(error)
            return
        try:
            new = self.new.take()
        except CoffreError as error:
            old.wipe()
            self._refuse_in(self.new.first, error)
            return
        self._use(old, new)

    def _use(self, old: Secret, new: Secret) -> None:
        """Do what the sheet is for; both are wiped by whoever has them last."""

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.old, error)
        self._judge()
