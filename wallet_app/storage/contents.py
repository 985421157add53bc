"""Everything a vault holds, as plain rows: what a backup carries and a restore puts back.

Rows keep the stored value of every column, so that reading, carrying and writing back
gives equal data. Which lists travel is in ``content_tables``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.content_tables import HOLDER_KEYS, TABLES, Table
from wallet_app.storage.rows import SELECT_INDEX, index_of
from wallet_app.storage.schema import knows_notes, knows_people, schema_version
from wallet_app.storage.search import index_words
from wallet_app.storage.signers import note_signer
from wallet_app.storage.stamps import LAST_STAMP, see_stamp

__all__ = [
    "ContentRow",
    "Contents",
    "highest_stamp",
    "holds_nothing",
    "read_contents",
    "size_of_files",
    "write_contents",
]

ContentRow = Mapping[str, SqlValue]


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of every table, and the files they name, by lower-case hex SHA-256.

    A change set has some of them only; ``rows`` gives none for a list that is not there.
    ``lists`` are the lists of issuers and certificates that the owner chose. Nothing of it
    is in the repr: it may hold private keys.
    """

    tables: Mapping[str, tuple[ContentRow, ...]] = field(repr=False)
    originals: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    documents: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    lists: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def rows(self, name: str) -> tuple[ContentRow, ...]:
        """Return the rows of one list."""
        return self.tables.get(name, ())


_STAMPS: Mapping[str, tuple[str, ...]] = {
    "credentials": ("added_at", "moved_at"),
    "tombstones": ("at",),
    "identities": ("confirmed_at",),
    "issuers": ("added_at",),
    "lists": ("fetched_at",),
    **dict.fromkeys(
        ("notes", "tags", "favourites", "collections", "members", "removals", "holders"),
        ("stamp",),
    ),
}
"""What orders the changes of each list (``stamps``)."""


def highest_stamp(contents: Contents) -> str:
    """Return the latest stamp on any row, "" for none."""
    return max(
        (
            str(row[column] or "")
            for name, columns in _STAMPS.items()
            for column in columns
            for row in contents.rows(name)
        ),
        default="",
    )


def size_of_files(database: Database) -> int:
    """Return how many bytes of originals, documents, reports and lists a backup would carry."""
    columns = ["original.data", "document.data", "report.report_json"]
    if knows_people(database):
        columns.append("trust_list.data")
    if knows_notes(database):
        columns.append("note_version.text")
    return sum(_size_of(database, *column.split(".")) for column in columns)


def _size_of(database: Database, table: str, column: str) -> int:
    row = database.row(f"SELECT coalesce(sum(length({column})), 0) FROM {table}")  # noqa: S608 - constants
    return int(row[0]) if row else 0


def read_contents(database: Database, *, keys: bool = False) -> Contents:
    """Return everything, in memory; inside a transaction or snapshot it is one moment.

    With ``keys`` the private keys of the owner are among it.
    """
    schema = schema_version(database)
    tables = {
        name: _read_table(database, table, schema) if keys or name != HOLDER_KEYS else ()
        for name, table in TABLES.items()
    }
    people = knows_people(database)
    lists = database.rows("SELECT sha256, data FROM trust_list") if people else ()
    originals = database.rows(
        "SELECT c.id, o.data FROM credential AS c JOIN original AS o ON o.credential = c.number"
    )
    documents = database.rows("SELECT sha256, data FROM document")
    return Contents(tables, dict(originals), dict(documents), dict(lists))


def _read_table(database: Database, table: Table, schema: int) -> tuple[ContentRow, ...]:
    if table.since > schema:
        return ()
    lacking = any(since > schema for since in table.later.values())
    found = database.rows(table.earlier if lacking else table.select)
    return tuple(dict(zip(table.columns, row, strict=True)) for row in found)


def write_contents(database: Database, contents: Contents) -> None:
    """Put everything into an empty vault, inside the caller's transaction."""
    for sha256, data in contents.documents.items():
        database.run("INSERT INTO document (sha256, data) VALUES (?, ?)", (sha256, data))
    # The words first: a credential is indexed with them.
    for name, table in sorted(TABLES.items(), key=lambda item: -item[1].since):
        for row in contents.rows(name):
            _write_row(database, name, table, row, contents)
    see_stamp(database, highest_stamp(contents))


def _write_row(
    database: Database, name: str, table: Table, row: ContentRow, contents: Contents
) -> None:
    if name == "settings" and row["key"] == LAST_STAMP:
        # Never back: the vault may have seen later ones.
        see_stamp(database, str(row["value"]))
        return
    file = contents.lists[str(row["sha256"])] if name == "lists" else None
    number = database.run(table.insert, row if file is None else {**row, "data": file})
    if name == "credentials":
        _write_original(database, number, row, contents)
    elif name == "reports":
        note_signer(database, int(row["number"] or 0), str(row["report_json"]))


def _write_original(database: Database, number: int, row: ContentRow, contents: Contents) -> None:
    database.run(
        "INSERT INTO original (credential, media_type, source_name, data) VALUES (?, ?, ?, ?)",
        (number, row["media_type"], row["source_name"], contents.originals[str(row["id"])]),
    )
    stored = database.rows(SELECT_INDEX, (number,))[0]
    index_words(database, number, index_of(stored))


def holds_nothing(database: Database) -> bool:
    """Return whether a vault has no credential, in the safe or the trash, and no trace of one.

    Nor anything that the owner wrote or was given to keep.
    """
    tables = ["credential", "tombstone"]
    if knows_notes(database):
        tables += ["note_version", "tag", "favourite", "collection", "holder", "holder_key"]
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608
    return database.row(f"SELECT {counts}") == (0,)
