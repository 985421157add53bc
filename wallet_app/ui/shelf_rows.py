"""Ways through the safe in the side bar, each of which finds its badges by a search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.facets import Facet, Facets
from wallet_app.app.safe_marks import Filing
from wallet_app.app.search_language import State
from wallet_app.drawing.tokens import SHELF_COLORS
from wallet_app.ui.components.side_bar import SideBar, SideItem
from wallet_app.ui.context import Context
from wallet_app.ui.facet_keeper import FacetKeeper
from wallet_app.ui.search_words import Found, Kind, facets_of, found, found_of, state_term

__all__ = ["ShelfPlace", "ShelfRows", "shelf_colors"]

_COLLECTIONS: Final = 6
_INNER: Final = 5
"""More would not fit; the last row names all."""

_TERM: Final = "shelf:"
_GROUP: Final = "group:"
_ALL: Final = "all:"
_GROUPS: Final = (
    (Kind.TAGS, "tag"),
    (Kind.ISSUERS, "issuer"),
)
_STATES: Final = ((State.FAVOURITE, "star"), (State.EXPIRING, "calendar"))


@dataclass(frozen=True, slots=True)
class ShelfPlace:
    """Where a row files badges, and its name as shown; without ``filing`` it is the favourites.

    ``asks``: it stands for several, of which the person says which.
    """

    shown: str
    filing: Filing | None = None
    asks: bool = False


class ShelfRows(QObject):
    """Keeps the rows as the safe has them. Groups are shut until they are opened.

    Signals:
        chosen: what to search for.
        all_asked: a ``Kind``: all of it is wanted.
    """

    chosen = Signal(str)
    all_asked = Signal(object)

    def __init__(
        self, context: Context, side_bar: SideBar, keeper: FacetKeeper, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._bar, self._keeper = context, side_bar, keeper
        self._open: set[Kind] = set()
        self._places: dict[str, ShelfPlace] = {}
        self._is_marked = False
        keeper.fetched.connect(self._show)
        context.session.locking.connect(self._forget)
        side_bar.chosen.connect(self._on_row)
        self._show()

    @Slot(str)
    def mark(self, query: str) -> None:
        """Mark the row that finds what is looked for; else the safe itself."""
        row_id = f"{_TERM}{query}"
        self._is_marked = bool(query) and self._bar.has_row(row_id)
        self._bar.mark(row_id if self._is_marked else "safe")

    @property
    def opened(self) -> frozenset[Kind]:
        """The groups whose rows are shown."""
        return frozenset(self._open)

    def open_groups(self, opened: Iterable[Kind]) -> None:
        """Show the rows of these groups, which were shown before."""
        self._open.update(opened)
        self._show()

    def place(self, row_id: str) -> ShelfPlace | None:
        """Return where a row files what is dropped on it, or None where nothing can be filed."""
        words = self._context.words
        if row_id in (_ALL + Kind.COLLECTIONS, _ALL + Kind.TAGS):
            return ShelfPlace("", asks=True)
        if row_id == _TERM + state_term(words, State.FAVOURITE):
            return ShelfPlace(words.text(f"shelf.state.{State.FAVOURITE.value}"))
        # Of the rows alone: there may be thousands of tags, and a pointer asks at every move.
        return self._places.get(row_id)

    @Slot()
    def _show(self) -> None:
        self._places.clear()
        words, facets = self._context.words, self._keeper.facets
        collections = facets_of(facets, Kind.COLLECTIONS)
        groups: list[SideItem] = []
        if collections:
            groups.append(self._kind(Kind.COLLECTIONS, "folder", len(collections)))
        for kind, icon in _GROUPS:
            groups += self._group(kind, icon, facets_of(facets, kind))
        self._bar.set_shelves(
            self._states(facets), words.text("filing.collections"), self._collections(), groups
        )

    def _states(self, facets: Facets) -> list[SideItem]:
        words = self._context.words
        items = [
            self._row(
                f"{_TERM}{state_term(words, state)}", icon,
                words.text(f"shelf.state.{state.value}"), facets.states[state])
            for state, icon in _STATES
            if facets.states.get(state)
        ]  # fmt: skip
        attention = facets.states.get(State.ATTENTION, 0)
        if attention:
            items.append(self._row("watch", "eye", words.text("page.watch"), attention))
        return items

    def _row(self, row_id: str, icon: str, text: str, count: int) -> SideItem:
        return SideItem(row_id, icon, text, self._context.words.number(count))

    def _collections(self) -> list[SideItem]:
        words, facets = self._context.words, self._keeper.facets
        colors = shelf_colors([one.id for one in facets.shelves.collections])
        shown = found_of(words, facets, Kind.COLLECTIONS, _COLLECTIONS)
        self._files_by(Kind.COLLECTIONS, shown)
        items = [
            SideItem(
                _TERM + one.term, "", one.shown, words.number(one.count), colors[one.id],
                shown="wide")
            for one in shown
        ]  # fmt: skip
        if len(colors) > _COLLECTIONS:
            items.append(self._all(Kind.COLLECTIONS, len(colors), inner=False))
        return items

    def _kind(self, kind: Kind, icon: str, count: int) -> SideItem:
        """Return what stands for all of a kind in the narrow bar: it opens the list of them."""
        words = self._context.words
        name = words.text(f"shelf.kind.{kind}")
        return SideItem(_ALL + kind, icon, name, words.number(count), acts=True, shown="narrow")

    def _group(self, kind: Kind, icon: str, facets: Sequence[Facet]) -> list[SideItem]:
        if not facets:
            return []
        words, is_open = self._context.words, kind in self._open
        name, count = words.text(f"shelf.kind.{kind}"), words.number(len(facets))
        spoken = words.text("shelf.group_open" if is_open else "shelf.group_shut", name=name)
        items = [
            self._kind(kind, icon, len(facets)),
            SideItem(
                _GROUP + kind, icon, name, count, opened=is_open, spoken=spoken, shown="wide"),
        ]  # fmt: skip
        if not is_open:
            return items
        most = sorted(facets, key=lambda one: -one.count)[:_INNER]
        shown = [
            found(words, kind, facet) for facet in (facets if len(facets) <= _INNER + 1 else most)
        ]
        if kind is Kind.TAGS:
            self._files_by(kind, shown)
        items += [
            SideItem(
                _TERM + one.term,
                "",
                one.short,
                words.number(one.count),
                inner=True,
                spoken=one.shown,
                shown="wide",
            )
            for one in shown
        ]
        if len(shown) < len(facets):
            items.append(self._all(kind, len(facets), inner=True))
        return items

    def _files_by(self, kind: Kind, shown: Iterable[Found]) -> None:
        self._places |= {
            _TERM + one.term: ShelfPlace(one.shown, _filing(kind, one)) for one in shown
        }

    def _all(self, kind: Kind, count: int, *, inner: bool) -> SideItem:
        text = self._context.words.plural(f"shelf.all_of.{kind}", count)
        return SideItem(_ALL + kind, "" if inner else "more", text, inner=inner, shown="wide")

    @Slot()
    def _forget(self) -> None:
        self._open.clear()
        self._places.clear()
        self._bar.set_shelves((), "", ())

    @Slot(str)
    def _on_row(self, row_id: str) -> None:
        if row_id == "safe" and self._is_marked:
            self.chosen.emit("")
        elif row_id.startswith(_TERM):
            self.chosen.emit(row_id.removeprefix(_TERM))
        elif row_id.startswith(_ALL):
            self.all_asked.emit(Kind(row_id.removeprefix(_ALL)))
        elif row_id.startswith(_GROUP):
            self._open ^= {Kind(row_id.removeprefix(_GROUP))}
            self._show()


def _filing(kind: Kind, one: Found) -> Filing:
    if kind is Kind.COLLECTIONS:
        return Filing(collections=(one.id,))
    return Filing(tags=(one.name,))


def shelf_colors(ids: Sequence[str]) -> dict[str, str]:
    """Return the colour of each collection: its own for good, unless another has it already."""
    taken: dict[str, int] = {}
    for shelf_id in sorted(ids):
        wish = sum(shelf_id.encode()) % len(SHELF_COLORS)
        free = [at for at in range(len(SHELF_COLORS)) if at not in taken.values()]
        taken[shelf_id] = wish if wish in free or not free else free[0]
    return {shelf_id: SHELF_COLORS[at] for shelf_id, at in taken.items()}
