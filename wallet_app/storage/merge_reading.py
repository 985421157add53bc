"""Reading of this vault just what is spoken of in what comes, in one query each."""

import json
from collections.abc import Iterable

from wallet_app.storage.connection import Database, Row

__all__ = ["rows_of"]


def rows_of(database: Database, sql: str, keys: Iterable[str]) -> list[Row]:
    """Return the rows of a query in which ``{}`` stands for any number of ``keys``.

    A vault of a hundred thousand must not be read for a change of one.
    """
    wanted = json.dumps(list(keys))
    return database.rows(sql.format("SELECT value FROM json_each(?)"), (wanted,))
