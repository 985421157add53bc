"""The way from the Backups page to a backup that is put back into the open safe."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.open_backup_sheet import OpenBackupSheet

__all__ = ["RestoreCard"]

_ICON: Final = 22


class RestoreCard(Panel):
    """Choose a backup; what it would change is shown before anything is done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.choose = Button(words.text("restore_sheet.choose"), size=Size.SMALL)
        self.choose.setObjectName("restore-into-safe")
        self.choose.setAccessibleName(words.text("restore_sheet.choose_name"))
        self.choose.clicked.connect(self._choose)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(words.text("backups_page.restore"), "body_strong", wrap=True))
        texts.addWidget(Label(words.text("restore_sheet.card"), "small", tone="t2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 15, 20, 15)
        row.setSpacing(16)
        row.addWidget(IconMark("undo", "t2", _ICON))
        row.addLayout(texts, 1)
        row.addWidget(self.choose)

    @Slot()
    def _choose(self) -> None:
        title = self._context.words.text("first_run.choose_backup")
        self._context.seams.choose_files(title, self._ask_passphrase)

    def _ask_passphrase(self, names: list[str]) -> None:
        if names:
            sheet = OpenBackupSheet(self.window(), self._context, Path(names[0]))
            self._context.stage.open_sheet(sheet)
