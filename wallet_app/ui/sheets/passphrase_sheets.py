"""Dialogs that ask for a passphrase: change it, or use it for a backup."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.models import BackupSummary
from wallet_app.app.safe import Safe, check_backup
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import Field, PassphraseField
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.new_passphrase import NewPassphrase
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_runs import place_runs

if TYPE_CHECKING:
    from wallet_app.app.second_place import KeyRequest

__all__ = ["BackupSheet", "ChangePassphraseSheet", "CheckBackupSheet", "PassphraseSheet"]

_WIDTH = 520
_FIELD_HEIGHT = 40


class PassphraseSheet(Sheet):
    """Field, text, Cancel and one action that is under way once and can be refused."""

    def __init__(
        self, window: QWidget, context: Context, title: str, text: str, action: str
    ) -> None:
        super().__init__(window, title, width=_WIDTH, close_name=context.words.text("ui.close"))
        self._context = context
        self._action = action
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        self.content = scroll.column
        self.content.addWidget(Label(text, "body", tone="t2", wrap=True))
        self.cancel = Button(context.words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(action, Kind.PRIMARY)
        self.go.setObjectName("passphrase-sheet-go")
        self.go.clicked.connect(self._submit)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def _field(self, label: str) -> PassphraseField:
        field = PassphraseField(
            label, passphrase_words(self._context.words), height_px=_FIELD_HEIGHT
        )
        field.submitted.connect(self._submit)
        self.content.addWidget(field)
        return field

    def _set_busy(self, words: str) -> None:
        """Show that the work is under way; "" ends it."""
        self.closable = not words
        self.go.set_words(words or self._action)
        self.go.updateGeometry()
        self.go.setEnabled(not words)
        self.cancel.setEnabled(not words)

    def _refuse_in(self, field: Field, error: CoffreError) -> None:
        self._set_busy("")
        sentence = error_sentence(self._context.words, error)
        field.show_error(sentence)
        self._context.stage.announce(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    @Slot()
    def _submit(self) -> None:
        """Do what the sheet is for."""


class ChangePassphraseSheet(PassphraseSheet):
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
        self.old = self._field(words.text("settings_page.old_passphrase"))
        self.old.edit.setObjectName("old-passphrase")
        self.new = NewPassphrase(
            words, words.text("settings_page.new_passphrase"), height_px=_FIELD_HEIGHT
        )
        self.new.first.edit.setObjectName("changed-passphrase")
        self.new.again.edit.setObjectName("changed-passphrase-again")
        self.new.submitted.connect(self._submit)
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
        if not self.go.isEnabled():
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

        def change(safe: Safe) -> "KeyRequest | None":
            with old, new:
                safe.keys.change_passphrase(old, new)
                return safe.second_place.request_key_if_chosen(new)

        self._set_busy(self._context.words.text("settings_page.changing"))
        self._context.session.ask(
            self, "change passphrase", change, done=self._finish, failed=self._refuse
        )

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.old, error)
        self._judge()

    def _finish(self, place_key: "KeyRequest | None") -> None:
        self.close_sheet()
        self._context.stage.toast(self._context.words.text("settings_page.changed"))
        place_runs(self._context.bridge, self._context.session).put_key(place_key)


class BackupSheet(PassphraseSheet):
    """The safe's passphrase once more, then a backup is written and read back."""

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
        self.field = self._field(words.text("backups_page.safe_passphrase"))
        self.field.edit.setObjectName("backup-own-passphrase")

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
        path = self._path

        def write(safe: Safe) -> BackupSummary:
            with passphrase:
                # A slip of the finger would make a backup that nobody can open.
                safe.check_passphrase(passphrase)
                return safe.backup(path, passphrase)

        self._set_busy(self._context.words.text("backups_page.backing_up"))
        self._context.session.ask(self, "backup", write, done=self._finish, failed=self._refuse)

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.field, error)

    def _finish(self, summary: BackupSummary) -> None:
        self.close_sheet()
        self._tell(summary)


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
        self.field = self._field(words.text("first_run.backup_passphrase"))
        self.field.edit.setObjectName("checked-backup-passphrase")
        self.found = Label("", "body_strong", wrap=True)
        self.found.setObjectName("checked-backup-found")
        self.found.hide()
        self.content.addWidget(self.found)

    def forget(self) -> None:
        """Empty the field and what was found."""
        self.field.take_text()
        self.found.setText("")

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        self.found.hide()
        try:
            passphrase = Secret.from_text(self.field.take_text())
        except CoffreError as error:
            self._refuse(error)
            return
        path, now = self._path, self._context.session.services.now()

        def check(_cancelled: CancelToken) -> BackupSummary:
            with passphrase:
                return check_backup(path, passphrase, now)

        self._set_busy(self._context.words.text("backups_page.checking"))
        self._context.bridge.on_pool(
            self, "check backup", check, done=self._finish, failed=self._refuse
        )

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.field, error)

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
