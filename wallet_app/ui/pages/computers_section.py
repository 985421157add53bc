"""Settings, "My computers": kept in step through a folder or a server."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot

from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.row_panel import RowPanel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_runs import place_runs
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.place_sheets import JoinSheet, StartSheet
from wallet_app.wording import plain_text

if TYPE_CHECKING:
    from wallet_app.app.sync import SyncStatus

__all__ = ["ComputersSection"]

_MAX_CHARS: Final = 200
_SHOWN_FILES: Final = 5


class ComputersSection(SettingsSection):
    """Begin, join, see each computer, run now, leave."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "computers.title", "computers.text")
        words = context.words
        self._status: SyncStatus | None = None
        self._with_code = False
        self._runs = place_runs(context.bridge, context.session)
        self._runs.sync_done.connect(self._done)
        self._runs.working.connect(self._show_work)
        self.none = Label(words.text("computers.none"), "body", tone="t2", wrap=True)
        self.rows = RowPanel()
        self.reason = Label("", "small", tone="danger", wrap=True)
        self.reason.setObjectName("sync-reason")
        self.files = Label("", "small", tone="t2", wrap=True)
        self.start = _button(words.text("computers.start.short"), "sync-start", Kind.PRIMARY)
        self.join = _button(words.text("computers.join.short"), "sync-join")
        self.now = _button(words.text("computers.now"), "sync-now", Kind.PRIMARY)
        self.show_code = _button(words.text("computers.show_code"), "sync-code")
        self.leave = _button(words.text("computers.leave"), "sync-leave", Kind.QUIET)
        self.start.clicked.connect(self._open_start)
        self.join.clicked.connect(self._open_join)
        self.now.clicked.connect(self._runs.sync)
        self.show_code.clicked.connect(self._switch_code)
        self.leave.clicked.connect(self._ask_leave)
        self.code = Label("", "section", wrap=True)
        self.code.setObjectName("sync-code-shown")
        self.code_text = Label(words.text("computers.code_text"), "small", tone="t2", wrap=True)
        self._lay_out()
        self.forget()

    def _lay_out(self) -> None:
        for widget in (self.none, self.rows, self.reason, self.files):
            self.column.addWidget(widget)
            self.column.addSpacing(8)
        row = FlowRow()
        for button in (self.start, self.join, self.now, self.show_code, self.leave):
            row.add(button)
        self.column.addSpacing(6)
        self.column.addWidget(row)
        self.column.addSpacing(14)
        self.column.addWidget(self.code)
        self.column.addWidget(self.code_text)
        self.column.addSpacing(14)
        note = self.context.words.text("computers.note")
        self.column.addWidget(Label(note, "small", tone="t3", wrap=True))
        self.column.addStretch(1)

    def entered(self) -> None:
        """Read how the computers stand."""
        self.ask("computers", _read, self._show)

    def forget(self) -> None:
        """Drop every name and the code."""
        self._with_code = False
        self._show(None)

    def focus_first(self) -> None:
        """Put the focus on what to do first."""
        is_on = self._status is not None and bool(self._status.where)
        (self.now if is_on else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, status: "SyncStatus | None") -> None:
        self._status = status
        is_on = status is not None and bool(status.where)
        for button in (self.start, self.join):
            button.setVisible(not is_on)
        for button in (self.now, self.show_code, self.leave):
            button.setVisible(is_on)
        self.none.setVisible(not is_on)
        self._show_code()
        self.rows.fill(self._rows_of(status) if status is not None and is_on else [])
        self._show_trouble(status if is_on else None)
        self._show_work()

    def _rows_of(self, status: "SyncStatus") -> list[SettingRow]:
        words = self.context.words
        here = words.text("computers.here", place=plain_text(status.where, max_chars=_MAX_CHARS))
        ran = self._moment(status.good_at) if status.good_at else words.text("computers.never")
        rows = [SettingRow(_name(status.label), here, Label(ran, "body", tone="t2"), first=True)]
        heard = words.text("computers.heard")
        rows += [
            SettingRow(_name(one.label), heard, Label(self._moment(one.last_at), "body", tone="t2"))
            for one in status.others
        ]
        return rows

    def _show_trouble(self, status: "SyncStatus | None") -> None:
        words = self.context.words
        failure = status.failure if status else None
        self.reason.setVisible(failure is not None)
        if failure is not None:
            reason = error_sentence(words, failure)
            self.reason.setText(words.text("computers.failed", reason=reason))
        lines = []
        if status is not None and status.waiting:
            lines.append(words.plural("computers.waiting", status.waiting))
        for name, code in status.refused[:_SHOWN_FILES] if status else ():
            reason = words.text(f"error.{code}", name=name)
            lines.append(words.text("computers.refused", name=name, reason=reason))
        self.files.setText("\n".join(lines))
        self.files.setVisible(bool(lines))

    def _moment(self, at: object) -> str:
        now = self.context.session.services.now()
        return event_moment(self.context.words, at, now)  # type: ignore[arg-type]

    @Slot()
    def _show_work(self) -> None:
        busy = self._runs.syncing and self._status is not None and bool(self._status.where)
        words = self.context.words
        self.now.set_words(words.text("computers.working" if busy else "computers.now"))
        self.now.updateGeometry()
        self.now.setEnabled(not busy)
        self.leave.setEnabled(not busy)

    @Slot(object, bool)
    def _done(self, error: CoffreError | None, asked: bool) -> None:
        if not self.context.session.is_open:
            return
        if asked and error is None:
            words = self.context.words
            self.context.stage.toast(words.plural("computers.done", self._runs.came))
        elif asked and error is not None:
            # Shown where the person looks; said to those who hear.
            self.context.stage.announce(error_sentence(self.context.words, error))
        self.entered()

    # --- the code ------------------------------------------------------------------------

    @Slot()
    def _switch_code(self) -> None:
        self._with_code = not self._with_code
        self._show_code()

    def _show_code(self) -> None:
        code = self._status.code if self._status is not None and self._with_code else None
        self.code.setText("" if code is None else bytes(code.buffer()).decode("ascii"))
        self.code.setVisible(code is not None)
        self.code_text.setVisible(code is not None)
        key = "computers.show_code" if code is None else "computers.hide_code"
        self.show_code.set_words(self.context.words.text(key))
        self.show_code.updateGeometry()

    # --- beginning, joining, leaving ---------------------------------------------------

    @Slot()
    def _open_start(self) -> None:
        self.context.stage.open_sheet(StartSheet(self.window(), self.context, self._begun))

    @Slot()
    def _open_join(self) -> None:
        self.context.stage.open_sheet(JoinSheet(self.window(), self.context, self._entered_group))

    def _entered_group(self) -> None:
        self.entered()
        self._runs.sync()

    def _begun(self) -> None:
        # The next thing to do is to type it on the other computer.
        self._with_code = True
        self._runs.sync()
        self.entered()

    @Slot()
    def _ask_leave(self) -> None:
        words = self.context.words
        question = Question(
            title=words.text("computers.leave_title"),
            text=words.text("computers.leave_text"),
            confirm=words.text("computers.leave"),
            cancel=words.text("ui.cancel"),
        )
        self.context.seams.ask(question, self._leave)

    def _leave(self, agreed: bool) -> None:
        if agreed:
            self._with_code = False
            self.change("leave group", _leave, self.context.words.text("computers.left"))


def _button(words: str, name: str, kind: Kind = Kind.SECONDARY) -> Button:
    button = Button(words, kind, size=Size.SMALL)
    button.setObjectName(name)
    return button


def _name(label: str) -> str:
    return plain_text(label, max_chars=_MAX_CHARS)


def _read(safe: Safe) -> "SyncStatus":
    return safe.sync.status


def _leave(safe: Safe) -> None:
    safe.sync.leave()
