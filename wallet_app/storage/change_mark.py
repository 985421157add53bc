"""What a vault holds, told in a few values, so that an unchanged one is not copied again.

Every change leaves a trace in one of them: an event, a stamp, a newer report, or a row of
the small tables, which are compared whole. The mark is computed anew in both databases and
lies in no file: it would tell an outsider how many badges there are.
"""

from typing import Final

from wallet_app.storage.connection import Database

__all__ = ["content_mark", "row_counts"]

_MARKS: Final = {
    "event": "SELECT max(number) FROM event",
    "credential": "SELECT max(number) FROM credential",
    "original": "SELECT max(credential) FROM original",
    "document": "SELECT max(number) FROM document",
    "evidence": "SELECT max(number) FROM evidence",
    # A report that takes the place of the last gets its number again, but not its time.
    "report": "SELECT number, checked_at FROM report ORDER BY number DESC LIMIT 1",
    # Holds the last stamp: whatever the owner writes, tags or moves has a later one.
    "meta": "SELECT key, value FROM meta ORDER BY key",
    "trust_list": "SELECT source, sha256, enabled FROM trust_list ORDER BY source",
    # How the last run with a second place or another computer went is no content.
    "secret": "SELECT name, data FROM secret WHERE name NOT LIKE '%\\_state' ESCAPE '\\'"
    " ORDER BY name",
    "draft": "SELECT credential_id, kind, text, saved_at FROM draft ORDER BY credential_id, kind",
}
_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name"
)


def content_mark(database: Database) -> tuple[object, ...]:
    """Return the mark, which holds content: compare it and drop it. A few pages are read."""
    tables = set(_tables(database))
    found = tuple(tuple(database.rows(sql)) for name, sql in _MARKS.items() if name in tables)
    return tuple(database.rows("PRAGMA user_version")), found


def row_counts(database: Database) -> tuple[tuple[str, int], ...]:
    """Return how many rows each table has; reads a good part of the database."""
    return tuple(
        (name, int(database.rows(f"SELECT count(*) FROM {name}")[0][0]))  # noqa: S608 - our own
        for name in _tables(database)
    )


def _tables(database: Database) -> list[str]:
    return [str(name) for (name,) in database.rows(_TABLES)]
