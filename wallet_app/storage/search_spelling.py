"""Words of the index that one slip of the fingers makes of a word that is in no badge.

The index knows the deleted badges too; of them no word is told, and none hides another.
"""

import re
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.mark_texts import folded

__all__ = ["nearest_word"]

_WORD: Final = re.compile("[a-z]{4,24}")
"""Shorter words are one letter away from too many others."""
_VOCABULARY: Final = """CREATE VIRTUAL TABLE IF NOT EXISTS
    temp.search_word USING fts5vocab(main, 'search', 'row')"""
_FINDS: Final = """SELECT 1 FROM search JOIN credential AS c ON c.number = search.rowid
    WHERE search MATCH ? AND c.deleted_at IS NULL LIMIT 1"""
_LIKELY: Final = """SELECT term, doc FROM temp.search_word
    WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT 5000"""
_AFTER_Z: Final = "{"
_MOST_TRIED: Final = 12


def nearest_word(database: Database, word: str) -> str:
    """Return the commonest word of the safe that is one letter, or one swap, away; or "".

    "" too for what is the beginning of a word there, and for what is not 4 to 24 letters of
    the Latin alphabet. Only words that begin with one of its first two letters are looked
    through: 3 ms at 10,000 badges, where all of them take 16, and each one looked up by itself
    0.4 (sqlite.org/fts5, section 6.3). Of those that are near, the twelve commonest are tried.
    """
    typed = folded(word)
    if not _WORD.fullmatch(typed):
        return ""
    # It lives for the connection and holds no row of its own.
    database.run(_VOCABULARY)
    if _finds(database, typed):
        return ""
    near: list[tuple[int, str]] = []
    for first in {typed[0], typed[1]}:
        sizes = (len(typed) - 1, len(typed) + 1)
        likely = database.rows(_LIKELY, (first, first + _AFTER_Z, *sizes))
        near += [(-doc, term) for term, doc in likely if _is_one_slip(typed, term)]
    likeliest = (term for _, term in sorted(near)[:_MOST_TRIED])
    return next((term for term in likeliest if _finds(database, term)), "")


def _finds(database: Database, beginning: str) -> bool:
    """Whether a badge that is not deleted has a word with this beginning, of letters alone."""
    return database.row(_FINDS, (f'"{beginning}"*',)) is not None


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether a letter too many, too few or wrong, or a swap, makes one of the other."""
    pairs = zip(typed, meant, strict=False)
    at = next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(map(len, (typed, meant)))
    )
    rest, wanted = typed[at:], meant[at:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in (rest[1:], swapped) or wanted[1:] in (rest, rest[1:])
