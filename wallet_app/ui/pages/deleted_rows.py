"""The rows of what was deleted, in one column each for words, results and actions."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.declared import row_word
from wallet_app.app.models import TrashedBadge
from wallet_app.ui.badge_art import BadgeArt
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.phrases import issuer_name
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["TrashRow", "TrashRows"]

_ART = 36
_WHAT = 240


class _What(QWidget):
    """Picture, name, issuer and day. It asks for the same width whatever the names are.

    So that what stands beside it breaks to the next line in all rows or in none.
    """

    def __init__(self, context: Context, badge: TrashedBadge, name: str) -> None:
        super().__init__()
        words = context.words
        day = words.date(badge.deleted_at.astimezone().date())
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(name, "badge_name", wrap=True))
        for said in (issuer_name(words, badge.row), words.text("deleted.on_date", date=day)):
            texts.addWidget(Label(said, "small", tone="t2", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        line.addWidget(BadgeArt(context.pictures, badge.row.id, look().px(_ART), centred=True))
        line.addLayout(texts, 1)

    def sizeHint(self) -> QSize:
        """Return a width that no name decides."""
        return QSize(look().px(_WHAT), super().sizeHint().height())


class TrashRow(QWidget):
    """One deleted badge. ``recover``, ``forever``: what is asked for its ``BadgeRow``."""

    recover = Signal(object)
    forever = Signal(object)

    def __init__(self, context: Context, badge: TrashedBadge) -> None:
        super().__init__()
        self.badge = badge.row
        words = context.words
        name = plain_text(badge.row.name, max_chars=200)
        self.back = Button(words.text("deleted.recover"), size=Size.SMALL)
        self.back.setAccessibleName(f"{self.back.words}, {name}")
        self.gone = Button(words.text("deleted.forever"), Kind.DANGER, size=Size.SMALL)
        self.gone.setAccessibleName(f"{self.gone.words}, {name}")
        self.back.clicked.connect(self._ask_recover)
        self.gone.clicked.connect(self._ask_forever)
        self.verdict = QWidget()
        pill = QHBoxLayout(self.verdict)
        pill.setContentsMargins(0, 0, 0, 0)
        pill.addWidget(VerdictPill(badge.row.shown_verdict, row_word(words, badge.row)))
        pill.addStretch(1)
        row = FootLayout(self, gap=14)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(_What(context, badge, name), 1)
        for widget in (self.verdict, self.back, self.gone):
            row.addWidget(widget)

    @Slot()
    def _ask_recover(self) -> None:
        self.recover.emit(self.badge)

    @Slot()
    def _ask_forever(self) -> None:
        self.forever.emit(self.badge)


class TrashRows(QWidget):
    """Some of the deleted badges, below each other. ``rows`` as they stand."""

    def __init__(self, context: Context, badges: Sequence[TrashedBadge]) -> None:
        super().__init__()
        self.rows = [TrashRow(context, badge) for badge in badges]
        panel = Panel()
        lines = QVBoxLayout(panel)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        for at, row in enumerate(self.rows):
            if at:
                lines.addWidget(Line())
            lines.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN - 10, 24)
        column.addWidget(panel)
        column.addStretch(1)
        # One column of verdicts: else the longest words would break a line of their own.
        widest = max((row.verdict.sizeHint().width() for row in self.rows), default=0)
        for row in self.rows:
            row.verdict.setMinimumWidth(widest)
