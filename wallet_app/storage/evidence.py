"""The documents that reports rest on, kept once each and given back for checks offline."""

from wallet_app.crypto.documents import Document, Origin
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.times import stored_time, time_text

__all__ = ["EvidenceStore", "insert_documents", "remove_unused_documents"]


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
        rows = self._database.rows(
            "SELECT e.url, e.final_url, d.data, e.media_type, e.fetched_at, e.origin,"
            " e.http_status, e.tls_host FROM credential AS c"
            " JOIN report AS r ON r.credential = c.number"
            " JOIN evidence AS e ON e.report = r.number"
            " JOIN document AS d ON d.number = e.document"
            " WHERE c.id = ? ORDER BY e.fetched_at, e.number",
            (credential_id,),
        )
        # Later rows win: they were fetched later.
        return tuple({row[0]: _document(row) for row in rows}.values())


def _document(row: Row) -> Document:
    url, final_url, data, media_type, fetched_at, origin, http_status, tls_host = row
    kept = Origin.BUNDLED if origin == Origin.BUNDLED else Origin.SNAPSHOT
    return Document(
        url, final_url, data, media_type, stored_time(fetched_at), kept, http_status, tls_host
    )
