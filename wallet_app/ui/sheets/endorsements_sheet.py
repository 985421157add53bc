"""Who else vouches for a badge: each with its words, its own verdict and its nine checks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.endorsement_views import Doubt, EndorsementView
from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.prose import Prose
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.pages.checks_opener import ChecksOpener
from wallet_app.ui.phrases import verdict_word
from wallet_app.ui.safe_markdown import read_markdown
from wallet_app.wording import Words, plain_text

__all__ = ["EndorsementCard", "EndorsementsSheet"]

_SHOWN: Final = 20
_MAX_NAME: Final = 200
_MAX_WORDS: Final = 6_000
_WIDTH: Final = 720
_SHOWS_VERDICT: Final = (Doubt.NONE, Doubt.OWN, Doubt.MAYBE_OWN)
"""Of what does not speak for this badge, a good verdict would be read as praise of it."""


class EndorsementCard(Panel):
    """One endorsement. ``link_asked`` as of ``Prose``."""

    link_asked = Signal(str)

    def __init__(self, words: Words, view: EndorsementView) -> None:
        super().__init__(fill="win")
        self._words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 14)
        self.column.setSpacing(8)
        self.column.addLayout(self._head(view))
        if view.who and not view.who_proven:
            unproven = words.text("detail.named_not_proven")
            self.column.addWidget(Label(unproven, "small", tone="t3", wrap=True))
        if view.doubt is not Doubt.NONE:
            doubt = words.text(f"vouch.doubt.{view.doubt}")
            self.column.addWidget(Label(doubt, "small_strong", tone="outcome.warning", wrap=True))
        if view.words.strip():
            prose = Prose(view.who, read_markdown(view.words[:_MAX_WORDS]))
            prose.link_asked.connect(self.link_asked)
            self.column.addWidget(prose)
        self.checks: LinkButton | None = None
        if view.report is not None:
            self._opener = ChecksOpener(words, view.report)
            self.checks = self._opener.button
            self.column.addWidget(self._opener)

    def _head(self, view: EndorsementView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(self._who(view), "claim_large", wrap=True), 1)
        if view.report is not None and view.doubt in _SHOWS_VERDICT:
            verdict = view.report.verdict
            pill = VerdictPill(verdict, verdict_word(self._words, verdict))
            row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _who(self, view: EndorsementView) -> str:
        if not view.who:
            return self._words.text("vouch.no_name")
        if view.who_proven:
            return plain_text(view.who, max_chars=_MAX_NAME)
        return self._words.text("detail.quoted", name=plain_text(view.who, max_chars=_MAX_NAME))

    @Slot()
    def open_checks(self) -> None:
        """Show its nine checks, or take them away."""
        if self.checks is not None:
            self._opener.turn()


class EndorsementsSheet(Sheet):
    """All of them below each other. ``link_asked`` as of ``Prose``."""

    link_asked = Signal(str)

    def __init__(
        self, window: QWidget, words: Words, name: str, views: Sequence[EndorsementView], total: int
    ) -> None:
        """``total`` is how many the badge carries, of which ``views`` are the first."""
        super().__init__(
            window,
            words.text("vouch.title"),
            subtitle=plain_text(name, max_chars=120),
            close_name=words.text("ui.close"),
            width=_WIDTH,
        )
        area = ScrollColumn(margins=(0, 0, 12, 0))
        area.column.setSpacing(12)
        area.column.addWidget(Label(words.text("vouch.text"), "body", tone="t2", wrap=True))
        self.cards = [EndorsementCard(words, view) for view in views[:_SHOWN]]
        for card in self.cards:
            card.link_asked.connect(self.link_asked)
            area.column.addWidget(card)
        if total > len(self.cards):
            more = words.plural("vouch.more", total - len(self.cards))
            area.column.addWidget(Label(more, "small", tone="t3"))
        area.column.addStretch(1)
        self.body.addWidget(area, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop every name and word."""
        self.subtitle.setText("")
        for card in self.cards:
            for prose in card.findChildren(Prose):
                prose.forget()
            for label in card.findChildren(Label):
                label.setText("")
