"""The shell with its pages, in one language, and what they ask of the window."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from wallet_app.app.search_language import Field
from wallet_app.ui.demo_mark import DemoMark
from wallet_app.ui.door import Door
from wallet_app.ui.draft_notice import DraftOffer
from wallet_app.ui.facet_keeper import FacetKeeper
from wallet_app.ui.focus_home import FocusHome
from wallet_app.ui.pages.deleted import DeletedPage
from wallet_app.ui.pages.detail import DetailPage
from wallet_app.ui.pages.library import LibraryPage
from wallet_app.ui.pages.watch_page import WatchPage
from wallet_app.ui.recovery_reminder import RecoveryReminder
from wallet_app.ui.search_words import named_term, respelled
from wallet_app.ui.shelf_drops import ShelfDrops
from wallet_app.ui.shelf_rows import ShelfRows
from wallet_app.ui.shell import Shell
from wallet_app.ui.tasks import Tasks
from wallet_app.ui.way_back import WayBack

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Screens"]


class Screens:
    """Made once per language. What outlives a language (``Tasks``) belongs to the window."""

    def __init__(self, window: "MainWindow", door: Door) -> None:
        """Make the shell and the library; the other pages follow when they are wanted."""
        self._window = window
        self.shell = Shell(window.words, window.commands)
        self.shell.lock_asked.connect(window.lock)
        self.shell.menu_asked.connect(window.menus.open)
        self.way_back = WayBack(window, self.shell)
        FocusHome(window, self.shell)
        self.library = LibraryPage(window.context)
        window.states.watch(self.shell, self.library)
        window.memory.watch(self.library)
        self.library.drag_asked.connect(window.drags.begin)
        self.shell.again.connect(self._show_whole)
        self._connect_library(door)
        self.shell.add_page("safe", lambda: self.library)
        # It fetches before it is shown: without a place in the shell it would outlive it.
        self.shell.page("safe")
        self.shell.add_page("badge", lambda: self.detail, row="safe")
        self.shell.add_page("deleted", lambda: self.deleted)
        self.shell.add_page("watch", self._make_watch)
        if window.tasks is None:
            window.tasks = Tasks(window)
            window.notices.watch(window.tasks)
        window.tasks.add_pages(window.context, self.shell)
        self.library.selection.show_asked.connect(window.tasks.showing.show)
        self.library.selection.check_asked.connect(window.tasks.rounds.check)
        self._demo_mark = DemoMark(window, self.shell)
        self._reminder = RecoveryReminder(window, self.shell)
        self.draft_offer = DraftOffer(window, self.shell)
        self.facets = FacetKeeper(window.context, self.shell)
        self.library.follow(self.facets)
        self.shelves = ShelfRows(window.context, self.shell.side_bar, self.facets, self.shell)
        self.shelves.chosen.connect(self._show_shelf)
        drops = ShelfDrops(window.context, self.shell.side_bar, self.shelves, window.drags)
        drops.filing_asked.connect(self.library.selection.ask_filing_of)
        self.shelves.all_asked.connect(self.library.shelf_filter.show_all)
        self.library.looked_for.connect(self._mark_shelf)
        if window.session.is_open:
            # A new language, maybe on another page: the side bar's count comes from here.
            self.library.refresh()

    def take_over(self, before: "Screens") -> None:
        """Show what narrowed the safe and which groups were open, in other words maybe."""
        old, new = before.library, self.library
        new.search.search_now(respelled(self._window.words, old.search.text.strip()))
        new.filters.choose(old.filters.buttons.checkedId())
        self.shelves.open_groups(before.shelves.opened)
        self.facets.fetched.connect(self._mark_again)

    def _mark_again(self) -> None:
        """What is searched for has a row only when there are rows."""
        self._mark_shelf(self.library.search.text.strip())

    def _show_whole(self, page_id: str) -> None:
        """Drop what narrows the safe: whoever goes there from there wants all of it."""
        if page_id == "safe" and self.library.is_narrowed:
            self.library.clear()

    def _show_shelf(self, query: str) -> None:
        self._window.show_page("safe")
        self.library.look_for(query)

    def _show_skill(self, name: str) -> None:
        self._show_shelf(named_term(self._window.words, Field.SKILL, name))

    def _show_count(self, count: int) -> None:
        """Say in the side bar how many badges there are."""
        note = self._window.words.number(count) if count else ""
        self.shell.side_bar.set_note("safe", note)

    def _mark_shelf(self, query: str) -> None:
        if self.shell.current_page == "safe":
            self.shelves.mark(query)

    def _make_watch(self) -> WatchPage:
        page = WatchPage(self._window.context)
        page.search_asked.connect(self._show_shelf)
        if self._window.tasks is not None:
            page.check_asked.connect(self._window.tasks.rounds.start)
        return page

    @cached_property
    def detail(self) -> DetailPage:
        """The page of one badge."""
        page = DetailPage(self._window.context)
        page.share_asked.connect(self._window.share_asked)
        page.skill_asked.connect(self._show_skill)
        page.back_asked.connect(self._window.go_back)
        page.walk.order = self.library.model.ids
        for came in (self.library.model.modelReset, self.library.model.rowsInserted):
            came.connect(page.walk.renew)
        page.found_inside = self._found_inside
        if self._window.tasks is not None:
            page.identities_asked.connect(self._window.tasks.tell_who_you_are)
        return page

    def _found_inside(self, badge_id: str) -> Sequence[str]:
        """Return what a search found inside a badge that was opened from what it found."""
        from_safe = self.way_back.leads_to in ("", "safe")
        return self.library.model.found_inside(badge_id) if from_safe else ()

    @cached_property
    def deleted(self) -> DeletedPage:
        """The page of what was deleted."""
        return DeletedPage(self._window.context)

    def _connect_library(self, door: Door) -> None:
        window, library = self._window, self.library
        library.badge_opened.connect(window.show_badge)
        library.share_asked.connect(window.share_asked)
        library.counted.connect(self._show_count)
        adding = library.adding
        adding.files.connect(door.ask_files)
        adding.folder.connect(door.ask_folder)
        adding.paste.connect(door.paste)
        adding.picture.connect(door.codes.ask_picture)
        adding.screen.connect(door.codes.ask_screen)
        adding.samples.connect(window.samples_asked)
