"""On the lock screen, for who has forgotten the passphrase: what can be done, and what not."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.open_safe import open_safe
from wallet_app.app.restore_instead import restore_instead
from wallet_app.app.safe import Safe
from wallet_app.app.vault_paths import shown_folder
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.backup_files import choose_backup
from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.first_keys import offer_recovery
from wallet_app.ui.sheets.key_sheets import UseCodeSheet
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet
from wallet_app.wording import plain_text

__all__ = ["ForgottenSheet", "RestoreInsteadSheet"]

_WIDTH: Final = 600


class ForgottenSheet(Sheet):
    """The recovery sheet where the safe has one, a backup, and the truth about the rest."""

    def __init__(self, window: QWidget, context: Context, *, has_sheet: bool) -> None:
        words = context.words
        super().__init__(
            window, words.text("unlock.forgotten"), width=_WIDTH, close_name=words.text("ui.close")
        )
        self._context, self._host = context, window
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        self.use_sheet = Button(words.text("forgotten.sheet_use"), Kind.PRIMARY, size=Size.SMALL)
        self.use_sheet.setObjectName("use-recovery-sheet")
        self.use_sheet.clicked.connect(self._use_sheet)
        self.restore = Button(words.text("restore_sheet.choose"), size=Size.SMALL)
        self.restore.setObjectName("restore-instead")
        self.restore.setAccessibleName(words.text("restore_sheet.choose_name"))
        self.restore.clicked.connect(self._choose)
        if has_sheet:
            title, hint = words.text("unlock.use_code"), words.text("forgotten.sheet_text")
            scroll.column.addWidget(ActionCard("key", title, hint, self.use_sheet))
        else:
            none = Label(words.text("forgotten.no_sheet"), "body", tone="t2", wrap=True)
            scroll.column.addWidget(none)
        title, hint = words.text("first_run.restore"), words.text("forgotten.backup_text")
        scroll.column.addWidget(ActionCard("backups", title, hint, self.restore))
        rest = Label(words.text("forgotten.nothing_else"), "small", tone="t2", wrap=True)
        scroll.column.addWidget(rest)
        close = Button(words.text("ui.close"), Kind.QUIET)
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Have no button under the keys: who goes on typing a passphrase would press it."""
        super().open_sheet(first or self)

    @Slot()
    def _use_sheet(self) -> None:
        self.close_sheet()
        self._context.stage.open_sheet(UseCodeSheet(self._host, self._context))

    @Slot()
    def _choose(self) -> None:
        choose_backup(self._context, self._ask_passphrase)

    def _ask_passphrase(self, path: Path) -> None:
        self.close_sheet()
        self._context.stage.open_sheet(RestoreInsteadSheet(self._host, self._context, path))


class RestoreInsteadSheet(PassphraseSheet):
    """The backup's passphrase; then its safe opens where the locked one was."""

    def __init__(self, window: QWidget, context: Context, path: Path) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("first_run.restore"),
            words.text("forgotten.instead", name=plain_text(path.name, max_chars=120)),
            words.text("restore_sheet.merge"),
        )
        self._host, self._path = window, path
        self._typed: Secret | None = None
        self._aside: list[Path] = []
        self.field = self._add_passphrase("first_run.backup_passphrase", "instead-passphrase")
        self.field.set_hint(words.text("first_run.backup_hint"))
        context.session.opened.connect(self._finish)

    def forget(self) -> None:
        """Empty the field."""
        super().forget()
        self._wipe()

    def _use(self, passphrase: Secret) -> None:
        session, backup, aside = self._context.session, self._path, self._aside
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                aside.append(restore_instead(backup, path, passphrase, services))
                return open_safe(path, passphrase, services)

        # The sheet that follows needs it once more; it wipes it when it closes.
        self._typed = passphrase.copy()
        self._set_busy(self._context.words.text("first_run.restoring"))
        session.open_by(make, failed=self._refuse)

    def _refuse(self, error: CoffreError) -> None:
        self._wipe()
        super()._refuse(error)

    def _wipe(self) -> None:
        if self._typed is not None:
            self._typed.wipe()
            self._typed = None

    @Slot()
    def _finish(self) -> None:
        typed, self._typed = self._typed, None
        self.close_sheet()
        if typed is not None and self._aside:
            aside = plain_text(shown_folder(self._aside[0]), max_chars=300)
            kept = self._context.words.text("forgotten.kept", folder=aside)
            offer_recovery(self._host, self._context, typed, restored=True, kept=kept)
