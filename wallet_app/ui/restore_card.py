"""The way from the Backups page to a backup that is put back into the open safe."""

from pathlib import Path

from PySide6.QtCore import Slot

from wallet_app.ui.backup_files import choose_backup
from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.open_backup_sheet import OpenBackupSheet

__all__ = ["RestoreCard"]


class RestoreCard(ActionCard):
    """Choose a backup; what it would change is shown before anything is done."""

    def __init__(self, context: Context) -> None:
        words = context.words
        self.choose = Button(words.text("restore_sheet.choose"), size=Size.SMALL)
        self.choose.setObjectName("restore-into-safe")
        self.choose.setAccessibleName(words.text("restore_sheet.choose_name"))
        title, hint = words.text("backups_page.restore"), words.text("restore_sheet.card")
        super().__init__("undo", title, hint, self.choose)
        self._context = context
        self.choose.clicked.connect(self._choose)

    @Slot()
    def _choose(self) -> None:
        choose_backup(self._context, self._ask_passphrase)

    def _ask_passphrase(self, path: Path) -> None:
        self._context.stage.open_sheet(OpenBackupSheet(self.window(), self._context, path))
