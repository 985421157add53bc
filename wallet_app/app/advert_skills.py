"""Where a text speaks of skills: names as people really write them, each place once.

A skill is found when all its words stand near each other in one thought, in any form of
either language: "planifiez des projets" for "Planifier un projet". Names that are everyday
words (``Excel``, ``Go``, ``R``) count only as names. Pure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from wallet_app.app.advert_text import Gap, Stems, Word, folded, sure_keys, words_of
from wallet_app.app.advert_words import Lore, lore
from wallet_app.app.skill_models import ProvenSkill, Strength

__all__ = ["Found", "SkillIndex"]

_MOST_WORDS: Final = 8
"""A name of more words is a sentence that no advert repeats."""
_MOST_VARIANTS: Final = 16
_SECOND: Final = 3
"""A verb, its first object, its second."""
_ROOM: Final = 1
"""Foreign words that may stand among those of a name: "analyser finement des données"."""
_PREFIX: Final = 3
"""Stems of one word share their beginning: only such words are worth looking up."""
_LOOK_EVERY: Final = 64
"""Words read between two looks at whether anybody still waits for the answer."""
_JOINS: Final = frozenset({"et", "ou", "and", "or"})
_ORDER: Final = {strength: at for at, strength in enumerate(Strength)}


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a skill stands: from word ``first`` to ``last``, both included."""

    first: int
    last: int
    skill: ProvenSkill


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word of a name. ``keys``: one is enough. ``upper``: only written like a name.

    ``verb``: it takes an object, and in a text more than one ("manage projects and risks").
    """

    keys: frozenset[str]
    capital: bool = False
    upper: bool = False
    verb: bool = False

    def fits(self, word: Word, keys: Iterable[str]) -> bool:
        if self.keys.isdisjoint(keys) or (self.capital and (word.elided or word.joined)):
            return False
        if self.upper and not word.text.isupper():
            return False
        return not self.capital or word.text != word.text.lower()


@dataclass(frozen=True, slots=True, eq=False)
class _Variant:
    slots: tuple[_Slot, ...]
    skill: ProvenSkill
    keys: frozenset[str]
    number: int


_Same = tuple[tuple[_Slot, ...], tuple[tuple[_Slot, ...], ...]]


class SkillIndex:
    """Skills made ready to be found. It holds their names: drop it at a lock."""

    def __init__(self, skills: Sequence[ProvenSkill] = ()) -> None:
        """Take the skills; some milliseconds for 500."""
        self.skills = tuple(skills)
        self._lore = lore()
        self.stems = Stems(self._lore.kin, self._lore.pairs)
        self._same = self._phrases_meaning_the_same()
        self._names: set[str] = set()
        variants = self._all_variants()
        self._by_rarest = _by_rarest_word(variants)
        beginnings = {word[:_PREFIX] for word in _all_known(self._lore)}
        self._prefixes = beginnings | {key[:_PREFIX] for one in variants for key in one.keys}

    # --- names -------------------------------------------------------------------------

    def _all_variants(self) -> Sequence[_Variant]:
        """Return every name once; of skills that share one, the best proven has it."""
        found: dict[tuple[_Slot, ...], ProvenSkill] = {}
        for skill in self.skills:
            for slots in self._variants(skill):
                known = found.setdefault(slots, skill)
                if _ORDER[skill.strength] < _ORDER[known.strength]:
                    found[slots] = skill
        return tuple(
            _Variant(slots, skill, frozenset(key for slot in slots for key in slot.keys), number)
            for number, (slots, skill) in enumerate(found.items())
        )

    def _variants(self, skill: ProvenSkill) -> Iterator[tuple[_Slot, ...]]:
        whole = self._slots(words_of(skill.name))
        listed = list(dict.fromkeys(filter(None, self._shorter(skill, whole))))
        for slots in tuple(listed):
            listed.extend(self._otherwise(slots))
        for slots in list(dict.fromkeys(listed))[:_MOST_VARIANTS]:
            if len(slots) == 1:
                yield (replace(slots[0], keys=sure_keys(slots[0].keys)),)
            elif len(slots) <= _MOST_WORDS:
                yield slots

    def _slots(self, words: Sequence[Word]) -> tuple[_Slot, ...]:
        named = [word for word in words if self._is_named(word)]
        return tuple(self._slot(word, alone=len(named) == 1) for word in named)

    def _is_named(self, word: Word) -> bool:
        return not _is_stop(word, self._lore) or _is_name(word, self._lore)

    def _slot(self, word: Word, *, alone: bool) -> _Slot:
        # Beside another word ("Project management") an everyday word needs no capital.
        doubtful = alone or len(word.text) == 1 or word.folded in self._lore.stop
        if doubtful and _is_name(word, self._lore):
            self._names.add(word.folded)
            upper = word.text.isupper() and len(word.text) <= _PREFIX
            return _Slot(frozenset({word.folded}), capital=True, upper=upper)
        verb = word.folded in self._lore.verbs
        return _Slot(frozenset(self.stems.of(word.folded)), verb=verb)

    def _shorter(self, skill: ProvenSkill, whole: tuple[_Slot, ...]) -> Iterator[tuple[_Slot, ...]]:
        """Give the name as it is, and without what an advert would not say of it."""
        yield whole
        every = words_of(skill.name)
        # "Orthographe, certificat Voltaire": what comes first is the name.
        apart = next((at for at, word in enumerate(every) if at and word.gap > Gap.NONE), 0)
        for some in (every, every[:apart]):
            words = self._without_level(some)
            yield self._slots(words)
            telling = [word for word in words if self._is_named(word)]
            saying = [word for word in telling if word.folded not in self._lore.verbs]
            if len(saying) > 1:
                yield self._slots(saying)
            yield from self._without_place(words)
        for word in every:
            # "ITIL Foundation" is what "ITIL" asks for.
            short = word.text.isupper() and word.text.isalpha() and len(word.text) >= _PREFIX
            if short and word.folded not in self._lore.kinds and not skill.name.isupper():
                yield (_Slot(frozenset(self.stems.of(word.folded)), capital=True, upper=True),)

    def _without_level(self, words: Sequence[Word]) -> Sequence[Word]:
        def goes(word: Word, left: int) -> bool:
            code = word.text.isalnum() and any(map(str.isdigit, word.text))
            number = word.folded.isdigit() or (code and left > 2)
            return word.folded in self._lore.level or number or not self._is_named(word)

        found = list(words)
        while (left := sum(map(self._is_named, found))) > 1 and goes(found[-1], left):
            found.pop()
        while (left := sum(map(self._is_named, found))) > 1 and goes(found[0], left):
            found.pop(0)
        return found

    def _without_place(self, words: Sequence[Word]) -> Iterator[tuple[_Slot, ...]]:
        """Give "First aid" for "First aid at work", where two words are left."""
        for at in range(2, len(words)):
            if words[at].folded in self._lore.place:
                shorter = self._slots(words[:at])
                if len(shorter) > 1:
                    yield shorter
                return

    def _phrases_meaning_the_same(self) -> Mapping[str, Sequence[_Same]]:
        """Return phrases by the keys of their first word, each with those that mean the same."""
        found: dict[str, list[_Same]] = {}
        for group in self._lore.same:
            phrases = tuple(map(self._slots_of, group))
            for phrase in phrases:
                others = tuple(other for other in phrases if other is not phrase)
                for key in phrase[0].keys:
                    found.setdefault(key, []).append((phrase, others))
        return found

    def _slots_of(self, phrase: tuple[str, ...]) -> tuple[_Slot, ...]:
        idle = self._lore.stop | self._lore.elided
        return tuple(_Slot(frozenset(self.stems.of(word))) for word in phrase if word not in idle)

    def _otherwise(self, slots: tuple[_Slot, ...]) -> Iterator[tuple[_Slot, ...]]:
        """Give a name with one phrase of it said otherwise."""
        for at, slot in enumerate(slots):
            for key in slot.keys:
                for phrase, others in self._same.get(key, ()):
                    if _stands(phrase, slots, at):
                        rest = slots[at + len(phrase) :]
                        yield from ((*slots[:at], *other, *rest) for other in others)

    # --- a text ------------------------------------------------------------------------

    def found_in(
        self, words: Sequence[Word], cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Found, ...]:
        """Return every place of every skill, no two of them overlapping, in their order.

        Nothing at all when ``cancelled`` says meanwhile that nobody waits for it.
        """
        telling = [at for at, word in enumerate(words) if self._tells(word)]
        keys = {at: self._keys(words[at]) for at in telling}
        places: set[_Place] = set()
        for place in range(len(telling)):
            if place % _LOOK_EVERY == 0 and cancelled():
                return ()
            for variant, begins in self._around(keys, telling, place):
                last = _end_of(variant, words, keys, telling, begins)
                if last >= 0:
                    places.add(_Place(variant, telling[begins], last))
                elif (second := _second_object(variant, words, keys, telling[begins:])) >= 0:
                    places.add(_Place(variant, second, second))
        return _without_overlap(places)

    def _around(
        self, keys: Mapping[int, tuple[str, ...]], telling: Sequence[int], place: int
    ) -> Iterator[tuple[_Variant, int]]:
        """Give each name whose rarest word stands at ``place``, and where it may begin."""
        for key in keys[telling[place]]:
            for variant in self._by_rarest.get(key, ()):
                room = 0 if len(variant.slots) == 1 else len(variant.slots) - 1 + _ROOM
                for begins in range(max(0, place - room), place + 1):
                    if not variant.keys.isdisjoint(keys[telling[begins]]):
                        yield variant, begins

    def _tells(self, word: Word) -> bool:
        return not _is_stop(word, self._lore) or (
            word.folded in self._names and word.text != word.text.lower()
        )

    def _keys(self, word: Word) -> tuple[str, ...]:
        if word.folded[:_PREFIX] not in self._prefixes:
            return ()
        stems = self.stems.of(word.folded)
        return (*stems, word.folded) if word.folded in self._names else stems


class _Place(NamedTuple):
    variant: _Variant
    first: int
    last: int


def _by_rarest_word(variants: Iterable[_Variant]) -> Mapping[str, Sequence[_Variant]]:
    """Return the names by the keys of that word of each which the fewest names have.

    A safe may hold thousands of skills that begin alike, and an advert repeat that beginning:
    looked up by it, every name would be tried at every place.
    """
    counts = Counter(key for one in variants for key in one.keys)
    found: dict[str, list[_Variant]] = {}
    for one in variants:
        rarest = min(one.slots, key=lambda slot: sum(counts[key] for key in slot.keys))
        for key in rarest.keys:
            found.setdefault(key, []).append(one)
    return found


def _all_known(known: Lore) -> Iterator[str]:
    """Give the words that others are taken for."""
    for family in known.kin:
        yield from family
    for pair in known.pairs:
        yield from map(folded, (*pair.french, *pair.english))


def _is_stop(word: Word, known: Lore) -> bool:
    return word.folded in known.stop or (word.elided and word.folded in known.elided)


def _is_name(word: Word, known: Lore) -> bool:
    """Whether a word of a skill's name is a name of its own: ``R``, ``Go``, ``Excel``."""
    if word.elided or not word.text[:1].isupper():
        return False
    return word.folded in known.cased or (len(word.text) == 1 and word.text.isalpha())


def _stands(phrase: tuple[_Slot, ...], slots: tuple[_Slot, ...], at: int) -> bool:
    there = slots[at : at + len(phrase)]
    return len(there) == len(phrase) and all(
        not slot.keys.isdisjoint(other.keys) for slot, other in zip(there, phrase, strict=True)
    )


def _end_of(
    variant: _Variant,
    words: Sequence[Word],
    keys: Mapping[int, tuple[str, ...]],
    telling: Sequence[int],
    place: int,
) -> int:
    """Return the word with which a name ends that begins at ``telling[place]``, or -1."""
    slots = variant.slots
    first = telling[place]
    if len(slots) == 1:
        return first if slots[0].fits(words[first], keys[first]) else -1
    order: list[int] = []
    left, before = dict(enumerate(slots)), first
    for seen, at in enumerate(telling[place : place + len(slots) + _ROOM]):
        passed = words[before + 1 : at + 1]
        if seen and any(word.gap is not Gap.NONE for word in passed):
            return -1
        # Across a foreign word and an "and" it is no longer one thing.
        if seen > len(order) and any(word.folded in _JOINS for word in passed):
            return -1
        before = at
        fitting = next((n for n, slot in left.items() if slot.fits(words[at], keys[at])), None)
        if fitting is None:
            if not seen:
                return -1
            continue
        order.append(fitting)
        del left[fitting]
        if not left:
            # In another order the words must stand together: "management of projects".
            together = seen + 1 == len(slots)
            return at if together or order == sorted(order) else -1
    return -1


def _second_object(
    variant: _Variant,
    words: Sequence[Word],
    keys: Mapping[int, tuple[str, ...]],
    telling: Sequence[int],
) -> int:
    """Return where the object stands of a verb that another object, and "and", part it from.

    "Manage projects and risks" speaks of "Manage risks", there where the risks are; -1 for none.
    What stands before more words may be part of another name: "and risk assessment".
    """
    if len(variant.slots) != 2 or not variant.slots[0].verb or len(telling) < _SECOND:
        return -1
    verb, other, at = telling[:_SECOND]
    fits = (one.fits(words[n], keys[n]) for one, n in zip(variant.slots, (verb, at), strict=True))
    between = [word.folded in _JOINS for word in words[other + 1 : at]]
    apart = any(word.gap is not Gap.NONE for word in words[verb + 1 : at + 1])
    joined_before = any(word.folded in _JOINS for word in words[verb + 1 : other])
    goes_on = telling[_SECOND : _SECOND + 1] == [at + 1] and words[at + 1].gap is Gap.NONE
    return at if any(between) and not (apart or joined_before or goes_on) and all(fits) else -1


def _without_overlap(places: Iterable[_Place]) -> tuple[Found, ...]:
    """Keep the names of most words, and of those the best proven."""

    def rank(one: _Place) -> tuple[int, ...]:
        known = one.variant
        order = _ORDER[known.skill.strength]
        return (-len(known.slots), order, one.first, one.last, known.number)

    taken: set[int] = set()
    kept = []
    for variant, first, last in sorted(places, key=rank):
        span = range(first, last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(Found(first, last, variant.skill))
    return tuple(sorted(kept, key=lambda one: one.first))
