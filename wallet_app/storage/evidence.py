"""The documents that reports rest on, kept once each and given back for checks offline."""

from typing import Final

from wallet_app.crypto.documents import Document, Origin
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.times import stored_time, time_text

__all__ = ["EvidenceStore", "insert_documents", "remove_unused_documents"]

_SELECT: Final = (
    "SELECT e.url, e.final_url, d.data, e.media_type, e.fetched_at, e.origin,"
    " e.http_status, e.tls_host FROM credential AS c"
    " JOIN report AS r ON r.credential = c.number"
    " JOIN evidence AS e ON e.report = r.number"
    " JOIN document AS d ON d.number = e.document"
)


def insert_documents(database: Database, report: int, documents: tuple[Document, ...]) -> None:
    """Link ``documents`` to the report of that number; equal bytes are stored once."""
    for document in documents:
        database.run(
            "INSERT INTO document (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (document.sha256, document.data),
        )
        database.run(
            "INSERT INTO evidence (report, document, url, final_url, media_type, fetched_at,"
            " origin, http_status, tls_host)"
            " SELECT ?, number, ?, ?, ?, ?, ?, ?, ? FROM document WHERE sha256 = ?",
            (
                report,
                document.url,
                document.final_url,
                document.media_type,
                time_text(document.fetched_at),
                document.origin.value,
                document.http_status,
                document.tls_host,
                document.sha256,
            ),
        )


def remove_unused_documents(database: Database) -> None:
    """Forget documents that no report rests on any more."""
    database.run("DELETE FROM document WHERE number NOT IN (SELECT document FROM evidence)")


class EvidenceStore:
    """The evidence documents of one vault."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def documents_of(self, credential_id: str) -> tuple[Document, ...]:
        """Return the latest document per URL over all reports of one credential.

        What came from the network is given back with the origin ``snapshot`` and the time
        of its fetch: it proves what was served then, not what is served now.
        """
        return self._documents("c.id = ?", credential_id)

    def documents_of_report(self, credential_id: str, age: int = 0) -> tuple[Document, ...]:
        """Return the documents that one report rests on: the world it can be made again in.

        Args:
            credential_id: whose.
            age: 0 for the newest report, 1 for the one before it, as in ``reports``.
        """
        return self._documents(
            "r.number = (SELECT o.number FROM report AS o"
            " JOIN credential AS k ON k.number = o.credential"
            " WHERE k.id = ? ORDER BY o.checked_at DESC, o.number DESC LIMIT 1 OFFSET ?)",
            credential_id,
            age,
        )

    def size_of_report(self, credential_id: str) -> tuple[int, int]:
        """Return how many documents the newest report rests on, and their bytes together."""
        row = self._database.row(
            "SELECT count(*), coalesce(sum(length(d.data)), 0) FROM document AS d"
            " WHERE d.number IN (SELECT e.document FROM evidence AS e WHERE e.report ="
            " (SELECT r.number FROM report AS r JOIN credential AS c"
            " ON c.number = r.credential WHERE c.id = ?"
            " ORDER BY r.checked_at DESC, r.number DESC LIMIT 1))",
            (credential_id,),
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def _documents(self, condition: str, *parameters: str | int) -> tuple[Document, ...]:
        # The condition is a constant of this module; what is looked for is a parameter.
        sql = f"{_SELECT} WHERE {condition} ORDER BY e.fetched_at, e.number"
        rows = self._database.rows(sql, parameters)
        # Later rows win: they were fetched later.
        return tuple({row[0]: _document(row) for row in rows}.values())


def _document(row: Row) -> Document:
    url, final_url, data, media_type, fetched_at, origin, http_status, tls_host = row
    kept = Origin.BUNDLED if origin == Origin.BUNDLED else Origin.SNAPSHOT
    return Document(
        url, final_url, data, media_type, stored_time(fetched_at), kept, http_status, tls_host
    )
