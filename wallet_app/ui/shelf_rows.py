"""Favourites and collections in the side bar; each finds its badges by a search."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.safe_marks import Shelves
from wallet_app.ui.components.side_bar import SideBar, SideItem
from wallet_app.ui.context import Context
from wallet_app.ui.pages.shelf_filter import favourites_term, shelf_term
from wallet_app.wording import plain_text

__all__ = ["ShelfRows"]

_SHOWN: Final = 6
"""More would not fit a small window; the filter of the library names all."""
_MAX_NAME: Final = 80
_PREFIX: Final = "shelf:"


class ShelfRows(QObject):
    """Keeps the rows as the safe has them. ``chosen`` gives what to search for."""

    chosen = Signal(str)

    def __init__(self, context: Context, side_bar: SideBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._bar = context, side_bar
        context.session.opened.connect(self.refresh)
        context.session.changed.connect(self.refresh)
        context.session.locking.connect(self._forget)
        side_bar.chosen.connect(self._on_row)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the safe for them; nothing happens while it is locked."""
        self._context.session.ask(
            self,
            "side bar",
            lambda safe: safe.shelves(),
            done=self._show,
            failed=self._context.stage.report,
        )

    def _show(self, shelves: Shelves) -> None:
        words = self._context.words
        above, items = [], []
        if shelves.favourites:
            count = words.number(shelves.favourites)
            term = favourites_term(words)
            above.append(SideItem(_PREFIX + term, "star", words.text("shelf.favourites"), count))
        for shelf in shelves.collections[:_SHOWN]:
            term = shelf_term(words, shelf.name, collection=True)
            name = plain_text(shelf.name, max_chars=_MAX_NAME)
            items.append(SideItem(_PREFIX + term, "folder", name, words.number(shelf.count)))
        self._bar.set_shelves(above, words.text("filing.collections"), items)

    @Slot()
    def _forget(self) -> None:
        self._bar.set_shelves((), "", ())

    @Slot(str)
    def _on_row(self, row_id: str) -> None:
        if row_id.startswith(_PREFIX):
            self.chosen.emit(row_id.removeprefix(_PREFIX))
