"""Backups: make one, check one, and when the last was made."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.models import BackupSummary, HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.ui.backup_files import choose_backup, choose_backup_place
from wallet_app.ui.backup_standing import BACKED_UP, TOLD_OF_BACKUPS, backup_standing
from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.copy_rounds import CopyRounds
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.pages.copies_section import CopiesSection
from wallet_app.ui.pages.moving_section import MovingSection
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.restore_card import RestoreCard
from wallet_app.ui.second_place_section import SecondPlaceSection
from wallet_app.ui.sheets.passphrase_sheets import BackupSheet, CheckBackupSheet
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["BackupsPage"]

_SHOWN: Final = 12


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
        self._kept = self._made_before()
        column.addWidget(self._kept)
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

    def _made_before(self) -> QWidget:
        """Return what lists the backups made; hidden, it leaves nothing blank."""
        words, panel, whole = self.context.words, Panel(), QWidget()
        self._kept_rows = QVBoxLayout(panel)
        self._kept_rows.setContentsMargins(1, 1, 1, 1)
        self._kept_rows.setSpacing(0)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(words.text("backups_page.made"), "heading"))
        column.addSpacing(10)
        column.addWidget(panel)
        column.addSpacing(16)
        column.addLayout(_note("key", words.text("backups_page.opens_with")))
        whole.hide()
        return whole

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
        self._show_kept(tuple(event for event in events if event.kind == BACKED_UP))

    def _show_kept(self, events: tuple[HistoryEvent, ...]) -> None:
        empty(self._kept_rows)
        self._kept.setVisible(bool(events))
        now = self.context.session.services.now()
        for at, event in enumerate(events[:_SHOWN]):
            moment = event_moment(self.context.words, event.at, now)
            name = plain_text(str(event.params.get("name", "")), max_chars=120)
            self._kept_rows.addWidget(_BackupRow(moment, name, first=at == 0))

    # --- what is done ------------------------------------------------------------------

    @Slot()
    def choose_place(self) -> None:
        """Let the person say where a backup is to be written."""
        day = self.context.session.services.now().astimezone().date().isoformat()
        choose_backup_place(self.context, f"Coffre {day}", self.ask_passphrase)

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase with which ``path`` will be written."""
        sheet = BackupSheet(self.window(), self.context, path, self._made)
        self.context.stage.open_sheet(sheet)

    def _made(self, summary: BackupSummary) -> None:
        words = self.context.words
        self.context.stage.toast(words.plural("backups_page.done", summary.badges))
        self.entered()

    @Slot()
    def _choose_backup(self) -> None:
        choose_backup(self.context, self._check_file)

    def _check_file(self, path: Path) -> None:
        self.context.stage.open_sheet(CheckBackupSheet(self.window(), self.context, path))


class _BackupRow(QWidget):
    def __init__(self, moment: str, name: str, *, first: bool) -> None:
        super().__init__()
        self._first = first
        self.setMinimumHeight(look().px(48))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.setSpacing(14)
        row.addWidget(Label(moment, "body_strong", wrap=True), 1)
        row.addWidget(Label(name, "body", tone="t2", wrap=True), 2)


def _note(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconMark(icon, "t2", 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "small", tone="t2", wrap=True), 1)
    return row


def _backups_of(safe: Safe) -> tuple[HistoryEvent, ...]:
    return tuple(event for event in safe.history(10_000) if event.kind in TOLD_OF_BACKUPS)
