"""The reader's page on a phone, as it will look at first: nothing invented, nothing promised."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from wallet_app.app.page_foresight import Foresight, foresee
from wallet_app.app.share_models import ShownBy
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_parts import paint_phone
from wallet_app.ui.theme import look
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.wording import plain_text

__all__ = ["PageGlimpse", "passes_fewer"]

_WIDTH: Final = 286
_ART: Final = 52
_OUTLINE_PX: Final = 1.5
_MAX_NAME: Final = 160
_COUNTED: Final = (Outcome.PASSED, Outcome.FAILED, Outcome.WARNING, Outcome.UNKNOWN)


class PageGlimpse(QFrame):
    """A phone that shows the badge as the person's page will, before it may ask anybody."""

    def __init__(self, context: Context, facts: ShareFacts, *, in_file: bool = False) -> None:
        """``in_file``: the page is a file, and has a name in place of an address."""
        super().__init__()
        words, seen = facts.words, foresee(facts.glimpsed)
        where = facts.file_name(ShownBy.HTML) if in_file else facts.my_host
        self.setFixedWidth(_WIDTH)
        word, finding = words.text(f"verdict.{seen.shown_verdict}.name"), _finding(facts, seen)
        self.setAccessibleName(
            words.text("share.glimpse.named", host=where, verdict=word, finding=finding)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 26)
        column.setSpacing(10)
        column.addLayout(_address(where, "file" if in_file else "lock"))
        column.addWidget(_VerdictPanel(seen.shown_verdict, word, finding))
        column.addWidget(_Card(context, facts, seen.outcomes[CheckId.ISSUER]))
        column.addLayout(_counts(facts, seen))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the phone and its screen."""
        painter = QPainter(self)
        paint_phone(painter, QRectF(self.rect()))
        painter.end()


def _finding(facts: ShareFacts, seen: Foresight) -> str:
    words = facts.words
    if seen.verdict is Verdict.UNDETERMINED and seen.asks:
        return words.text("share.glimpse.after_asking", host=seen.asks)
    if seen.declared:
        return words.text("share.glimpse.own_word")
    return words.text("share.glimpse.here")


def _address(where: str, icon: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    row.addWidget(IconMark(icon, "t3", 12))
    row.addWidget(Label(plain_text(where, max_chars=60), "hint", tone="t3"))
    row.addStretch(1)
    return row


class _VerdictPanel(QFrame):
    """Icon, word and colour together, as on the page."""

    def __init__(self, verdict: str, word: str, finding: str) -> None:
        """``verdict``: one of ``tokens.VERDICTS``, or ``declared``."""
        super().__init__()
        self._verdict = verdict
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(word, "body_strong", tone=f"verdict.{verdict}", wrap=True))
        texts.addWidget(Label(finding, "small", tone=f"verdict.{verdict}", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 10)
        row.setSpacing(12)
        mark = IconMark(f"verdict-{verdict}", f"verdict.{verdict}", 24)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        colors = tokens.verdict(self._verdict)
        painter = QPainter(self)
        border = colors.text if tokens.outlined else ""
        box = QRectF(self.rect())
        paint_frame(painter, box, RADII["card"], fill=colors.tint, border=border, width=_OUTLINE_PX)
        painter.end()


class _Card(Panel):
    """What the badge says: picture, title, issuer, holder, dates."""

    def __init__(self, context: Context, facts: ShareFacts, signer: Outcome) -> None:
        """``signer``: how the page's check of the issuer ends at first."""
        super().__init__()
        words, row = facts.words, facts.detail.row
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(context.pictures.pixmap(row.id, _ART, 2.0))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(2)
        column.addWidget(picture)
        column.addSpacing(8)
        title = Label(plain_text(row.name, max_chars=_MAX_NAME), "badge_name", wrap=True)
        title.max_lines = 3
        column.addWidget(title)
        issuer = Label(_quoted_issuer(facts), "claim", tone="t2", wrap=True)
        issuer.max_lines = 2
        column.addWidget(issuer)
        if row.issuer:
            said = "not_its_key" if signer is Outcome.FAILED else "calls"
            column.addWidget(Label(words.text(f"share.glimpse.{said}"), "small", wrap=True))
        column.addSpacing(8)
        column.addWidget(Line())
        for key, text in (
            ("holder", plain_text(row.holder, max_chars=_MAX_NAME)),
            ("awarded", facts.issued_words()),
            ("ends", facts.ends_words()),
        ):
            if text:
                column.addSpacing(6)
                column.addWidget(Label(words.text(f"share.glimpse.{key}"), "small", tone="t2"))
                value = Label(text, "small_strong", wrap=True)
                value.max_lines = 2
                column.addWidget(value)


def _quoted_issuer(facts: ShareFacts) -> str:
    """Return the issuer as the page names it before it asks anybody: never as a fact.

    A name stands without quotation marks only behind a host that lists the key (ADR 0020).
    """
    issuer = facts.detail.row.issuer
    if not issuer:
        return facts.words.text("library.no_issuer")
    return facts.words.text("share.glimpse.quoted", name=plain_text(issuer, max_chars=_MAX_NAME))


def passes_fewer(facts: ShareFacts) -> bool:
    """Whether a check does not pass on the page that did in Coffre, which has more to go by."""
    there, report = foresee(facts.glimpsed).outcomes, facts.glimpsed.report
    passed = {check for check in CheckId if report.check(check).outcome is Outcome.PASSED}
    return any(there[check] is not Outcome.PASSED for check in passed)


def _counts(facts: ShareFacts, seen: Foresight) -> QHBoxLayout:
    """Return how the checks of the page end, each kind with icon, number and word."""
    row = QHBoxLayout()
    row.setSpacing(4)
    count = Counter(seen.outcomes.values())
    for outcome in _COUNTED:
        if count[outcome]:
            row.addWidget(IconMark(f"outcome-{outcome}", f"outcome.{outcome}", 14))
            said = facts.words.plural(f"detail.outcomes.{outcome}", count[outcome])
            row.addWidget(Label(said, "hint", tone=f"outcome.{outcome}"))
            row.addSpacing(6)
    row.addStretch(1)
    return row
