"""How the page of a badge is laid out: two halves side by side, one below the other when narrow."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.theme import look

__all__ = ["DetailHalves", "Heads"]

_STACK_BELOW: Final = 1000
_PAPER_SHARE: Final = 0.37
_PAPER_LEAST: Final = 324
_PAPER_MOST: Final = 400
_FOOT: Final = 64
"""So that a message at the foot of the window covers nothing that cannot be scrolled up."""
_ABOVE: Final = 4
_NO_LIMIT: Final = 16_777_215


@dataclass(frozen=True, slots=True)
class Heads:
    """What the badge is: ``above`` the result when stacked, else ``inside`` the left half."""

    above: QWidget
    inside: QWidget


@dataclass(frozen=True, slots=True)
class _Content:
    heads: Heads
    left: QWidget
    checks: QWidget
    life: QWidget
    columns: QBoxLayout
    right: QVBoxLayout


class DetailHalves(QScrollArea):
    """Left what the badge says, right what was found and how it came to this."""

    def __init__(self) -> None:
        super().__init__()
        self._content: _Content | None = None
        let_through(self)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_content(self, heads: Heads, left: QWidget, checks: QWidget, life: QWidget) -> None:
        """Show these and nothing else."""
        self.clear()
        content = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        columns.setContentsMargins(MARGIN, 4, MARGIN - 10, _FOOT)
        columns.setSpacing(20)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(checks)
        right.addWidget(life)
        right.addStretch(1)
        columns.addWidget(left)
        columns.addLayout(right, 1)
        columns.addWidget(heads.above)
        self._content = _Content(heads, left, checks, life, columns, right)
        self._arrange(self._content)
        self.setWidget(content)

    def clear(self) -> None:
        """Show nothing."""
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._content = None

    def show_top_of(self, widget: QWidget) -> None:
        """Scroll until ``widget``, which may be higher than the view, stands at its top."""
        content = self.widget()
        if content is not None:
            top = widget.mapTo(content, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - _ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the two halves when narrow."""
        super().resizeEvent(event)
        if self._content is not None:
            self._arrange(self._content)

    def _arrange(self, content: _Content) -> None:
        room = self.width() - 2 * MARGIN
        stacked = self.window().width() < look().px(_STACK_BELOW)
        content.heads.above.setVisible(stacked)
        content.heads.inside.setVisible(not stacked)
        if stacked:
            # What it is and the result first, then what it says, and last how it came to this.
            content.columns.setDirection(QBoxLayout.Direction.BottomToTop)
            content.columns.insertWidget(0, content.life)
            content.left.setMinimumWidth(0)
            content.left.setMaximumWidth(_NO_LIMIT)
            return
        content.columns.setDirection(QBoxLayout.Direction.LeftToRight)
        content.right.insertWidget(1, content.life)
        least, most = look().px(_PAPER_LEAST), look().px(_PAPER_MOST)
        content.left.setFixedWidth(round(min(max(room * _PAPER_SHARE, least), most)))
