"""Credentials that come and resemble one that is here: named, and both kept.

Never overwritten: other bytes are another credential. Both names are for the person, who
may want only one of them.
"""

from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.contents import ContentRow
from wallet_app.storage.merge_changes import ChangeKind
from wallet_app.storage.merge_presence import Presence
from wallet_app.storage.merge_reading import rows_of

__all__ = ["tell_twins"]

# Each by its index.
_SAME_CANONICAL: Final = "canonical_sha256"
_SAME_DOCUMENT: Final = "credential_id"


def tell_twins(database: Database, presence: Presence) -> None:
    """Put a line on the list for each that comes and resembles one that is here."""
    rows = [row for row, _ in presence.new.values()]
    copies = _resembling(database, rows, _SAME_CANONICAL)
    reissues = _resembling(database, rows, _SAME_DOCUMENT)
    for row in rows:
        identity = str(row["id"])
        canonical = row["canonical_sha256"]
        for name, _, _ in copies.get(str(canonical), ())[:1]:
            presence.tell(ChangeKind.OTHER_COPY, identity, name)
        for name, other, issuer in reissues.get(str(row["credential_id"]), ()):
            if issuer == row["issuer_id"] and other != canonical:
                presence.tell(ChangeKind.REISSUE, identity, name)
                break


def _resembling(
    database: Database, rows: list[ContentRow], column: str
) -> dict[str, list[tuple[str, str, str]]]:
    """Return name, canonical hash and issuer of what is here, by a column of what comes."""
    wanted = {str(row[column]) for row in rows if row[column]}
    found: dict[str, list[tuple[str, str, str]]] = {}
    sql = (
        f"SELECT {column}, name, canonical_sha256, issuer_id FROM credential"  # noqa: S608 - constants
        f" WHERE {column} <> '' AND {column} IN ({{}})"
    )
    for value, *one in rows_of(database, sql, wanted):
        found.setdefault(value, []).append((one[0], one[1], one[2]))
    return found
