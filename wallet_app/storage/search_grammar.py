"""What a person types to find badges, taken apart: plain words and narrowing terms. Pure.

``issuer:"Kestrel Data School"``, ``skill:python``, ``is:expired``, ``since:2024``,
``not:expired``, in English and French, with or without white space around the colon, as
French writes it. A value in quotation marks is the whole name, one without the beginning of
it; a mark within is doubled. Anything else, an unknown term too, is plain words: nothing
that is typed is refused. What is not typed to its end narrows nothing yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wallet_app.storage.mark_texts import folded

__all__ = ["Field", "Piece", "State", "read_day", "read_pieces", "spellings", "states_named"]

_MAX_CHARS: Final = 500


class Field(StrEnum):
    """What a term looks at."""

    TAG = "tag"
    COLLECTION = "in"
    STATE = "is"
    NOTE = "note"
    ISSUER = "issuer"
    SKILL = "skill"
    FORMAT = "format"
    SINCE = "since"
    BEFORE = "before"


class State(StrEnum):
    """What a badge can be. The first eight are what a list shows of it, as of now."""

    VERIFIED = "verified"
    FAILED = "failed"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNDETERMINED = "undetermined"
    DECLARED = "declared"
    """Unaltered and in force, and nobody but its holder speaks for it."""
    FAVOURITE = "favourite"
    EXPIRING = "expiring"
    """In force, and its end is near."""
    ATTENTION = "attention"
    """The owner should look: not valid, expiring, no longer in force, or its issuer is gone."""
    MINE = "mine"
    DEMO = "demo"


_NOT: Final = frozenset({"not", "except", "sauf"})

_FIELDS: Final = MappingProxyType(
    {
        "tag": Field.TAG,
        "etiquette": Field.TAG,
        "in": Field.COLLECTION,
        "dans": Field.COLLECTION,
        "is": Field.STATE,
        "est": Field.STATE,
        "note": Field.NOTE,
        "issuer": Field.ISSUER,
        "emetteur": Field.ISSUER,
        "organisme": Field.ISSUER,
        "skill": Field.SKILL,
        "competence": Field.SKILL,
        "format": Field.FORMAT,
        "since": Field.SINCE,
        "after": Field.SINCE,
        "depuis": Field.SINCE,
        "apres": Field.SINCE,
        "before": Field.BEFORE,
        "avant": Field.BEFORE,
    }
)
"""By what stands before the colon, without case and accents."""

_STATES: Final = MappingProxyType(
    {
        State.VERIFIED: ("verified", "verifie"),
        State.FAILED: ("failed", "invalid", "non-valide", "invalide"),
        State.REVOKED: ("revoked", "revoque"),
        State.SUSPENDED: ("suspended", "suspendu"),
        State.EXPIRED: ("expired", "expire"),
        State.NOT_YET_VALID: ("upcoming", "a-venir"),
        State.UNDETERMINED: ("unchecked", "incomplet", "incomplete", "non-controle"),
        State.DECLARED: ("declared", "declare"),
        State.FAVOURITE: ("favourite", "favorite", "favori"),
        State.EXPIRING: ("expiring", "bientot-expire", "expire-bientot"),
        State.ATTENTION: ("attention", "a-surveiller"),
        State.MINE: ("mine", "a-moi"),
        State.DEMO: ("demo", "sample", "exemple"),
    }
)
"""The words of each state without case, accents and the endings of number and gender."""

_ENDINGS: Final = ("", "s", "e", "es")
_STATE_OF: Final = MappingProxyType(
    {word + end: state for state, words in _STATES.items() for word in words for end in _ENDINGS}
)
_BLANK: Final = r"[\s\u00a0\u202f]*"
_TERM: Final = re.compile(rf"(?P<name>[^\W\d_]+){_BLANK}:(?P<gap>{_BLANK})")
_VALUE: Final = re.compile(r'"(?P<whole>(?:[^"]|"")*)"?|(?P<part>\S*)')
_WORD: Final = re.compile(r"\S+")
_DAY_BY_YEAR: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST: Final = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_BEGUN_DAY: Final = re.compile(r"[\d/.-]{0,9}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or term of a query.

    Attributes:
        start, value_at, end: where it stands in the query; before ``value_at`` is its key.
        field: what it looks at; None for plain words.
        value: what to look for; "" narrows nothing yet.
        whole: the value stood in quotation marks.
        negated: what meets it is left out.
        strange: the field of a term whose value is none; it is plain words instead.
    """

    start: int
    value_at: int
    end: int
    field: Field | None
    value: str
    whole: bool = False
    negated: bool = False
    strange: Field | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is a term that is not typed to its end, and narrows nothing."""
        return self.is_term and not self.value

    @property
    def is_term(self) -> bool:
        """Whether it is more than a plain word."""
        return self.field is not None or self.negated

    def meets(self, name: str) -> bool:
        """Return whether something of that name is meant."""
        wanted, found = folded(self.value), folded(name)
        return found == wanted if self.whole else found.startswith(wanted)


def read_pieces(query: str) -> tuple[Piece, ...]:
    """Return what was typed, piece by piece; only the first 500 characters count."""
    return tuple(_pieces(query[:_MAX_CHARS]))


def spellings(field: Field) -> tuple[str, ...]:
    """Return what may stand before the colon, without accents."""
    return tuple(name for name, meant in _FIELDS.items() if meant is field)


def states_named(begun: str) -> tuple[State, ...]:
    """Return the states whose name begins like this, in whatever language."""
    wanted = folded(begun)
    return tuple(
        state
        for state, words in _STATES.items()
        if any(f"{word}{end}".startswith(wanted) for word in words for end in _ENDINGS)
    )


def read_day(text: str) -> date | None:
    """Return the first day of a year, a month or a day: ``2024``, ``05/2024``, ``2024-05-12``."""
    if found := _DAY_BY_YEAR.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _piece(text, at, at, negated=False)
        yield piece
        at = piece.end


def _piece(text: str, start: int, at: int, *, negated: bool) -> Piece:
    """Return the piece at ``at``; it began at ``start``, maybe with a word for "not"."""
    term = _TERM.match(text, at)
    name = folded(term["name"]) if term else ""
    if term and name in _NOT and not negated and not _begins_value(text, term):
        return Piece(start, term.end(), term.end(), None, "", negated=True)
    if term and name in _NOT and not negated:
        inner = _piece(text, start, term.end(), negated=True)
        state = _STATE_OF.get(folded(inner.value)) if inner.field is None else None
        return replace(inner, field=Field.STATE, value=state.value) if state else inner
    if term and name in _FIELDS:
        read = _term(text, start, term, _FIELDS[name], negated=negated)
        settled = _settled(read)
        if settled is not None:
            return settled
        # Nothing that this term knows: the words as they stand.
        words = text[at : read.end]
        return replace(read, field=None, value=words, value_at=at, strange=read.field)
    if negated:
        value, whole, end = _value(text, at)
        return Piece(start, at, end, None, value, whole, negated=True)
    word = _WORD.match(text, at)
    end = word.end() if word else len(text)
    return Piece(start, start, end, None, text[at:end])


def _term(text: str, start: int, term: re.Match[str], field: Field, *, negated: bool) -> Piece:
    # A space after the colon, and then another term: nothing was given for this one yet.
    if not _begins_value(text, term):
        end = term.end() - len(term["gap"])
        return Piece(start, end, end, field, "", negated=negated)
    value, whole, end = _value(text, term.end())
    return Piece(start, term.end(), end, field, value, whole, negated)


def _begins_value(text: str, term: re.Match[str]) -> bool:
    following = _TERM.match(text, term.end())
    known = following is not None and folded(following["name"]) in {*_FIELDS, *_NOT}
    if folded(term["name"]) in _NOT:
        return term.end() < len(text)
    return term.end() < len(text) and not (term["gap"] and known)


def _value(text: str, at: int) -> tuple[str, bool, int]:
    found = _VALUE.match(text, at)
    if found is None:
        return "", False, at
    if found["whole"] is not None:
        return " ".join(found["whole"].replace('""', '"').split()), True, found.end()
    return found["part"], False, found.end()


def _settled(piece: Piece) -> Piece | None:
    """Return a term whose value can be read, or begins like one; None for any other."""
    begun = True
    if piece.field is Field.STATE:
        state = _STATE_OF.get(folded(piece.value))
        if state is not None:
            return replace(piece, value=state.value)
        begun = bool(states_named(piece.value))
    elif piece.field in (Field.SINCE, Field.BEFORE):
        day = read_day(piece.value)
        if day is not None:
            return replace(piece, value=day.isoformat())
        begun = _BEGUN_DAY.fullmatch(piece.value) is not None
    else:
        return piece
    return replace(piece, value="") if begun else None
