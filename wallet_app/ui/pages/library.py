"""The library: everything in the safe, as cards or as a list, found as one types."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeRow, HistoryEvent
from wallet_app.app.safe_finding import FirstBadges
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.context import Context
from wallet_app.ui.facet_keeper import FacetKeeper
from wallet_app.ui.pages.adding import Adding
from wallet_app.ui.pages.badge_view import BadgeView, Mode
from wallet_app.ui.pages.library_acts import LibraryActs
from wallet_app.ui.pages.library_changes import LibraryChanges
from wallet_app.ui.pages.library_found import FoundBadges
from wallet_app.ui.pages.library_head import LibraryHead
from wallet_app.ui.pages.library_loading import LibraryLoading
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.ui.pages.library_order import ORDERED_AT_ONCE, Order, Shown, filtered, ordered
from wallet_app.ui.pages.library_selection import LibrarySelection
from wallet_app.ui.pages.library_toolbar import LibraryToolbar
from wallet_app.ui.pages.list_columns import RING
from wallet_app.ui.pages.list_header import ListHeader
from wallet_app.ui.pages.no_match import NoMatch
from wallet_app.ui.pages.other_words import OtherWords
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.term_hint import TermHint
from wallet_app.ui.pages.welcome import WelcomePanel
from wallet_app.ui.search_help import SearchHelp
from wallet_app.ui.search_words import asks_for_ends

__all__ = ["LibraryPage"]


class LibraryPage(Page):
    """Cards or list with search, filter and order.

    Signals:
        badge_opened: the id of a badge to look at.
        share_asked: the id of a badge to show to someone.
        looked_for: what the search line says now.

    Attributes:
        adding: how badges are asked to be added.
    """

    badge_opened = Signal(str)
    share_asked = Signal(str)
    counted = Signal(object)
    looked_for = Signal(str)
    drag_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found = FoundBadges()
        self._query = ""
        self._shown_query = ""
        self._ordering = 0
        self._shown = Shown.ALL
        self._order = context.preferences.settings.list_order
        self._arriving = self._from_top = False
        self._loading = LibraryLoading(context.session, self)
        self.model = LibraryModel(context.words, self)
        self._build()
        self.selection = LibrarySelection(context, self.model, self._library, self.view)
        self.acts = LibraryActs(context, self.view, self.model, self.selection)
        self.acts.opened.connect(self.badge_opened)
        self.acts.share_asked.connect(self.share_asked)
        context.session.changed.connect(self.refresh)

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        words, context = self.context.words, self.context
        self.adding = Adding(self)
        self._toolbar = LibraryToolbar(context, self.adding)
        self.search, self.modes = self._toolbar.search, self._toolbar.modes
        self.add_button = self._toolbar.add_button
        self.view = BadgeView(words.text("library.badges"), self.model, context.pictures)
        self._header = ListHeader(words, self._order)
        self._header.order_asked.connect(self.set_order)
        self._header.hide()
        self._head = LibraryHead(context)
        self.filters, self.shelf_filter = self._head.filters, self._head.shelf_filter
        self._no_match = NoMatch(self.context.words)
        self._body = QStackedWidget()
        self._results = QWidget()
        results = QVBoxLayout(self._results)
        results.setContentsMargins(MARGIN - RING, 0, RING, 0)
        results.setSpacing(0)
        results.addWidget(self._header)
        results.addWidget(self.view, 1)
        self._body.addWidget(self._results)
        self._body.addWidget(self._no_match)
        self._changes = LibraryChanges(context)
        self.changes = self._changes.notice
        self.other_words = OtherWords(context, self._loading)
        self.term_hint = TermHint(context)
        heads = [self._toolbar, self._changes, self._head, self.term_hint, self.other_words]
        library = HeadedRoom(heads, self._body)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self._stack.addWidget(library)
        self._library = library
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        context = self.context
        self.search.searched.connect(self._search)
        self.search.moved_down.connect(self._to_results)
        self.modes.chosen.connect(self._set_mode)
        self.filters.buttons.idToggled.connect(self._filter)
        self._head.order_chosen.connect(self.set_order)
        self.changes.badge_opened.connect(self.badge_opened)
        self._changes.seen.connect(self._to_view)
        self.other_words.chosen.connect(self.look_for)
        self.other_words.told.connect(self._no_match.offer)
        self._no_match.chosen.connect(self.look_for)
        self._no_match.clear_all.clicked.connect(self.clear)
        self.shelf_filter.chosen.connect(self.look_for)
        self.view.opened.connect(self.badge_opened)
        self.view.typed.connect(self.focus_search)
        self.view.dragged.connect(self._ask_drag)
        self._loading.first.connect(self._take_first)
        self._loading.counted.connect(self._take_count)
        self._loading.more.connect(self._take_more)
        self._loading.whole.connect(self._take_whole)
        self._loading.failed.connect(context.stage.report)

    @cached_property
    def welcome(self) -> WelcomePanel:
        """What an empty safe shows; made when one is."""
        welcome = WelcomePanel(self.context.words, self.adding)
        self._stack.addWidget(welcome)
        return welcome

    def follow(self, keeper: FacetKeeper) -> None:
        """Offer what ``keeper`` knows in the filter and on the search line."""
        self.shelf_filter.follow(keeper)
        self.search_help = SearchHelp(self.context, self.search, keeper)
        self.search_help.ended.connect(self.term_hint.tell)

    def rows(self) -> Sequence[BadgeRow]:
        """Return everything that was found, before the filter."""
        return self._found.rows

    @property
    def shows_no_match(self) -> bool:
        """Whether it says that nothing was found."""
        return self._body.currentWidget() is self._no_match

    @property
    def shows_welcome(self) -> bool:
        """Whether it says what to do first."""
        return isinstance(self._stack.currentWidget(), WelcomePanel)

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves anything out."""
        return bool(self.search.text.strip()) or self._shown is not Shown.ALL

    @property
    def has_badge_meant(self) -> bool:
        """Whether something is selected, or the list has the focus and stands on a badge."""
        return self.model.has_selection or (self.view.is_stood_on and bool(self.view.current_id))

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Fetch anew; the focus goes to the badges, or to the first thing to do."""
        self._arriving = True
        self.looked_for.emit(self._query)
        self.refresh()

    def returned(self, badge_id: str, focused: QWidget | None) -> None:
        """Stand on the badge that was looked at last, where it is listed."""
        super().returned(badge_id, focused)
        if self.model.row_of(badge_id) >= 0:
            self.view.make_current(badge_id)

    @Slot()
    def refresh(self) -> None:
        """Ask the safe for what the search line says."""
        self._loading.ask(self._query)

    @Slot(str)
    def focus_search(self, typed: str = "") -> None:
        """Put the focus on the search line, its text selected, or replaced by ``typed``."""
        self._arriving = False
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()
        if typed:
            self.search.edit.insert(typed)

    @Slot(str)
    def look_for(self, query: str) -> None:
        """Search for something, as if it had been typed; "" for everything."""
        self.filters.choose(Shown.ALL)
        self.search.edit.setText(query)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear(self) -> None:
        """Search for nothing and show everything; the focus goes to the badges."""
        self._arriving = self._from_top = True
        self.filters.choose(Shown.ALL)
        self.search.forget()
        self._query = ""
        self.looked_for.emit("")
        self.refresh()

    def forget(self) -> None:
        """Drop rows, search text and laid-out names."""
        self._loading.forget()
        self._ordering += 1
        self._found = FoundBadges()
        self._query = self._shown_query = ""
        self.acts.forget()
        self.changes.forget()
        self.other_words.forget()
        self._no_match.tell("", filtered=False)
        self.search.forget()
        self.model.set_rows(())
        self.view.forget()
        self.filters.choose(Shown.ALL)
        self._head.forget()
        self._stack.setCurrentWidget(self._blank)

    @Slot(object, object)
    def _take_first(self, found: FirstBadges, changes: Sequence[HistoryEvent]) -> None:
        same = self._shown_query == self._query
        if self._found.begin(found, same=same):
            ends = asks_for_ends(self._query)
            self.model.tell_ends(self.context.session.services.now() if ends else None)
            self._header.tell_ends(ends=ends)
            if not same:
                self.view.to_top()
            self._show_rows()
        self._shown_query = self._query
        self.changes.show_changes(changes)
        self.counted.emit(found.total)
        self._arrive()

    @Slot(int, int)
    def _take_count(self, found: int, total: int) -> None:
        self._found.count(found, total)
        self._show_counts()
        self._announce()

    @Slot(object)
    def _take_more(self, rows: Sequence[BadgeRow]) -> None:
        if self._found.add(rows) and self._order is Order.ADDED:
            self.model.append(filtered(rows, self._shown))
            self.acts.stand()
            self._show_body()

    @Slot()
    def _take_whole(self) -> None:
        replaced = self._found.complete()
        if replaced or self._order is not Order.ADDED:
            self._show_rows()
        else:
            self.acts.await_no_more()
            self._from_top = False
        self._show_counts()

    def show_found(self, rows: Sequence[BadgeRow], total: int) -> None:
        """Show what was found among ``total`` badges."""
        self._found.replace(rows, total)
        self._show_rows()

    def _arrive(self) -> None:
        arriving, self._arriving = self._arriving, False
        # Not where another page came meanwhile, as after unlocking: the focus is there.
        if arriving and self.isVisibleTo(self.window()):
            target = self.welcome.first if self.shows_welcome else self.view
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        rows, order = filtered(self._found.rows, self._shown), self._order
        self._ordering += 1
        if order is Order.ADDED or len(rows) <= ORDERED_AT_ONCE:
            self._show_chosen(self._ordering, ordered(rows, order))
            return
        self.context.bridge.on_pool(
            self,
            "order",
            lambda _cancelled: ordered(rows, order),
            done=partial(self._show_chosen, self._ordering),
            failed=self.context.stage.report,
        )

    def _show_chosen(self, turn: int, chosen: Sequence[BadgeRow]) -> None:
        if turn != self._ordering:
            return
        view, is_whole = self.view, self._found.is_whole
        current, in_sight = view.current_id, view.sees_current and not self._from_top
        self.model.set_rows(chosen)
        came = self.acts.stand(current, is_whole=is_whole, in_sight=in_sight)
        if self._from_top and not came:
            # Other badges than before: they begin at the first, not somewhere in their midst.
            view.begin()
        self._from_top = self._from_top and not is_whole
        self._show_counts()
        self._show_body()

    def _show_counts(self) -> None:
        words, total = self.context.words, self._found.total
        found = self._found.count_of(self._shown)
        self.search.set_count(
            words.text("library.found", count=words.number(found), total=words.number(total))
            if self._query and found is not None
            else ""
        )
        self._head.show_counts(self._found)

    def _show_body(self) -> None:
        shown = self.model.rowCount() or not self._found.is_whole
        self._no_match.tell(self._query, filtered=self._shown is not Shown.ALL)
        for hint in (self.term_hint, self.other_words):
            hint.stand_aside(aside=not shown)
        is_lost = not shown and self.view.hasFocus()
        self._body.setCurrentWidget(self._results if shown else self._no_match)
        if is_lost:
            self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        empty = self._found.total == 0 and not self._query
        self._stack.setCurrentWidget(self.welcome if empty else self._library)

    def _announce(self) -> None:
        found = self._found.count_of(self._shown)
        if self._query and found is not None and self.search.edit.hasFocus():
            self.context.stage.announce(self.context.words.plural("library.results", found))

    # --- what the person does ----------------------------------------------------------

    @Slot(str)
    def _search(self, text: str) -> None:
        self._query = text.strip()
        self._from_top = True
        self.looked_for.emit(self._query)
        self.refresh()

    @Slot(int, bool)
    def _filter(self, chosen: int, on: bool) -> None:
        if on and self._shown != chosen:
            self._shown = Shown(chosen)
            self._from_top = True
            self._show_rows()

    @Slot(str)
    def _set_mode(self, mode: str) -> None:
        self.view.hold_top()
        self._header.setVisible(mode == Mode.LIST.value)
        self.view.set_mode(Mode(mode))

    @Slot()
    def _to_view(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_results(self) -> None:
        if not self.shows_no_match:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._shown_query == self._query:
            self._no_match.focus_offer()

    @Slot(str)
    def _ask_drag(self, badge_id: str) -> None:
        selected = self.selection.badge_ids
        self.drag_asked.emit(tuple(selected) if badge_id in selected else (badge_id,))

    @Slot(object)
    def set_order(self, order: Order) -> None:
        """Show the badges in another order, from now on and from the first."""
        self._from_top = self._from_top or order is not self._order
        self._order = order
        settings = self.context.preferences.settings
        if settings.list_order is not order:
            self.context.preferences.change(replace(settings, list_order=order))
        self._head.show_order(order)
        self._header.show_order(order)
        self._show_rows()
