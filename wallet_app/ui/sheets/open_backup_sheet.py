"""A backup's passphrase; then the list of what putting it back would change."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from wallet_app.app.merging import MergeChanges, OpenedBackup, open_backup
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.changes_sheet import ChangesSheet
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet

__all__ = ["OpenBackupSheet"]


class OpenBackupSheet(PassphraseSheet):
    """Opening takes seconds, in the pool; the safe is only read."""

    def __init__(self, window: QWidget, context: Context, path: Path) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("backups_page.restore"),
            words.text("restore_sheet.open_text", name=path.name),
            words.text("restore_sheet.open"),
        )
        self._path = path
        self.field = self._add_passphrase(
            "first_run.backup_passphrase", "restored-backup-passphrase"
        )

    def _use(self, passphrase: Secret) -> None:
        path = self._path

        def open_it(_cancelled: CancelToken) -> OpenedBackup:
            with passphrase:
                return open_backup(path, passphrase)

        self._set_busy(self._context.words.text("restore_sheet.opening"))
        self._context.bridge.on_pool(
            self, "open backup", open_it, done=self._compare, failed=self._refuse
        )

    def _compare(self, backup: OpenedBackup) -> None:
        def compare(safe: Safe) -> tuple[OpenedBackup, MergeChanges]:
            return backup, safe.plan_merge(backup)

        self._context.session.ask(
            self, "list of changes", compare, done=self._show, failed=self._refuse
        )

    def _show(self, found: tuple[OpenedBackup, MergeChanges]) -> None:
        self.close_sheet()
        self._context.stage.open_sheet(ChangesSheet(self._window, self._context, *found))
