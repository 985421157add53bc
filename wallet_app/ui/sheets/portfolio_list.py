"""The badges of a portfolio in their order, and the buttons that change it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow
from wallet_app.ui.components.button import Button, IconButton, Size
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.order_list import OrderedRow, OrderList
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import issuer_name
from wallet_app.wording import plain_text

__all__ = ["PortfolioList"]

_MAX_NAME: Final = 160
_BUTTON: Final = 34


class PortfolioList(Panel):
    """``changed``: another badge, or another order. ``add`` is for whoever finds badges."""

    changed = Signal()

    def __init__(
        self, context: Context, rows: Sequence[BadgeRow], problem_of: Callable[[str], str]
    ) -> None:
        """``problem_of`` says of a badge id why it cannot go along, "" when it can."""
        super().__init__(fill="win")
        self.radius = 0
        self._context, self._problem_of = context, problem_of
        self.rows = list(rows)
        words = context.words
        self.list = OrderList(words.text("portfolio.badges"), context.pictures.pixmap)
        self.list.setObjectName("portfolio-badges")
        self.list.reordered.connect(self._take_order)
        self.list.removal_asked.connect(self._take_out)
        self.list.currentRowChanged.connect(self._show_buttons)
        context.pictures.arrived.connect(self._repaint)
        self.up = IconButton("chevron-up", "", side_px=_BUTTON)
        self.down = IconButton("chevron-down", "", side_px=_BUTTON)
        self.out = IconButton("remove", "", side_px=_BUTTON)
        self.up.clicked.connect(partial(self.list.move_current, -1))
        self.down.clicked.connect(partial(self.list.move_current, 1))
        self.out.clicked.connect(self._take_out)
        self.add = Button(words.text("portfolio.add"), icon="add", size=Size.SMALL).let_wrap()
        self.add.setObjectName("portfolio-add")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        words, paper = self._context.words, Panel()
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.list)
        foot = QWidget()
        buttons = FlowLayout(foot, gap=4)
        for button in (self.up, self.down, self.out):
            buttons.addWidget(button)
        buttons.add_spring()
        buttons.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        column.addWidget(Label(words.text("portfolio.badges"), "heading", wrap=True))
        column.addWidget(Label(words.text("portfolio.badges_hint"), "small", tone="t3", wrap=True))
        column.addWidget(paper, 1)
        column.addWidget(foot)

    def refresh(self) -> None:
        """Show the rows as they are now, and what keeps each from going along."""
        self.list.show_rows([self._row(row) for row in self.rows])
        self._show_buttons()

    @Slot(object)
    def add_rows(self, rows: Sequence[BadgeRow]) -> None:
        """Append badges that are not there yet."""
        known = {row.id for row in self.rows}
        self.rows += [row for row in rows if row.id not in known]
        self.refresh()
        self.changed.emit()

    def forget(self) -> None:
        """Drop every name."""
        self.rows.clear()
        self.list.clear()
        self._show_buttons()

    def _row(self, row: BadgeRow) -> OrderedRow:
        name = plain_text(row.name, max_chars=_MAX_NAME)
        words = self._context.words
        return OrderedRow(
            row.id,
            name,
            issuer_name(words, row),
            row.shown_verdict,
            row_word(words, row),
            self._problem_of(row.id),
        )

    @Slot()
    def _show_buttons(self) -> None:
        words, at, count = self._context.words, self.list.currentRow(), self.list.count()
        current = next((row for row in self.rows if row.id == self.list.current_id), None)
        name = plain_text(current.name, max_chars=_MAX_NAME) if current else ""
        for button, icon, key in (
            (self.up, "chevron-up", "up"),
            (self.down, "chevron-down", "down"),
            (self.out, "remove", "out"),
        ):
            button.set_face(icon, words.text(f"portfolio.{key}", name=name))
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < count - 1)
        self.out.setEnabled(at >= 0)

    @Slot()
    def _take_order(self) -> None:
        by_id = {row.id: row for row in self.rows}
        self.rows = [by_id[row.id] for row in self.list.rows]
        self._show_buttons()
        self.changed.emit()

    @Slot()
    def _take_out(self) -> None:
        self.rows = [row for row in self.rows if row.id != self.list.current_id]
        self.refresh()
        self.changed.emit()

    @Slot(str)
    def _repaint(self, _badge_id: str) -> None:
        self.list.viewport().update()
