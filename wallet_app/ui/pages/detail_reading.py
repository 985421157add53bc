"""What opens from the page of a badge to be read in full: criteria, evidence, the file itself."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.endorsement_views import EndorsementView
from wallet_app.app.models import BadgeDetail
from wallet_app.ui.context import Context
from wallet_app.ui.pages import detail_work
from wallet_app.ui.pages.badge_paper import BadgePaper
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.sheets.endorsements_sheet import EndorsementsSheet
from wallet_app.ui.sheets.source_sheet import SourceSheet
from wallet_app.ui.sheets.writings_sheet import WritingsSheet, criteria_sheet, evidence_sheet

__all__ = ["DetailReading"]


class DetailReading(QObject):
    """Opens the sheets over the badge that is shown. ``save_asked`` as of ``SourceSheet``."""

    save_asked = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._detail: BadgeDetail | None = None

    def show(self, detail: BadgeDetail, paper: BadgePaper, checks: CheckList) -> None:
        """Be ready for a badge, whose page is these two halves."""
        self._detail = detail
        paper.criteria_asked.connect(self.criteria)
        paper.evidence_asked.connect(self.evidence)
        paper.endorsements_asked.connect(self.endorsements)
        paper.everything_asked.connect(self.everything)
        checks.endorsements_asked.connect(self.endorsements)

    def forget(self) -> None:
        """Know no badge."""
        self._detail = None

    @Slot()
    def criteria(self) -> None:
        """Show what one had to do for this badge."""
        if self._detail is not None:
            words = self._context.words
            self._open(criteria_sheet(self._page.window(), words, self._detail))

    @Slot()
    def evidence(self) -> None:
        """Show the work put forward with it."""
        if self._detail is not None:
            words = self._context.words
            self._open(evidence_sheet(self._page.window(), words, self._detail))

    @Slot()
    def endorsements(self) -> None:
        """Show who else vouches for it, when each has been read."""
        if self._detail is not None:
            detail = self._detail
            self._context.bridge.on_pool(
                self,
                "endorsements",
                partial(detail_work.read_endorsements, detail),
                done=partial(self._show_endorsements, detail),
                failed=self._context.stage.report,
            )

    def _show_endorsements(self, detail: BadgeDetail, views: Sequence[EndorsementView]) -> None:
        if detail is self._detail:
            words, total = self._context.words, len(detail.credential.endorsements)
            window, name = self._page.window(), detail.row.name
            self._open(EndorsementsSheet(window, words, name, views, total))

    @Slot()
    def everything(self) -> None:
        """Show the document itself."""
        if self._detail is not None:
            sheet = SourceSheet(self._page.window(), self._context, self._detail)
            sheet.save_asked.connect(self.save_asked)
            self._context.stage.open_sheet(sheet)

    def _open(self, sheet: WritingsSheet | EndorsementsSheet) -> None:
        sheet.link_asked.connect(self._open_link)
        self._context.stage.open_sheet(sheet)

    @Slot(str)
    def _open_link(self, address: str) -> None:
        self._context.seams.open_link(address, self._context.words)
