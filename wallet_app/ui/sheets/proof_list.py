"""The badges that speak of a skill: each with how it stands, in words, and what it is worth."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from wallet_app.app.skill_models import SkillProof, Strength
from wallet_app.app.skill_words import issuer_words, name_words
from wallet_app.drawing.fonts import line_height
from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.line_model import (
    LINE_ROLE,
    Ends,
    Index,
    LineModel,
    as_quiet_list,
    paint_ends,
    paint_ground,
)
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.text import tone_color
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.phrases import short_date, verdict_word
from wallet_app.ui.theme import look
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

__all__ = ["PROOF_ROW", "ProofLine", "ProofList", "ProofModel", "proof_line"]

PROOF_ROW: Final = 62
_ICON: Final = 20
_SIDE: Final = 18


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One proof as it is drawn and said."""

    badge_id: str
    icon: str
    tone: str
    name: str
    issuer: str
    date: str
    standing: str
    spoken: str


def proof_line(proof: SkillProof, words: Words) -> ProofLine:
    """Return a proof in words."""
    icon, tone = _mark(proof)
    name, issuer = name_words(proof.name), issuer_words(words, proof)
    if proof.sample:
        issuer = words.text("skills.sample", issuer=issuer)
    date = short_date(words, proof.since) if proof.since is not None else ""
    standing = _standing(proof, words)
    spoken = ", ".join(part for part in (name, issuer, standing, date) if part)
    return ProofLine(proof.badge_id, icon, tone, name, issuer, date, standing, spoken)


def _mark(proof: SkillProof) -> tuple[str, str]:
    # What is declared, vouched for by nobody, or somebody else's shows no verdict: it would
    # speak for the skill.
    if proof.strength is Strength.DECLARED:
        return "verdict-declared", "verdict.declared"
    if proof.strength is Strength.UNVOUCHED:
        return "verdict-undetermined", "verdict.undetermined"
    if proof.strength is Strength.REFUSED and proof.verdict is not Verdict.FAILED:
        return "warning", "verdict.suspended"
    return f"verdict-{proof.verdict}", f"verdict.{proof.verdict}"


def _standing(proof: SkillProof, words: Words) -> str:
    if proof.strength in (Strength.DECLARED, Strength.UNVOUCHED):
        return words.text(f"skills.standing.{proof.strength}")
    if proof.strength is Strength.REFUSED and proof.verdict is not Verdict.FAILED:
        return words.text("skills.standing.not_yours")
    word = verdict_word(words, proof.verdict)
    if proof.strength in (Strength.PROVEN, Strength.ENDED) and proof.until is not None:
        key = "ended" if proof.strength is Strength.ENDED else "until"
        return words.text(
            f"skills.standing.{key}", verdict=word, date=short_date(words, proof.until)
        )
    return word


class ProofModel(LineModel[ProofLine]):
    """Prepared lines."""

    def texts(self, line: ProofLine) -> tuple[str, str, str]:
        """Return what a proof shows, says and tells."""
        return line.name, line.spoken, tooltip(line.name, line.issuer)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, look().px(PROOF_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, ProofLine):
            return
        tokens, rect = look().tokens, QRectF(option.rect)
        painter.save()
        smooth(painter)
        paint_ground(painter, option, first=not index.row())
        side = look().px(_ICON)
        icon = QRectF(rect.left() + _SIDE, rect.center().y() - side / 2, side, side)
        paint_icon(painter, icon, line.icon, tone_color(tokens, line.tone).name())
        arrow = QRectF(rect.right() - _SIDE - 16, rect.center().y() - 8, 16, 16)
        paint_icon(painter, arrow, "chevron-right", tokens.t3)
        area = rect.adjusted(_SIDE + side + 14, 0, 0, 0)
        area.setRight(arrow.left() - 12)
        self._write(painter, line, area)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, line: ProofLine, area: QRectF) -> None:
        tokens, scale = look().tokens, look().scale
        first, second = (line_height(role, scale=scale) for role in ("badge_name", "small"))
        top = area.center().y() - (first + second) / 2
        tone = line.tone if line.tone.startswith("verdict.") else "t2"
        t1, t2 = QColor(tokens.t1), QColor(tokens.t2)
        above = Ends(line.name, line.date, "badge_name", t1, "small", t2)
        below = Ends(
            line.issuer, line.standing, "small", t2, "small_strong", tone_color(tokens, tone)
        )
        paint_ends(painter, QRectF(area.left(), top, area.width(), first), above)
        paint_ends(painter, QRectF(area.left(), top + first, area.width(), second), below)


class ProofList(QListView):
    """One tab stop. ``opened`` gives the id of the badge that is clicked or entered."""

    opened = Signal(str)

    def __init__(self, name: str, model: ProofModel) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self._model = model
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        as_quiet_list(self)
        self.clicked.connect(self._open)
        self.setCurrentIndex(model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; Escape is the dialog's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        line = self._model.line(index.row()) if index.isValid() else None
        if line is not None:
            self.opened.emit(line.badge_id)
