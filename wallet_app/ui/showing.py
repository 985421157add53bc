"""Opens what shows badges to others: share dialog, interview, portfolio. One badge or several."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from wallet_app.app.share_models import ShownBy
from wallet_app.ui.sheets.facts_reader import FactsReader
from wallet_app.ui.sheets.interview import HOLD_S, InterviewView
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_sheet import Position, ShareSheet

if TYPE_CHECKING:
    from wallet_app.app.models import BadgeRow
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Showing"]


class Showing(QObject):
    """Lives as long as the window.

    ``page_wanted``: the person wants to set up their page, or to allow public links.
    """

    page_wanted = Signal()

    def __init__(self, window: "MainWindow", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._state_before = window.windowState()
        window.share_asked.connect(self.share)

    # --- one badge, or one after the other ---------------------------------------------

    @Slot(str)
    def share(self, badge_id: str) -> None:
        """Open the dialog that shows a badge to someone."""
        self._share([badge_id], 0, None)

    def share_each(self, badge_ids: Sequence[str], way: ShownBy) -> None:
        """Open the same dialog for each badge in turn, all in one way."""
        self._share(badge_ids, 0, way)

    def _share(self, badge_ids: Sequence[str], at: int, way: ShownBy | None) -> None:
        reader = FactsReader(self._window.context, self)
        reader.read(
            badge_ids[at], partial(self._open_share, reader, badge_ids, at, way),
            self._window.report,
        )  # fmt: skip

    def _open_share(
        self,
        reader: FactsReader,
        badge_ids: Sequence[str],
        at: int,
        way: ShownBy | None,
        facts: ShareFacts,
    ) -> None:
        reader.deleteLater()
        position = Position(at + 1, len(badge_ids))
        sheet = ShareSheet(self._window, self._window.context, facts, position)
        sheet.code_wanted.connect(self._show_code)
        sheet.portfolio_wanted.connect(self._leave_for_portfolio)
        sheet.page_wanted.connect(self.page_wanted)
        sheet.settings_wanted.connect(self.page_wanted)
        if not position.is_last:
            sheet.next_wanted.connect(partial(self._share, badge_ids, at + 1, way))
        if way is not None:
            sheet.show_way(way)
        self._window.open_sheet(sheet)

    @Slot()
    def _leave_for_portfolio(self) -> None:
        sheet = self.sender()
        if isinstance(sheet, ShareSheet):
            row = sheet.facts.detail.row
            sheet.close_sheet()
            self.show_several([row])

    @Slot(object)
    def show(self, rows: "Sequence[BadgeRow]") -> None:
        """Show what is selected: one badge by itself, several together."""
        if len(rows) == 1:
            self.share(rows[0].id)
        else:
            self.show_several(rows)

    # --- several -----------------------------------------------------------------------

    def show_several(self, rows: "Sequence[BadgeRow]") -> None:
        """Open the dialog that shows several badges as one."""
        sheet = PortfolioSheet(self._window, self._window.context, rows)
        sheet.codes_wanted.connect(self.interview)
        sheet.profile_wanted.connect(self._profile_each)
        sheet.page_wanted.connect(self.page_wanted)
        self._window.open_sheet(sheet)

    @Slot(object)
    def _profile_each(self, badge_ids: Sequence[str]) -> None:
        self.share_each(badge_ids, ShownBy.LINKEDIN)

    # --- the interview -----------------------------------------------------------------

    @Slot(object)
    def interview(self, badge_ids: Sequence[str]) -> None:
        """Fill the window with the code of one badge after the other."""
        self._fill_window(badge_ids, None, whole=True)

    @Slot(object, bool)
    def _show_code(self, facts: ShareFacts, whole: bool) -> None:
        self._fill_window([facts.detail.row.id], facts, whole=whole)

    def _fill_window(
        self, badge_ids: Sequence[str], facts: ShareFacts | None, *, whole: bool
    ) -> None:
        window = self._window
        view = InterviewView(window, window.context, badge_ids, whole=whole)
        view.closed.connect(self._leave_full_screen)
        # Only the clock of the idle lock waits, and not for long; every other lock still comes.
        window.idle.hold(HOLD_S)
        self._state_before = window.windowState()
        window.setWindowState(self._state_before | Qt.WindowState.WindowFullScreen)
        window.open_sheet(view)
        view.begin(facts)

    @Slot()
    def _leave_full_screen(self) -> None:
        self._window.idle.release()
        self._window.setWindowState(self._state_before)
