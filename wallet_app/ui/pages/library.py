"""The library: everything in the safe, as cards or as a list, found as one types."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeRow, HistoryEvent
from wallet_app.app.safe_finding import FirstBadges
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.chip import Chip, ChipGroup
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.segments import Segments
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.badge_delegates import RING
from wallet_app.ui.pages.badge_view import BadgeView, ListHeader, Mode
from wallet_app.ui.pages.changes_notice import ChangesNotice
from wallet_app.ui.pages.library_loading import LibraryLoading
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.ui.pages.library_order import ORDERED_AT_ONCE, Order, Shown, filtered, ordered
from wallet_app.ui.pages.library_selection import LibrarySelection
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.shelf_filter import ShelfFilter
from wallet_app.ui.pages.welcome import WelcomePanel
from wallet_app.ui.trash_can import TrashCan

__all__ = ["LibraryPage", "Order", "Shown"]


class LibraryPage(Page):
    """Cards or list with search, filter and order.

    Signals:
        badge_opened: the id of a badge to look at.
        share_asked: the id of a badge to show to someone.
        files_asked, folder_asked, paste_asked, samples_asked: ways of adding.
    """

    badge_opened = Signal(str)
    share_asked = Signal(str)
    files_asked = Signal()
    folder_asked = Signal()
    paste_asked = Signal()
    samples_asked = Signal()
    counted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: list[BadgeRow] = []
        self._total = 0
        self._found: int | None = None
        self._is_whole = True
        self._verified = 0
        self._query = ""
        self._shown_query = ""
        self._held: list[BadgeRow] | None = None
        self._ordering = 0
        self._shown = Shown.ALL
        self._order = Order.ADDED
        self._arriving = False
        self._heir = ""
        self._loading = LibraryLoading(context.session, self)
        self._trash_can = TrashCan(context, self)
        self.model = LibraryModel(context.words, self)
        self.shelf_filter = ShelfFilter(context, self)
        self._build()
        self.selection = LibrarySelection(context, self.model, self._library)
        context.session.changed.connect(self.refresh)

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        words, context = self.context.words, self.context
        self.search = SearchField(
            words.text("library.search_name"),
            words.text("library.search_hint"),
            context.actions.shortcut_text("search"),
            words.text("library.clear"),
        )
        self.view = BadgeView(words.text("library.badges"), self.model, context.pictures)
        self._header = ListHeader(words)
        self._header.hide()
        self._no_match = self._make_no_match()
        self.welcome = WelcomePanel(words)
        self._body = QStackedWidget()
        self._results = QWidget()
        results = QVBoxLayout(self._results)
        results.setContentsMargins(MARGIN - RING, 0, RING, 0)
        results.setSpacing(0)
        results.addWidget(self._header)
        results.addWidget(self.view, 1)
        self._body.addWidget(self._results)
        self._body.addWidget(self._no_match)
        library = QWidget()
        column = QVBoxLayout(library)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_toolbar())
        column.addLayout(self._make_changes())
        column.addLayout(self._make_head())
        column.addWidget(self._body, 1)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        for widget in (self._blank, library, self.welcome):
            self._stack.addWidget(widget)
        self._library = library
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)
        self._connect()

    def _make_toolbar(self) -> QHBoxLayout:
        words = self.context.words
        self.modes = Segments(words.text("library.cards"))
        self.modes.add(Mode.CARDS.value, "grid", words.text("library.cards"))
        self.modes.add(Mode.LIST.value, "list", words.text("library.list"))
        self.add_button = Button(words.text("library.add"), Kind.PRIMARY, icon="add")
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 16, MARGIN, 10)
        row.setSpacing(10)
        row.addWidget(self.search, 1)
        row.addWidget(self.modes)
        row.addWidget(self.add_button)
        return row

    def _make_changes(self) -> QHBoxLayout:
        self.changes = ChangesNotice(self.context.words)
        self.changes.badge_opened.connect(self.badge_opened)
        self.changes.seen.connect(self._see_changes)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 6)
        row.addWidget(self.changes)
        return row

    def _make_head(self) -> QHBoxLayout:
        words = self.context.words
        self._title = Label(words.text("page.safe"), "page_title")
        self._count = Label("", "body", tone="t3")
        self.filters = ChipGroup(words.text("library.filters"))
        for shown, key in ((0, "all"), (1, "verified"), (2, "look")):
            self.filters.add(Chip(words.text(f"library.{key}")), shown)
        self.filters.choose(Shown.ALL)
        self.order = Chip(words.text("library.sort_added"), icon="sort")
        self.order.setAccessibleDescription(words.text("library.sort"))
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 8, MARGIN, 14)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addSpacing(6)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.filters)
        row.addWidget(self.shelf_filter.chip)
        row.addWidget(self.order)
        return row

    def _make_no_match(self) -> EmptyState:
        words = self.context.words
        state = EmptyState(
            "search", words.text("library.no_match"), words.text("library.no_match_hint")
        )
        self._clear_all = Button(words.text("library.clear_all"), Kind.SECONDARY)
        state.add_button(self._clear_all)
        return state

    def _connect(self) -> None:
        context = self.context
        self.search.searched.connect(self._search)
        self.search.moved_down.connect(self._to_results)
        self.modes.chosen.connect(self._set_mode)
        self.filters.buttons.idToggled.connect(self._filter)
        self.order.clicked.connect(self._ask_order)
        self.add_button.clicked.connect(self._ask_add)
        self._clear_all.clicked.connect(self.clear)
        self.shelf_filter.chosen.connect(self.look_for)
        self.view.opened.connect(self.badge_opened)
        self.view.menu_asked.connect(self._ask_badge)
        self.welcome.choose_files.connect(self.files_asked)
        self.welcome.choose_folder.connect(self.folder_asked)
        self.welcome.paste.connect(self.paste_asked)
        self.welcome.samples.connect(self.samples_asked)
        self._loading.first.connect(self._take_first)
        self._loading.counted.connect(self._take_count)
        self._loading.more.connect(self._take_more)
        self._loading.whole.connect(self._take_whole)
        self._loading.failed.connect(context.stage.report)

    def rows(self) -> Sequence[BadgeRow]:
        """Return everything that was found, before the filter."""
        return self._rows

    @property
    def shows_no_match(self) -> bool:
        """Whether it says that nothing was found."""
        return self._body.currentWidget() is self._no_match

    @property
    def shows_welcome(self) -> bool:
        """Whether it says what to do first."""
        return self._stack.currentWidget() is self.welcome

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Fetch anew; the focus goes to the badges, or to the first thing to do."""
        self._arriving = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the safe for what the search line says."""
        self._loading.ask(self._query)

    def focus_search(self) -> None:
        """Put the focus on the search line, its text selected."""
        self._arriving = False
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    @Slot(str)
    def look_for(self, query: str) -> None:
        """Search for something, as if it had been typed; "" for everything."""
        self.filters.choose(Shown.ALL)
        self.search.edit.setText(query)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear(self) -> None:
        """Search for nothing and show everything."""
        self.filters.choose(Shown.ALL)
        self.search.forget()
        self._query = ""
        self.refresh()

    def forget(self) -> None:
        """Drop rows, search text and laid-out names."""
        self._loading.forget()
        self._ordering += 1
        self._rows, self._total, self._held = [], 0, None
        self._query = self._shown_query = ""
        self._heir = ""
        self.changes.forget()
        self.search.forget()
        self.model.set_rows(())
        self.view.forget()
        self._count.setText("")
        self.filters.choose(Shown.ALL)
        self._show_filter_counts(counted=False)
        self._stack.setCurrentWidget(self._blank)

    @Slot(object, object)
    def _take_first(self, found: FirstBadges, changes: Sequence[HistoryEvent]) -> None:
        same = self._shown_query == self._query and len(self._rows) > len(found.rows)
        self._found, self._total = None, found.total
        self._is_whole = found.whole
        if same and not found.whole:
            # A list that is looked at is replaced as a whole: it must not shrink meanwhile.
            self._held = list(found.rows)
        else:
            self._held = None
            if self._shown_query != self._query:
                self.view.to_top()
            self.show_found(found.rows, found.total)
        self._shown_query = self._query
        self.changes.show_changes(changes)
        self.counted.emit(self._total)
        self._arrive()

    @Slot(int, int)
    def _take_count(self, found: int, total: int) -> None:
        self._found, self._total = found, total
        self._show_counts()
        self._announce()

    @Slot(object)
    def _take_more(self, rows: Sequence[BadgeRow]) -> None:
        if self._held is not None:
            self._held += rows
            return
        self._rows += rows
        self._verified += len(filtered(rows, Shown.VERIFIED))
        if self._order is Order.ADDED:
            self.model.append(filtered(rows, self._shown))
            self._show_body()

    @Slot()
    def _take_whole(self) -> None:
        self._is_whole = True
        held, self._held = self._held, None
        if held is not None:
            self.show_found(held, self._total)
        elif self._order is not Order.ADDED:
            self._show_rows()
        self._show_counts()

    def show_found(self, rows: Sequence[BadgeRow], total: int) -> None:
        """Show what was found among ``total`` badges."""
        self._rows, self._total = list(rows), total
        self._verified = len(filtered(rows, Shown.VERIFIED))
        self._show_rows()

    def _arrive(self) -> None:
        if not self._arriving:
            return
        self._arriving = False
        empty = self._stack.currentWidget() is self.welcome
        target = self.welcome.first if empty else self.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        rows, order = filtered(self._rows, self._shown), self._order
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
        current = self.view.current_id
        self.model.set_rows(chosen)
        if current and not self.view.make_current(current):
            # Where a deleted badge stood; after a search there is no heir.
            heir, self._heir = self._heir, ""
            self.view.make_current(heir)
        self._show_counts()
        self._show_body()

    def _show_counts(self) -> None:
        words = self.context.words
        found = self._count_of(self._shown)
        self.search.set_count(
            words.text("library.found", count=words.number(found), total=words.number(self._total))
            if self._query and found is not None
            else ""
        )
        self._count.setText(words.plural("library.count", self._total))
        self._show_filter_counts()

    def _count_of(self, shown: Shown) -> int | None:
        """Return how many of what was found are of one kind, None while that is not known."""
        if shown is Shown.ALL:
            return len(self._rows) if self._is_whole else self._found
        if not self._is_whole:
            return None
        verified = self._verified
        return verified if shown is Shown.VERIFIED else len(self._rows) - verified

    def _show_body(self) -> None:
        shown = self.model.rowCount() or not self._is_whole
        self._body.setCurrentWidget(self._results if shown else self._no_match)
        empty = self._total == 0 and not self._query
        self._stack.setCurrentWidget(self.welcome if empty else self._library)

    def _announce(self) -> None:
        found = self._count_of(self._shown)
        if self._query and found is not None and self.search.edit.hasFocus():
            self.context.stage.announce(self.context.words.plural("library.results", found))

    def _show_filter_counts(self, *, counted: bool = True) -> None:
        words = self.context.words
        for shown, key in ((Shown.ALL, "all"), (Shown.VERIFIED, "verified"),
                           (Shown.WORTH_A_LOOK, "look")):  # fmt: skip
            chip = self.filters.buttons.button(shown)
            if not isinstance(chip, Chip):
                continue
            count = self._count_of(shown)
            if not counted:
                chip.set_words(words.text(f"library.{key}"), "")
            # What is not known yet stays as it is for that moment: half of it would be wrong.
            elif count is not None:
                chip.set_words(words.text(f"library.{key}"), words.number(count))

    @Slot(object)
    def _see_changes(self, changes: Sequence[HistoryEvent]) -> None:
        self.context.session.ask(
            self,
            "see changes",
            lambda safe: safe.see_changes(changes),
            done=self._to_view,
            failed=self.context.stage.report,
        )

    def _to_view(self, _nothing: None) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the person does ----------------------------------------------------------

    @Slot(str)
    def _search(self, text: str) -> None:
        self._query = text.strip()
        self.refresh()

    @Slot(int, bool)
    def _filter(self, chosen: int, on: bool) -> None:
        if on and self._shown != chosen:
            self._shown = Shown(chosen)
            self._show_rows()

    @Slot(str)
    def _set_mode(self, mode: str) -> None:
        self._header.setVisible(mode == Mode.LIST.value)
        self.view.set_mode(Mode(mode))

    @Slot()
    def _to_results(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _ask_add(self) -> None:
        words = self.context.words
        menu = PopupMenu(self.add_button)
        menu.add(words.text("welcome.choose"), self.files_asked)
        menu.add(words.text("welcome.choose_folder"), self.folder_asked)
        menu.add(words.text("welcome.paste"), self.paste_asked)
        menu.open_below(self.add_button)

    @Slot(str, QPoint)
    def _ask_badge(self, badge_id: str, place: QPoint) -> None:
        words = self.context.words
        menu = PopupMenu(self.view)
        menu.add(words.text("library.open"), partial(self.badge_opened.emit, badge_id))
        menu.add(words.text("action.show"), partial(self.share_asked.emit, badge_id))
        menu.addAction(self.context.actions["delete"])
        menu.popup(place)

    @Slot()
    def _ask_order(self) -> None:
        menu = PopupMenu(self.order)
        for order in Order:
            action = menu.add(self._order_words(order), partial(self.set_order, order))
            action.setCheckable(True)
            action.setChecked(order is self._order)
        menu.open_below(self.order)

    def delete_current(self) -> None:
        """Move what is selected, else the badge that the list stands on, to the trash."""
        if self.selection.badge_ids:
            self.selection.delete()
            return
        badge_id = self.view.current_id
        row = next((row for row in self._rows if row.id == badge_id), None)
        if row is not None:
            self._heir = self.model.neighbour(row.id)
            self._trash_can.delete(row.id, row.name)

    def set_order(self, order: Order, _checked: object = None) -> None:
        """Show the badges in another order."""
        self._order = order
        self.order.set_words(self._order_words(order))
        self._show_rows()

    def _order_words(self, order: Order) -> str:
        return self.context.words.text(f"library.sort_{order.name.lower()}")
