"""The filter of the library: favourites, collections and tags, as terms of the search line."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.safe_marks import Shelves, quoted_term, read_terms
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet
from wallet_app.wording import Words, plain_text

__all__ = ["ShelfFilter", "favourites_term", "shelf_term"]

_MAX_NAME: Final = 40
_SHOWN: Final = 24


def favourites_term(words: Words) -> str:
    """Return what finds the favourites, as the person's language writes it."""
    return words.text("shelf.term_favourite")


def shelf_term(words: Words, name: str, *, collection: bool) -> str:
    """Return what finds all of one collection or tag."""
    key = "shelf.term_collection" if collection else "shelf.term_tag"
    return quoted_term(words.text(key), name)


def skill_query(words: Words, name: str) -> str:
    """Return what finds the badges that prove one skill.

    Where the search has no term for skills, the words of the name themselves.
    """
    operator = words.text("shelf.term_skill")
    term = quoted_term(operator, name)
    return name if read_terms(term).words else term


class ShelfFilter(QObject):
    """A chip with a menu. ``chosen`` gives what to search for, "" for everything."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.chip = Chip(context.words.text("shelf.filter"), icon="filter")
        self.chip.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        self._context.session.ask(
            self,
            "shelves",
            lambda safe: safe.shelves(),
            done=self._open,
            failed=self._context.stage.report,
        )

    def _open(self, shelves: Shelves) -> None:
        words = self._context.words
        menu = PopupMenu(self.chip)
        self._entry(menu, words.text("shelf.all"), "")
        if shelves.favourites:
            count = words.number(shelves.favourites)
            text = words.text("shelf.entry", name=words.text("shelf.favourites"), count=count)
            self._entry(menu, text, favourites_term(words))
        for key, found in (
            ("filing.collections", shelves.collections),
            ("filing.tags", shelves.tags),
        ):
            if found:
                menu.addSeparator()
                # A head, not a section: styles of the system draw those differently.
                menu.addAction(words.text(key)).setEnabled(False)
            for shelf in found[:_SHOWN]:
                name = plain_text(shelf.name, max_chars=_MAX_NAME)
                text = words.text("shelf.entry", name=name, count=words.number(shelf.count))
                term = shelf_term(words, shelf.name, collection=bool(shelf.id))
                self._entry(menu, text, term)
        if shelves.collections:
            menu.addSeparator()
            menu.add(words.text("shelf.change"), partial(self._change, shelves))
        menu.open_below(self.chip)

    def _entry(self, menu: PopupMenu, text: str, term: str) -> None:
        menu.add(text, partial(self._choose, term))

    def _choose(self, term: str, _checked: object = None) -> None:
        self.chosen.emit(term)

    def _change(self, shelves: Shelves, _checked: object = None) -> None:
        window = self.chip.window()
        sheet = CollectionsSheet(window, self._context, shelves.collections)
        self._context.stage.open_sheet(sheet)
