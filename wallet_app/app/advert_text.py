"""A text taken apart into words that can be compared, in French and English.

Two words are the same when they share a stem of either language, accents and case aside:
an advert does not say which language it is in, and a title is often written in capitals
without accents. Names such as ``C++``, ``C#``, ``.NET``, ``Node.js`` and ``R`` stay whole.
Pure: nothing is kept between two texts but the two tables of endings.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.french_stemmer import FrenchStemmer

__all__ = [
    "Before",
    "Gap",
    "Pair",
    "Stems",
    "Word",
    "bare",
    "folded",
    "longest_match",
    "sure_keys",
    "words_of",
]

_WORD: Final = re.compile(
    r"(?<![^\W_])\.[A-Za-z]{3,4}(?![^\W_])"  # .NET
    r"|[^\W_]+\.(?:js|net|io|py)(?![^\W_])"  # Node.js
    r"|[^\W_]&[^\W_](?![^\W_])"  # R&D
    r"|\d+(?:[.,]\d+)+"  # 12.80
    r"|[^\W_]+(?:\+\+|\#)?",  # any word; C++, C#
    re.IGNORECASE,
)
_DASHES: Final = "\u2013\u2014"
_APOSTROPHES: Final = ("'", "\u2019")
_HARD: Final = re.compile(rf"[.;:!?()\[\]{{}}•·▪●◦‣|]|\s[-{_DASHES}*+]\s")
_SOFT: Final = re.compile(r"[,/]|\s&\s")
_BULLET: Final = re.compile(rf"\n\s*(?:[-{_DASHES}*•·▪●◦‣+>✓✔]|\d{{1,2}}[.)])")
_ENDED: Final = re.compile(r"[.:;!?]\s*\n")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_LONGEST: Final = 40
"""No word of either language is longer; endings of longer runs are not worth the time."""


# No word begins like these: what is behind them names words to be taken for one another.
_KIN: Final = "+"
_SURE: Final = "="
_UNSURE: Final = "~"


class Gap(IntEnum):
    """What lies before a word: nothing that matters, a comma, or the end of a thought."""

    NONE = 0
    COMMA = 1
    END = 2


@dataclass(frozen=True, slots=True)
class Before:
    """What lies before a word.

    Attributes:
        line: a new line begins; bullet: as an item of a list; blank: after an empty line.
        colon: what stands before is a label. bracket: the word is within brackets.
    """

    gap: Gap = Gap.NONE
    line: bool = False
    bullet: bool = False
    blank: bool = False
    colon: bool = False
    bracket: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        start, end: character offsets in the text.
        folded: lower case without accents.
        before: what lies before it. elided: whether an apostrophe follows, as in ``l'anglais``;
            joined: a hyphen.
    """

    text: str
    start: int
    end: int
    folded: str
    before: Before
    elided: bool = False
    joined: bool = False

    @property
    def gap(self) -> Gap:
        """How far it is from the word before."""
        return self.before.gap


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the two languages that mean the same, as they are written.

    ``sure``: also where such a word is all of a name.
    """

    french: tuple[str, ...]
    english: tuple[str, ...]
    sure: bool = True


def bare(word: str) -> str:
    """Return a folded word without the sign of a plural; ``s`` itself stays."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def folded(text: str) -> str:
    """Return ``text`` in lower case without accents."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(one for one in spread if not unicodedata.combining(one))


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        between = _CLOSE if start - before == 1 and text[before] in _INSIDE else None
        if between is None or not before:
            between = _before(text[before:start], text[start], first=before == 0)
        after = text[end : end + 1]
        word = match[0]
        yield Word(
            word,
            start,
            end,
            folded(word),
            between,
            elided=after in _APOSTROPHES,
            joined=after == "-",
        )
        before = end


def _before(between: str, following: str, *, first: bool) -> Before:
    if first:
        return Before(Gap.END, line=True, bullet=bool(_BULLET.search("\n" + between)))
    bracket, colon = "(" in between, ":" in between
    if "\n" in between or "\r" in between:
        between = between.replace("\r\n", "\n").replace("\r", "\n")
        bullet = bool(_BULLET.search(between))
        blank = "\n" in between.partition("\n")[2]
        # A pasted text may be wrapped: only what looks like a new line is one.
        if bullet or blank or _ENDED.search(between) or not following.islower():
            return Before(Gap.END, True, bullet, blank, colon, bracket)
    if _HARD.search(between):
        return Before(Gap.END, colon=colon, bracket=bracket)
    return _APART if _SOFT.search(between) else _CLOSE


_INSIDE: Final = (" ", "-", *_APOSTROPHES)
_CLOSE: Final = Before()
_APART: Final = Before(Gap.COMMA)


class Stems:
    """The stems of words, each looked up once. One instance belongs to one thread."""

    def __init__(self, families: Iterable[Sequence[str]] = (), pairs: Iterable[Pair] = ()) -> None:
        """``families`` are folded words to be taken for one another, ``pairs`` just as listed."""
        self._french, self._english = FrenchStemmer(), EnglishStemmer()
        self._known: dict[str, tuple[str, ...]] = {}
        kin = {key: family[0] for family in families for word in family for key in self._keys(word)}
        self._kin = kin
        # Not by their stems, which two languages share by chance: "date" and "data".
        self._paired = {
            bare(folded(word)): f"{_SURE if pair.sure else _UNSURE}{folded(pair.french[0])}"
            for pair in pairs
            for word in (*pair.french, *pair.english)
        }

    def of(self, word: str) -> tuple[str, ...]:
        """Return the keys of a folded word, of which one shared is enough to be the same."""
        known = self._known.get(word)
        if known is None:
            own = self._keys(word)
            family = next((self._kin[key] for key in own if key in self._kin), None)
            kin = () if family is None else (f"{_KIN}{family}",)
            paired = self._paired.get(bare(word))
            known = self._known[word] = (*own, *kin, *((paired,) if paired else ()))
        return known

    def forget(self) -> None:
        """Drop every word that was seen."""
        self._known.clear()

    def _keys(self, word: str) -> tuple[str, ...]:
        if not word.isalpha() or not 3 < len(word) <= _LONGEST:
            return (word,)
        # In French only a past that no advert writes ends so: "data" would be one of "dater".
        french = word if word.endswith("a") else _shorn(str(self._french.stemWord(word)))
        english = _shorn(str(self._english.stemWord(word)))
        return (french,) if french == english else (french, english)


def sure_keys(keys: Iterable[str]) -> frozenset[str]:
    """Leave out the keys that are enough beside another word of a name, and not alone."""
    return frozenset(key for key in keys if not key.startswith(_UNSURE))


def _shorn(stem: str) -> str:
    # The two forms of one verb end apart by one vowel: planifi(er), planif(iez).
    return stem[:-1] if len(stem) > 4 and stem[-1] in "ie" else stem


def longest_match(
    table: Mapping[str, tuple[tuple[str, ...], ...]], words: Sequence[Word], at: int, stop: int
) -> int:
    """Return how many words from ``at`` on, before ``stop``, are a phrase of ``table``; else 0.

    ``table`` holds folded phrases by their first word, the longest first.
    """
    for phrase in table.get(words[at].folded, ()):
        end = at + len(phrase)
        if end > stop:
            continue
        rest = words[at + 1 : end]
        if all(
            word.folded == wanted and word.gap is not Gap.END
            for word, wanted in zip(rest, phrase[1:], strict=True)
        ):
            return len(phrase)
    return 0
