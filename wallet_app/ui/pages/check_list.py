"""What Coffre found: the result panel and the nine checks, each opening into its evidence."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.as_of_words import change_sentence, earlier_sentence, kept_sentence
from wallet_app.app.declared import row_word
from wallet_app.app.inner_views import holds_others
from wallet_app.app.models import BadgeDetail
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.drawing.tokens import DECLARED
from wallet_app.ui.components.button import Button, Kind, LinkButton, Size
from wallet_app.ui.components.check_row import CheckRow
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.result_panel import ResultPanel
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.check_facts import check_row
from wallet_app.ui.pages.inside_panel import InsidePanel
from wallet_app.ui.phrases import (
    as_of_when,
    first_sentence_chars,
    outcome_summary,
    verdict_as_of,
)
from wallet_app.verification.changes import Change
from wallet_app.verification.report import (
    CheckId,
    CheckResult,
    Outcome,
    Report,
    Verdict,
)
from wallet_app.verification.silence import went_unanswered
from wallet_app.wording import Words

__all__ = ["CheckList"]

_DECIDING: Final = 5
_TELLING_HELPS: Final = tuple(
    f"recipient.{code}" for code in ("no_identity", "not_shown", "someone_else")
)
_QUIET: Final = (Verdict.VERIFIED, Verdict.EXPIRED, Verdict.NOT_YET_VALID)


class CheckList(QWidget):
    """The right half of the detail.

    Signals:
        check_again: a new check is wanted.
        identities_asked: the person wants to tell who they are.
        know_issuer: put the issuer on the own list, or take it off.
        endorsements_asked: who else vouches is to be shown one by one.
        original_asked: the file that the issuer gave is to be added again.
        fresh_asked: a newer copy is to be asked for at the issuer's address.
        delete_asked: the badge that is not valid is to go to the trash.
        inside_asked: what a record holds is to be brought into view.
        found_asked: what in it a search has found is to be.
    """

    check_again = Signal()
    identities_asked = Signal()
    know_issuer = Signal(bool)
    endorsements_asked = Signal()
    original_asked = Signal()
    fresh_asked = Signal()
    delete_asked = Signal()
    inside_asked = Signal()
    found_asked = Signal()

    def __init__(
        self,
        context: Context,
        detail: BadgeDetail,
        changes: Sequence[Change] | None = None,
        *,
        sought: Sequence[str] = (),
    ) -> None:
        """``changes`` are those that a check just found; None when none was just made.

        ``sought`` is what in a record a search has found, if it was found by that.
        """
        super().__init__()
        words = context.words
        self._words = words
        self._known = _is_known(detail.report)
        self._issuer = detail.report.proven_issuer
        self.result = self._make_result(context, detail)
        self.rows: dict[CheckId, CheckRow] = {}
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.result)
        for notice in self._notices(detail, changes):
            column.addWidget(notice)
        column.addWidget(self._make_checks(detail))
        column.addLayout(_line_with("info", _note(words, detail.report)))
        column.addLayout(_line_with("safe", kept_sentence(words, detail.kept)))
        self.inside: InsidePanel | None = None
        if holds_others(detail.credential):
            self.inside = InsidePanel(context, detail, sought)
            self.inside.found.connect(self._tell_found)
            self.inside.doubted.connect(self._warn)
            column.addWidget(self.inside)
        column.addStretch(1)
        self._open_decisive(detail.report)

    def _make_result(self, context: Context, detail: BadgeDetail) -> ResultPanel:
        words, report = context.words, detail.report
        panel = ResultPanel(words.text("action.check_again"))
        sentence = verdict_sentence(words, detail.row, report)
        lead = 0 if report.verdict in _QUIET else first_sentence_chars(sentence)
        shown = detail.row.shown_verdict
        own_word = shown == DECLARED
        word = row_word(words, detail.row) if own_word else verdict_as_of(words, report)
        panel.show_result(shown, word, sentence, lead_chars=lead)
        now = context.session.services.now()
        panel.show_when(as_of_when(words, report, now), can_check=True)
        panel.check_again.connect(self.check_again)
        return panel

    def _notices(self, detail: BadgeDetail, changes: Sequence[Change] | None) -> Iterator[Notice]:
        """Yield what a check just found otherwise, and how the badge stood before."""
        words = self._words
        if detail.report.verdict is Verdict.FAILED:
            yield self._advice(detail)
        if changes is not None:
            sentences = [change_sentence(words, change) for change in changes]
            key, icon = _told(detail.report, changes)
            heading, text = words.text(f"changes.{key}"), " ".join(sentences)
            notice = Notice(icon, heading, text)
            notice.text.setVisible(bool(text))
            yield notice
        if earlier := earlier_sentence(words, detail):
            yield Notice("safe", "", earlier)

    def _advice(self, detail: BadgeDetail) -> Notice:
        """Say what is safe and what to do about a badge that cannot be accepted."""
        words = self._words
        notice = Notice("help", words.text("detail.failed_title"), words.text("detail.failed_text"))
        buttons = FlowRow(gap=8)
        buttons.setContentsMargins(0, 8, 0, 0)
        self.add_original = Button(words.text("detail.failed_add"), size=Size.SMALL)
        self.add_original.setObjectName("add-original")
        self.add_original.clicked.connect(self.original_asked)
        buttons.add(self.add_original)
        if detail.refresh_address:
            fresh = Button(words.text("detail.refresh"), size=Size.SMALL)
            fresh.clicked.connect(self.fresh_asked)
            buttons.add(fresh)
        self.remove = Button(
            words.text("detail.delete"), Kind.DANGER, icon="trash", size=Size.SMALL
        )
        self.remove.clicked.connect(self.delete_asked)
        buttons.add(self.remove)
        notice.column.addWidget(buttons)
        return notice

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        """Say right below the result that it is not that of all inside."""
        notice = Notice("warning", "", sentence, tone="outcome.warning")
        self._put_below_result(notice, "inside.see", self.inside_asked)

    @Slot(str)
    def _tell_found(self, sentence: str) -> None:
        """Say where in it what was searched for stands."""
        self._put_below_result(Notice("search", "", sentence), "inside.found_see", self.found_asked)

    def _put_below_result(self, notice: Notice, key: str, asked: SignalInstance) -> None:
        see = LinkButton(self._words.text(key))
        see.clicked.connect(asked)
        notice.row.addWidget(see)
        self._column.insertWidget(self._column.indexOf(self.result) + 1, notice)
        # What is told and reached in the order of the pieces is told right after the result.
        notice.stackUnder(self.result)
        self.result.stackUnder(notice)
        order_as_seen(self)

    def forget(self) -> None:
        """Stop reading what is inside."""
        if self.inside is not None:
            self.inside.forget()

    def show_checking(self) -> None:
        """Say that a new check is under way."""
        self.result.show_when(self._words.text("detail.checking"), can_check=False)

    def show_checked(self, sentence: str) -> None:
        """Say again when the last check was."""
        self.result.show_when(sentence, can_check=True)

    def _make_checks(self, detail: BadgeDetail) -> Panel:
        words, report = self._words, detail.report
        panel = Panel("panel")
        head = FlowRow(gap=12)
        head.setContentsMargins(16, 11, 16, 10)
        head.add(Heading(words.text("detail.nine_checks"), "body_strong"))
        head.add_spring()
        head.add(Label(outcome_summary(words, report), "small", tone="t3", wrap=True))
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addWidget(head)
        for result in report.checks:
            row = self._make_row(result, detail)
            self.rows[result.check] = row
            column.addWidget(row)
        return panel

    def _make_row(self, result: CheckResult, detail: BadgeDetail) -> CheckRow:
        words = self._words
        row = check_row(words, result, detail)
        if result.outcome is Outcome.UNKNOWN and self._decides(result.check):
            retry = Button(words.text("action.check_again"), size=Size.SMALL)
            retry.clicked.connect(self.check_again)
            row.add_button(retry)
        elif result.code in _TELLING_HELPS:
            tell = Button(words.text("detail.tell_identities"), size=Size.SMALL)
            tell.clicked.connect(self.identities_asked)
            row.add_button(tell)
        elif result.check is CheckId.TRUST and self._issuer:
            row.add_button(self._make_know())
        elif result.check is CheckId.ENDORSEMENTS and detail.credential.endorsements:
            see = Button(words.text("vouch.see"), size=Size.SMALL)
            see.clicked.connect(self.endorsements_asked)
            row.add_button(see)
        return row

    def _make_know(self) -> Button:
        key = "forget_issuer" if self._known else "know_issuer"
        button = Button(self._words.text(f"detail.{key}"), size=Size.SMALL)
        button.clicked.connect(self._ask_to_know)
        return button

    @Slot()
    def _ask_to_know(self) -> None:
        self.know_issuer.emit(not self._known)

    @staticmethod
    def _decides(check: CheckId) -> bool:
        return list(CheckId).index(check) < _DECIDING

    def _open_decisive(self, report: Report) -> None:
        if report.verdict is Verdict.VERIFIED:
            return
        bad = (Outcome.FAILED, Outcome.UNKNOWN)
        for result in report.checks[:_DECIDING]:
            if result.outcome in bad:
                self.rows[result.check].set_open(opened=True)
                return


def _is_known(report: Report) -> bool:
    trust = report.check(CheckId.TRUST)
    return "trust.known" in (trust.code, *(code for code, _ in trust.findings))


def _told(report: Report, changes: Sequence[Change]) -> tuple[str, str]:
    """Return the words and the icon with which a new check is told."""
    if changes:
        return "changed", "info"
    # "Nothing has changed" beside "nobody could be asked today" would be two answers.
    return ("unanswered", "info") if went_unanswered(report) else ("unchanged", "check")


def _note(words: Words, report: Report) -> str:
    failed = any(result.outcome is Outcome.FAILED for result in report.checks)
    undetermined = "undetermined_failed_note" if failed else "undetermined_note"
    keys = {Verdict.UNDETERMINED: undetermined, Verdict.FAILED: "failed_note"}
    return words.text(f"detail.{keys.get(report.verdict, 'last_four')}")


def _line_with(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(IconMark(icon, "t3"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "small", tone="t3", wrap=True), 1)
    return row
