"""Between table rows and the frozen values of ``models``."""

import json
from datetime import datetime
from typing import Final

from wallet_app.storage.connection import Row, SqlValue
from wallet_app.storage.models import CredentialIndex, StoredRow
from wallet_app.storage.times import optional_time, stored_time, time_text

__all__ = [
    "INSERT_CREDENTIAL",
    "ROW_COLUMNS",
    "SELECT_INDEX",
    "UPDATE_INDEX",
    "index_of",
    "index_values",
    "row_of",
]

SELECT_INDEX: Final = """SELECT name, issuer, issuer_id, description, holder, skills, tags, format,
    credential_id, canonical_sha256, issued_on, expires_on FROM credential WHERE number = ?"""

UPDATE_INDEX: Final = """UPDATE credential SET name = ?, issuer = ?, issuer_id = ?, description = ?,
    holder = ?, skills = ?, tags = ?, format = ?, credential_id = ?, canonical_sha256 = ?,
    issued_on = ?, expires_on = ? WHERE number = ?"""
"""Takes ``index_values`` and the number."""

INSERT_CREDENTIAL: Final = """INSERT INTO credential (name, issuer, issuer_id, description, holder,
    skills, tags, format, credential_id, canonical_sha256, issued_on, expires_on,
    id, demo, added_at, verdict, issuer_proven, checked_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
"""Takes ``index_values`` and six more."""

ROW_COLUMNS: Final = (
    "c.id, c.name, c.issuer, c.issuer_proven, c.verdict, c.added_at, c.checked_at, c.issued_on,"
    " c.expires_on, c.holder, c.skills, c.demo, c.deleted_at, c.issuer_id"
)
"""The columns of ``row_of``, from ``credential AS c``."""


def row_of(row: Row, shared: dict[str, str] | None = None) -> StoredRow:
    """Return one line of the list; ``shared`` keeps one text for all rows that say the same.

    Of ten thousand badges there are some hundred issuers and mostly one holder. They are not
    interned: in some versions of Python that keeps a text for ever, after a lock as well.
    """
    known = {} if shared is None else shared
    identity, name, issuer, proven, verdict, added, checked = row[:7]
    issued, expires, holder, skills, demo, deleted, issuer_id = row[7:]
    moment = stored_time(added)
    return StoredRow(
        id=identity,
        name=name,
        issuer=known.setdefault(issuer, issuer),
        issuer_proven=bool(proven),
        verdict=known.setdefault(verdict, verdict),
        added=moment,
        checked_at=moment if checked == added else stored_time(checked),
        issued_on=optional_time(issued),
        expires_on=optional_time(expires),
        holder=known.setdefault(holder, holder),
        skills=_texts(skills),
        demo=bool(demo),
        deleted_at=optional_time(deleted),
        issuer_id=known.setdefault(issuer_id, issuer_id),
    )


def index_of(row: Row) -> CredentialIndex:
    """Return the index of one credential."""
    name, issuer, issuer_id, description, holder, skills, tags = row[:7]
    format_name, credential_id, canonical_sha256, issued, expires = row[7:]
    return CredentialIndex(
        name=name,
        issuer=issuer,
        issuer_id=issuer_id,
        description=description,
        holder=holder,
        skills=_texts(skills),
        tags=_texts(tags),
        format=format_name,
        credential_id=credential_id,
        canonical_sha256=canonical_sha256,
        issued_on=optional_time(issued),
        expires_on=optional_time(expires),
    )


def index_values(index: CredentialIndex) -> tuple[SqlValue, ...]:
    """Return the index columns in the order of the statements above."""
    return (
        index.name,
        index.issuer,
        index.issuer_id,
        index.description,
        index.holder,
        _texts_json(index.skills),
        _texts_json(index.tags),
        index.format,
        index.credential_id,
        index.canonical_sha256,
        _optional_text(index.issued_on),
        _optional_text(index.expires_on),
    )


def _texts(stored: str) -> tuple[str, ...]:
    # Most badges name no skill, and a list of ten thousand is read at once.
    return () if stored == "[]" else tuple(json.loads(stored))


def _texts_json(texts: tuple[str, ...]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _optional_text(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)
