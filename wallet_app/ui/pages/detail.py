"""One badge: what it says on the left, what Coffre found on the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wallet_app.app.check_again import CheckFound, CheckRequest
from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, IconButton, Kind, LinkButton
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.context import Context
from wallet_app.ui.pages import detail_work
from wallet_app.ui.pages.badge_paper import BadgePaper
from wallet_app.ui.pages.badge_refresh import BadgeRefresh
from wallet_app.ui.pages.badge_saving import BadgeSaving
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.pages.detail_marks import DetailMarks
from wallet_app.ui.pages.detail_sheets import (
    EverythingSheet,
    WritingsSheet,
    criteria_sheet,
    evidence_sheet,
)
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.phrases import as_of_when, finding, verdict_word
from wallet_app.ui.theme import look
from wallet_app.ui.trash_can import TrashCan
from wallet_app.verification.changes import Change
from wallet_app.verification.report import CheckId, Verdict

__all__ = ["DetailPage"]

T = TypeVar("T")

_STACK_BELOW: Final = 1000
_PAPER_SHARE: Final = 0.37
_PAPER_LEAST: Final = 324
_PAPER_MOST: Final = 400


class DetailPage(Page):
    """Shows the badge given to ``load``; ``share_asked`` gives its id to the share dialog.

    ``identities_asked``: the person wants to tell who they are.
    """

    share_asked = Signal(str)
    identities_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._badge_id = ""
        self._detail: BadgeDetail | None = None
        self._checking = False
        self._trash_can = TrashCan(context, self)
        self._saving = BadgeSaving(context, self)
        self._refresh = BadgeRefresh(context, self)
        self._refresh.kept.connect(self.load)
        self._refresh.failed.connect(self._fail_check)
        self._content: QWidget | None = None
        self._columns: QBoxLayout | None = None
        self._paper: BadgePaper | None = None
        self._left: QWidget | None = None
        self.marks = DetailMarks(context, self)
        self.checks: CheckList | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_toolbar())
        column.addWidget(self._area, 1)

    def _make_toolbar(self) -> QHBoxLayout:
        words = self.context.words
        self.back = IconButton("back", words.text("detail.back"))
        place = LinkButton(words.text("page.safe"), role="body", tone="t2", line_tone="win")
        self.save = Button(words.text("detail.save_copy"), icon="file").let_wrap()
        self.share = Button(words.text("detail.show"), Kind.PRIMARY, icon="share").let_wrap()
        self.remove = Button(words.text("detail.delete"), Kind.DANGER, icon="trash").let_wrap()
        self.more = IconButton("more", words.text("detail.more"))
        self.back.clicked.connect(self._go_back)
        place.clicked.connect(self._go_back)
        self.save.clicked.connect(self.save_copy)
        self.share.clicked.connect(self.ask_share)
        self.remove.clicked.connect(self.delete)
        self.more.clicked.connect(self._ask_more)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN - 10, 13, MARGIN - 10, 13)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(place)
        row.addStretch(1)
        actions = (self.save, self.share, self.remove, self.more)
        for button in (self.marks.star, self.marks.tag, *actions):
            row.addWidget(button)
        return row

    # --- showing -----------------------------------------------------------------------

    @property
    def badge_id(self) -> str:
        """The badge that is shown, or ""."""
        return self._badge_id

    @property
    def shown(self) -> BadgeDetail | None:
        """The badge as it is shown, or None while it is fetched or locked."""
        return self._detail

    def load(self, badge_id: str) -> None:
        """Fetch and show a badge."""
        self.forget()
        self._badge_id = badge_id
        self.context.session.ask(
            self,
            "badge",
            partial(detail_work.open_badge, badge_id),
            done=self._show,
            failed=self._fail,
        )

    def entered(self) -> None:
        """Begin at the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop the badge."""
        self._badge_id = ""
        self._detail = None
        self._checking = False
        self.checks = self._paper = self._left = None
        self._clear()
        self.marks.forget()
        for button in (self.save, self.share, self.remove, self.more):
            button.setEnabled(False)

    def _clear(self) -> None:
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._content = self._columns = None

    def _show(self, detail: BadgeDetail, changes: Sequence[Change] | None = None) -> None:
        if detail.row.id != self._badge_id:
            return
        self._detail = detail
        self._checking = False
        self.marks.hand_over()
        self._clear()
        self._paper = BadgePaper(self.context, detail)
        self._paper.criteria_asked.connect(self.show_criteria)
        self._paper.evidence_asked.connect(self.show_evidence)
        self._paper.everything_asked.connect(self.show_everything)
        self.checks = CheckList(self.context, detail, changes)
        self.checks.check_again.connect(self.check_again)
        self.checks.identities_asked.connect(self.identities_asked)
        self.checks.know_issuer.connect(self._know_issuer)
        self._content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._columns.setContentsMargins(MARGIN, 4, MARGIN - 10, 24)
        self._columns.setSpacing(20)
        self._left = self.marks.beside(self._paper, detail)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self.checks, 1)
        self._arrange()
        self._area.setWidget(self._content)
        self._show_buttons(detail.report.verdict)

    def _show_buttons(self, verdict: Verdict) -> None:
        failed = verdict is Verdict.FAILED
        self.share.setVisible(not failed)
        self.remove.setVisible(failed)
        for button in (self.save, self.share, self.remove, self.more):
            button.setEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the two halves when narrow, the result first."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._columns is None or self._left is None:
            return
        room = self.width() - 2 * MARGIN
        stacked = self.window().width() < look().px(_STACK_BELOW)
        direction = (
            QBoxLayout.Direction.BottomToTop if stacked else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setDirection(direction)
        least, most = look().px(_PAPER_LEAST), look().px(_PAPER_MOST)
        if stacked:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        else:
            self._left.setFixedWidth(round(min(max(room * _PAPER_SHARE, least), most)))

    # --- doing -------------------------------------------------------------------------

    @Slot()
    def check_again(self) -> None:
        """Check this badge anew; the old result stays until the new one is there."""
        if self._detail is None or self._checking or self.checks is None:
            return
        self._checking = True
        self.checks.show_checking()
        badge_id, services = self._badge_id, self.context.session.services
        self._ask_safe(
            "request check", lambda safe: safe.request_check(badge_id, services), self._run_check
        )

    def _run_check(self, request: CheckRequest) -> None:
        # In the pool: a silent issuer must hold up neither the safe nor its lock.
        self.context.bridge.on_pool(
            self,
            "check",
            partial(detail_work.run_check, request),
            done=partial(self._keep_check, request),
            failed=self._fail_check,
        )

    def _keep_check(self, request: CheckRequest, found: CheckFound) -> None:
        work = partial(detail_work.keep_check, request, found)
        self._ask_safe("keep check", work, partial(self._take_check, found.changes))

    def _ask_safe(self, name: str, work: Callable[[Safe], T], done: Callable[[T], None]) -> None:
        self.context.session.ask(self, name, work, done=done, failed=self._fail_check)

    def _take_check(self, changes: Sequence[Change], detail: BadgeDetail) -> None:
        self.context.session.changed.emit()
        if detail.row.id != self._badge_id:
            return
        self._show(detail, changes)
        words = self.context.words
        if self.checks is not None:
            self.context.stage.announce(verdict_word(words, detail.report.verdict))
            self.checks.result.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail_check(self, error: CoffreError) -> None:
        self._checking = False
        if self._detail is not None and self.checks is not None:
            now = self.context.session.services.now()
            self.checks.show_checked(as_of_when(self.context.words, self._detail.report, now))
        self.context.stage.report(error)

    @Slot(bool)
    def _know_issuer(self, known: bool) -> None:
        """Put the proven issuer on the person's own list, or take it off."""
        if self._detail is not None:
            work = partial(detail_work.know_issuer, self._badge_id, known)
            self._ask_safe("know issuer", work, self._tell_known)

    def _tell_known(self, detail: BadgeDetail) -> None:
        if detail.row.id != self._badge_id:
            return
        self._show(detail)
        if self.checks is not None:
            row = self.checks.rows[CheckId.TRUST]
            row.set_open(opened=True)
            row.head.setFocus(Qt.FocusReason.OtherFocusReason)
        words, trust = self.context.words, detail.report.check(CheckId.TRUST)
        self.context.stage.announce(finding(words, trust.code, trust.params))

    @Slot()
    def refresh(self) -> None:
        """Ask the issuer for a newer copy; this one stays whatever comes."""
        if self._detail is None or self._checking or self.checks is None:
            return
        self._checking = True
        self.checks.show_checking()
        self._refresh.ask(self._badge_id)

    @Slot()
    def ask_share(self) -> None:
        """Show this badge to someone."""
        if self._detail is not None:
            self.share_asked.emit(self._badge_id)

    @Slot()
    def save_copy(self) -> None:
        """Save the original file, byte for byte, where the person says."""
        if self._detail is not None:
            self._saving.ask_copy(self._detail)

    def save_proof(self, kind: ExportKind, _checked: object = None) -> None:
        """Save the receipt of the check that is shown, or the pack of its evidence."""
        if self._detail is not None:
            self._saving.ask_proof(self._detail, kind)

    @Slot()
    def delete(self) -> None:
        """Move this badge to the trash; the message offers to undo it."""
        if self._detail is None:
            return
        self._trash_can.delete(self._badge_id, self._detail.row.name)

    def _fail(self, error: CoffreError) -> None:
        self.context.stage.report(error)
        self.context.stage.show_page("safe")

    @Slot()
    def _go_back(self) -> None:
        self.context.stage.show_page("safe")

    @Slot()
    def _ask_more(self) -> None:
        menu = PopupMenu(self.more)
        menu.addAction(self.context.actions["check_again"])
        if self._detail is not None and self._detail.refresh_address:
            menu.add(self.context.words.text("detail.refresh"), self.refresh)
        for key in ("show", "delete"):
            menu.addAction(self.context.actions[key])
        words = self.context.words
        for kind in (ExportKind.RECEIPT, ExportKind.EVIDENCE):
            menu.add(words.text(f"detail.save_{kind.value}"), partial(self.save_proof, kind))
        menu.open_below(self.more)

    # --- in full -----------------------------------------------------------------------

    @Slot()
    def show_criteria(self) -> None:
        """Show what one had to do for this badge."""
        if self._detail is not None:
            self._open_writings(criteria_sheet(self.window(), self.context.words, self._detail))

    @Slot()
    def show_evidence(self) -> None:
        """Show the work put forward with it."""
        if self._detail is not None:
            self._open_writings(evidence_sheet(self.window(), self.context.words, self._detail))

    @Slot()
    def show_everything(self) -> None:
        """Show the document itself."""
        if self._detail is not None:
            sheet: Sheet = EverythingSheet(self.window(), self.context.words, self._detail)
            self.context.stage.open_sheet(sheet)

    def _open_writings(self, sheet: WritingsSheet) -> None:
        sheet.link_asked.connect(self._open_link)
        self.context.stage.open_sheet(sheet)

    @Slot(str)
    def _open_link(self, address: str) -> None:
        self.context.seams.open_link(address, self.context.words)
