"""The head of the library: how many badges there are, which are shown, in which order."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.chip import Chip, ChipGroup
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.library_found import FoundBadges
from wallet_app.ui.pages.library_order import Order, Shown
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.pages.shelf_filter import ShelfFilter
from wallet_app.wording import Words

__all__ = ["LibraryHead"]

_KINDS: Final = ((Shown.ALL, "all"), (Shown.VERIFIED, "verified"), (Shown.WORTH_A_LOOK, "look"))


class LibraryHead(QWidget):
    """Title, count, filters and order; ``order_chosen`` gives the ``Order`` wanted."""

    order_chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._words = words = context.words
        self._order = Order.ADDED
        self._count = Label("", "body", tone="t3")
        self.filters = ChipGroup(words.text("library.filters"))
        for shown, key in _KINDS:
            self.filters.add(Chip(words.text(f"library.{key}")), shown)
        self.filters.choose(Shown.ALL)
        self.shelf_filter = ShelfFilter(context, self)
        self.order = Chip(_order_words(words, self._order), icon="sort")
        self.order.setAccessibleDescription(words.text("library.sort"))
        self.order.clicked.connect(self._ask_order)
        row = FlowLayout(self)
        row.setContentsMargins(MARGIN, 8, MARGIN, 14)
        row.addWidget(Label(words.text("page.safe"), "page_title"))
        row.addWidget(self._count)
        row.add_spring()
        row.addWidget(self.filters)
        row.addWidget(self.shelf_filter.chip)
        row.addWidget(self.order)

    def show_order(self, order: Order) -> None:
        """Say in which order the badges are."""
        self._order = order
        self.order.set_words(_order_words(self._words, order))

    def show_counts(self, found: FoundBadges) -> None:
        """Say how many badges the safe holds, and how many of what was found are of a kind."""
        self._count.setText(self._words.plural("library.count", found.total))
        for shown, key in _KINDS:
            count = found.count_of(shown)
            # What is not known yet stays as it is for that moment: half of it would be wrong.
            if count is not None:
                self._set_chip(shown, key, self._words.number(count))

    def forget(self) -> None:
        """Drop the counts."""
        self._count.setText("")
        for shown, key in _KINDS:
            self._set_chip(shown, key, "")

    def _set_chip(self, shown: Shown, key: str, count: str) -> None:
        chip = self.filters.buttons.button(shown)
        if isinstance(chip, Chip):
            chip.set_words(self._words.text(f"library.{key}"), count)

    @Slot()
    def _ask_order(self) -> None:
        menu = PopupMenu(self.order)
        for order in Order:
            action = menu.add(_order_words(self._words, order), partial(self._choose, order))
            action.setCheckable(True)
            action.setChecked(order is self._order)
        menu.open_below(self.order)

    def _choose(self, order: Order, _checked: object = None) -> None:
        self.order_chosen.emit(order)


def _order_words(words: Words, order: Order) -> str:
    return words.text(f"library.sort_{order.name.lower()}")
