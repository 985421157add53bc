"""States of badges by the words that stand on cards, shelves and results, in every language.

A search looks at the words of badges, never at how they stand: who types such a word exactly
is offered the search for the state beside it.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Final

from wallet_app.app.search_language import Field, State, folded, read_pieces
from wallet_app.ui.search_words import state_term
from wallet_app.wording import LANGUAGES, Words

__all__ = ["state_searches", "states_meant"]

_KEYS: Final = ("search.state.{}", "shelf.state.{}", "verdict.{}.name", "verdict.{}.name_own")
_OTHERS: Final = ((State.DEMO, "verdict.sample.name"), (State.ATTENTION, "page.watch"))
_ENDINGS: Final = ("", "s", "e", "es")
_MOST_WORDS: Final = 6
_Name = tuple[str, ...]


def states_meant(text: str) -> tuple[State, ...]:
    """Return the states that ``text`` is a whole name of, without case, accents and number."""
    typed = _parts(text)
    if not 0 < len(typed) <= _MOST_WORDS:
        return ()
    found = dict.fromkeys(
        state for name, state in _names() if len(name) == len(typed) and _same(name, typed)
    )
    # What may stand behind "is:", written with blanks as well.
    for piece in read_pieces(f"is:{'-'.join(typed)}"):
        if piece.field is Field.STATE and piece.value:
            found.setdefault(State(piece.value))
    return tuple(found)


def state_searches(words: Words, query: str) -> Sequence[tuple[State, str]]:
    """Return the states that the plain words of ``query`` name, each with the search for it."""
    pieces = read_pieces(query)
    named = " ".join(one.value for one in pieces if not one.is_term and one.strange is None)
    terms = [query[one.start : one.end] for one in pieces if one.is_term]
    return [(state, " ".join((state_term(words, state), *terms))) for state in states_meant(named)]


@cache
def _names() -> Sequence[tuple[_Name, State]]:
    every = [(state, key.format(state.value)) for state, key in product(State, _KEYS)]
    return tuple(
        (_parts(words.text(key)), state)
        for words in map(Words, LANGUAGES)
        for state, key in (*every, *_OTHERS)
        if key in words
    )


def _parts(text: str) -> _Name:
    return tuple(folded(text).replace("-", " ").split())


def _same(name: _Name, typed: _Name) -> bool:
    """Whether the words differ in the endings of number and gender at most."""
    return all(
        word in {one + end for end in _ENDINGS} or word == one.removesuffix("s")
        for one, word in zip(name, typed, strict=True)
    )
