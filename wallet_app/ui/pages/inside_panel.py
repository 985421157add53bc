"""What a learner record holds: each badge in it by name, issuer and verdict, with its checks."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.inner_finding import said_by
from wallet_app.app.inner_sentences import (
    inner_issuer,
    inner_verdict,
    inside_summary,
    inside_warning,
)
from wallet_app.app.inner_views import InnerView, Inside, InsideRequest, doubted_first
from wallet_app.app.models import BadgeDetail
from wallet_app.errors import CoffreError
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.context import Context
from wallet_app.ui.pages import detail_work
from wallet_app.ui.pages.checks_opener import ChecksOpener
from wallet_app.ui.pages.turning import turner_through
from wallet_app.ui.phrases import each_quoted
from wallet_app.wording import Words, plain_text

__all__ = ["InsidePanel", "InsideRow"]

_AT_ONCE: Final = 10
"""Rows shown together: the layout of the page asks every one for its height at each change."""
_MAX_NAME: Final = 200


class InsideRow(QWidget):
    """One badge inside; what is written in it is plain text.

    Attributes:
        is_sought: whether it says what a search found the record by.
    """

    def __init__(self, words: Words, view: InnerView, sought: Sequence[str] = ()) -> None:
        """``sought`` is what a search found the record by."""
        super().__init__()
        name = plain_text(view.name, max_chars=_MAX_NAME)
        word = inner_verdict(words, view)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(name, "badge_name", wrap=True))
        texts.addWidget(Label(inner_issuer(words, view), "small", tone="t2", wrap=True))
        if view.within:
            within = words.text("inside.within", name=plain_text(view.within, max_chars=_MAX_NAME))
            texts.addWidget(Label(within, "small", tone="t3", wrap=True))
        found = said_by(view.credential, sought)
        self.is_sought = bool(found)
        if found:
            here = words.text("inside.found_here", texts=each_quoted(words, found))
            texts.addWidget(Label(here, "small_strong", wrap=True))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(texts, 1)
        head.addWidget(VerdictPill(view.shown_verdict, word), 0, Qt.AlignmentFlag.AlignTop)
        self.checks = ChecksOpener(words, view.report, of=f"{name}, {word}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.checks)


class InsidePanel(Panel):
    """Reads what is inside off this thread, and shows it a few rows at a time.

    What is in doubt comes first: no number of good ones may hide it.

    Signals:
        doubted: a sentence that says how many could not be confirmed.
        found: a sentence that says what in it a search has found.
    """

    doubted = Signal(str)
    found = Signal(str)

    def __init__(self, context: Context, detail: BadgeDetail, sought: Sequence[str] = ()) -> None:
        """``sought`` is what a search found the record by (``BadgeRow.found_inside``)."""
        super().__init__("panel")
        self._sought = sought
        self._context, self._words = context, context.words
        self._views: Sequence[InnerView] = ()
        self._job = 0
        self.rows: list[InsideRow] = []
        words = self._words
        self._summary = Label(words.text("inside.checking"), "small", tone="t3", wrap=True)
        self._box = QWidget()
        self._list = QVBoxLayout(self._box)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.turner = turner_through(words, _AT_ONCE)
        self.turner.turned.connect(self._turn)
        self._unread = Label("", "small", tone="t3", wrap=True)
        self._unread.hide()
        self._lay_out()
        work = partial(detail_work.request_inside, detail)
        context.session.ask(self, "inside", work, done=self._read, failed=self._fail)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 11, 16, 10)
        head.setSpacing(2)
        head.addWidget(Heading(self._words.text("inside.title"), "body_strong"))
        head.addWidget(self._summary)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 4, 16, 4)
        foot.addWidget(self.turner)
        foot.addWidget(self._unread)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._box)
        column.addLayout(foot)

    def begin(self) -> None:
        """Take the focus to the first badge of all."""
        self._turn_to(0)
        if self.rows:
            self.rows[0].checks.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_at_found(self) -> QWidget:
        """Take the focus to the first badge that was searched for; return what to look at."""
        turned = self._turn_to(self._first_found())
        row = next((row for row in self.rows if row.is_sought), None)
        if row is None:
            return self
        row.checks.button.setFocus(Qt.FocusReason.OtherFocusReason)
        # Rows that have just been made lie nowhere yet.
        return self if turned else row

    def forget(self) -> None:
        """Stop reading, and drop what was read."""
        self._context.bridge.cancel(self._job)
        self._views, self._sought = (), ()

    def _read(self, request: InsideRequest) -> None:
        self._job = self._context.bridge.on_pool(
            self,
            "read inside",
            partial(detail_work.read_inside, request),
            done=self._show,
            failed=self._fail,
        )

    def _fail(self, error: CoffreError) -> None:
        self._summary.setText(self._words.text("inside.none"))
        self._context.stage.report(error)

    def _show(self, inside: Inside) -> None:
        words = self._words
        self._views = doubted_first(inside.views)
        self._summary.setText(inside_summary(words, inside))
        self._unread.setText(words.plural("inside.unread", inside.unread))
        self._unread.setVisible(inside.unread > 0)
        # Whoever searched is led to it; what is in doubt is told above all the same.
        place = self._first_found()
        if not self._turn_to(place):
            self._show_rows()
        if place >= 0:
            texts = each_quoted(words, self._sought)
            self.found.emit(words.text("inside.found_above", texts=texts))
        if warning := inside_warning(words, inside):
            self.doubted.emit(warning)

    def _first_found(self) -> int:
        """Return the place of the first badge that was searched for, or -1."""
        found = (at for at, one in enumerate(self._views) if said_by(one.credential, self._sought))
        return next(found, -1)

    def _turn_to(self, place: int) -> bool:
        """Show the rows around a place, for -1 those that are; return whether others came."""
        first = max(0, place - place % _AT_ONCE)
        if place < 0 or first == self.turner.first:
            return False
        self.turner.first = first
        self._show_rows()
        return True

    def _show_rows(self) -> None:
        empty(self._list)
        first = self.turner.first
        shown = self._views[first : first + _AT_ONCE]
        self.rows = [InsideRow(self._words, view, self._sought) for view in shown]
        for row in self.rows:
            self._list.addWidget(Line())
            self._list.addWidget(row)
        self.turner.settle(len(self._views))
        order_as_seen(self)

    @Slot()
    def _turn(self) -> None:
        self._show_rows()
        self._context.stage.announce(self.turner.place.text())
