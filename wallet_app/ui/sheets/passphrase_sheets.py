"""Dialogs that ask for a passphrase: change it, or use it for a backup."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.models import BackupSummary
from wallet_app.app.open_safe import check_backup
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.context import Context
from wallet_app.ui.place_runs import place_runs
from wallet_app.ui.sheets.new_passphrase_sheet import NewPassphraseSheet
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet

if TYPE_CHECKING:
    from wallet_app.app.second_place import KeyRequest

__all__ = ["BackupSheet", "ChangePassphraseSheet", "CheckBackupSheet"]


class ChangePassphraseSheet(NewPassphraseSheet):
    """The old passphrase, then the new one twice."""

    def __init__(self, window: QWidget, context: Context) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("settings_page.change_passphrase"),
            words.text("settings_page.change_text"),
            words.text("settings_page.change_now"),
        )
        self._add_passphrases("old-passphrase", "changed-passphrase")

    def _use(self, old: Secret, new: Secret) -> None:
        def change(safe: Safe) -> "KeyRequest | None":
            with old, new:
                safe.keys.change_passphrase(old, new)
                return safe.second_place.request_key_if_chosen(new)

        self._set_busy(self._context.words.text("settings_page.changing"))
        self._context.session.ask(
            self, "change passphrase", change, done=self._finish, failed=self._refuse
        )

    def _finish(self, place_key: "KeyRequest | None") -> None:
        self.close_sheet()
        self._context.stage.toast(self._context.words.text("settings_page.changed"))
        place_runs(self._context.bridge, self._context.session).put_key(place_key)


class BackupSheet(PassphraseSheet):
    """The safe's passphrase once more, then a backup is written and read back.

    Whoever signs with keys of their own is asked whether these go along: only if asked for,
    because a copy of a key can sign in its owner's name.
    """

    def __init__(
        self, window: QWidget, context: Context, path: Path, done: Callable[[BackupSummary], None]
    ) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("backups_page.back_up"),
            words.text("backups_page.back_up_text", name=path.name),
            words.text("backups_page.back_up_now"),
        )
        self._path = path
        self._tell = done
        self.field = self._add_passphrase("backups_page.safe_passphrase", "backup-own-passphrase")
        self.keys = TickBox(words.text("backups_page.with_keys"))
        self.keys.setObjectName("backup-with-keys")
        self.about_keys = Label(
            words.text("backups_page.about_keys"), "small", tone="t2", wrap=True
        )
        for part in (self.keys, self.about_keys):
            part.hide()
            self.content.addWidget(part)
        context.session.ask(
            self, "own keys", _own_keys, done=self._offer_keys, failed=self._offer_no_keys
        )

    def _offer_keys(self, held: int) -> None:
        for part in (self.keys, self.about_keys):
            part.setVisible(bool(held))

    def _offer_no_keys(self, _error: CoffreError) -> None:
        """The backup itself will say what is wrong with the safe."""

    def _use(self, passphrase: Secret) -> None:
        path, keys = self._path, self.keys.isChecked()

        def write(safe: Safe) -> BackupSummary:
            with passphrase:
                # A slip of the finger would make a backup that nobody can open.
                safe.check_passphrase(passphrase)
                return safe.backup(path, passphrase, keys=keys)

        self._set_busy(self._context.words.text("backups_page.backing_up"))
        self._context.session.ask(self, "backup", write, done=self._finish, failed=self._refuse)

    def _finish(self, summary: BackupSummary) -> None:
        self.close_sheet()
        self._tell(summary)


def _own_keys(safe: Safe) -> int:
    return len(safe.held_identities())


class CheckBackupSheet(PassphraseSheet):
    """A backup's passphrase, then what the backup holds. Nothing is changed."""

    def __init__(self, window: QWidget, context: Context, path: Path) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("backups_page.check"),
            words.text("backups_page.check_text", name=path.name),
            words.text("backups_page.check_now"),
        )
        self._path = path
        self.field = self._add_passphrase(
            "first_run.backup_passphrase", "checked-backup-passphrase"
        )
        self.found = Label("", "body_strong", wrap=True)
        self.found.setObjectName("checked-backup-found")
        self.found.hide()
        self.content.addWidget(self.found)

    def forget(self) -> None:
        """Empty the field and what was found."""
        super().forget()
        self.found.setText("")

    @Slot()
    def _submit(self) -> None:
        self.found.hide()
        super()._submit()

    def _use(self, passphrase: Secret) -> None:
        path, now = self._path, self._context.session.services.now()

        def check(_cancelled: CancelToken) -> BackupSummary:
            with passphrase:
                return check_backup(path, passphrase, now)

        self._set_busy(self._context.words.text("backups_page.checking"))
        self._context.bridge.on_pool(
            self, "check backup", check, done=self._finish, failed=self._refuse
        )

    def _finish(self, summary: BackupSummary) -> None:
        words = self._context.words
        self._set_busy("")
        day = words.date(summary.made_at.astimezone().date())
        sentence = words.plural("backups_page.whole", summary.badges, date=day)
        self.found.setText(sentence)
        self.found.show()
        self.cancel.set_words(words.text("ui.close"))
        self.cancel.updateGeometry()
        self.fit()
        self._context.stage.announce(sentence)
