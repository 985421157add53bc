"""What a person types to find badges, taken apart: plain words and narrowing terms.

``tag:work``, ``in:"Job 2027"``, ``is:favourite`` and ``note:exam`` narrow what is found,
in English and French. A value in quotation marks is the whole name of a tag or collection,
one without the beginning of it; a mark within is doubled. Anything else, an unknown term
too, is plain words: nothing that is typed is refused.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.mark_texts import folded
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import match_expression

__all__ = ["SearchTerms", "Term", "narrowing", "quoted_term", "read_terms"]

_MAX_CHARS: Final = 500
_MAX_TERMS: Final = 20

_OPERATORS: Final = MappingProxyType(
    {
        "tag": "tag",
        "etiquette": "tag",
        "in": "in",
        "dans": "in",
        "is": "is",
        "est": "is",
        "note": "note",
    }
)
"""By what stands before the colon, without case and accents."""

_FAVOURITE: Final = frozenset({"favourite", "favorite", "favori"})
_PIECE: Final = re.compile(r'(?P<name>[^\W\d_]+):(?:"(?P<whole>(?:[^"]|"")*)"?|(?P<part>\S*))|\S+')


@dataclass(frozen=True, slots=True)
class Term:
    """One narrowing value; ``whole``: it stood in quotation marks."""

    value: str
    whole: bool = False

    def meets(self, name: str) -> bool:
        """Return whether a tag or collection of that name is meant."""
        wanted, found = folded(self.value), folded(name)
        return found == wanted if self.whole else found.startswith(wanted)


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """A query taken apart. ``words`` is what is left as plain words."""

    words: str = ""
    tags: tuple[Term, ...] = ()
    collections: tuple[Term, ...] = ()
    notes: tuple[Term, ...] = ()
    favourite: bool = False

    @property
    def narrow(self) -> bool:
        """Whether there is anything but plain words."""
        return self.favourite or bool(self.tags or self.collections or self.notes)


def quoted_term(operator: str, name: str) -> str:
    """Return the term that finds exactly what is named ``name``: ``tag:"work"``."""
    return f'{operator}:"' + name.replace('"', '""') + '"'


def read_terms(query: str) -> SearchTerms:
    """Take apart what a person typed; a term without a value narrows nothing yet."""
    text = unicodedata.normalize("NFC", query[:_MAX_CHARS]).replace("\x00", " ")
    words: list[str] = []
    values: dict[str, list[Term]] = {"tag": [], "in": [], "note": []}
    favourite = False
    for piece in _PIECE.finditer(text):
        operator = _OPERATORS.get(folded(piece["name"] or ""))
        value = _value(piece)
        if operator == "is" and folded(value.value) in _FAVOURITE:
            favourite = True
        elif operator not in values:
            words.append(piece[0])
        elif value.value and len(values[operator]) < _MAX_TERMS:
            values[operator].append(value)
    tags, collections, notes = (tuple(values[name]) for name in ("tag", "in", "note"))
    return SearchTerms(" ".join(words), tags, collections, notes, favourite)


def _value(piece: re.Match[str]) -> Term:
    whole = piece["whole"]
    if whole is not None:
        return Term(" ".join(whole.replace('""', '"').split()), whole=True)
    return Term(piece["part"] or "")


def narrowing(database: Database, terms: SearchTerms) -> tuple[str, tuple[str, ...]]:
    """Return conditions on ``credential AS c``, each followed by ``AND``, and their values."""
    if not terms.narrow:
        return "", ()
    if not knows_notes(database):
        return "0 AND ", ()
    found: list[tuple[str, tuple[str, ...]]] = []
    if terms.favourite:
        found.append(("SELECT credential_id FROM favourite WHERE present = 1", ()))
    for term in terms.tags:
        names = _meant(term, database.rows("SELECT DISTINCT name, name FROM tag WHERE present = 1"))
        within = "name IN (SELECT value FROM json_each(?))"
        found.append((f"SELECT credential_id FROM tag WHERE present = 1 AND {within}", names))  # noqa: S608 - constants
    for term in terms.collections:
        ids = _meant(term, database.rows("SELECT name, id FROM collection WHERE present = 1"))
        within = "collection IN (SELECT value FROM json_each(?))"
        found.append(
            (f"SELECT credential_id FROM collection_member WHERE present = 1 AND {within}", ids)  # noqa: S608 - constants
        )
    conditions = [f"c.id IN ({sql}) AND " for sql, _values in found]
    values = [value for _sql, given in found for value in given]
    if terms.notes:
        conditions.append("+c.number IN (SELECT rowid FROM search WHERE search MATCH ?) AND ")
        values.append(_in_notes(terms.notes))
    return "".join(conditions), tuple(values)


def _meant(term: Term, rows: Iterable[tuple[str, str]]) -> tuple[str]:
    return (json.dumps([key for name, key in rows if term.meets(name)]),)


def _in_notes(notes: Iterable[Term]) -> str:
    return " ".join(f"note : ({match_expression(term.value)})" for term in notes)
