"""One badge: what it says on the left, what Coffre found on the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from wallet_app.app.check_again import CheckFound, CheckRequest
from wallet_app.app.declared import row_word
from wallet_app.app.life import LifeMoment
from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.calendar_saving import CalendarSaving
from wallet_app.ui.components.button import Button, IconButton, Kind
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.context import Context
from wallet_app.ui.pages import detail_work
from wallet_app.ui.pages.badge_head import BadgeHead
from wallet_app.ui.pages.badge_paper import BadgePaper
from wallet_app.ui.pages.badge_refresh import BadgeRefresh
from wallet_app.ui.pages.badge_saving import BadgeSaving
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.pages.detail_halves import DetailHalves, Heads
from wallet_app.ui.pages.detail_marks import DetailMarks
from wallet_app.ui.pages.detail_reading import DetailReading
from wallet_app.ui.pages.detail_walk import DetailWalk
from wallet_app.ui.pages.life_panel import LifePanel
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.still_there import StillThere
from wallet_app.ui.phrases import as_of_when, finding
from wallet_app.ui.trash_can import TrashCan
from wallet_app.verification.changes import Change
from wallet_app.verification.report import CheckId, Verdict

__all__ = ["DetailPage"]

T = TypeVar("T")


class DetailPage(Page):
    """Shows the badge given to ``load``.

    Signals:
        share_asked: its id, for the share dialog.
        identities_asked: the person wants to tell who they are.
        skill_asked: the name of a skill, to find what else proves it.
        back_asked: the person wants to see again what was shown before.
    """

    share_asked = Signal(str)
    identities_asked = Signal()
    skill_asked = Signal(str)
    back_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._badge_id = ""
        self._detail: BadgeDetail | None = None
        self._checking = False
        self._trash_can = TrashCan(context, self)
        self._saving = BadgeSaving(context, self)
        self._calendar = CalendarSaving(context, self)
        self._refresh = BadgeRefresh(context, self)
        self._refresh.kept.connect(self.load)
        self._refresh.failed.connect(self._fail_check)
        self.marks = DetailMarks(context, self)
        self.reading = DetailReading(context, self)
        self.reading.save_asked.connect(self.save_copy)
        self.walk = DetailWalk(context, self)
        self.walk.wanted.connect(self._go_to)
        self._still_there = StillThere(context, self)
        self._still_there.gone.connect(self._leave_gone)
        # Set by who lists badges: what in a record a search has found.
        self.found_inside: Callable[[str], Sequence[str]] = _nothing
        self.checks: CheckList | None = None
        self.life: LifePanel | None = None
        context.session.changed.connect(self._read_life)
        self._halves = DetailHalves()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_toolbar())
        column.addWidget(self._halves, 1)

    def _make_toolbar(self) -> FlowRow:
        words = self.context.words
        self.back = Button("", Kind.QUIET, icon="back").let_wrap()
        self.come_from("")
        self.save = Button(words.text("detail.save_copy"), icon="file").let_wrap()
        self.share = Button(words.text("detail.show"), Kind.PRIMARY, icon="share").let_wrap()
        self.more = IconButton("more", words.text("detail.more"))
        self.back.clicked.connect(self.back_asked)
        self.save.clicked.connect(self.save_copy)
        self.share.clicked.connect(self.ask_share)
        self.more.clicked.connect(self._ask_more)
        row = FlowRow(gap=10)
        # The sign of the way back stands flush with the badge: a quiet button has no edge.
        row.setContentsMargins(MARGIN - 16, 13, MARGIN - 10, 13)
        row.add(self.back)
        row.add_spring()
        actions = (self.save, self.share, self.more)
        row.add(*self.walk.widgets, self.marks.star, self.marks.tag, *actions)
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
        self.expect(badge_id)
        self.context.session.ask(
            self,
            "badge",
            partial(detail_work.open_badge, badge_id),
            done=self._show,
            failed=self._fail,
        )

    def expect(self, badge_id: str) -> None:
        """Be empty for a badge that is loaded next."""
        self.forget()
        self._badge_id = badge_id

    def come_from(self, page: str) -> None:
        """Name the page that the way back leads to; "" is the safe."""
        words = self.context.words
        name = words.text(f"page.{page or 'safe'}")
        self.back.set_words(name)
        elsewhere = page not in ("", "safe")
        said = words.text("way_back.to", page=name) if elsewhere else words.text("detail.back")
        self.back.setAccessibleName(said)

    def entered(self) -> None:
        """Begin at the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop the badge."""
        self._badge_id = ""
        self._detail = None
        self._checking = False
        if self.checks is not None:
            self.checks.forget()
        self.checks = self.life = None
        self.reading.forget()
        self.walk.forget()
        self._still_there.forget()
        self._halves.clear()
        self.marks.forget()
        for button in (self.save, self.share, self.more):
            button.setEnabled(False)

    def _show(self, detail: BadgeDetail, changes: Sequence[Change] | None = None) -> None:
        if detail.row.id != self._badge_id:
            return
        self._detail = detail
        self._checking = False
        self.marks.hand_over()
        if self.checks is not None:
            self.checks.forget()
        paper = BadgePaper(self.context, detail)
        paper.skill_asked.connect(self.skill_asked)
        sought = self.found_inside(detail.row.id)
        self.checks = CheckList(self.context, detail, changes, sought=sought)
        self.checks.check_again.connect(self.check_again)
        self.checks.identities_asked.connect(self.identities_asked)
        self.checks.know_issuer.connect(self._know_issuer)
        self.checks.original_asked.connect(self.context.actions["add"].trigger)
        self.checks.fresh_asked.connect(self.refresh)
        self.checks.delete_asked.connect(self.delete)
        self.checks.inside_asked.connect(self.show_inside)
        self.checks.found_asked.connect(self.show_found)
        self.reading.show(detail, paper, self.checks)
        self.life = LifePanel(self.context)
        heads = Heads(BadgeHead(self.context, detail), paper.head)
        left = self.marks.beside(paper, detail)
        self._halves.show_content(heads, left, self.checks, self.life)
        self._read_life()
        self._still_there.watch(detail.row.id)
        self.walk.show_place(detail.row.id)
        self._show_buttons(detail.report.verdict)

    @Slot()
    def _read_life(self) -> None:
        detail, now = self._detail, self.context.session.services.now()
        if detail is not None:
            work = partial(detail_work.read_life, detail, now)
            self.context.session.ask(
                self, "life", work, done=self._take_life, failed=self.context.stage.report
            )

    def _take_life(self, moments: Sequence[LifeMoment]) -> None:
        if self.life is not None:
            self.life.show_life(moments)

    def show_life(self) -> None:
        """Bring the life of the badge into view."""
        if self.life is not None:
            self._halves.ensureWidgetVisible(self.life)

    @Slot()
    def show_inside(self) -> None:
        """Bring what a learner record holds to the top of the view, and begin there."""
        if self.checks is not None and self.checks.inside is not None:
            self._halves.show_top_of(self.checks.inside)
            self.checks.inside.begin()

    @Slot()
    def show_found(self) -> None:
        """Bring what a search found in a learner record to the top of the view."""
        if self.checks is not None and self.checks.inside is not None:
            self._halves.show_top_of(self.checks.inside.begin_at_found())

    @Slot(str)
    def _go_to(self, badge_id: str) -> None:
        """Show another badge; the focus stays where one walks."""
        self.load(badge_id)

    def _show_buttons(self, verdict: Verdict) -> None:
        # Everything keeps its place from badge to badge: who walks on presses where they pressed.
        self.share.kind = Kind.SECONDARY if verdict is Verdict.FAILED else Kind.PRIMARY
        self.share.update()
        for button in (self.save, self.share, self.more):
            button.setEnabled(True)

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
            self.context.stage.announce(row_word(words, detail.row))
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
            self._ask_safe("know issuer", work, partial(self._tell_known, known))

    def _tell_known(self, known: bool, detail: BadgeDetail) -> None:
        self._offer_to_unknow(known, detail.row.id)
        if detail.row.id != self._badge_id:
            return
        self._show(detail)
        if self.checks is not None:
            row = self.checks.rows[CheckId.TRUST]
            row.set_open(opened=True)
            row.head.setFocus(Qt.FocusReason.OtherFocusReason)
        words, trust = self.context.words, detail.report.check(CheckId.TRUST)
        self.context.stage.announce(finding(words, trust.code, trust.params))

    def _offer_to_unknow(self, known: bool, badge_id: str) -> None:
        words = self.context.words
        said = words.text("undo.issuer_known" if known else "undo.issuer_unknown")
        work = partial(detail_work.know_issuer, badge_id, not known)
        undo = partial(self._ask_safe, "undo know issuer", work, partial(self._tell_unknown, said))
        self.context.stage.offer_undo(said, undo, words.text("marks.undo"))

    def _tell_unknown(self, said: str, detail: BadgeDetail) -> None:
        if detail.row.id == self._badge_id:
            self._show(detail)
        self.context.stage.toast(self.context.words.text("marks.undone", what=said))

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
        self.back_asked.emit()
        self.context.stage.report(error)

    @Slot()
    def _leave_gone(self) -> None:
        """Go back: what the page offers cannot be done with a badge that is in the safe no more."""
        if self.isVisibleTo(self.window()):
            self.back_asked.emit()

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
        if self._detail is not None and self._detail.row.expires_on is not None:
            menu.add(words.text("calendar.one"), self._save_calendar)
        menu.open_below(self.more)

    @Slot()
    def _save_calendar(self) -> None:
        if self._detail is not None:
            self._calendar.ask_one(self._badge_id, self._detail.row.name)


def _nothing(_badge_id: str) -> Sequence[str]:
    return ()
