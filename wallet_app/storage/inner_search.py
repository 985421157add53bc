"""Which of the credentials that a search found are found by their ``tags`` alone."""

import json
from collections.abc import Iterable
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.search import match_expression

__all__ = ["found_by_tags"]

_OF_FORMAT: Final = """SELECT number FROM credential
    WHERE id IN (SELECT value FROM json_each(?)) AND format = ?"""
_OTHERWISE: Final = """SELECT rowid FROM search
    WHERE search MATCH ? AND rowid BETWEEN ? AND ?"""
_TAGS: Final = """SELECT id, tags FROM credential
    WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC LIMIT 200"""


def found_by_tags(
    database: Database, ids: Iterable[str], words: str, format_name: str
) -> dict[str, tuple[str, ...]]:
    """Return the tags of those of a ``Format`` word that nothing else in them leads to.

    ``ids`` are credentials that the plain ``words`` of a query found. The latest 200 at most:
    tags may be long.
    """
    expression = match_expression(words)
    if not expression:
        return {}
    of_format = database.rows(_OF_FORMAT, (json.dumps(list(ids)), format_name))
    numbers = {int(number) for (number,) in of_format}
    # Most safes have none, and the index is asked only where there are some.
    if not numbers:
        return {}
    # The other columns hold the owner's note and tags as well.
    values = (f"- tags : ({expression})", min(numbers), max(numbers))
    numbers -= {int(number) for (number,) in database.rows(_OTHERWISE, values)}
    rows = database.rows(_TAGS, (json.dumps(sorted(numbers)),))
    return {str(identity): tuple(json.loads(tags)) for identity, tags in rows}
