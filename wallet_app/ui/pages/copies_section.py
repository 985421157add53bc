"""The automatic copies on the Backups page: how the safe is kept here, and going back."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.copies import CopiesState, CopyLook, CopyRow
from wallet_app.app.safe import Safe
from wallet_app.app.sizes import size_in_words
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.row_panel import RowPanel, button_row
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.copy_rounds import CopyRounds
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.copy_sheets import GoBackSheet, LookSheet, SalvageSheet

__all__ = ["CopiesSection"]

_SHOWN: Final = 6


class CopiesSection(QWidget):
    """State, damage, and the list of copies."""

    def __init__(self, context: Context, rounds: CopyRounds) -> None:
        super().__init__()
        self.context, self._rounds = context, rounds
        self._state: CopiesState | None = None
        self._all_shown = False
        words = context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.damage = self._damage_notice()
        column.addWidget(self.damage)
        column.addWidget(self._status())
        self.rows = RowPanel()
        column.addWidget(self.rows)
        self.more = Button(words.text("copies_page.more"), Kind.QUIET, size=Size.SMALL)
        self.more.setObjectName("copies-more")
        self.more.clicked.connect(self._show_all)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        rounds.settled.connect(self._on_settled)

    def _status(self) -> Panel:
        words, panel = self.context.words, Panel()
        self._mark = IconMark("drive", "t3", 28)
        self.headline = Label("", "body_strong", wrap=True)
        self.headline.setObjectName("copies-headline")
        self.text = Label("", "small", tone="t2", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.headline)
        texts.addWidget(self.text)
        self.now = Button(words.text("copies_page.now"), size=Size.SMALL)
        self.now.setObjectName("copy-now")
        self.now.clicked.connect(self._copy_now)
        row = QHBoxLayout(panel)
        row.setContentsMargins(20, 15, 20, 15)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        row.addWidget(self.now)
        return panel

    def _damage_notice(self) -> Notice:
        words = self.context.words
        notice = Notice(
            "warning",
            words.text("copies_page.damaged"),
            words.text("copies_page.damaged_text"),
            tone="outcome.failed",
        )
        self.save = Button(words.text("copies_page.save"), size=Size.SMALL)
        self.save.setObjectName("copies-save")
        self.save.clicked.connect(self._choose_target)
        self.look_again = Button(words.text("copies_page.check_safe"), Kind.QUIET, size=Size.SMALL)
        self.look_again.setObjectName("copies-check-safe")
        self.look_again.clicked.connect(self._check_safe)
        notice.column.addSpacing(8)
        notice.column.addWidget(
            button_row(self.save, self.look_again), 0, Qt.AlignmentFlag.AlignLeft
        )
        notice.hide()
        return notice

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Read the state anew."""
        self.context.session.ask(
            self, "copies", Safe.copies, done=self._show, failed=self.context.stage.report
        )

    def forget(self) -> None:
        """Drop what was read."""
        self._state = None
        self._all_shown = False
        self.rows.fill(())
        self.headline.setText("")
        self.text.setText("")

    @Slot()
    def _on_settled(self) -> None:
        self.now.setEnabled(True)
        if self.isVisible() and self.context.session.is_open:
            self.entered()

    def _show(self, state: CopiesState) -> None:
        self._state = state
        self.damage.setVisible(state.damaged)
        self._show_status(state)
        shown = state.copies if self._all_shown else state.copies[:_SHOWN]
        rows = [self._row(copy, first=at == 0) for at, copy in enumerate(shown)]
        self.rows.fill(rows)
        # Qt puts what is made late behind the whole page; Tab is to go as the eye goes.
        late = [button for row in rows for button in row.findChildren(Button)]
        for before, after in pairwise([self.now, *late]):
            self.setTabOrder(before, after)
        self.more.setVisible(len(shown) < len(state.copies))

    def _show_status(self, state: CopiesState) -> None:
        words, now = self.context.words, self.context.session.services.now()
        last = state.last_good
        if last is None:
            self._mark.set_face("clock", "t3")
            self.headline.setText(words.text("copies_page.none"))
            text = words.text("copies_page.none_text")
        else:
            moment = event_moment(words, last.made_at, now)
            in_sentence = moment[:1].lower() + moment[1:]
            self.headline.setText(words.text("copies_page.last", moment=in_sentence))
            stale = state.is_stale(now)
            face = ("warning", "outcome.warning") if stale else (
                "outcome-passed", "outcome.passed")  # fmt: skip
            self._mark.set_face(*face)
            text = words.text("copies_page.stale" if stale else "copies_page.last_text")
        if self._rounds.problem is not None:
            text = error_sentence(words, self._rounds.problem)
        self.text.setText(text)

    def _row(self, copy: CopyRow, *, first: bool) -> SettingRow:
        words, now = self.context.words, self.context.session.services.now()
        moment = event_moment(words, copy.made_at, now)
        size = size_in_words(words, copy.size_bytes)
        reason = f"copies.reason.{copy.reason if copy.proven else 'as_it_was'}"
        told = words.text(reason if reason in words else "copies.reason.other")
        buttons = []
        acts = (("look", self._look), ("check", self._check), ("back", self._go_back))
        for name, act in acts if copy.proven else acts[2:]:
            button = Button(words.text(f"copies_page.{name}"), Kind.QUIET, size=Size.SMALL)
            button.setObjectName(f"copy-{name}")
            button.setAccessibleName(words.text(f"copies_page.{name}_named", moment=moment))
            button.clicked.connect(partial(act, copy))
            buttons.append(button)
        return SettingRow(moment, f"{told} · {size}", button_row(*buttons), first=first)

    @Slot()
    def _show_all(self) -> None:
        self._all_shown = True
        if self._state is not None:
            self._show(self._state)

    # --- what is done ------------------------------------------------------------------

    @Slot()
    def _copy_now(self) -> None:
        self.now.setEnabled(False)
        self._rounds.copy_now()

    def _look(self, copy: CopyRow, _checked: bool = False) -> None:
        self._ask_look(partial(_looked, copy.name))

    def _check(self, copy: CopyRow, _checked: bool = False) -> None:
        self._ask_look(partial(_tried, copy.name))

    def _ask_look(self, work: partial[CopyLook]) -> None:
        self.context.session.ask(
            self, "look into copy", work, done=self._open_look,
            failed=self.context.stage.report,
        )  # fmt: skip

    def _open_look(self, look: CopyLook) -> None:
        self.context.stage.open_sheet(LookSheet(self.window(), self.context, look))

    def _go_back(self, copy: CopyRow, _checked: bool = False) -> None:
        self.context.stage.open_sheet(GoBackSheet(self.window(), self.context, copy))

    @Slot()
    def _check_safe(self) -> None:
        self.look_again.setEnabled(False)
        self.context.session.ask(
            self, "check safe", Safe.check_whole, done=self._checked, failed=self._not_checked
        )

    def _checked(self, problems: tuple[str, ...]) -> None:
        self.look_again.setEnabled(True)
        key = "copies_page.still_damaged" if problems else "copies_page.sound"
        self.context.stage.toast(self.context.words.text(key))
        self.entered()

    def _not_checked(self, _error: object) -> None:
        self.look_again.setEnabled(True)
        self.context.stage.toast(self.context.words.text("copies_page.still_damaged"))

    @Slot()
    def _choose_target(self) -> None:
        title = self.context.words.text("copies_page.save_where")
        self.context.seams.choose_folder(title, self._save_into)

    def _save_into(self, names: list[str]) -> None:
        if names:
            day = self.context.session.services.now().astimezone().date().isoformat()
            target = Path(names[0]) / f"Coffre {day}"
            self.context.stage.open_sheet(SalvageSheet(self.window(), self.context, target))


def _looked(name: str, safe: Safe) -> CopyLook:
    return safe.look_into_copy(name)


def _tried(name: str, safe: Safe) -> CopyLook:
    return safe.check_copy(name)
