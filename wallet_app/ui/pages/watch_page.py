"""What needs the owner's eye: not valid, ends soon, was withdrawn, or is answered no more."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow, HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.app.safe_watching import Watched
from wallet_app.app.search_language import State
from wallet_app.app.settings import AHEAD
from wallet_app.ui.calendar_saving import CalendarSaving
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.import_line import ImportLine, LineFace
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.phrases import issuer_name, short_date
from wallet_app.ui.search_words import state_term
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["WatchPage"]

_SHOWN: Final = 12
_ART: Final = 28
_MAX_NAME: Final = 200


class WatchPage(Page):
    """Sections of lines, each of which opens its badge.

    Signals:
        search_asked: what to search for, to see all of a section.
        check_asked: all badges are to be checked now.
    """

    search_asked = Signal(str)
    check_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = context.words
        self._watched: Watched | None = None
        self._endings = 0
        self._arriving = False
        self._wanted = ""
        self._saving = CalendarSaving(context, self)
        self.calendar = Button(words.text("watch.calendar"), icon="calendar")
        self.calendar.clicked.connect(self._ask_calendar)
        self.ahead = Chip("", icon="clock")
        self.ahead.setAccessibleDescription(words.text("watch.ahead"))
        self.ahead.clicked.connect(self._ask_ahead)
        self._content = ScrollColumn(margins=(MARGIN, 4, MARGIN, MARGIN))
        self._calm = EmptyState("check", words.text("watch.calm"), words.text("watch.calm_text"))
        self.check = Button(words.text("watch.check"), icon="refresh")
        self.check.clicked.connect(self.check_asked)
        self._calm.add_button(self.check)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for widget in (self._blank, self._content, self._calm):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([self._head()], self._stack))
        context.session.changed.connect(self._refresh_if_shown)
        context.pictures.arrived.connect(self._show_picture)
        self._say_ahead()

    def _head(self) -> QWidget:
        words = self.context.words
        head = PageHead(words.text("page.watch"), margin=MARGIN, gap=10)
        head.add_spring()
        head.add(self.ahead, self.calendar)
        text = Label(words.text("watch.text"), "body", tone="t2", wrap=True)
        below = QVBoxLayout()
        below.setContentsMargins(MARGIN, 0, MARGIN, 14)
        below.addWidget(text)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(below)
        return both

    def entered(self) -> None:
        """Fetch what stands here now; the focus goes to the first badge."""
        self._arriving = True
        self._fetch()

    def returned(self, badge_id: str, focused: QWidget | None) -> None:
        """Stand on the badge that was looked at, also when the lines are made anew."""
        super().returned(badge_id, focused)
        self._wanted = badge_id

    def forget(self) -> None:
        """Drop every name."""
        self._wanted = ""
        self._watched = None
        self._content.clear()
        self._stack.setCurrentWidget(self._blank)

    @property
    def lines(self) -> Sequence[ImportLine]:
        """The badges that are shown, from above."""
        return self._content.findChildren(ImportLine)

    @property
    def shows_calm(self) -> bool:
        """Whether it says that there is nothing to look at."""
        return self._stack.currentWidget() is self._calm

    def _fetch(self) -> None:
        days = self.context.preferences.settings.ahead_days
        self.context.session.ask(
            self, "watched", partial(_watched, days), done=self._show,
            failed=self.context.stage.report)  # fmt: skip

    def _show(self, found: tuple[Watched, int]) -> None:
        watched, self._endings = found
        self.calendar.setEnabled(self._endings > 0)
        self._say_ahead()
        if watched != self._watched:
            self._watched = watched
            self._content.clear()
            self._fill(watched)
        self._stack.setCurrentWidget(self._calm if watched.is_calm else self._content)
        if self._arriving:
            self._arriving = False
            first = next(iter(self.lines), None)
            wanted = next((line for line in self.lines if line.badge_id == self._wanted), first)
            self._wanted = ""
            target = self.check if watched.is_calm or wanted is None else wanted
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, watched: Watched) -> None:
        words, column = self.context.words, self._content.column
        not_valid = words.text("watch.failed_text")
        self._section("failed", watched.failed, not_valid, State.FAILED)
        days = words.plural("watch.within", watched.ahead_days)
        self._section("expiring", watched.expiring, days, State.EXPIRING)
        if watched.changes:
            self._changes(watched.changes)
        withdrawn, gone = words.text("watch.withdrawn_text"), words.text("watch.gone_text")
        self._section("withdrawn", watched.withdrawn, withdrawn, State.ATTENTION)
        self._section("gone", watched.gone, gone, State.ATTENTION)
        older = watched.ended_in_all > len(watched.ended)
        note = words.text("watch.ended_text")
        self._section("ended", watched.ended, note, State.EXPIRED, always=older)
        column.addStretch(1)

    def _section(
        self,
        key: str,
        rows: Sequence[BadgeRow],
        note: str,
        state: State,
        *,
        always: bool = False,
    ) -> None:
        if not rows:
            return
        words = self.context.words
        more: LinkButton | None = None
        if always or len(rows) > _SHOWN:
            more = LinkButton(words.text(f"watch.all_{state.value}"))
            more.clicked.connect(partial(self._search, state))
        self._heading(words.plural(f"watch.{key}", len(rows)), note, more)
        panel, column = Panel(), QVBoxLayout()
        for at, row in enumerate(rows[:_SHOWN]):
            line = ImportLine(self._face(row), first=not at)
            line.set_badge(row.id)
            line.clicked.connect(partial(self.context.stage.show_badge, row.id))
            column.addWidget(line)
        self._put(panel, column)

    def _changes(self, changes: Sequence[HistoryEvent]) -> None:
        words = self.context.words
        seen = Button(words.text("changes.seen"), size=Size.SMALL)
        seen.clicked.connect(partial(self._see, changes))
        self._heading(words.plural("changes.count", len(changes)), "", seen)
        panel, column = Panel(), QVBoxLayout()
        for at, change in enumerate(changes[:_SHOWN]):
            code = str(change.params.get("code", ""))
            sentence = sentence_of_change(words, code, change.params)
            by = sentence or words.text("history_page.event.other")
            name = plain_text(change.badge_name, max_chars=_MAX_NAME)
            face = LineFace(name, by=by, art=self._picture(change.badge_id))
            line = ImportLine(face, first=not at)
            line.set_badge(change.badge_id)
            line.clicked.connect(partial(self.context.stage.show_badge, change.badge_id))
            column.addWidget(line)
        self._put(panel, column)

    def _heading(self, title: str, note: str, action: QWidget | None) -> None:
        column = self._content.column
        holder = QWidget()
        row = FlowLayout(holder, gap=12, line_gap=2)
        row.addWidget(Label(title, "heading", wrap=True))
        row.addWidget(Label(note, "small", tone="t3", wrap=True))
        row.add_spring()
        if action is not None:
            row.addWidget(action)
        row.setContentsMargins(0, 18 if column.count() else 0, 0, 10)
        column.addWidget(holder)

    def _put(self, panel: Panel, column: QVBoxLayout) -> None:
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        panel.setLayout(column)
        self._content.column.addWidget(panel)

    def _face(self, row: BadgeRow) -> LineFace:
        words = self.context.words
        ends = short_date(words, row.expires_on) if row.expires_on else ""
        now = self.context.session.services.now()
        has_ended = row.expires_on is not None and row.expires_on <= now
        key = "watch.ended_on" if has_ended else "watch.ends_on"
        return LineFace(
            plain_text(row.name, max_chars=_MAX_NAME),
            by=issuer_name(words, row),
            source=words.text(key, date=ends) if ends else "",
            verdict=row.shown_verdict,
            word=row_word(words, row),
            art=self._picture(row.id),
        )

    def _picture(self, badge_id: str) -> Callable[[], QPixmap]:
        ratio = self.devicePixelRatioF()
        return partial(self.context.pictures.pixmap, badge_id, look().px(_ART), ratio)

    @Slot(str)
    def _show_picture(self, badge_id: str) -> None:
        """Put the badge's own picture where its drawing stood meanwhile."""
        for line in self.lines:
            if line.badge_id == badge_id:
                line.update()

    def _search(self, state: State) -> None:
        self.search_asked.emit(state_term(self.context.words, state))

    def _see(self, changes: Sequence[HistoryEvent]) -> None:
        self.context.session.ask(
            self, "see changes", partial(_see, changes), done=self._seen,
            failed=self.context.stage.report)  # fmt: skip

    def _seen(self, _nothing: None) -> None:
        self.context.session.changed.emit()

    @Slot()
    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self._fetch()

    @Slot()
    def _ask_calendar(self) -> None:
        self._saving.ask_all(self._endings)

    @Slot()
    def _ask_ahead(self) -> None:
        menu = PopupMenu(self.ahead)
        for days in AHEAD:
            text = self.context.words.plural("watch.within", days)
            action = menu.add(text, partial(self._set_ahead, days))
            action.setCheckable(True)
            action.setChecked(days == self.context.preferences.settings.ahead_days)
        menu.open_below(self.ahead)

    def _set_ahead(self, days: int, _checked: object = None) -> None:
        preferences = self.context.preferences
        preferences.change(replace(preferences.settings, ahead_days=days))
        self.context.session.changed.emit()
        self._fetch()

    def _say_ahead(self) -> None:
        days = self.context.preferences.settings.ahead_days
        self.ahead.set_words(self.context.words.plural("watch.within", days))


def _watched(days: int, safe: Safe) -> tuple[Watched, int]:
    safe.look_ahead(days)
    return safe.watched(), len(safe.all_endings())


def _see(changes: Sequence[HistoryEvent], safe: Safe) -> None:
    safe.see_changes(changes)
