"""Which commands and places a few typed letters mean. No Qt, no safe."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["Entry", "EntryKind", "find", "match"]

_WORD_START: Final = 100.0
_INSIDE: Final = 50.0
_SCATTERED: Final = 20.0
_LATE: Final = 0.5
"""Off for each letter before the match, so that earlier words count more."""
_LONG: Final = 0.02
_ALSO: Final = 0.6
"""What a match in the words beside counts, against one in the title."""
_LEAST_SCATTERED: Final = 2


class EntryKind(StrEnum):
    """What is found; the words are ``palette.kind.<kind>``."""

    ACTION = "action"
    PAGE = "page"
    SETTING = "setting"
    BADGE = "badge"
    COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the palette.

    Attributes:
        also: other words that it is found by. note: what stands at the right.
        keys: its shortcut, as this system writes it.
        run: does it; called after the palette has closed.
    """

    kind: EntryKind
    text: str
    icon: str
    run: Callable[[], object]
    note: str = ""
    keys: str = ""
    also: str = ""


def find(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return what ``query`` means, best first; everything, in its order, for an empty query."""
    words = _fold(query).split()
    if not words:
        return list(entries)
    scored = [(_score(words, entry), at, entry) for at, entry in enumerate(entries)]
    found = [(score, at, entry) for score, at, entry in scored if score > 0]
    return [entry for _score, _at, entry in sorted(found, key=lambda one: (-one[0], one[1]))]


def _score(words: Sequence[str], entry: Entry) -> float:
    """Every word must be found, in the title or in the words beside; 0 means it was not."""
    title, also = _fold(entry.text), _fold(f"{entry.also} {entry.note}")
    total = 0.0
    for word in words:
        best = max(match(word, title), _ALSO * match(word, also, scattered=False))
        if best <= 0:
            return 0.0
        total += best
    return max(total - _LONG * len(title), 0.01)


def match(word: str, text: str, *, scattered: bool = True) -> float:
    """Return how well a folded word fits a folded text; 0 when it does not.

    At the start of a word, inside one, or its letters in their order, the first of them at
    the start of a word ("sc" for "save a copy").
    """
    at = _at_word_start(word, text)
    if at >= 0:
        return _WORD_START - _LATE * min(at, _INSIDE)
    at = text.find(word)
    if at >= 0:
        return _INSIDE - _LATE * min(at, _SCATTERED)
    return _scattered(word, text) if scattered else 0.0


def _at_word_start(word: str, text: str) -> int:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at


def _scattered(word: str, text: str) -> float:
    if len(word) < _LEAST_SCATTERED:
        return 0.0
    start = _at_word_start(word[0], text)
    while start >= 0:
        at, gaps = start, 0
        for letter in word[1:]:
            following = text.find(letter, at + 1)
            if following < 0:
                return 0.0
            gaps += following - at - 1
            at = following
        if gaps <= 4 * len(word):
            return max(_SCATTERED - gaps * _LATE, 1.0)
        rest = _at_word_start(word[0], text[start + 1 :])
        start = start + 1 + rest if rest >= 0 else -1
    return 0.0


def _fold(text: str) -> str:
    """Return text without case, accents and ligatures, so that "decouverte" finds "Découverte"."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
