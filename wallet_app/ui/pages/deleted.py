"""Recently deleted: bring back, or remove for good."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wallet_app.app.models import BadgeRow, TrashedBadge
from wallet_app.app.safe import Safe
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.pages.deleted_rows import TrashRow, TrashRows
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.trash_bar import TrashBar
from wallet_app.ui.pages.turning import turner_through
from wallet_app.ui.seams import Question
from wallet_app.wording import plain_text

__all__ = ["DeletedPage"]

_AT_ONCE = 20


class DeletedPage(Page):
    """What was deleted, latest first, some rows at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = context.words
        self._area = QScrollArea()
        let_through(self._area)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._empty = EmptyState(
            "trash", words.text("deleted.empty"), words.text("deleted.empty_text")
        )
        self._arriving = False
        self._home = Button(words.text("deleted.open_safe"))
        self._home.clicked.connect(self._go_home)
        self._empty.add_button(self._home)
        self.turner = turner_through(words, _AT_ONCE)
        self.turner.turned.connect(self._turn)
        self._badges: tuple[TrashedBadge, ...] = ()
        self._listed = QWidget()
        below = QVBoxLayout(self._listed)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, 4, MARGIN, 14)
        foot.addWidget(self.turner)
        below.addLayout(foot)
        for widget in (self._blank, self._listed, self._empty):
            self._stack.addWidget(widget)
        above = QWidget()
        head = QVBoxLayout(above)
        head.setContentsMargins(MARGIN, 20, MARGIN, 14)
        head.setSpacing(2)
        head.addWidget(Label(words.text("deleted.title"), "page_title", wrap=True))
        head.addWidget(Label(words.text("deleted.text"), "body", tone="t2", wrap=True))
        self.bar = TrashBar(context)
        head.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([above], self._stack))
        context.session.changed.connect(self._refresh_if_shown)

    def entered(self) -> None:
        """Fetch what lies here; the focus goes to the first thing to do."""
        self._arriving = True
        self.turner.first = 0
        self._fetch()

    def _fetch(self) -> None:
        self.context.session.ask(
            self, "trash", _trash, done=self.show_badges, failed=self.context.stage.report
        )

    def forget(self) -> None:
        """Drop the rows."""
        self._badges = ()
        self._clear()
        self._stack.setCurrentWidget(self._blank)

    def rows(self) -> list[TrashRow]:
        """Return the rows that are shown."""
        inside = self._area.widget()
        return inside.rows if isinstance(inside, TrashRows) else []

    @property
    def shows_empty(self) -> bool:
        """Whether it says that nothing was deleted."""
        return self._stack.currentWidget() is self._empty

    def _clear(self) -> None:
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()

    def show_badges(self, badges: tuple[TrashedBadge, ...]) -> None:
        """Show what lies here, latest first; the focus stays in the row where it was."""
        stood_in, pressed = self._focused_row(), self.bar.focused
        self._badges = badges
        self.turner.hold_in(len(badges))
        self._show_rows()
        self.bar.show_count(len(badges))
        lost = stood_in is not None or (pressed is not None and pressed.isHidden())
        if not badges:
            self._stack.setCurrentWidget(self._empty)
            self._arrive(self._home, again=lost)
            return
        self._stack.setCurrentWidget(self._listed)
        rows = self.rows()
        at = min(stood_in or 0, len(rows) - 1)
        self._arrive(rows[at].back, again=lost)

    def _show_rows(self) -> None:
        self._clear()
        if self._badges:
            first = self.turner.first
            inside = TrashRows(self.context, self._badges[first : first + _AT_ONCE])
            for row in inside.rows:
                row.recover.connect(self._recover)
                row.forever.connect(self._ask_forever)
            self._area.setWidget(inside)
        self.turner.settle(len(self._badges))
        order_as_seen(self._listed)

    @Slot()
    def _turn(self) -> None:
        self._show_rows()
        self.context.stage.announce(self.turner.place.text())

    def _focused_row(self) -> int | None:
        """Return which row has the focus, and with it goes when it goes."""
        focused = self.window().focusWidget()
        return next((at for at, row in enumerate(self.rows()) if row.isAncestorOf(focused)), None)

    def _arrive(self, target: Button, *, again: bool) -> None:
        if self._arriving or again:
            self._arriving = False
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self._fetch()

    @Slot(object)
    def _recover(self, row: BadgeRow) -> None:
        self._do("recover", partial(_bring_back, row.id), row, "detail.recovered")

    @Slot(object)
    def _ask_forever(self, row: BadgeRow) -> None:
        words = self.context.words
        question = Question(
            title=words.text("deleted.forever_title"),
            text=words.text("deleted.forever_text", name=row.name),
            confirm=words.text("deleted.forever"),
            cancel=words.text("ui.cancel"),
            danger=True,
        )
        self.context.seams.ask(question, partial(self._delete_forever, row))

    def _delete_forever(self, row: BadgeRow, agreed: bool) -> None:
        if agreed:
            self._do("forget", partial(_remove, row.id), row, "deleted.forever_done")

    def _do(self, name: str, work: Callable[[Safe], None], row: BadgeRow, said: str) -> None:
        self.context.session.ask(
            self,
            name,
            work,
            done=partial(self._tell, row, said),
            failed=self.context.stage.report,
        )

    def _tell(self, row: BadgeRow, said: str, _nothing: None) -> None:
        # Of one that is gone for good, the library finds nothing.
        self.context.session.came.emit((row.id,))
        self.context.session.changed.emit()
        text = self.context.words.text(said, name=plain_text(row.name, max_chars=60))
        self.context.stage.toast(text)

    @Slot()
    def _go_home(self) -> None:
        self.context.stage.show_page("safe")


def _trash(safe: Safe) -> tuple[TrashedBadge, ...]:
    return safe.trash()


def _bring_back(badge_id: str, safe: Safe) -> None:
    safe.recover(badge_id)


def _remove(badge_id: str, safe: Safe) -> None:
    safe.delete_forever(badge_id)
