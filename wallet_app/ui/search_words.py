"""Terms of a search as the person's language writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wallet_app.app.facets import Facet, Facets
from wallet_app.app.search_language import (
    Field,
    Piece,
    State,
    folded,
    quoted_term,
    read_pieces,
    states_named,
)
from wallet_app.wording import Words, plain_text

__all__ = [
    "Found",
    "Kind",
    "asks_for_ends",
    "facets_of",
    "field_key",
    "found",
    "found_of",
    "named_term",
    "not_key",
    "respelled",
    "state_term",
    "state_word",
]

_MAX_NAME = 80


class Kind(StrEnum):
    """What one can look through by name."""

    COLLECTIONS = "collections"
    TAGS = "tags"
    ISSUERS = "issuers"
    SKILLS = "skills"

    @property
    def field(self) -> Field:
        """The term that finds one of them."""
        return _FIELDS[self]


_FIELDS = {
    Kind.COLLECTIONS: Field.COLLECTION,
    Kind.TAGS: Field.TAG,
    Kind.ISSUERS: Field.ISSUER,
    Kind.SKILLS: Field.SKILL,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look for: its name as it is, as it is shown, how many, and the term.

    ``short``: as shown where there is little room; a name that nobody proves is only quoted.
    """

    name: str
    shown: str
    count: int
    term: str
    id: str = ""
    short: str = ""


def field_key(words: Words, field: Field) -> str:
    """Return what stands before the colon, in both languages as one types it."""
    return _key(words, field.value)


def not_key(words: Words) -> str:
    """Return what stands before the colon to leave out what follows."""
    return _key(words, "not")


def _key(words: Words, name: str) -> str:
    return words.text(f"search.key.{name}")


def named_term(words: Words, field: Field, name: str) -> str:
    """Return what finds exactly what is named so."""
    return quoted_term(field_key(words, field), name)


def state_word(words: Words, state: State) -> str:
    """Return what is typed for a state."""
    return words.text(f"search.state.{state.value}")


def asks_for_ends(query: str) -> bool:
    """Whether a search is for what ends soon, or has ended: then the end is what matters."""
    ending = {State.EXPIRING, State.EXPIRED}
    states = [
        set(states_named(piece.value))
        for piece in read_pieces(query)
        if piece.field is Field.STATE and piece.value and not piece.negated
    ]
    return any(one and one <= ending for one in states)


def state_term(words: Words, state: State) -> str:
    """Return what finds all badges in a state."""
    return f"{field_key(words, Field.STATE)}:{state_word(words, state)}"


def respelled(words: Words, query: str) -> str:
    """Return the same search with its terms in the language of ``words``."""
    return " ".join(_respelled(words, query, piece) for piece in read_pieces(query))


def _respelled(words: Words, query: str, piece: Piece) -> str:
    if piece.field is None or piece.is_open:
        return query[piece.start : piece.end]
    without = f"{not_key(words)}:" if piece.negated else ""
    if piece.field is Field.STATE:
        state = State(piece.value)
        return without + state_word(words, state) if without else state_term(words, state)
    return f"{without}{field_key(words, piece.field)}:{query[piece.value_at : piece.end]}"


def facets_of(facets: Facets, kind: Kind) -> Sequence[Facet]:
    """Return all of a kind: marks in the order of names, the others by how many they find."""
    if kind is Kind.ISSUERS:
        return facets.issuers
    if kind is Kind.SKILLS:
        return facets.skills
    shelves = facets.shelves
    found = shelves.collections if kind is Kind.COLLECTIONS else shelves.tags
    return [Facet(one.name, one.count, key=folded(one.name), id=one.id) for one in found]


def found(words: Words, kind: Kind, facet: Facet) -> Found:
    """Return one as it is shown. There may be thousands: make them as they are wanted."""
    term = named_term(words, kind.field, facet.name)
    if facet.own:
        you = words.text("verdict.declared.you")
        return Found(facet.name, you, facet.count, term, facet.id, you)
    is_claim = kind is Kind.ISSUERS and not facet.proven
    shown = _issuer(words, facet) if is_claim else _shown(facet.name)
    short = words.text("shelf.quoted", name=_shown(facet.name)) if is_claim else shown
    return Found(facet.name, shown, facet.count, term, facet.id, short)


def found_of(words: Words, facets: Facets, kind: Kind, most: int) -> Sequence[Found]:
    """Return the first ``most`` of a kind."""
    return [found(words, kind, facet) for facet in facets_of(facets, kind)[:most]]


def _shown(name: str) -> str:
    return plain_text(name, max_chars=_MAX_NAME)


def _issuer(words: Words, facet: Facet) -> str:
    """Return an issuer as it is called where not every badge proves it: one may say so and lie."""
    name = _shown(facet.name)
    if not facet.proven_count:
        return words.text("library.calls_itself", issuer=name)
    counts = {"proven": words.number(facet.proven_count), "count": words.number(facet.count)}
    return words.text("shelf.partly_proven", name=name, **counts)
