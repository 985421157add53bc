"""Which phrases of an advert ask something of the reader: by what stands around them.

A guess, and shown as one: the person corrects it with a click. It knows words that stand
before a demand ("maîtrise de …", "experience with …"), words behind it ("… is a plus"), and
lists below a title such as "Profil" or "Requirements". Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.app.advert_text import Gap, Word, longest_match
from wallet_app.app.advert_words import Lore, lore

__all__ = ["Asked", "asked_in"]

_MOST_WORDS: Final = 6
"""A longer phrase is a sentence, and no name of a skill."""
_LIST_WORDS: Final = 14
_HEADING_WORDS: Final = 7
_SPEAKERS: Final = frozenset(
    ("vous", "nous", "je", "on", "you", "we", "i", "our", "notre", "nos", "le", "la", "les", "the")
)
_ARTICLES: Final = frozenset({"a", "un", "une", "le", "la", "les", "the", "an"})
_REACH: Final = 4
"""How many words before "skills" or "licence" can belong to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase that asks something: from word ``first`` to ``last``, both included."""

    first: int
    last: int


def asked_in(words: Sequence[Word]) -> tuple[Asked, ...]:
    """Return the phrases in their order; none overlaps another."""
    reader = _Reader(tuple(words), lore())
    found: list[Asked] = []
    for one in sorted(reader.read(), key=lambda one: (one.first, -one.last)):
        if not found or one.first > found[-1].last:
            found.append(one)
    return tuple(found)


@dataclass
class _Place:
    """Where the reader is. ``wanted``: below a title of demands; ``item``: in a line of it."""

    wanted: bool = False
    bullets: bool = False
    items: int = 0
    item: bool = False


class _Reader:
    def __init__(self, words: tuple[Word, ...], known: Lore) -> None:
        self._words = words
        self._known = known

    def read(self) -> Iterator[Asked]:
        """Give the phrases of every thought; a title changes how the next are read."""
        place = _Place()
        thoughts = list(self._thoughts())
        for at, (first, stop) in enumerate(thoughts):
            follows = self._words[thoughts[at + 1][0]].before if at + 1 < len(thoughts) else None
            if self._words[first].before.line:
                self._begin_line(place, first)
            heading = self._heading(first, stop)
            if heading is not None:
                place.item = heading
                if follows is not None and follows.line:
                    place.wanted, place.bullets, place.items = heading, False, 0
                continue
            label = follows is not None and follows.colon and not follows.line
            place.item = place.item and not label
            yield from self._thought(first, stop, listed=place.item)

    def _begin_line(self, place: _Place, first: int) -> None:
        before = self._words[first].before
        if before.bullet:
            place.bullets = True
        elif place.wanted and place.items and (place.bullets or before.blank):
            place.wanted = False
        place.item = place.wanted and self._words[first].folded not in _SPEAKERS
        place.items += place.item

    def _thoughts(self) -> Iterator[tuple[int, int]]:
        first = 0
        for at in range(1, len(self._words) + 1):
            if at == len(self._words) or self._words[at].gap is Gap.END:
                yield first, at
                first = at

    def _heading(self, first: int, stop: int) -> bool | None:
        """Return whether a thought is a title of demands, or of something else; else None."""
        before = self._words[first].before
        if stop - first > _HEADING_WORDS or not (before.line or before.gap is Gap.END):
            return None
        said = tuple(word.folded for word in self._words[first:stop])
        if said in self._known.demand_headings:
            return True
        return False if said in self._known.other_headings else None

    def _thought(self, first: int, stop: int, *, listed: bool) -> Iterator[Asked]:
        cues = list(self._cues(first, stop))
        for at, after in cues:
            following = min((one for one, _ in cues if one > at), default=stop)
            yield from self._phrases(after, self._until(after, following))
        start = first
        asked = False
        for at, after in self._behind(first, stop):
            begin = self._beginning(start, at)
            if not any(begin <= cue < at for cue, _ in cues):
                asked = True
                yield from self._phrases(begin, at)
            start = after
        short = stop - first <= _LIST_WORDS and not self._words[first].before.bracket
        if listed and short and not (cues or asked):
            yield from self._phrases(first, self._until(first, stop))

    def _cues(self, first: int, stop: int) -> Iterator[tuple[int, int]]:
        at = first
        while at < stop:
            size = longest_match(self._known.before, self._words, at, stop)
            if size:
                yield at, at + size
            elif longest_match(self._known.begins, self._words, at, stop):
                yield at, at
            at += size or 1

    def _behind(self, first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Give where phrases end behind which something is asked, and where that ends."""
        at = first + 1
        while at < stop:
            size = longest_match(self._known.behind, self._words, at, stop)
            if size:
                yield at, at + size
            elif self._words[at].folded in self._known.upon:
                # "IT skills": the word itself belongs to the phrase.
                yield at + 1, at + 1
            at += size or 1

    def _beginning(self, first: int, stop: int) -> int:
        """Return where a phrase begins that ends at ``stop``."""
        upon = self._words[stop - 1].folded in self._known.upon
        at = stop - 1
        least = max(first, stop - 1 - _REACH) if upon else first
        while at > least and self._words[at - 1].folded not in self._known.breaks:
            at -= 1
        return at

    def _until(self, first: int, stop: int) -> int:
        for at in range(first, stop):
            if self._words[at].folded in self._known.breaks and not self._words[at].elided:
                return at
            if at > first and longest_match(self._known.behind, self._words, at, stop):
                return at
        return stop

    def _phrases(self, first: int, stop: int) -> Iterator[Asked]:
        start = first
        for at in range(first, stop + 1):
            joins = at < stop and self._words[at].folded in self._known.joins
            comma = start < at < stop and self._words[at].gap is Gap.COMMA
            if at == stop or joins or comma:
                yield from self._phrase(start, at)
                start = at + 1 if joins else at

    def _phrase(self, first: int, stop: int) -> Iterator[Asked]:
        """Give a phrase without what surrounds it, if it says something."""
        while first < stop and self._is_trimmed(first, self._known.lead, number=True):
            first += 1
        while first < stop and self._is_trimmed(stop - 1, self._known.tail, number=False):
            stop -= 1
        telling = [
            word
            for word in self._words[first:stop]
            if (word.folded not in self._known.stop or word.text.isupper()) and not word.elided
        ]
        says = any(
            word.folded not in self._known.empty and not word.folded.isdigit() for word in telling
        )
        if says and len(telling) <= _MOST_WORDS:
            yield Asked(first, stop - 1)

    def _is_trimmed(self, at: int, words: frozenset[str], *, number: bool) -> bool:
        word = self._words[at]
        if word.text.isupper() and not word.elided and word.folded not in _ARTICLES:
            return False
        return word.folded in words or (number and word.folded.isdigit())
