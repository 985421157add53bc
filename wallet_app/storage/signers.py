"""Which key signed for which issuer, read out of the stored reports so that it can be found.

A report names both in its issuer check once they are proven. Only these three members are
looked at; the rest of a report stays opaque here. Rows go with their report, and are made
again from the reports of a backup.
"""

import json
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.models import Sighting
from wallet_app.storage.schema import knows_people
from wallet_app.storage.times import stored_time

__all__ = ["SignerStore", "note_all_signers", "note_signer"]

_PROVEN: Final = ("passed", "warning")
_MAX_ISSUER_CHARS: Final = 2_048
_MAX_KEY_CHARS: Final = 128


def note_signer(database: Database, report: int, report_json: str) -> None:
    """Note who signed what the report of this number is about, if it is proven."""
    issuer, key = _proven_signer(report_json)
    if issuer:
        database.run(
            "INSERT OR REPLACE INTO signer (report, issuer, key) VALUES (?, ?, ?)",
            (report, issuer, key),
        )


def note_all_signers(database: Database) -> None:
    """Note the signer of every stored report, as after an upgrade or a restore."""
    for (number,) in database.rows("SELECT number FROM report"):
        # One at a time: all reports together may be larger than memory.
        row = database.row("SELECT report_json FROM report WHERE number = ?", (number,))
        if row is not None:
            note_signer(database, number, row[0])


def _proven_signer(report_json: str) -> tuple[str, str]:
    """Return the issuer and the thumbprint of its key, ("", "") when nothing is proven.

    The key is "" for a badge that is hosted, and in reports of before schema 2.
    """
    try:
        checks = json.loads(report_json)["checks"]
        found = {check["check"]: check for check in checks}
        proven = all(found[name]["outcome"] in _PROVEN for name in ("signature", "issuer"))
        params = found["issuer"]["params"]
        issuer, key = params["issuer"], params.get("key", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", ""
    if not proven or not isinstance(issuer, str) or not isinstance(key, str):
        return "", ""
    # Foreign text of any length would make the index as large as whoever wrote it likes.
    if len(issuer) > _MAX_ISSUER_CHARS or len(key) > _MAX_KEY_CHARS:
        return "", ""
    return issuer, key


class SignerStore:
    """Who signed the badges of one vault, trash included."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def sightings(self, issuer: str) -> tuple[Sighting, ...]:
        """Return when each badge first showed each key of a proven issuer, first seen first."""
        if not issuer or not knows_people(self._database):
            return ()
        # Numbers of reports tell the order even where two were checked at one moment.
        rows = self._database.rows(
            "SELECT c.id, s.key, r.checked_at, min(r.number) FROM signer AS s"
            " JOIN report AS r ON r.number = s.report"
            " JOIN credential AS c ON c.number = r.credential"
            " WHERE s.issuer = ? GROUP BY c.id, s.key ORDER BY min(r.number)",
            (issuer,),
        )
        return tuple(
            Sighting(identity, key, stored_time(checked_at))
            for identity, key, checked_at, _ in rows
        )
