"""The reports of one credential: every verification of it, the latest being the current one."""

from wallet_app.storage.connection import Database
from wallet_app.storage.evidence import insert_documents, remove_unused_documents
from wallet_app.storage.models import NewReport, StoredReport
from wallet_app.storage.signers import note_signer
from wallet_app.storage.times import stored_time, time_text

__all__ = ["insert_report", "keep_later_report", "reports_of"]


def reports_of(database: Database, number: int) -> tuple[StoredReport, ...]:
    """Return every report of the credential with that number, newest first."""
    rows = database.rows(
        "SELECT checked_at, verdict, report_json, issuer_proven FROM report"
        " WHERE credential = ? ORDER BY checked_at DESC, number DESC",
        (number,),
    )
    return tuple(
        StoredReport(stored_time(checked_at), verdict, text, bool(proven))
        for checked_at, verdict, text, proven in rows
    )


def insert_report(database: Database, number: int, report: NewReport) -> str:
    """Store a report with its evidence; return when it was made, as it is stored."""
    # A clock that was set back must not put it behind an older one (``report_order``).
    latest = database.row("SELECT max(checked_at) FROM report WHERE credential = ?", (number,))
    checked_at = max(time_text(report.checked_at), str(latest[0] or "") if latest else "")
    report_number = database.run(
        "INSERT INTO report (credential, checked_at, verdict, issuer_proven, report_json)"
        " VALUES (?, ?, ?, ?, ?)",
        (number, checked_at, report.verdict, report.issuer_proven, report.report_json),
    )
    note_signer(database, report_number, report.report_json)
    insert_documents(database, report_number, report.documents)
    return checked_at


def keep_later_report(
    database: Database, number: int, report: NewReport, *, replaces: bool
) -> None:
    """Make a report the current one; with ``replaces`` the one so far goes."""
    if replaces:
        database.run(
            "DELETE FROM report WHERE number = (SELECT number FROM report"
            " WHERE credential = ? ORDER BY checked_at DESC, number DESC LIMIT 1)",
            (number,),
        )
    checked_at = insert_report(database, number, report)
    if replaces:
        remove_unused_documents(database)
    database.run(
        "UPDATE credential SET verdict = ?, issuer_proven = ?, checked_at = ? WHERE number = ?",
        (report.verdict, report.issuer_proven, checked_at, number),
    )
