"""Everything a vault holds, as plain rows: what a backup carries and a restore puts back.

Rows keep the stored value of every column, so that reading, carrying and writing back
gives equal data. What is not named in ``TABLES`` does not travel: the key, internal
numbers, and what is made anew (search index, recipients, who signed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.meta import VAULT_ID
from wallet_app.storage.rows import SELECT_INDEX, index_of
from wallet_app.storage.schema import knows_people
from wallet_app.storage.search import index_words
from wallet_app.storage.signers import note_signer

__all__ = [
    "TABLES",
    "ContentRow",
    "Contents",
    "Table",
    "holds_nothing",
    "read_contents",
    "size_of_files",
    "write_contents",
]

ContentRow = Mapping[str, SqlValue]


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a backup.

    Attributes:
        columns: names in the order of ``select``. integers: those that are whole numbers,
            all others being text. optional: those that may be null.
        insert: takes the columns by name. since: the format of backups that first had it.
    """

    columns: tuple[str, ...]
    select: str
    insert: str
    integers: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    since: int = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of every table, and the files they name, by lower-case hex SHA-256.

    ``lists`` are the lists of issuers and certificates that the owner chose.
    """

    tables: Mapping[str, tuple[ContentRow, ...]]
    originals: Mapping[str, bytes]
    documents: Mapping[str, bytes]
    lists: Mapping[str, bytes] = field(default_factory=dict)


_CREDENTIAL_TEXTS: Final = (
    "id", "name", "issuer", "issuer_id", "description", "holder", "skills", "tags", "format",
    "credential_id", "canonical_sha256", "issued_on", "expires_on", "added_at", "deleted_at",
    "verdict", "checked_at", "media_type", "source_name",
)  # fmt: skip

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "credentials": Table(
            columns=(*_CREDENTIAL_TEXTS, "demo", "issuer_proven"),
            select="""SELECT c.id, c.name, c.issuer, c.issuer_id, c.description, c.holder,
                c.skills, c.tags, c.format, c.credential_id, c.canonical_sha256, c.issued_on,
                c.expires_on, c.added_at, c.deleted_at, c.verdict, c.checked_at, o.media_type,
                o.source_name, c.demo, c.issuer_proven FROM credential AS c
                JOIN original AS o ON o.credential = c.number ORDER BY c.number""",
            insert="""INSERT INTO credential (id, name, issuer, issuer_id, description, holder,
                skills, tags, format, credential_id, canonical_sha256, issued_on, expires_on,
                added_at, deleted_at, verdict, checked_at, demo, issuer_proven)
                VALUES (:id, :name, :issuer, :issuer_id, :description, :holder, :skills, :tags,
                :format, :credential_id, :canonical_sha256, :issued_on, :expires_on, :added_at,
                :deleted_at, :verdict, :checked_at, :demo, :issuer_proven)""",
            integers=frozenset({"demo", "issuer_proven"}),
            optional=frozenset({"issued_on", "expires_on", "deleted_at"}),
        ),
        "reports": Table(
            columns=(
                "number", "credential", "checked_at", "verdict", "issuer_proven", "report_json",
            ),
            select="""SELECT r.number, c.id, r.checked_at, r.verdict, r.issuer_proven,
                r.report_json FROM report AS r JOIN credential AS c ON c.number = r.credential
                ORDER BY r.number""",
            insert="""INSERT INTO report
                (number, credential, checked_at, verdict, issuer_proven, report_json)
                SELECT :number, number, :checked_at, :verdict, :issuer_proven, :report_json
                FROM credential WHERE id = :credential""",
            integers=frozenset({"number", "issuer_proven"}),
        ),
        "evidence": Table(
            columns=(
                "report", "sha256", "url", "final_url", "media_type", "fetched_at", "origin",
                "http_status", "tls_host",
            ),
            select="""SELECT e.report, d.sha256, e.url, e.final_url, e.media_type, e.fetched_at,
                e.origin, e.http_status, e.tls_host FROM evidence AS e
                JOIN document AS d ON d.number = e.document ORDER BY e.number""",
            insert="""INSERT INTO evidence (report, document, url, final_url, media_type,
                fetched_at, origin, http_status, tls_host)
                SELECT :report, number, :url, :final_url, :media_type, :fetched_at, :origin,
                :http_status, :tls_host FROM document WHERE sha256 = :sha256""",
            integers=frozenset({"report", "http_status"}),
        ),
        "history": Table(
            columns=("at", "kind", "credential_id", "credential_name", "params"),
            select="""SELECT at, kind, credential_id, credential_name, params FROM event
                ORDER BY number""",
            insert="""INSERT INTO event (at, kind, credential_id, credential_name, params)
                VALUES (:at, :kind, :credential_id, :credential_name, :params)""",
        ),
        "tombstones": Table(
            columns=("credential_id", "at", "reason"),
            select="SELECT credential_id, at, reason FROM tombstone ORDER BY credential_id",
            insert="INSERT INTO tombstone (credential_id, at, reason)"
            " VALUES (:credential_id, :at, :reason)",
        ),
        "settings": Table(
            columns=("key", "value"),
            select=f"SELECT key, value FROM meta WHERE key <> '{VAULT_ID}' ORDER BY key",  # noqa: S608 - a constant
            insert="INSERT OR REPLACE INTO meta (key, value) VALUES (:key, :value)",
        ),
        "identities": Table(
            columns=("kind", "value", "confirmed_at"),
            select="SELECT kind, value, confirmed_at FROM identity ORDER BY kind, value",
            insert="INSERT OR REPLACE INTO identity (kind, value, confirmed_at)"
            " VALUES (:kind, :value, :confirmed_at)",
            since=2,
        ),
        "issuers": Table(
            columns=("issuer_id", "name", "added_at"),
            select="SELECT issuer_id, name, added_at FROM known_issuer ORDER BY issuer_id",
            insert="INSERT OR REPLACE INTO known_issuer (issuer_id, name, added_at)"
            " VALUES (:issuer_id, :name, :added_at)",
            since=2,
        ),
        "lists": Table(
            columns=("kind", "name", "source", "fetched_at", "sha256", "enabled"),
            select="SELECT kind, name, source, fetched_at, sha256, enabled FROM trust_list"
            " ORDER BY number",
            insert="""INSERT OR REPLACE INTO trust_list
                (kind, name, source, fetched_at, sha256, enabled, data)
                VALUES (:kind, :name, :source, :fetched_at, :sha256, :enabled, :data)""",
            integers=frozenset({"enabled"}),
            since=2,
        ),
    }
)  # fmt: skip
"""By the name of their file under ``data/``; in the order in which they are written back."""


def size_of_files(database: Database) -> int:
    """Return how many bytes of originals, documents, reports and lists a backup would carry."""
    columns = ["original.data", "document.data", "report.report_json"]
    if knows_people(database):
        columns.append("trust_list.data")
    return sum(_size_of(database, *column.split(".")) for column in columns)


def _size_of(database: Database, table: str, column: str) -> int:
    row = database.row(f"SELECT coalesce(sum(length({column})), 0) FROM {table}")  # noqa: S608 - constants
    return int(row[0]) if row else 0


def read_contents(database: Database) -> Contents:
    """Return everything, in memory; inside a transaction or snapshot it is one moment."""
    people = knows_people(database)
    tables = {
        name: tuple(
            dict(zip(table.columns, row, strict=True))
            for row in (database.rows(table.select) if people or table.since == 1 else ())
        )
        for name, table in TABLES.items()
    }
    lists = database.rows("SELECT sha256, data FROM trust_list") if people else ()
    originals = database.rows(
        "SELECT c.id, o.data FROM credential AS c JOIN original AS o ON o.credential = c.number"
    )
    documents = database.rows("SELECT sha256, data FROM document")
    return Contents(tables, dict(originals), dict(documents), dict(lists))


def write_contents(database: Database, contents: Contents) -> None:
    """Put everything into an empty vault, inside the caller's transaction."""
    for sha256, data in contents.documents.items():
        database.run("INSERT INTO document (sha256, data) VALUES (?, ?)", (sha256, data))
    for name, table in TABLES.items():
        for row in contents.tables[name]:
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
    """Return whether a vault has no credential, in the safe or the trash, and no trace of one."""
    row = database.row(
        "SELECT (SELECT count(*) FROM credential) + (SELECT count(*) FROM tombstone)"
    )
    return row == (0,)
