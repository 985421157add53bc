"""What goes into the vault and what comes out: frozen values, no database type.

Times are aware UTC, identifiers of credentials are the lower-case hex SHA-256 of their
original bytes. Verdicts and reports are opaque text here: ``verification`` writes and
reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from wallet_app.credentials.model import Original, Recipient
from wallet_app.crypto.documents import Document

__all__ = [
    "BackupInfo",
    "CredentialIndex",
    "Event",
    "Identity",
    "KnownIssuer",
    "NewCredential",
    "NewReport",
    "NewTrustList",
    "Place",
    "Sighting",
    "SignedBefore",
    "StoredCredential",
    "StoredReport",
    "StoredRow",
    "Tombstone",
    "TrustList",
]


class Place(StrEnum):
    """Where a credential of a given identity is."""

    ABSENT = "absent"
    SAFE = "safe"
    TRASH = "trash"
    DELETED = "deleted"
    """Deleted for good: only its tombstone is left."""


@dataclass(frozen=True, slots=True)
class CredentialIndex:
    """What is read out of a credential so that it can be listed and found.

    It can be rebuilt from the original bytes at any time (``replace_index``).

    Attributes:
        format: the ``Format`` word. credential_id: the document's own ``id``, or "".
        issuer, issuer_id: as the credential states them, proven or not.
        skills: names only.
        tags: words that find it beside all these, such as its tags and what it holds.
        canonical_sha256: of the RFC 8785 form, "" when the credential is not JSON.
        issued_on, expires_on: aware UTC when readable, else None.
    """

    name: str
    issuer: str = ""
    issuer_id: str = ""
    description: str = ""
    holder: str = ""
    skills: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    format: str = ""
    credential_id: str = ""
    canonical_sha256: str = ""
    issued_on: datetime | None = None
    expires_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewReport:
    """One verification to keep, with the documents it rests on.

    Attributes:
        report_json: the whole report as JSON text.
        documents: kept once each, by SHA-256, and linked to the credential.
    """

    checked_at: datetime
    verdict: str
    report_json: str
    issuer_proven: bool = False
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential to add: its bytes as received, its index, its first report.

    Attributes:
        recipients: whom it is made out to; None when nobody has read that yet.
    """

    original: Original
    index: CredentialIndex
    report: NewReport
    demo: bool = False
    recipients: tuple[Recipient, ...] | None = None


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One line of the list. ``verdict`` is as of ``checked_at``, the latest report."""

    id: str
    name: str
    issuer: str
    issuer_proven: bool
    verdict: str
    added: datetime
    checked_at: datetime
    issued_on: datetime | None
    expires_on: datetime | None
    holder: str
    skills: tuple[str, ...]
    demo: bool
    deleted_at: datetime | None = None
    issuer_id: str = ""


@dataclass(frozen=True, slots=True)
class StoredCredential:
    """Everything the vault holds of one credential but its evidence."""

    row: StoredRow
    original: Original
    index: CredentialIndex
    report_json: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One report of a credential's history."""

    checked_at: datetime
    verdict: str
    report_json: str
    issuer_proven: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, kept for ever. ``kind`` is a stable word of the caller."""

    at: datetime
    kind: str
    credential_id: str = ""
    credential_name: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The trace of a credential deleted for good: its hash, never its content."""

    credential_id: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One identifier that the owner confirmed as theirs; ``kind`` as in ``Recipient``."""

    kind: str
    value: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class KnownIssuer:
    """An issuer on the owner's own list; ``name`` as it called itself when it was added."""

    issuer_id: str
    name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class NewTrustList:
    """A list by somebody else, to keep.

    Attributes:
        kind: ``registry`` (issuers by id), or ``anchors`` (certificates).
        source: the address it was fetched from, or the name of its file.
    """

    kind: str
    name: str
    source: str
    fetched_at: datetime
    data: bytes


@dataclass(frozen=True, slots=True)
class TrustList:
    """A list by somebody else, as kept; ``number`` is how the owner names it."""

    number: int
    kind: str
    name: str
    source: str
    fetched_at: datetime
    sha256: str
    enabled: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Sighting:
    """The first time that a badge showed one key of an issuer.

    ``key`` is its RFC 7638 thumbprint, "" for a hosted badge or where it was not noted.
    """

    key: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class SignedBefore:
    """The keys of an issuer before one badge came, first seen first, and when it came."""

    since: datetime
    earlier: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup file holds, told only after every hash in it was checked.

    Attributes:
        credentials: in the safe and in the trash together; ``in_trash`` of them deleted.
        documents: evidence documents. reports, events: likewise counted.
        size_bytes: of the file on disk. program: name and version of what wrote it.
    """

    path: Path
    made_at: datetime
    format_version: int
    program: str
    size_bytes: int
    credentials: int
    in_trash: int
    documents: int
    reports: int
    events: int
