"""Backups: make one, check one, and when the last was made."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet_app.app.models import BackupSummary, HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.backup_files import choose_backup, choose_backup_place
from wallet_app.ui.backup_standing import BACKED_UP, TOLD_OF_BACKUPS, backup_standing
from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.copy_rounds import CopyRounds
from wallet_app.ui.folder_opening import FolderOpener
from wallet_app.ui.pages.backup_rows import BackupRows
from wallet_app.ui.pages.copies_section import CopiesSection
from wallet_app.ui.pages.moving_section import MovingSection
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.restore_card import RestoreCard
from wallet_app.ui.second_place_section import SecondPlaceSection
from wallet_app.ui.sheets.passphrase_sheets import BackupSheet, CheckBackupSheet

__all__ = ["BackupsPage"]


class BackupsPage(Page):
    """What the history knows of backups; the files themselves lie where the person put them."""

    def __init__(self, context: Context, rounds: CopyRounds) -> None:
        super().__init__(context)
        words = context.words
        self.copies = CopiesSection(context, rounds)
        self.back_up = Button(words.text("backups_page.back_up"), Kind.PRIMARY, icon="backups")
        self.back_up.setObjectName("back-up")
        self.back_up.clicked.connect(self.choose_place)
        self.check = Button(words.text("backups_page.check_short"), size=Size.SMALL)
        self.check.setObjectName("check-backup")
        self.check.setAccessibleName(words.text("backups_page.check"))
        self.check.clicked.connect(self._choose_backup)
        head = PageHead(words.text("page.backups"), margin=MARGIN)
        head.add_spring()
        head.add(self.back_up)
        self.second_place = SecondPlaceSection(context)
        self.restore = RestoreCard(context)
        self.moving = MovingSection(context)
        self._opener = FolderOpener(self, context)
        self.made = BackupRows(context, self._opener)
        self._content = ScrollColumn(margins=(MARGIN, 4, MARGIN, MARGIN))
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([head], self._content))

    def _fill(self) -> None:
        words, column = self.context.words, self._content.column
        column.addWidget(self._status())
        column.addSpacing(24)
        column.addWidget(Label(words.text("copies_page.title"), "heading"))
        column.addSpacing(10)
        column.addWidget(self.copies)
        column.addWidget(self.made)
        column.addSpacing(24)
        column.addWidget(self.second_place)
        column.addSpacing(18)
        check, hint = words.text("backups_page.check"), words.text("backups_page.check_hint")
        column.addWidget(ActionCard("history", check, hint, self.check))
        column.addSpacing(12)
        column.addWidget(self.restore)
        column.addSpacing(24)
        column.addWidget(self.moving)
        column.addStretch(1)

    def _status(self) -> Panel:
        panel = Panel()
        self._mark = IconMark("backups", "t3", 40)
        self.headline = Label("", "section", wrap=True)
        self.headline.setObjectName("backup-headline")
        self._text = Label("", "body", tone="t2", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.headline)
        texts.addWidget(self._text)
        row = QHBoxLayout(panel)
        row.setContentsMargins(26, 22, 26, 22)
        row.setSpacing(20)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        return panel

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Read the history and the copies."""
        self.copies.entered()
        self.back_up.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.session.ask(
            self, "history", _backups_of, done=self._show, failed=self.context.stage.report
        )
        self.second_place.entered()

    def forget(self) -> None:
        """Drop every name."""
        self.copies.forget()
        self._show(())
        self.second_place.forget()

    def _show(self, events: tuple[HistoryEvent, ...]) -> None:
        standing = backup_standing(self.context.words, events, self.context.session.services.now())
        self._mark.set_face(standing.icon, standing.tone)
        self.headline.setText(standing.headline)
        self._text.setText(standing.text)
        self.made.show_events([event for event in events if event.kind == BACKED_UP])

    # --- what is done ------------------------------------------------------------------

    @Slot()
    def choose_place(self) -> None:
        """Let the person say where a backup is to be written."""
        day = self.context.session.services.now().astimezone().date().isoformat()
        choose_backup_place(self.context, f"Coffre {day}", self.ask_passphrase)

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase with which ``path`` will be written."""
        sheet = BackupSheet(self.window(), self.context, path, partial(self._made, path))
        self.context.stage.open_sheet(sheet)

    def _made(self, path: Path, summary: BackupSummary) -> None:
        words = self.context.words
        done = words.plural("backups_page.done", summary.badges, folder=shown_folder(path.parent))
        self.context.stage.toast(
            done, words.text("folder.open"), partial(self._opener.open_of, path)
        )
        self.entered()

    @Slot()
    def _choose_backup(self) -> None:
        choose_backup(self.context, self._check_file)

    def _check_file(self, path: Path) -> None:
        self.context.stage.open_sheet(CheckBackupSheet(self.window(), self.context, path))


def _backups_of(safe: Safe) -> tuple[HistoryEvent, ...]:
    return tuple(event for event in safe.history(10_000) if event.kind in TOLD_OF_BACKUPS)
