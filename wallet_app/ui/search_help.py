"""What may be typed next on the search line, and what all can be typed there."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from wallet_app.app.facets import Facets
from wallet_app.app.search_language import Field, Piece, State, folded, read_pieces, states_named
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.search_line import Mark
from wallet_app.ui.components.suggestions import Suggestion, Suggestions
from wallet_app.ui.components.text_places import python_place, qt_place
from wallet_app.ui.context import Context
from wallet_app.ui.facet_keeper import FacetKeeper
from wallet_app.ui.search_words import Kind, facets_of, field_key, found, not_key, state_word
from wallet_app.ui.state_names import state_searches
from wallet_app.wording import Words

__all__ = ["SearchHelp", "suggestions"]

_SHOWN: Final = 8
_LEAST_CHARS: Final = 2
_KINDS: Final = {kind.field: kind for kind in Kind}
_HELPED: Final = (
    Field.STATE,
    Field.ISSUER,
    Field.SKILL,
    Field.SINCE,
    Field.BEFORE,
    Field.TAG,
    Field.COLLECTION,
    Field.NOTE,
)
_NOT: Final = "not"


class SearchHelp(QObject):
    """Belongs to one search field; knows what there is from ``keeper``.

    Signals:
        ended: what stands there once somebody stops typing; "" while they type.
    """

    ended = Signal(str)

    def __init__(self, context: Context, field: SearchField, keeper: FacetKeeper) -> None:
        super().__init__(field)
        words = context.words
        self._context, self._field, self._keeper = context, field, keeper
        self.list = Suggestions(field, words.text("search.suggestions"))
        self.list.chosen.connect(self._insert)
        self.list.pointed.connect(context.stage.announce)
        field.edit.read_by(_marks)
        field.edit.takes_key = self._take_key
        field.edit.holds_escape = self.list.isVisible
        self._offered_for = ""
        field.edit.textEdited.connect(self._offer)
        field.edit.textChanged.connect(self._hide_stale)
        field.left.connect(self._hide)
        self.button = field.add_help(words.text("search.help"))
        self.button.clicked.connect(self._show_help)
        context.session.locking.connect(self._forget)

    @Slot(str)
    def _offer(self, text: str) -> None:
        at = python_place(text, self._field.edit.cursorPosition())
        found = suggestions(self._context.words, self._keeper.facets, text, at)
        self._offered_for = text
        self.list.offer(found)

    @Slot(str)
    def _hide_stale(self, text: str) -> None:
        """A line that was emptied for the person has nothing to do with what is offered."""
        self.ended.emit("")
        if text != self._offered_for:
            self.list.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.list.take_key(event):
            return True
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return is_enter and not self._finish()

    def _finish(self) -> bool:
        """Finish a term that one thing fits; False where it is still open, and what fits shows."""
        edit = self._field.edit
        if (only := self._only_one(edit.text())) is not None:
            self._insert(only)
        text = edit.text()
        still = next((piece for piece in read_pieces(text) if piece.is_open), None)
        if still is None:
            return True
        edit.setCursorPosition(qt_place(text, still.end))
        self._offer(text)
        if self.list.isHidden():
            self.ended.emit(text)
        self.list.point_first()
        return False

    def _only_one(self, text: str) -> Suggestion | None:
        """Return the one end of the term at the cursor; None for several, and where it has one."""
        at = python_place(text, self._field.edit.cursorPosition())
        piece = _piece_at(text, at)
        if piece is None or not piece.is_open:
            return None
        fitting = suggestions(self._context.words, self._keeper.facets, text, at)
        return fitting[0] if len(fitting) == 1 else None

    @Slot(object)
    def _insert(self, chosen: Suggestion) -> None:
        edit = self._field.edit
        # As if typed, so that it can be undone.
        start, end = (qt_place(edit.text(), at) for at in (chosen.start, chosen.end))
        edit.setSelection(start, end - start)
        edit.insert(chosen.insert)
        if chosen.insert.endswith(":"):
            self._offer(edit.text())

    @Slot()
    def _hide(self) -> None:
        self.list.hide()
        self.ended.emit(self._field.edit.text())

    @Slot()
    def _forget(self) -> None:
        self._offered_for = ""
        self.list.offer(())

    @Slot()
    def _show_help(self) -> None:
        words = self._context.words
        menu = PopupMenu(self.button)
        menu.addAction(words.text("search.help_head")).setEnabled(False)
        menu.addSeparator()
        for field in _HELPED:
            self._entry(menu, f"{field_key(words, field)}:", words.text(f"search.of.{field.value}"))
        self._entry(menu, f"{not_key(words)}:", words.text("search.of.not"))
        menu.open_below(self.button)

    def _entry(self, menu: PopupMenu, key: str, meaning: str) -> None:
        menu.add(f"{key}\t{meaning}", partial(self._append, key))

    def _append(self, key: str, _checked: object = None) -> None:
        edit = self._field.edit
        text = edit.text().rstrip()
        edit.setText(f"{text} {key}".lstrip())
        edit.setFocus()
        self._offer(edit.text())


def _marks(text: str) -> Sequence[Mark]:
    return [
        Mark(piece.start, piece.value_at, piece.end) for piece in read_pieces(text) if piece.is_term
    ]


def _piece_at(text: str, at: int) -> Piece | None:
    return next((one for one in read_pieces(text) if one.start < at <= one.end), None)


def suggestions(words: Words, facets: Facets, text: str, at: int) -> Sequence[Suggestion]:
    """Return what may stand where the caret is, at most eight."""
    return [*_meant(words, facets, text, at), *_next(words, facets, text, at)][:_SHOWN]


def _meant(words: Words, facets: Facets, text: str, at: int) -> Iterator[Suggestion]:
    """Give the search for the state that is named, where nothing else stands in the line."""
    if at < len(text.rstrip()) or any(one.is_term for one in read_pieces(text)):
        return
    for state, term in state_searches(words, text):
        if count := facets.states.get(state):
            said = words.plural(f"search.show.{state.value}", count)
            yield Suggestion(said, f"{term} ", 0, len(text), term)


def _next(words: Words, facets: Facets, text: str, at: int) -> Sequence[Suggestion]:
    piece = _piece_at(text, at)
    if piece is None or at < piece.value_at:
        return ()
    begun = text[piece.value_at : piece.end].lstrip('"').rstrip('"')
    offered: Iterator[Suggestion]
    if piece.field is Field.STATE:
        offered = _states(words, facets, piece, begun)
    elif piece.field in _KINDS:
        offered = _names(words, facets, piece, begun)
    elif piece.is_term or len(begun) < _LEAST_CHARS:
        return ()
    else:
        offered = _keys(words, piece, begun)
    return [one for one, _ in zip(offered, range(_SHOWN), strict=False)]


def _keys(words: Words, piece: Piece, begun: str) -> Iterator[Suggestion]:
    wanted = folded(begun)
    keys = [(field_key(words, field), f"search.of.{field.value}") for field in _HELPED]
    keys.append((not_key(words), "search.of.not"))
    for key, meaning in keys:
        if folded(key).startswith(wanted):
            insert = f"{key}:"
            yield Suggestion(insert, insert, piece.start, piece.end, words.text(meaning))


def _states(words: Words, facets: Facets, piece: Piece, begun: str) -> Iterator[Suggestion]:
    for state in states_named(begun):
        word = state_word(words, state)
        if state in (State.MINE, State.DEMO) and not begun:
            continue
        count = facets.states.get(state)
        note = words.plural("shelf.badges", count) if count else ""
        if folded(word) != folded(begun):
            yield Suggestion(word, f"{word} ", piece.value_at, piece.end, note)


def _names(words: Words, facets: Facets, piece: Piece, begun: str) -> Iterator[Suggestion]:
    if piece.field is None:
        return
    wanted = folded(begun)
    kind = _KINDS[piece.field]
    for facet in sorted(facets_of(facets, kind), key=lambda one: -one.count):
        if facet.key.startswith(wanted) or f" {wanted}" in facet.key:
            one = found(words, kind, facet)
            insert = one.term.partition(":")[2] + " "
            note = words.plural("shelf.badges", one.count)
            yield Suggestion(one.shown, insert, piece.value_at, piece.end, note)
