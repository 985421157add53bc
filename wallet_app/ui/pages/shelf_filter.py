"""The filter of the library: every way through the safe, as terms of the search line."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.facets import Facets
from wallet_app.app.search_language import State
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.context import Context
from wallet_app.ui.facet_keeper import FacetKeeper
from wallet_app.ui.search_words import Kind, facets_of, found_of, state_term
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet
from wallet_app.ui.sheets.facet_sheet import FacetSheet
from wallet_app.wording import plain_text

__all__ = ["ShelfFilter"]

_MAX_NAME: Final = 40
_SHOWN: Final = 12
_FIRST: Final = (State.FAVOURITE, State.EXPIRING, State.ATTENTION)
_VERDICTS: Final = (
    State.VERIFIED,
    State.DECLARED,
    State.UNDETERMINED,
    State.NOT_YET_VALID,
    State.EXPIRED,
    State.SUSPENDED,
    State.REVOKED,
    State.FAILED,
)


class ShelfFilter(QObject):
    """A chip with a menu. ``chosen`` gives what to search for, "" for everything."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._keeper: FacetKeeper | None = None
        self.chip = Chip(context.words.text("shelf.filter"), icon="filter")
        self.chip.clicked.connect(self._ask)

    def follow(self, keeper: FacetKeeper) -> None:
        """Offer what ``keeper`` knows."""
        self._keeper = keeper

    @property
    def _facets(self) -> Facets:
        return self._keeper.facets if self._keeper is not None else Facets()

    @Slot()
    def _ask(self) -> None:
        words, facets = self._context.words, self._facets
        menu = PopupMenu(self.chip)
        self._entry(menu, words.text("shelf.all"), "")
        for state in _FIRST:
            self._state(menu, state)
        menu.addSeparator()
        verdicts = menu.add_menu(words.text("shelf.verdicts"))
        for state in _VERDICTS:
            self._state(verdicts, state)
        for kind in Kind:
            self._kind(menu, kind)
        if facets.shelves.collections:
            menu.addSeparator()
            menu.add(words.text("shelf.change"), self._change)
        menu.open_below(self.chip)

    def _state(self, menu: PopupMenu, state: State) -> None:
        words, count = self._context.words, self._facets.states.get(state, 0)
        if count:
            name = words.text(f"shelf.state.{state.value}")
            text = words.text("shelf.entry", name=name, count=words.number(count))
            self._entry(menu, text, state_term(words, state))

    def _kind(self, menu: PopupMenu, kind: Kind) -> None:
        words = self._context.words
        found, count = (
            found_of(words, self._facets, kind, _SHOWN),
            len(facets_of(self._facets, kind)),
        )
        if not found:
            return
        inner = menu.add_menu(words.text(f"shelf.kind.{kind}"))
        for one in found:
            name = plain_text(one.shown, max_chars=_MAX_NAME)
            text = words.text("shelf.entry", name=name, count=words.number(one.count))
            self._entry(inner, text, one.term)
        if count > _SHOWN:
            inner.addSeparator()
            text = words.plural(f"shelf.all_of.{kind}", count)
            inner.add(text, partial(self.show_all, kind))

    def _entry(self, menu: PopupMenu, text: str, term: str) -> None:
        menu.add(text, partial(self._choose, term))

    def _choose(self, term: str, _checked: object = None) -> None:
        self.chosen.emit(term)

    def show_all(self, kind: Kind, _checked: object = None) -> None:
        """Show all of a kind, to choose one."""
        sheet = FacetSheet(self.chip.window(), self._context, kind, facets_of(self._facets, kind))
        sheet.chosen.connect(self.chosen)
        self._context.stage.open_sheet(sheet)

    @Slot()
    def _change(self) -> None:
        shelves = self._facets.shelves.collections
        self._context.stage.open_sheet(CollectionsSheet(self.chip.window(), self._context, shelves))
