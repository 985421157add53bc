"""Recently deleted: bring back, or remove for good."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow, TrashedBadge
from wallet_app.app.safe import Safe
from wallet_app.ui.badge_art import BadgeArt
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.trash_bar import TrashBar
from wallet_app.ui.phrases import issuer_name
from wallet_app.ui.seams import Question
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["DeletedPage"]

_ART = 36
_WHAT = 240
_MAX_ROWS = 300


class _What(QWidget):
    """Picture, name, issuer and day. It asks for the same width whatever the names are.

    So that what stands beside it breaks to the next line in all rows or in none.
    """

    def __init__(self, context: Context, badge: TrashedBadge, name: str) -> None:
        super().__init__()
        words = context.words
        day = words.date(badge.deleted_at.astimezone().date())
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(name, "badge_name", wrap=True))
        for said in (issuer_name(words, badge.row), words.text("deleted.on_date", date=day)):
            texts.addWidget(Label(said, "small", tone="t2", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        line.addWidget(BadgeArt(context.pictures, badge.row.id, look().px(_ART), centred=True))
        line.addLayout(texts, 1)

    def sizeHint(self) -> QSize:
        """Return a width that no name decides."""
        return QSize(look().px(_WHAT), super().sizeHint().height())


class _TrashRow(QWidget):
    recover = Signal(object)
    forever = Signal(object)

    def __init__(self, context: Context, badge: TrashedBadge) -> None:
        super().__init__()
        self.badge = badge.row
        words = context.words
        name = plain_text(badge.row.name, max_chars=200)
        self.back = Button(words.text("deleted.recover"), size=Size.SMALL)
        self.back.setAccessibleName(f"{self.back.words}, {name}")
        self.gone = Button(words.text("deleted.forever"), Kind.DANGER, size=Size.SMALL)
        self.gone.setAccessibleName(f"{self.gone.words}, {name}")
        self.back.clicked.connect(self._ask_recover)
        self.gone.clicked.connect(self._ask_forever)
        self.verdict = QWidget()
        pill = QHBoxLayout(self.verdict)
        pill.setContentsMargins(0, 0, 0, 0)
        pill.addWidget(VerdictPill(badge.row.shown_verdict, row_word(words, badge.row)))
        pill.addStretch(1)
        row = FootLayout(self, gap=14)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(_What(context, badge, name), 1)
        for widget in (self.verdict, self.back, self.gone):
            row.addWidget(widget)

    @Slot()
    def _ask_recover(self) -> None:
        self.recover.emit(self.badge)

    @Slot()
    def _ask_forever(self) -> None:
        self.forever.emit(self.badge)


class DeletedPage(Page):
    """What was deleted, latest first, at most 300 rows."""

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
        for widget in (self._blank, self._area, self._empty):
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
        self._fetch()

    def _fetch(self) -> None:
        self.context.session.ask(
            self, "trash", _trash, done=self._show, failed=self.context.stage.report
        )

    def forget(self) -> None:
        """Drop the rows."""
        self._clear()
        self._stack.setCurrentWidget(self._blank)

    def rows(self) -> list[QWidget]:
        """Return the rows that are shown."""
        inside = self._area.widget()
        return list(inside.findChildren(_TrashRow)) if inside is not None else []

    @property
    def shows_empty(self) -> bool:
        """Whether it says that nothing was deleted."""
        return self._stack.currentWidget() is self._empty

    def _clear(self) -> None:
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _show(self, badges: tuple[TrashedBadge, ...]) -> None:
        stood_in, pressed = self._focused_row(), self.bar.focused
        self._clear()
        self.bar.show_count(len(badges))
        lost = stood_in is not None or (pressed is not None and pressed.isHidden())
        if not badges:
            self._stack.setCurrentWidget(self._empty)
            self._arrive(self._home, again=lost)
            return
        shown: list[_TrashRow] = []
        panel = Panel()
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        for at, badge in enumerate(badges[:_MAX_ROWS]):
            if at:
                rows.addWidget(Line())
            row = _TrashRow(self.context, badge)
            row.recover.connect(self._recover)
            row.forever.connect(self._ask_forever)
            rows.addWidget(row)
            shown.append(row)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 0, MARGIN - 10, 24)
        column.addWidget(panel)
        column.addStretch(1)
        # One column of verdicts: else the longest words would break a line of their own.
        widest = max(row.verdict.sizeHint().width() for row in shown)
        for row in shown:
            row.verdict.setMinimumWidth(widest)
        self._area.setWidget(inside)
        self._stack.setCurrentWidget(self._area)
        at = min(stood_in or 0, len(shown) - 1)
        self._arrive(shown[at].back, again=lost)

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
