"""Shares: what left this safe, to whom, by which way, until when; ended where that can be done."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.share_models import LedgerEntry, ShownBy
from wallet_app.errors import CoffreError
from wallet_app.ui.clipboard_guard import copied_sentence
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.share_paper import SharePaper
from wallet_app.ui.pages.shares_list import ShareLine, SharesList, SharesModel, line_of, what_words
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.share_jobs import end_request, link_again, note_ended, take_down
from wallet_app.ui.theme import look
from wallet_app.wording import Words

if TYPE_CHECKING:
    from wallet_app.app.public_links import PublicEnd

__all__ = ["SharesPage"]

Listed = tuple[LedgerEntry, ShareLine]

_PAPER: Final = 348
_STACK_BELOW: Final = 820


class SharesPage(Page):
    """The list, and the share that is chosen beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = context.words
        self._listed: Sequence[Listed] = ()
        self._wanted = ""
        self.search = SearchField(
            words.text("shares_page.search_name"), words.text("shares_page.search_hint"), "",
            words.text("library.clear"),
        )  # fmt: skip
        self.search.searched.connect(self._show_found)
        self.model = SharesModel(self)
        self.view = SharesList(words.text("shares_page.list"), self.model)
        self.view.current_changed.connect(self._choose)
        self.view.activated.connect(self._open_current)
        self.paper = SharePaper(context)
        self.paper.badge_asked.connect(context.stage.show_badge)
        self.paper.copy_asked.connect(self._copy)
        self.paper.end_asked.connect(self._ask_end)
        self._lay_out()

    def _lay_out(self) -> None:
        words = self.context.words
        head = PageHead(words.text("page.shares"), margin=MARGIN, gap=24)
        head.add_growing(self.search)
        panel = Panel()
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.view)
        listed = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, listed)
        self._beside.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._beside.setSpacing(18)
        self._beside.addWidget(panel, 1)
        self._beside.addWidget(self.paper)
        self._empty = EmptyState("shares", words.text("shares_page.empty"))
        no_match = EmptyState(
            "search", words.text("shares_page.no_match"), words.text("shares_page.no_match_hint")
        )
        self._stack = QStackedWidget()
        self._blank = QWidget()
        for widget in (self._blank, listed, self._empty, no_match):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([head], self._stack))

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Read the ledger; the focus goes to the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def search_here(self) -> bool:
        """Search the shares, not the badges."""
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()
        return True

    def forget(self) -> None:
        """Drop every name."""
        self._listed = ()
        self._wanted = ""
        self.search.forget()
        self.model.show_lines([])
        self.paper.forget()
        self._stack.setCurrentWidget(self._blank)

    @Slot()
    def refresh(self) -> None:
        """Ask the safe what was shown."""
        work = partial(_shares, self.context.words, self.context.session.services.now())
        self.context.session.ask(
            self, "shares", work, done=self._take, failed=self.context.stage.report
        )

    def _take(self, listed: Sequence[Listed]) -> None:
        self._listed = listed
        self._show_found()

    @Slot()
    def _show_found(self, _text: str = "") -> None:
        words = self.context.words
        chosen = self.paper.entry.id if self.paper.entry is not None else ""
        wanted = self.search.text.casefold().split()
        lines = (line for _, line in self._listed)
        found = [one for one in lines if all(word in one.folded for word in wanted)]
        self.model.show_lines(found)
        self.search.set_count(words.plural("shares_page.count", len(found)) if wanted else "")
        self._stack.setCurrentIndex(1 if found else 3 if self._listed else 2)
        row = max(0, self.model.row_of(chosen))
        self.view.setCurrentIndex(self.model.index(row, 0))
        self._choose(row)

    @Slot(int)
    def _choose(self, row: int) -> None:
        line = self.model.line(row)
        found = (entry for entry, one in self._listed if one is line)
        self.paper.show_entry(next(found, None))

    @Slot()
    def _open_current(self) -> None:
        entry = self.paper.entry
        if entry is not None and entry.rows:
            first = next(badge for badge, _ in entry.badges if badge in entry.rows)
            self.context.stage.show_badge(first)

    # --- the link again ----------------------------------------------------------------

    @Slot(object)
    def _copy(self, entry: LedgerEntry) -> None:
        if entry.way is ShownBy.MY_LINK:
            # Kept nowhere, because it is the badge: made again from the badge that is here.
            services = self.context.session.services
            work = partial(link_again, next(iter(entry.rows)), entry.sha256, services)
            self.context.session.ask(
                self, "link", work, done=self._put, failed=self.context.stage.report
            )
        elif entry.link:
            self._put(entry.link)

    def _put(self, link: str) -> None:
        self.context.seams.copy_text(link)
        seconds = self.context.preferences.settings.clear_clipboard_s
        self.context.stage.toast(copied_sentence(self.context.words, seconds))

    # --- ending ------------------------------------------------------------------------

    @Slot(object)
    def _ask_end(self, entry: LedgerEntry) -> None:
        words = self.context.words
        question = Question(
            title=words.text("shares_page.stop_title", name=what_words(words, entry)),
            text=words.text("shares_page.stop_text"),
            confirm=words.text("shares_page.stop"),
            cancel=words.text("ui.cancel"),
            danger=True,
        )
        self.context.seams.ask(question, partial(self._end, entry.id))

    def _end(self, share_id: str, agreed: bool) -> None:
        if agreed:
            self.context.session.ask(
                self, "end share", partial(end_request, share_id), done=self._take_down,
                failed=self._fail,
            )  # fmt: skip

    def _take_down(self, end: "PublicEnd") -> None:
        self.context.bridge.on_pool(
            self, "take down", partial(take_down, end), done=self._note, failed=self._fail
        )

    def _note(self, end: "PublicEnd") -> None:
        self.context.session.ask(
            self, "end share", partial(note_ended, end), done=self._tell, failed=self._fail
        )

    def _tell(self, _entry: LedgerEntry) -> None:
        self.context.stage.toast(self.context.words.text("shares_page.stopped"))
        self.refresh()

    def _fail(self, error: CoffreError) -> None:
        self.context.stage.report(error)

    # -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chosen share below the list where there is no room beside it."""
        narrow = event.size().width() < look().px(_STACK_BELOW)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        if narrow:
            self.paper.setMinimumWidth(0)
            self.paper.setMaximumWidth(16_777_215)
            self.paper.setFixedHeight(round(event.size().height() * 0.42))
        else:
            self.paper.setMinimumHeight(0)
            self.paper.setMaximumHeight(16_777_215)
            self.paper.setFixedWidth(look().px(_PAPER))
        super().resizeEvent(event)


def _shares(words: Words, now: datetime, safe: Safe) -> Sequence[Listed]:
    # In words already: thousands of them would hold up the window.
    return [(entry, line_of(words, entry, now)) for entry in safe.shares()]
