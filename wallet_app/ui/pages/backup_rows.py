"""The backups made so far: when, under which name, in which folder."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.models import HistoryEvent
from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.folder_opening import FolderOpener, leads_to_a_network
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["BackupRows"]

_SHOWN: Final = 12


class BackupRows(QWidget):
    """Hidden while there is none, it leaves nothing blank."""

    def __init__(self, context: Context, opener: FolderOpener) -> None:
        super().__init__()
        self._context, self._opener = context, opener
        words, panel = context.words, Panel()
        self._rows = QVBoxLayout(panel)
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(words.text("backups_page.made"), "heading"))
        column.addSpacing(10)
        column.addWidget(panel)
        column.addSpacing(16)
        column.addLayout(_note("key", words.text("backups_page.opens_with")))
        self.hide()

    def show_events(self, events: Sequence[HistoryEvent]) -> None:
        """Show the latest of these, which come latest first; () empties the list."""
        empty(self._rows)
        self.setVisible(bool(events))
        for event in events[:_SHOWN]:
            self._rows.addWidget(self._row(event))
        order_as_seen(self)

    def _row(self, event: HistoryEvent) -> "_BackupRow":
        words, now = self._context.words, self._context.session.services.now()
        moment = event_moment(words, event.at, now)
        row = _BackupRow(moment, plain_text(str(event.params.get("name", "")), max_chars=120))
        file = _file_of(event)
        if file is not None:
            row.add_folder(plain_text(shown_folder(file.parent), max_chars=300))
        if file is not None and not leads_to_a_network(str(file)):
            button = LinkButton(words.text("folder.open"))
            button.setObjectName("open-backup-folder")
            button.setAccessibleName(words.text("folder.open_named", moment=moment))
            button.clicked.connect(partial(self._open, file))
            row.add_button(button)
        return row

    def _open(self, file: Path, _checked: bool = False) -> None:
        self._opener.open_of(file)


class _BackupRow(QWidget):
    def __init__(self, moment: str, name: str) -> None:
        super().__init__()
        self.setMinimumHeight(look().px(48))
        self._texts = QVBoxLayout()
        self._texts.setSpacing(0)
        self._texts.addWidget(Label(name, "body", tone="t2", wrap=True))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 8, 18, 8)
        self._row.setSpacing(14)
        self._row.addWidget(Label(moment, "body_strong", wrap=True), 1)
        self._row.addLayout(self._texts, 2)

    def add_folder(self, folder: str) -> None:
        self._texts.addWidget(Label(folder, "small", tone="t3", wrap=True))

    def add_button(self, button: LinkButton) -> None:
        self._row.addWidget(button)


def _file_of(event: HistoryEvent) -> Path | None:
    """Return the backup as it was written; earlier versions noted its name alone."""
    name, folder = str(event.params.get("name", "")), str(event.params.get("folder", ""))
    if not folder or not name or Path(name).name != name or not Path(folder).is_absolute():
        return None
    return Path(folder) / name


def _note(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconMark(icon, "t2", 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "small", tone="t2", wrap=True), 1)
    return row
