"""What putting a backup back would change, line by line; then what it did, with the way back."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.merging import Change, ChangeKind, MergeChanges, Merged, OpenedBackup
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.copy_sheets import GoBackSheet
from wallet_app.wording import Words

__all__ = ["ChangesSheet"]

_WIDTH: Final = 680
_HEIGHT: Final = 620
_NAMED: Final = 40
"""Lines of one kind; more are counted. A thousand labels would hold the window up."""
_OFFERED: Final = 200

_GROUPS: Final = {
    "come": (
        *(ChangeKind.ADDED, ChangeKind.RECOVERED, ChangeKind.BROUGHT_BACK),
        *(ChangeKind.OTHER_COPY, ChangeKind.REISSUE),
    ),
    "deleted": (ChangeKind.MOVED_TO_TRASH, ChangeKind.ADDED_TO_TRASH),
}


def _group_of(change: Change) -> str:
    return next((name for name, kinds in _GROUPS.items() if change.kind in kinds), "other")


class ChangesSheet(Sheet):
    """The list before, with what can be brought back to tick; after it, the list of what was done.

    Attributes:
        ticks: one box for each badge that was deleted here, by its id.
        go: merges, or after it closes the sheet. undo: only after a merge with a copy.
    """

    def __init__(
        self, window: QWidget, context: Context, backup: OpenedBackup, changes: MergeChanges
    ) -> None:
        words = context.words
        moment = event_moment(words, backup.summary.made_at, context.session.services.now())
        super().__init__(
            window,
            words.text("restore_sheet.title", moment=moment[:1].lower() + moment[1:]),
            subtitle=words.text("restore_sheet.nothing_yet"),
            width=_WIDTH,
            height=_HEIGHT,
            close_name=words.text("ui.close"),
        )
        self._context, self._backup = context, backup
        self._merged: Merged | None = None
        self.ticks: dict[str, TickBox] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(margins=(28, 20, 28, 20))
        self.body.addWidget(self._scroll, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._scroll.column.addLayout(self._lines)
        self._scroll.column.addStretch(1)
        self._make_footer()
        self._show(changes)

    def _make_footer(self) -> None:
        words = self._context.words
        self._mark = IconMark("backups", "t2", 16)
        self.note = Label(words.text("restore_sheet.copy_first"), "small", tone="t2", wrap=True)
        self.undo = Button(words.text("restore_sheet.undo"), icon="undo")
        self.undo.setObjectName("undo-merge")
        self.undo.clicked.connect(self._undo)
        self.undo.hide()
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text("restore_sheet.merge"), Kind.PRIMARY)
        self.go.setObjectName("merge-now")
        self.go.clicked.connect(self._merge)
        self.footer.addWidget(self._mark)
        self.footer.addWidget(self.note, 1)
        for button in (self.undo, self.cancel, self.go):
            self.footer.addWidget(button)

    def forget(self) -> None:
        """Drop every name."""
        self._clear()
        self._merged = None
        self._backup = OpenedBackup(self._backup.summary, type(self._backup.contents)({}))

    # --- what is shown -----------------------------------------------------------------

    def _show(self, changes: MergeChanges) -> None:
        self._clear()
        words = self._context.words
        offered = changes.of(ChangeKind.KEPT_DELETED)
        told = [one for one in changes.changes if one.kind is not ChangeKind.KEPT_DELETED]
        if not changes.is_shown:
            self._lines.addWidget(
                Label(words.text("restore_sheet.nothing"), "body_strong", wrap=True)
            )
        if self._merged is None:
            self._offer(offered)
        for group in (*_GROUPS, "other"):
            self._add_group(group, [one for one in told if _group_of(one) == group])
        for key, count in (("reports", changes.reports), ("unchanged", changes.unchanged)):
            if count:
                line = words.plural(f"merge.{key}", count)
                self._lines.addWidget(Label(line, "body", tone="t2", wrap=True))
        self._judge(changes)

    def _offer(self, offered: Sequence[Change]) -> None:
        if not offered:
            return
        words = self._context.words
        self._head(words.plural("restore_sheet.offered", len(offered)))
        for change in offered[:_OFFERED]:
            box = TickBox(words.text("restore_sheet.bring_back", name=change.name))
            box.setObjectName("bring-back")
            box.toggled.connect(self._tick)
            self.ticks[change.id] = box
            self._lines.addWidget(box)
        self._more(len(offered) - _OFFERED)

    def _add_group(self, group: str, changes: Sequence[Change]) -> None:
        if not changes:
            return
        # A badge that is another copy of one here has two lines.
        count = len(changes) if group == "other" else len({one.id for one in changes})
        self._head(self._context.words.plural(f"restore_sheet.{group}", count))
        for _kind, same in groupby(changes, key=lambda one: one.kind):
            lines = list(same)
            for change in lines[:_NAMED]:
                self._lines.addWidget(Label(_sentence(self._context.words, change), wrap=True))
            self._more(len(lines) - _NAMED)

    def _head(self, text: str) -> None:
        self._lines.addSpacing(10)
        self._lines.addWidget(Label(text, "heading", wrap=True))

    def _more(self, count: int) -> None:
        if count > 0:
            line = self._context.words.plural("cli.merge.more", count).strip()
            self._lines.addWidget(Label(line, "body", tone="t2"))

    def _clear(self) -> None:
        self.ticks.clear()
        empty(self._lines)

    def _judge(self, changes: MergeChanges) -> None:
        self._changes = changes
        ticked = any(box.isChecked() for box in self.ticks.values())
        self.go.setEnabled(changes.is_shown or ticked)

    @Slot()
    def _tick(self) -> None:
        self._judge(self._changes)

    # --- what is done ------------------------------------------------------------------

    @Slot()
    def _merge(self) -> None:
        if self._merged is not None:
            self.close_sheet()
            return
        backup = self._backup
        asked = frozenset(identity for identity, box in self.ticks.items() if box.isChecked())

        def merge(safe: Safe) -> Merged:
            return safe.merge(backup, asked)

        self._set_busy(busy=True)
        self._context.session.ask(self, "merge", merge, done=self._finish, failed=self._refuse)

    def _set_busy(self, *, busy: bool) -> None:
        words = self._context.words
        self.closable = not busy
        self.go.set_words(words.text(f"restore_sheet.{'merging' if busy else 'merge'}"))
        self.go.updateGeometry()
        self.go.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        for box in self.ticks.values():
            box.setEnabled(not busy)

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        sentence = error_sentence(self._context.words, error)
        self.note.setText(sentence)
        self._context.stage.announce(sentence)

    def _finish(self, merged: Merged) -> None:
        words = self._context.words
        self._set_busy(busy=False)
        self._merged = merged
        self._show(merged.changes)
        self.title.setText(words.text("restore_sheet.done"))
        self.subtitle.setText(words.text("restore_sheet.done_text"))
        self.note.setText(
            words.text("restore_sheet.can_undo" if merged.copy else "restore_sheet.kept")
        )
        self.undo.setVisible(merged.copy is not None)
        self.cancel.hide()
        self.go.set_words(words.text("ui.close"))
        self.go.updateGeometry()
        self.go.setEnabled(True)
        self._context.stage.announce(words.text("restore_sheet.done"))
        self._context.session.changed.emit()

    @Slot()
    def _undo(self) -> None:
        merged = self._merged
        if merged is None or merged.copy is None:
            return
        self.close_sheet()
        self._context.stage.open_sheet(GoBackSheet(self._window, self._context, merged.copy))


def _sentence(words: Words, change: Change) -> str:
    return words.text(f"merge.change.{change.kind.value}", name=change.name, detail=change.detail)
