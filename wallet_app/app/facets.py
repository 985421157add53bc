"""What there is to look for in a safe, and how many badges each finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wallet_app.storage.mark_models import Shelves
from wallet_app.storage.mark_texts import folded
from wallet_app.storage.search_grammar import State

__all__ = ["Facet", "Facets", "merged_facets"]


@dataclass(frozen=True, slots=True)
class Facet:
    """Something to look for by name, and how many badges it finds.

    Attributes:
        proven: of an issuer, that each badge of this name is proven to be by it; all else has
            it always: nobody is claimed by it. One forged badge files itself under any name.
        proven_count: of an issuer that is not, how many badges are.
        key: the name without case and accents. id: of a collection.
        own: of an issuer, that it is a key of the owner's.
    """

    name: str
    count: int
    proven: bool = True
    key: str = ""
    id: str = ""
    own: bool = False
    proven_count: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """All that the safe can be looked through by; issuers and skills by how many they find.

    Attributes:
        states: how many badges are in each state as of now; those of none are left out.
        ahead_days: how many days before its end a badge counts as expiring.
    """

    shelves: Shelves = field(default_factory=Shelves)
    issuers: tuple[Facet, ...] = ()
    skills: tuple[Facet, ...] = ()
    states: Mapping[State, int] = field(default_factory=dict)
    ahead_days: int = 0


def merged_facets(found: Iterable[tuple[str, int, bool]]) -> tuple[Facet, ...]:
    """Return facets, most found first; names that differ in case and accents are one.

    ``found`` is name, count, and whether it is proven; a name without letters is left out.
    """
    merged: dict[str, dict[str, int]] = {}
    proven: dict[str, dict[str, int]] = {}
    for name, count, is_proven in found:
        key = folded(name.strip())
        if not key:
            continue
        spelled = merged.setdefault(key, {})
        spelled[name] = spelled.get(name, 0) + count
        if is_proven:
            spelled = proven.setdefault(key, {})
            spelled[name] = spelled.get(name, 0) + count
    facets = []
    for key, spelled in merged.items():
        count, behind = sum(spelled.values()), sum(proven.get(key, {}).values())
        # A spelling that is proven, however often others use another.
        name = _commonest(proven.get(key, spelled))
        facets.append(Facet(name, count, behind == count, key, proven_count=behind))
    return tuple(sorted(facets, key=lambda facet: (-facet.count, facet.key)))


def _commonest(spelled: Mapping[str, int]) -> str:
    return max(spelled, key=lambda name: (spelled[name], name))
