"""The result in one look: icon, word, one or two plain sentences, and when it was checked."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look
from wallet_app.verification.report import Verdict

__all__ = ["ResultPanel"]

_OUTLINE_PX: Final = 1.5


class ResultPanel(QFrame):
    """Tinted by its verdict; ``check_again`` asks for a new check."""

    check_again = Signal()

    def __init__(self, again: str) -> None:
        super().__init__()
        self._verdict = Verdict.UNDETERMINED.value
        self._icon = IconMark("verdict-undetermined", "verdict.undetermined", 30)
        self.word = Label("", "section", tone="verdict.undetermined")
        self.sentence = Label("", "body", wrap=True)
        self.when = Label("", "small", tone="t2")
        self.again = LinkButton(again, tone="t2")
        self.again.clicked.connect(self.check_again)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(6)
        foot.addWidget(self.when)
        foot.addWidget(self.again)
        foot.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self.word)
        column.addWidget(self.sentence)
        column.addSpacing(2)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 18, 20, 14)
        row.setSpacing(14)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_result(self, verdict: str, word: str, sentence: str, *, lead_chars: int) -> None:
        """Show a verdict; the first ``lead_chars`` characters of the sentence are semibold."""
        self._verdict = verdict
        self._icon.set_face(f"verdict-{verdict}", f"verdict.{verdict}")
        self.word.set_tone(f"verdict.{verdict}")
        self.word.setText(word)
        self.sentence.set_lead(lead_chars)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{word}. {sentence}")
        self.update()

    def show_when(self, sentence: str, *, can_check: bool) -> None:
        """Show when this was found, and whether it can be checked again now."""
        self.when.setText(sentence)
        self.again.setVisible(can_check)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint, or an outline in high contrast."""
        tokens = look().tokens
        colors = tokens.verdict(self._verdict)
        painter = QPainter(self)
        paint_frame(
            painter,
            QRectF(self.rect()),
            RADII["panel"],
            fill=colors.tint,
            border=colors.text if tokens.outlined else "",
            width=_OUTLINE_PX,
        )
        painter.end()
