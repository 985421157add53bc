"""The terms of a query (``search_grammar``) as conditions on the credentials of the vault."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.mark_texts import folded
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import match_expression
from wallet_app.storage.search_grammar import Field, Piece, State, read_pieces

__all__ = ["Among", "SearchTerms", "narrowing", "quoted_term", "read_terms"]

_MAX_CHARS: Final = 500
_MAX_TERMS: Final = 20
_IN_INDEX: Final = "SELECT rowid FROM search WHERE search MATCH ?"
_LISTED: Final = "SELECT value FROM json_each(?)"

Among = Callable[[State], tuple[Sequence[int], bool]]
"""Returns the numbers of the credentials in a state, or with ``False`` of all others."""

_Condition = tuple[str, tuple[SqlValue, ...]]


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """A query taken apart. ``words`` is what is left as plain words."""

    words: str = ""
    terms: tuple[Piece, ...] = ()


def quoted_term(operator: str, name: str) -> str:
    """Return the term that finds exactly what is named ``name``: ``tag:"work"``."""
    return f'{operator}:"' + name.replace('"', '""') + '"'


def read_terms(query: str) -> SearchTerms:
    """Take apart what a person typed; a term without a value narrows nothing yet."""
    text = unicodedata.normalize("NFC", query[:_MAX_CHARS]).replace("\x00", " ")
    pieces = read_pieces(text)
    words = " ".join(piece.value for piece in pieces if not piece.is_term)
    terms = [piece for piece in pieces if piece.is_term and piece.value]
    return SearchTerms(words, tuple(terms[:_MAX_TERMS]))


def narrowing(
    database: Database, terms: SearchTerms, among: Among | None = None
) -> tuple[str, tuple[SqlValue, ...]]:
    """Return conditions on ``credential AS c``, each followed by ``AND``, and their values.

    ``among`` knows how badges stand as of now; without it no state is found.
    """
    found = [_condition(database, term, among) for term in terms.terms]
    text = "".join(f"{sql} AND " for sql, _values in found)
    return text, tuple(value for _sql, values in found for value in values)


def _condition(database: Database, term: Piece, among: Among | None) -> _Condition:
    sql, values = _CONDITIONS[term.field](database, term, among)
    return (f"NOT ({sql})" if term.negated else sql), values


def _words(_database: Database, term: Piece, _among: Among | None) -> _Condition:
    return f"+c.number IN ({_IN_INDEX})", (match_expression(term.value),)


def _tag(database: Database, term: Piece, _among: Among | None) -> _Condition:
    if not knows_notes(database):
        return "0", ()
    names = database.rows("SELECT DISTINCT name, name FROM tag WHERE present = 1")
    within = "SELECT credential_id FROM tag WHERE present = 1"
    return f"c.id IN ({within} AND name IN ({_LISTED}))", (_meant(term, names),)


def _collection(database: Database, term: Piece, _among: Among | None) -> _Condition:
    if not knows_notes(database):
        return "0", ()
    names = database.rows("SELECT name, id FROM collection WHERE present = 1")
    within = "SELECT credential_id FROM collection_member WHERE present = 1"
    return f"c.id IN ({within} AND collection IN ({_LISTED}))", (_meant(term, names),)


def _note(database: Database, term: Piece, _among: Among | None) -> _Condition:
    if not knows_notes(database):
        return "0", ()
    return f"+c.number IN ({_IN_INDEX})", (_in_column("note", term),)


def _state(database: Database, term: Piece, among: Among | None) -> _Condition:
    state = State(term.value)
    if state is State.FAVOURITE:
        marked = "SELECT credential_id FROM favourite WHERE present = 1"
        return (f"c.id IN ({marked})" if knows_notes(database) else "0"), ()
    if among is None:
        return "0", ()
    numbers, inside = among(state)
    within = f"+c.number {'IN' if inside else 'NOT IN'} ({_LISTED})"
    return within, (json.dumps(list(numbers)),)


def _issuer(database: Database, term: Piece, _among: Among | None) -> _Condition:
    return _named(database, term, "issuer", lambda issuer: (issuer,))


def _skill(database: Database, term: Piece, _among: Among | None) -> _Condition:
    return _named(database, term, "skills", json.loads)


def _named(
    database: Database, term: Piece, column: str, names_of: Callable[[str], Iterable[str]]
) -> _Condition:
    """Look into one column of the index; a name in quotation marks is that name and no other."""
    expression = _in_column(column, term)
    if not term.whole:
        return f"+c.number IN ({_IN_INDEX})", (expression,)
    # The index knows words: which of the names that have them is meant is looked up.
    rows = database.rows(
        f"SELECT DISTINCT {column} FROM credential WHERE number IN ({_IN_INDEX})",  # noqa: S608 - constants
        (expression,),
    )
    wanted = folded(term.value)
    meant = [text for (text,) in rows if any(folded(name) == wanted for name in names_of(text))]
    return (
        f"(+c.number IN ({_IN_INDEX}) AND c.{column} IN ({_LISTED}))",
        (expression, json.dumps(meant)),
    )


def _format(database: Database, term: Piece, _among: Among | None) -> _Condition:
    names = database.rows("SELECT DISTINCT format, format FROM credential")
    return f"c.format IN ({_LISTED})", (_meant(term, names),)


def _since(_database: Database, term: Piece, _among: Among | None) -> _Condition:
    return "ifnull(c.issued_on >= ?, 0)", (term.value,)


def _before(_database: Database, term: Piece, _among: Among | None) -> _Condition:
    return "ifnull(c.issued_on < ?, 0)", (term.value,)


_CONDITIONS: Final = {
    None: _words,
    Field.TAG: _tag,
    Field.COLLECTION: _collection,
    Field.NOTE: _note,
    Field.STATE: _state,
    Field.ISSUER: _issuer,
    Field.SKILL: _skill,
    Field.FORMAT: _format,
    Field.SINCE: _since,
    Field.BEFORE: _before,
}


def _meant(term: Piece, rows: Iterable[tuple[str, str]]) -> str:
    return json.dumps([key for name, key in rows if term.meets(name)])


def _in_column(column: str, term: Piece) -> str:
    return f"{column} : ({match_expression(term.value)})"
