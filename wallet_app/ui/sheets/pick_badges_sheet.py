"""A small dialog to find badges and tick those that are wanted."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.models import BadgeRow
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import issuer_name
from wallet_app.ui.sheets.portfolio_work import find_badges
from wallet_app.wording import plain_text

__all__ = ["PickBadgesSheet"]

_WIDTH, _HEIGHT = 560, 560
_MAX_NAME: Final = 90


class PickBadgesSheet(Sheet):
    """``picked`` gives the rows that were ticked, in the order of their ticking."""

    picked = Signal(object)

    def __init__(self, window: QWidget, context: Context, *, without: Sequence[str]) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("portfolio.pick"),
            subtitle=words.text("portfolio.pick_text"),
            close_name=words.text("ui.close"),
            width=_WIDTH,
            height=_HEIGHT,
        )
        self._context, self._without = context, frozenset(without)
        self._chosen: dict[str, BadgeRow] = {}
        self._asked = ""
        self.search = SearchField(
            words.text("library.search_name"), words.text("library.search_hint"), "",
            words.text("library.clear"),
        )  # fmt: skip
        self.search.searched.connect(self._find)
        self._list = ScrollColumn(margins=(28, 0, 20, 12))
        head = QVBoxLayout()
        head.setContentsMargins(28, 16, 28, 0)
        head.addWidget(self.search)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.body.addLayout(head)
        self.body.addWidget(self._list, 1)
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text("portfolio.pick_go"), Kind.PRIMARY)
        self.go.setObjectName("pick-go")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._finish)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)
        self._find("")

    @Slot(str)
    def _find(self, text: str) -> None:
        self._asked = text
        self._context.session.ask(
            self, "find badges", partial(find_badges, text.strip()),
            done=partial(self._show, text), failed=self._context.stage.report,
        )  # fmt: skip

    def _show(self, asked: str, rows: Sequence[BadgeRow]) -> None:
        if asked != self._asked:
            return
        words = self._context.words
        self._list.clear()
        shown = [row for row in rows if row.id not in self._without]
        for row in shown:
            name = plain_text(row.name, max_chars=_MAX_NAME)
            issuer = plain_text(issuer_name(words, row), max_chars=_MAX_NAME)
            said = f"{name} · {issuer}"
            box = TickBox(said, checked=row.id in self._chosen)
            box.toggled.connect(partial(self._tick, row))
            self._list.column.addWidget(box)
        if not shown:
            none = Label(words.text("portfolio.pick_none"), "body", tone="t2", wrap=True)
            self._list.column.addWidget(none)
        self._list.column.addStretch(1)

    def _tick(self, row: BadgeRow, on: bool) -> None:
        if on:
            self._chosen[row.id] = row
        else:
            self._chosen.pop(row.id, None)
        self.go.setEnabled(bool(self._chosen))

    @Slot()
    def _finish(self) -> None:
        rows = list(self._chosen.values())
        self.close_sheet()
        self.picked.emit(rows)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Begin in the search line."""
        super().open_sheet(first or self.search.edit)
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop every name."""
        self._chosen.clear()
        self.search.forget()
        self._list.clear()
