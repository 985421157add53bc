"""What a person looks for, said otherwise: in the other language, or by another common name.

A search finds the words that were typed and nothing else; this only tells which other words
may be worth a search of their own. Pure: of what was typed, nothing is kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from wallet_app.app.advert_text import bare, folded, words_of
from wallet_app.app.advert_words import lore
from wallet_app.app.search_language import read_pieces

__all__ = ["MOST_QUERIES", "Otherwise", "said_otherwise", "spelled_otherwise"]

MOST_QUERIES: Final = 4
"""Each is a search of the safe."""
_MOST_WORDS: Final = 8
_PAIR: Final = 2
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Other ``words``, and the whole ``query`` that looks for them."""

    words: str
    query: str


def said_otherwise(query: str) -> tuple[Otherwise, ...]:
    """Return at most four other queries that mean the same, the likeliest first.

    Whole names first ("premiers secours"), then word by word. The terms of ``query``
    (``is:expired``) stand behind each as they were typed; without plain words there is none.
    """
    pieces = read_pieces(query)
    typed = " ".join(piece.value for piece in pieces if not piece.is_term)
    terms = [query[piece.start : piece.end] for piece in pieces if piece.is_term]
    words = _telling(typed)
    if not 0 < len(words) <= _MOST_WORDS:
        return ()
    own = [bare(folded(word)) for word in words]
    found: dict[frozenset[str], Otherwise] = {}
    for other in (*_by_phrases(words, own), *_by_words(words, own)):
        # In whatever order: a search takes words as they come.
        key = frozenset(bare(folded(word)) for word in _telling(" ".join(other)))
        if key != frozenset(own):
            found.setdefault(key, Otherwise(" ".join(other), " ".join((*other, *terms))))
    return tuple(found.values())[:MOST_QUERIES]


def spelled_otherwise(query: str, nearest: Callable[[str], str]) -> Otherwise | None:
    """Return ``query`` with the words that were mistyped as they may be meant, or None.

    ``nearest`` gives the word that one is meant to be, "" for one that is right or unknown.
    """
    said: list[str] = []
    spelled = query
    # From the end, so that the places of the others stay right.
    for piece in reversed(read_pieces(query)):
        if piece.is_term or piece.strange is not None:
            continue
        meant = nearest(piece.value) if len(said) < _MOST_WORDS else ""
        said.insert(0, meant or piece.value)
        if meant:
            spelled = spelled[: piece.start] + meant + spelled[piece.end :]
    return None if spelled == query else Otherwise(" ".join(said), spelled)


def _telling(text: str) -> list[str]:
    """Return the words of a text as they stand, without "of" and "l'"."""
    known = lore()
    return [
        word.text
        for word in words_of(text)
        if not (word.folded in known.elided if word.elided else word.folded in known.stop)
    ]


def _by_phrases(words: Sequence[str], own: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(len(own)):
        for phrase, others in _phrases().get(own[first], ()):
            end = first + len(phrase)
            if tuple(own[first:end]) == phrase:
                for other in others:
                    yield (*words[:first], other, *words[end:])


def _by_words(words: Sequence[str], own: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give every word that has one in the other language, into English and into French."""
    for table in _pairs():
        # Where one word has two in the other language, one search for each.
        options = [table.get(key, ()) for key in own]
        for turn in range(max(map(len, options))):
            said = [
                meant[min(turn, len(meant) - 1)] if meant else word
                for word, meant in zip(words, options, strict=True)
            ]
            # "sécurité réseau" is "network security".
            yield said[::-1] if len(said) == _PAIR and all(options) else said


@cache
def _phrases() -> Mapping[str, Sequence[tuple[_Phrase, Sequence[str]]]]:
    """Return the phrases of the vocabulary by their first word, each with the others."""
    found: dict[str, list[tuple[_Phrase, Sequence[str]]]] = {}
    for group in lore().said:
        for said in group:
            phrase = tuple(bare(folded(word)) for word in _telling(said))
            others = tuple(other for other in group if other != said)
            found.setdefault(phrase[0], []).append((phrase, others))
    return found


@cache
def _pairs() -> tuple[Mapping[str, _Phrase], Mapping[str, _Phrase]]:
    """Return the words of the other language, for French words and for English ones."""
    to_english: dict[str, _Phrase] = {}
    to_french: dict[str, _Phrase] = {}
    for pair in lore().pairs:
        for word in pair.french:
            to_english.setdefault(bare(folded(word)), pair.english)
        for word in pair.english:
            to_french.setdefault(bare(folded(word)), pair.french)
    return to_english, to_french
