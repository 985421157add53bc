"""What the badge says: the issuer's own words, in serif, on paper of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail
from wallet_app.credentials.model import Skill
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.ui.badge_art import BadgeArt
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.skill_group import SkillGroup, SkillWords
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.badge_head import MAX_TITLE, add_issuer, issuer_face
from wallet_app.ui.theme import look
from wallet_app.verification.report import CheckId, Verdict
from wallet_app.wording import plain_text

__all__ = ["BadgePaper"]

_ART: Final = 112
_RINGS: Final = 300
_RINGS_OUT: Final = 110
_MAX_TEXT: Final = 4_000
_MAX_SKILLS: Final = 24
_MAX_RESULTS: Final = 6


class BadgePaper(Panel):
    """Title, issuer, description, facts and skills of one badge.

    ``head`` is its picture, title and issuer; hidden where they stand above the page.

    Signals:
        criteria_asked, evidence_asked, endorsements_asked, everything_asked: to be shown in
            full.
        skill_asked: what else proves the skill of that name.
    """

    criteria_asked = Signal()
    evidence_asked = Signal()
    endorsements_asked = Signal()
    everything_asked = Signal()
    skill_asked = Signal(str)

    def __init__(self, context: Context, detail: BadgeDetail) -> None:
        super().__init__("panel")
        self._words = context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 28, 28, 24)
        column.setSpacing(0)
        column.addWidget(Label(self._words.text("detail.says"), "small", tone="t3"))
        column.addSpacing(14)
        self.head = self._make_head(context, detail)
        column.addWidget(self.head)
        self._add_claim(column, detail)
        column.addWidget(Line())
        column.addSpacing(16)
        column.addLayout(self._facts(detail))
        self._add_skills(column, detail)
        column.addWidget(self._links(detail))

    def _make_head(self, context: Context, detail: BadgeDetail) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addWidget(BadgeArt(context.pictures, detail.row.id, look().px(_ART)))
        column.addSpacing(18)
        name = plain_text(detail.row.name, max_chars=MAX_TITLE)
        column.addWidget(Label(name, "badge_title", wrap=True))
        column.addSpacing(6)
        add_issuer(column, issuer_face(self._words, detail))
        return head

    @staticmethod
    def _add_claim(column: QVBoxLayout, detail: BadgeDetail) -> None:
        described = detail.credential.achievement.description or detail.credential.description
        if described:
            text = plain_text(described, max_chars=_MAX_TEXT)
            column.addWidget(Label(text, "claim", wrap=True))
            column.addSpacing(18)

    def _facts(self, detail: BadgeDetail) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, look().px(92))
        grid.setColumnStretch(1, 1)
        for at, (label, value) in enumerate(self._fact_pairs(detail)):
            name = Label(label, "compact", tone="t3")
            shown = Label(value, "body", wrap=True)
            name.setBuddy(shown)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, at, 1)
        return grid

    def _fact_pairs(self, detail: BadgeDetail) -> Sequence[tuple[str, str]]:
        words, row = self._words, detail.row
        pairs = []
        if row.holder:
            pairs.append((words.text("detail.holder"), plain_text(row.holder, max_chars=200)))
        if row.issued_on is not None:
            pairs.append((words.text("detail.awarded"), words.date(row.issued_on.date())))
        starts = detail.report.check(CheckId.VALIDITY).params.get("start")
        if row.verdict is Verdict.NOT_YET_VALID and starts:
            day = words.date(datetime.fromisoformat(str(starts)).date())
            pairs.append((words.text("detail.starts"), day))
        ends = row.expires_on
        end = words.text("detail.never") if ends is None else words.date(ends.date())
        pairs.append((words.text("detail.ends"), end))
        for result in detail.credential.results[:_MAX_RESULTS]:
            name = plain_text(result.name, max_chars=60)
            pairs.append((name, plain_text(result.value, max_chars=200)))
        return pairs

    def _add_skills(self, column: QVBoxLayout, detail: BadgeDetail) -> None:
        skills = detail.credential.skills
        if not skills:
            return
        words = self._words
        column.addSpacing(18)
        column.addWidget(Label(words.text("detail.skills"), "small", tone="t3"))
        column.addSpacing(8)
        chips = [self._skill_words(skill) for skill in skills[:_MAX_SKILLS]]
        group = SkillGroup(words.text("detail.skills"), chips)
        group.chosen.connect(self.skill_asked)
        column.addWidget(group)
        if len(skills) > _MAX_SKILLS:
            column.addSpacing(6)
            more = words.plural("paper.more_skills", len(skills) - _MAX_SKILLS)
            column.addWidget(Label(more, "small", tone="t3"))

    def _skill_words(self, skill: Skill) -> SkillWords:
        name = plain_text(skill.name, max_chars=80)
        framework = plain_text(skill.framework, max_chars=60)
        does = self._words.text("paper.find_skill", name=name)
        return SkillWords(name, does, framework, skill.name)

    def _links(self, detail: BadgeDetail) -> FlowRow:
        words, credential = self._words, detail.credential
        row = FlowRow(gap=16)
        row.setContentsMargins(0, 16, 0, 0)
        if credential.achievement.criteria or credential.achievement.criteria_url:
            row.add(_link(words.text("detail.criteria"), self.criteria_asked))
        if credential.evidence:
            count = words.number(len(credential.evidence))
            text = words.text("detail.evidence", count=count)
            row.add(_link(text, self.evidence_asked))
        if credential.endorsements:
            count = words.number(len(credential.endorsements))
            text = words.text("paper.endorsements", count=count)
            row.add(_link(text, self.endorsements_asked))
        row.add(_link(words.text("detail.everything"), self.everything_asked))
        return row

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, and the rings of a certificate in its corner."""
        super().paintEvent(event)
        tokens = look().tokens
        if tokens.outlined:
            return
        painter = QPainter(self)
        smooth(painter)
        clip = QPainterPath()
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        clip.addRoundedRect(inner, self.radius - 1, self.radius - 1)
        painter.setClipPath(clip)
        rings = guilloche_pixmap(_RINGS, Ink(tokens.gold, 0.2), ratio=self.devicePixelRatio())
        painter.drawPixmap(QPointF(self.width() - _RINGS + _RINGS_OUT, -_RINGS_OUT), rings)
        painter.end()


def _link(text: str, asked: SignalInstance) -> LinkButton:
    link = LinkButton(text)
    link.clicked.connect(asked)
    return link
