"""What a vault holds, told in a few numbers, so that an unchanged one is not copied again.

Every change leaves a trace in one of them: a row more or less, an event, a stamp, a later
check, or a row of the small tables, which are compared whole. The mark is computed anew in
both databases and lies in no file: it would tell an outsider how many badges there are.
"""

from typing import Final

from wallet_app.storage.connection import Database, Row

__all__ = ["content_mark"]

_WHOLE: Final = {
    "meta": "SELECT key, value FROM meta ORDER BY key",
    "trust_list": "SELECT source, sha256, enabled FROM trust_list ORDER BY source",
    "secret": "SELECT name, data FROM secret ORDER BY name",
    "draft": "SELECT credential_id, kind, text, saved_at FROM draft ORDER BY credential_id, kind",
}
_NEWEST: Final = {
    "event": "SELECT max(number) FROM event",
    "credential": "SELECT max(number), max(checked_at), max(added_at) FROM credential",
}
_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
    " AND name NOT LIKE 'sqlite%' ORDER BY name"
)


def content_mark(database: Database) -> tuple[object, ...]:
    """Return the mark, which holds content: compare it and drop it. Some 10 ms per 10,000."""
    tables = [str(name) for (name,) in database.rows(_TABLES)]
    counted = tuple((name, _one(database, f"SELECT count(*) FROM {name}")) for name in tables)  # noqa: S608 - names of our own tables
    newest = tuple(_one(database, sql) for name, sql in _NEWEST.items() if name in tables)
    whole = tuple(tuple(database.rows(sql)) for name, sql in _WHOLE.items() if name in tables)
    version = _one(database, "PRAGMA user_version")
    return version, counted, newest, whole


def _one(database: Database, sql: str) -> Row:
    return database.row(sql) or ()
