"""A job advert beside a person's skills: what is proven, to be completed, without proof.

Read on this computer and sent nowhere; nothing of an advert is kept here. What the person
corrects goes by the words of a phrase, so that it holds wherever the phrase stands. Pure
and deterministic: the same text, skills and corrections give the same reading.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from wallet_app.app.advert_demands import Asked, asked_in
from wallet_app.app.advert_skills import Found, SkillIndex
from wallet_app.app.advert_text import Gap, Word, words_of
from wallet_app.app.advert_words import lore
from wallet_app.app.skill_models import ProvenSkill, Strength
from wallet_app.errors import UserError

__all__ = [
    "MOST_CHARS",
    "Corrections",
    "Demand",
    "Reading",
    "SkillIndex",
    "Span",
    "Standing",
    "phrase_key",
    "read_advert",
]

MOST_CHARS: Final = 50_000
"""Some twenty pages: no advert is longer, and a longer text is something else."""
_MOST_DEMANDS: Final = 200


class Standing(StrEnum):
    """How a demand stands."""

    PROVEN = "proven"
    INCOMPLETE = "incomplete"
    """A badge speaks of it that proves nothing now, or not yet, or is the owner's own word, or is
    signed by a key that nobody vouches for."""

    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (not included) of the advert, as Python counts them."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the advert asks for.

    Attributes:
        key: stable for this phrase. text: as the advert first writes it.
        spans: every place, in their order.
        skill: what answers it, or None.
    """

    key: str
    text: str
    spans: tuple[Span, ...]
    skill: ProvenSkill | None = None

    @property
    def standing(self) -> Standing:
        """How it stands. Only a proven skill is proof; a withdrawn or refused one is none."""
        if self.skill is None:
            return Standing.MISSING
        strength = self.skill.strength
        if strength is Strength.PROVEN:
            return Standing.PROVEN
        worthless = strength in (Strength.WITHDRAWN, Strength.REFUSED)
        return Standing.MISSING if worthless else Standing.INCOMPLETE


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the person said of phrases, by ``phrase_key``.

    Attributes:
        skills: this phrase is the skill of that ``ProvenSkill.key``.
        demands: this phrase is a demand. dropped: it is none.
    """

    skills: Mapping[str, str] = field(default_factory=dict)
    demands: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()

    def is_skill(self, phrase: str, skill_key: str) -> "Corrections":
        """Return these with: ``phrase`` is that skill."""
        key = phrase_key(phrase)
        return Corrections({**self.skills, key: skill_key}, self.demands, self.dropped - {key})

    def is_demand(self, phrase: str) -> "Corrections":
        """Return these with: ``phrase`` is a demand."""
        key = phrase_key(phrase)
        return Corrections(self.skills, self.demands | {key}, self.dropped - {key})

    def is_none(self, phrase: str) -> "Corrections":
        """Return these with: ``phrase`` is no demand."""
        key = phrase_key(phrase)
        skills = {name: value for name, value in self.skills.items() if name != key}
        return Corrections(skills, self.demands - {key}, self.dropped | {key})


@dataclass(frozen=True, slots=True)
class Reading:
    """An advert and its demands, in the order in which the advert first writes them."""

    text: str
    demands: tuple[Demand, ...] = ()

    def standing(self, standing: Standing) -> tuple[Demand, ...]:
        """Return the demands that stand so."""
        return tuple(one for one in self.demands if one.standing is standing)


def phrase_key(phrase: str) -> str:
    """Return what stands for a phrase, however it is spaced, written large or accented."""
    return " ".join(word.folded for word in words_of(phrase))


def read_advert(
    text: str,
    index: SkillIndex,
    corrections: Corrections | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Reading:
    """Return what ``text`` asks for, and how it stands. Some milliseconds; any thread.

    It ends early, with an answer that says nothing, when ``cancelled`` says that nobody waits.

    Raises:
        UserError: ``advert.too_long`` with ``limit``.
    """
    if len(text) > MOST_CHARS:
        raise UserError("advert.too_long", {"limit": MOST_CHARS})
    said = corrections or Corrections()
    words = words_of(text)
    found = _found(words, index, said, cancelled)
    marks = [*_told(words, index, said, found)]
    marks += _free_of(marks, found)
    return Reading(text, _demands(text, words, marks, said)[:_MOST_DEMANDS])


@dataclass(frozen=True, slots=True)
class _Mark:
    first: int
    last: int
    skill: ProvenSkill | None


def _told(
    words: Sequence[Word], index: SkillIndex, said: Corrections, found: Sequence[_Mark]
) -> list[_Mark]:
    """Return where the phrases stand of which the person spoke.

    A word within the name of a skill that was found is left to it, as long as it stands
    elsewhere, too: "data" was not said of "analyse data".
    """
    by_key = {skill.key: skill for skill in index.skills}
    wanted = {
        tuple(key.split(" ")): by_key.get(said.skills.get(key, ""))
        for key in (*said.skills, *said.demands)
    }
    marks: list[_Mark] = []
    for phrase, skill in sorted(wanted.items(), key=lambda item: -len(item[0])):
        size = len(phrase)
        places = [
            _Mark(at, at + size - 1, skill)
            for at in range(len(words) - size + 1)
            if words[at].folded == phrase[0]
            and tuple(word.folded for word in words[at : at + size]) == phrase
        ]
        elsewhere = [place for place in places if not _is_within(place, found)]
        marks += _free_of(marks, elsewhere or places)
    return marks


def _is_within(place: _Mark, found: Sequence[_Mark]) -> bool:
    return any(
        mark.skill is not None
        and mark.first <= place.first <= place.last <= mark.last
        and mark.last - mark.first > place.last - place.first
        for mark in found
    )


def _found(
    words: Sequence[Word], index: SkillIndex, said: Corrections, cancelled: Callable[[], bool]
) -> list[_Mark]:
    skills = index.found_in(words, cancelled)
    asked = asked_in(words)
    around = {at: one for one in asked for at in range(one.first, one.last + 1)}
    marks = [_widened(words, found, around) for found in skills]
    marks += _free_of(marks, [_Mark(one.first, one.last, None) for one in asked])
    return [mark for mark in marks if _key_of(words, mark) not in said.dropped]


def _widened(words: Sequence[Word], found: Found, asked: Mapping[int, Asked]) -> _Mark:
    """Return the mark of a skill with what only says its level: "certificat de secourisme"."""
    known = lore()
    first, last = found.first, found.last
    while last + 1 < len(words) and words[last + 1].gap is Gap.NONE:
        if words[last + 1].folded not in known.level:
            break
        last += 1
    at = first
    while at > 0 and words[at].gap is Gap.NONE:
        at -= 1
        if words[at].folded in known.level:
            first = at
        elif words[at].folded not in known.stop and not words[at].elided:
            break
    one = asked.get(first)
    # Where most of what is asked for is this skill, all of it is.
    inside = one is not None and last <= one.last
    if one is not None and inside and _telling(words, one) < 2 * _telling(words, found):
        return _Mark(one.first, one.last, found.skill)
    return _Mark(first, last, found.skill)


def _telling(words: Sequence[Word], span: "Found | Asked") -> int:
    idle = lore().stop | lore().empty | lore().level
    inside = words[span.first : span.last + 1]
    return max(1, sum(word.folded not in idle and not word.elided for word in inside))


def _free_of(taken: Sequence[_Mark], marks: Sequence[_Mark]) -> list[_Mark]:
    """Return those of ``marks`` that overlap none that is taken, nor one another."""
    used = {at for mark in taken for at in range(mark.first, mark.last + 1)}
    free = []
    for mark in marks:
        span = range(mark.first, mark.last + 1)
        if used.isdisjoint(span):
            used.update(span)
            free.append(mark)
    return free


def _key_of(words: Sequence[Word], mark: _Mark) -> str:
    return " ".join(word.folded for word in words[mark.first : mark.last + 1])


def _demands(
    text: str, words: Sequence[Word], marks: Sequence[_Mark], said: Corrections
) -> tuple[Demand, ...]:
    """Return one demand for each skill, and for each phrase without one."""
    grouped: dict[str, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.first):
        key = _key_of(words, mark)
        if key in said.dropped and key not in said.skills:
            continue
        group = f"skill {mark.skill.key}" if mark.skill is not None else f"phrase {key}"
        grouped.setdefault(group, []).append(mark)
    found = []
    for group, same in grouped.items():
        spans = tuple(Span(words[mark.first].start, words[mark.last].end) for mark in same)
        written = " ".join(text[spans[0].start : spans[0].end].split())
        found.append(Demand(group, written, spans, same[0].skill))
    return tuple(found)
