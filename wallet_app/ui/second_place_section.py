"""The second place on the page of backups: where, how old, why not, and what to do."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.sizes import size_in_words
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_runs import place_runs
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.place_sheets import KeySheet, SecondPlaceSheet
from wallet_app.wording import plain_text

if TYPE_CHECKING:
    from wallet_app.app.second_place import PlaceState

__all__ = ["SecondPlaceSection"]

_OLD_DAYS: Final = 7


class SecondPlaceSection(QWidget):
    """One panel below its heading. Call ``entered`` when it is shown, ``forget`` at the lock."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, words = context, context.words
        self._state: PlaceState | None = None
        self._runs = place_runs(context.bridge, context.session)
        self._runs.backup_done.connect(self._done)
        self._runs.working.connect(self._show_work)
        self.headline = Label("", "body_strong", wrap=True)
        self.headline.setObjectName("second-place-headline")
        self.text = Label("", "small", tone="t2", wrap=True)
        self.where = Label("", "small", tone="t2", wrap=True)
        self.reason = Label("", "small", tone="danger", wrap=True)
        self.reason.setObjectName("second-place-reason")
        self._mark = IconMark("drive", "t2", 22)
        self.choose = _button(words.text("second_place.choose.short"), "choose-second-place")
        self.now = _button(words.text("second_place.now"), "second-place-now")
        self.key = _button(words.text("second_place.key.short"), "second-place-key")
        self.off = _button(words.text("second_place.off"), "second-place-off", Kind.QUIET)
        for button, act in (
            (self.choose, self._open_choice),
            (self.now, self._runs.back_up),
            (self.key, self._open_key),
            (self.off, self._ask_off),
        ):
            button.clicked.connect(act)
        self._lay_out()
        self._show(None)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(3)
        for label in (self.headline, self.where, self.text, self.reason):
            texts.addWidget(label)
        buttons = FlowRow()
        buttons.setContentsMargins(0, 10, 0, 0)
        for button in (self.now, self.choose, self.key, self.off):
            buttons.add(button)
        texts.addWidget(buttons)
        panel = Panel()
        row = QHBoxLayout(panel)
        row.setContentsMargins(20, 15, 20, 15)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(self._context.words.text("second_place.title"), "heading"))
        column.addWidget(panel)

    def entered(self) -> None:
        """Read how it stands."""
        self._context.session.ask(
            self, "second place", _read, done=self._take, failed=self._context.stage.report
        )

    def forget(self) -> None:
        """Drop the place."""
        self._show(None)

    def _take(self, read: "tuple[PlaceState, bool]") -> None:
        state, stale = read
        self._show(state, stale=stale)

    def _show(self, state: "PlaceState | None", *, stale: bool = False) -> None:
        words, self._state = self._context.words, state
        chosen = state is not None and bool(state.where)
        for button in (self.now, self.off):
            button.setVisible(chosen)
        self.key.setVisible(stale)
        key = "second_place.change" if chosen else "second_place.choose.short"
        self.choose.set_words(words.text(key))
        self.choose.updateGeometry()
        if state is None or not chosen:
            self._say("drive", "t2", words.text("second_place.none"), "")
            self.text.setText(words.text("second_place.none_text"))
            self.reason.hide()
        else:
            self._show_state(state, stale=stale)
        self._show_work()

    def _show_state(self, state: "PlaceState", *, stale: bool) -> None:
        words, now = self._context.words, self._context.session.services.now()
        where = words.text("second_place.where", place=plain_text(state.where, max_chars=200))
        failed = state.failure is not None
        if state.good_at is None:
            self._say("clock", "outcome.warning", words.text("second_place.nothing_yet"), where)
        else:
            moment = event_moment(words, state.good_at, now)
            old = (now - state.good_at).days >= _OLD_DAYS
            mark = ("clock", "outcome.warning") if old or failed or stale else (
                "outcome-passed", "outcome.passed")  # fmt: skip
            said = words.text("second_place.last", moment=moment[:1].lower() + moment[1:])
            self._say(*mark, said, f"{where} · {size_in_words(words, state.size_bytes)}")
        self.text.setText(words.text("second_place.stale" if stale else "second_place.by_itself"))
        self.reason.setVisible(failed)
        if state.failure is not None:
            reason = error_sentence(words, state.failure)
            self.reason.setText(words.text("second_place.failed", reason=reason))

    def _say(self, icon: str, tone: str, headline: str, where: str) -> None:
        self._mark.set_face(icon, tone)
        self.headline.setText(headline)
        self.where.setText(where)
        self.where.setVisible(bool(where))

    @Slot()
    def _show_work(self) -> None:
        busy = self._runs.backing_up and self._state is not None and bool(self._state.where)
        words = self._context.words
        self.now.set_words(words.text("second_place.working" if busy else "second_place.now"))
        self.now.updateGeometry()
        self.now.setEnabled(not busy)
        self.off.setEnabled(not busy)

    @Slot(object, bool)
    def _done(self, error: CoffreError | None, asked: bool) -> None:
        if not self._context.session.is_open:
            return
        if asked and error is None:
            self._context.stage.toast(self._context.words.text("second_place.done"))
        elif asked and error is not None:
            # Shown where the person looks; said to those who hear.
            self._context.stage.announce(error_sentence(self._context.words, error))
        self.entered()

    @Slot()
    def _open_choice(self) -> None:
        sheet = SecondPlaceSheet(self.window(), self._context, self._chosen)
        self._context.stage.open_sheet(sheet)

    def _chosen(self) -> None:
        self.entered()
        self._runs.back_up()

    @Slot()
    def _open_key(self) -> None:
        sheet = KeySheet(self.window(), self._context, self.entered)
        self._context.stage.open_sheet(sheet)

    @Slot()
    def _ask_off(self) -> None:
        words = self._context.words
        question = Question(
            title=words.text("second_place.off_title"),
            text=words.text("second_place.off_text"),
            confirm=words.text("second_place.off"),
            cancel=words.text("ui.cancel"),
        )
        self._context.seams.ask(question, self._turn_off)

    def _turn_off(self, agreed: bool) -> None:
        if agreed:
            self._context.session.ask(
                self, "leave place", _off, done=self._left, failed=self._context.stage.report
            )

    def _left(self, _nothing: None) -> None:
        self.entered()


def _button(words: str, name: str, kind: Kind = Kind.SECONDARY) -> Button:
    button = Button(words, kind, size=Size.SMALL)
    button.setObjectName(name)
    return button


def _read(safe: Safe) -> "tuple[PlaceState, bool]":
    return safe.second_place.state, safe.second_place.has_stale_key


def _off(safe: Safe) -> None:
    safe.second_place.off()
