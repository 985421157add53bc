"""What job adverts and searches are read with: words of both languages (``resources/words``)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from wallet_app.app.advert_text import Pair, folded, words_of
from wallet_app.resources import resource_path

__all__ = ["Lore", "Phrases", "lore"]

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases as folded words, by their first word, the longest first."""

_FILE: Final = "advert.toml"
_PAIRS: Final = "pairs.toml"


@dataclass(frozen=True, slots=True)
class Lore:
    """The words of ``advert.toml`` and ``pairs.toml``; what each is for stands there.

    ``said``: the groups of ``same`` as they are written.
    """

    stop: frozenset[str]
    elided: frozenset[str]
    cased: frozenset[str]
    verbs: frozenset[str]
    level: frozenset[str]
    kin: tuple[tuple[str, ...], ...]
    place: frozenset[str]
    kinds: frozenset[str]
    same: tuple[tuple[tuple[str, ...], ...], ...]
    said: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]
    before: Phrases
    begins: Phrases
    behind: Phrases
    upon: frozenset[str]
    breaks: frozenset[str]
    joins: frozenset[str]
    lead: frozenset[str]
    tail: frozenset[str]
    empty: frozenset[str]
    demand_headings: frozenset[tuple[str, ...]]
    other_headings: frozenset[tuple[str, ...]]


@cache
def lore() -> Lore:
    """Return it; read once."""
    found, listed = _read(_FILE), _read(_PAIRS)
    return Lore(
        stop=_set(found["stop"]["words"]),
        elided=_set(found["stop"]["elided"]),
        cased=_set(found["cased"]["words"]),
        verbs=_set(found["light"]["verbs"]),
        level=_set(found["light"]["level"]),
        kin=tuple(map(_phrase, found["kin"]["families"])),
        place=_set(found["place"]["words"]),
        kinds=_set(found["kinds"]["words"]),
        same=tuple(tuple(map(_phrase, group)) for group in found["same"]["groups"]),
        said=tuple(map(tuple, found["same"]["groups"])),
        pairs=(
            *(_pair(text, sure=True) for text in listed["words"]),
            *(_pair(text, sure=False) for text in listed["doubtful"]),
        ),
        before=_table(found["before"]["phrases"]),
        begins=_table(found["with"]["phrases"]),
        upon=_set(found["upon"]["words"]),
        behind=_table(found["behind"]["phrases"]),
        breaks=_set(found["breaks"]["words"]),
        joins=_set(found["joins"]["words"]),
        lead=_set(found["trim"]["lead"]),
        tail=_set(found["trim"]["tail"]),
        empty=_set(found["empty"]["words"]),
        demand_headings=frozenset(map(_phrase, found["headings"]["demand"])),
        other_headings=frozenset(map(_phrase, found["headings"]["other"])),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resource_path("words", name).read_text(encoding="utf-8"))


def _pair(text: str, *, sure: bool) -> Pair:
    french, english = text.split("|")
    return Pair(tuple(french.split()), tuple(english.split()), sure)


def _set(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split())


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_of(text))


def _table(phrases: Iterable[str]) -> Phrases:
    table: dict[str, list[tuple[str, ...]]] = {}
    for text in phrases:
        phrase = _phrase(text)
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(listed, key=len, reverse=True)) for first, listed in table.items()}
