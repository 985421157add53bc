"""Which key signed for which issuer, read out of the stored reports so that it can be found.

A report names both in its issuer check once they are proven. Only these three members are
looked at; the rest of a report stays opaque here. Rows go with their report, and are made
again from the reports of a backup.
"""

import json
from collections.abc import Collection, Mapping
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.models import Sighting, SignedBefore
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

    def keys_of(self, credential_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the thumbprints of the keys that were proven to have signed these."""
        if not knows_people(self._database):
            return {}
        found: dict[str, tuple[str, ...]] = {}
        rows = self._database.rows(
            "SELECT DISTINCT c.id, s.key FROM credential AS c"
            " JOIN report AS r ON r.credential = c.number"
            " JOIN signer AS s ON s.report = r.number"
            " WHERE s.key != '' AND c.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(credential_ids)),),
        )
        for identity, key in rows:
            found[identity] = (*found.get(identity, ()), key)
        return found

    def signed_with(self, keys: Collection[str]) -> Mapping[int, tuple[str, ...]]:
        """Return, by number, which of some thumbprints were proven to have signed a credential."""
        if not keys or not knows_people(self._database):
            return {}
        found: dict[int, tuple[str, ...]] = {}
        rows = self._database.rows(
            "SELECT DISTINCT r.credential, s.key FROM signer AS s JOIN report AS r"
            " ON r.number = s.report WHERE s.key IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(keys)),),
        )
        for number, key in rows:
            found[number] = (*found.get(number, ()), key)
        return found

    def before(self, credential_id: str, issuer: str) -> SignedBefore | None:
        """Return what the vault held of a proven issuer before this badge came.

        None when no report of the badge proves this issuer.
        """
        if not issuer or not knows_people(self._database):
            return None
        # By date, because what a merge brought has later numbers; numbers tell the order
        # where two were checked at one moment.
        own = self._database.row(
            "SELECT r.checked_at, r.number FROM credential AS c"
            " JOIN report AS r ON r.credential = c.number"
            " JOIN signer AS s ON s.report = r.number WHERE c.id = ? AND s.issuer = ?"
            " ORDER BY r.checked_at, r.number",
            (credential_id, issuer),
        )
        if own is None:
            return None
        first = self._database.rows(
            "SELECT s.key, min(r.checked_at) AS seen FROM signer AS s"
            " JOIN report AS r ON r.number = s.report"
            " WHERE s.issuer = ? AND (r.checked_at, r.number) < (?, ?)"
            " GROUP BY s.key ORDER BY seen, min(r.number)",
            (issuer, *own),
        )
        return SignedBefore(
            since=stored_time(own[0]),
            earlier=tuple(Sighting(key, stored_time(at)) for key, at in first),
        )
