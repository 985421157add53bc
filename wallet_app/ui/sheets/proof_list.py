"""The badges that speak of a skill: each with how it stands, in words, and what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from wallet_app.app.skill_models import SkillProof, Strength
from wallet_app.app.skill_words import issuer_words, name_words
from wallet_app.drawing.fonts import font, line_height
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame, smooth
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
_LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


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
    # What is declared, or is somebody else's, shows no verdict: it would speak for the skill.
    if proof.strength is Strength.DECLARED:
        return "verdict-declared", "verdict.declared"
    if proof.strength is Strength.REFUSED and proof.verdict is not Verdict.FAILED:
        return "warning", "verdict.suspended"
    return f"verdict-{proof.verdict}", f"verdict.{proof.verdict}"


def _standing(proof: SkillProof, words: Words) -> str:
    if proof.strength is Strength.DECLARED:
        return words.text("skills.standing.declared")
    if proof.strength is Strength.REFUSED and proof.verdict is not Verdict.FAILED:
        return words.text("skills.standing.not_yours")
    word = verdict_word(words, proof.verdict)
    if proof.strength in (Strength.PROVEN, Strength.ENDED) and proof.until is not None:
        key = "ended" if proof.strength is Strength.ENDED else "until"
        return words.text(
            f"skills.standing.{key}", verdict=word, date=short_date(words, proof.until)
        )
    return word


class ProofModel(QAbstractListModel):
    """Prepared lines."""

    def __init__(self, lines: Sequence[ProofLine], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = list(lines)

    def clear(self) -> None:
        """Drop everything."""
        self.beginResetModel()
        self._lines = []
        self.endResetModel()

    def line(self, row: int) -> ProofLine | None:
        """Return one line, None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of proofs."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a proof."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        found: dict[int, object] = {
            int(Qt.ItemDataRole.DisplayRole): line.name,
            int(Qt.ItemDataRole.AccessibleTextRole): line.spoken,
            int(Qt.ItemDataRole.ToolTipRole): tooltip(line.name, line.issuer),
            int(_LINE_ROLE): line,
        }
        return found.get(int(role))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, look().px(PROOF_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(_LINE_ROLE)
        if not isinstance(line, ProofLine):
            return
        tokens, rect, state = look().tokens, QRectF(option.rect), option.state
        painter.save()
        smooth(painter)
        if index.row():
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(tokens.line))
        box = rect.adjusted(4, 3, -4, -2)
        if state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, box, RADII["small"], fill=tokens.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_frame(painter, box, RADII["small"], border=tokens.focus, width=2)
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
        rows = (
            (line.name, line.date, "badge_name", QColor(tokens.t1), QColor(tokens.t2), first),
            (
                line.issuer,
                line.standing,
                "small",
                QColor(tokens.t2),
                tone_color(tokens, tone),
                second,
            ),
        )
        for at, (left, right, role, color, right_color, height) in enumerate(rows):
            row = QRectF(area.left(), top + (first if at else 0), area.width(), height)
            painter.setFont(font("small_strong" if at else "small", scale=scale))
            painter.setPen(right_color)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, right)
            room = row.width() - QFontMetricsF(painter.font()).horizontalAdvance(right) - 16
            painter.setFont(font(role, scale=scale))
            painter.setPen(color)
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
            painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, shown)


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
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._open)
        self.setCurrentIndex(model.index(0, 0))
        look().changed.connect(self.viewport().update)

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
