"""Reports with their evidence, and the history, after a merge: the union of both.

Nothing of it is ever changed. Of the reports of a credential the one with the latest date
is the current one, wherever it came from; the faces say as of when it speaks.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.merge_presence import Presence
from wallet_app.storage.merge_reading import rows_of
from wallet_app.storage.signers import note_signer

__all__ = ["Records", "decide_records"]

_INSERT_REPORT: Final = """INSERT INTO report
    (credential, checked_at, verdict, issuer_proven, report_json)
    VALUES (:owner, :checked_at, :verdict, :issuer_proven, :report_json)"""

_MAKE_CURRENT: Final = """UPDATE credential SET (verdict, issuer_proven, checked_at) =
    (SELECT verdict, issuer_proven, checked_at FROM report WHERE credential = ?1
    ORDER BY checked_at DESC, number DESC LIMIT 1) WHERE number = ?1"""


@dataclass(slots=True)
class Records:
    """What was decided; ``write…`` does it.

    ``known`` of the reports are of credentials that were here already; ``touched`` are
    credentials that may have another current report now.
    """

    reports: tuple[ContentRow, ...] = ()
    events: tuple[ContentRow, ...] = ()
    known: int = 0
    touched: frozenset[str] = frozenset()
    _evidence: Mapping[SqlValue, list[ContentRow]] = field(default_factory=dict)

    def write_reports(
        self, database: Database, contents: Contents, numbers: Mapping[str, int]
    ) -> None:
        """Add the reports to credentials of these numbers, inside the transaction at hand."""
        for row in self.reports:
            owner = numbers[str(row["credential"])]
            number = database.run(_INSERT_REPORT, {**row, "owner": owner})
            note_signer(database, number, str(row["report_json"]))
            for evidence in self._evidence.get(row["number"], ()):
                _write_evidence(database, contents, {**evidence, "report": number})
        for identity in sorted(self.touched, key=numbers.__getitem__):
            database.run(_MAKE_CURRENT, (numbers[identity],))

    def write_events(self, database: Database) -> None:
        """Add what happened there to the history."""
        for row in self.events:
            database.run(TABLES["history"].insert, row)


def _write_evidence(database: Database, contents: Contents, row: ContentRow) -> None:
    data = contents.documents.get(str(row["sha256"]))
    if data is not None:
        database.run(
            "INSERT INTO document (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (row["sha256"], data),
        )
    # Without its bytes here or there it adds nothing.
    database.run(TABLES["evidence"].insert, row)


def decide_records(database: Database, contents: Contents, presence: Presence) -> Records:
    """Return what is not here yet, of credentials that are here or come."""
    kept = {*presence.here, *presence.new}
    came = [row for row in contents.rows("reports") if row["credential"] in kept]
    # Those of new credentials cannot be here: only the others are read.
    known = _known_reports(database, {str(r["credential"]) for r in came} & presence.here.keys())
    fresh = [row for row in came if _trace(row) not in known]
    fresh.sort(key=lambda row: (str(row["checked_at"]), int(row["number"] or 0)))
    evidence: defaultdict[SqlValue, list[ContentRow]] = defaultdict(list)
    for row in contents.rows("evidence"):
        evidence[row["report"]].append(row)
    return Records(
        reports=tuple({_trace(row): row for row in fresh}.values()),
        events=_fresh_events(database, contents.rows("history")),
        known=sum(row["credential"] in presence.here for row in fresh),
        touched=_touched(fresh, presence),
        _evidence=evidence,
    )


def _touched(fresh: list[ContentRow], presence: Presence) -> frozenset[str]:
    newest = {str(row["credential"]): row for row in fresh}
    said = ("verdict", "issuer_proven", "checked_at")
    # What comes whole says what its newest report says; a set of changes may not.
    return frozenset(
        identity
        for identity, report in newest.items()
        if identity in presence.here
        or any(presence.new[identity][0][one] != report[one] for one in said)
    )


def _trace(row: ContentRow) -> tuple[SqlValue, SqlValue, bytes]:
    return row["credential"], row["checked_at"], _digest(str(row["report_json"]))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8")).digest()


def _known_reports(
    database: Database, credentials: set[str]
) -> set[tuple[SqlValue, SqlValue, bytes]]:
    rows = rows_of(
        database,
        "SELECT c.id, r.checked_at, r.report_json FROM credential AS c"
        " JOIN report AS r ON r.credential = c.number WHERE c.id IN ({})",
        credentials,
    )
    return {(identity, at, _digest(text)) for identity, at, text in rows}


def _fresh_events(database: Database, rows: tuple[ContentRow, ...]) -> tuple[ContentRow, ...]:
    moments = {str(row["at"]) for row in rows}
    known = set(
        rows_of(
            database,
            "SELECT at, kind, credential_id, credential_name, params FROM event WHERE at IN ({})",
            moments,
        )
    )
    columns = TABLES["history"].columns
    fresh = {tuple(row[column] for column in columns): row for row in rows}
    return tuple(row for told, row in fresh.items() if told not in known)
