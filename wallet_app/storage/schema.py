"""The tables of every schema, and how a database says that it is ours.

Tables are described in ``docs/vault.md``. A released schema never changes: what differs
is a step from one to the next, and a new vault goes the same steps as an old one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.connection import Database

__all__ = [
    "APPLICATION_ID",
    "SCHEMA_VERSION",
    "STEPS",
    "create_schema",
    "knows_notes",
    "knows_people",
    "schema_text",
    "schema_version",
]

APPLICATION_ID: Final = 0x434F4652
"""``COFR``: in the header of every vault (sqlite.org/pragma, application_id)."""

SCHEMA_VERSION: Final = 3

_PEOPLE_SINCE: Final = 2
_NOTES_SINCE: Final = 3

_FIRST: Final = (
    """CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Small columns only, so that listing ten thousand reads few pages.
    """CREATE TABLE credential (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE CHECK (length(id) = 64),
        name TEXT NOT NULL,
        issuer TEXT NOT NULL,
        issuer_id TEXT NOT NULL,
        description TEXT NOT NULL,
        holder TEXT NOT NULL,
        skills TEXT NOT NULL,
        tags TEXT NOT NULL,
        format TEXT NOT NULL,
        credential_id TEXT NOT NULL,
        canonical_sha256 TEXT NOT NULL,
        issued_on TEXT,
        expires_on TEXT,
        demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
        added_at TEXT NOT NULL,
        deleted_at TEXT,
        verdict TEXT NOT NULL,
        issuer_proven INTEGER NOT NULL CHECK (issuer_proven IN (0, 1)),
        checked_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX credential_by_time ON credential (added_at, number)",
    "CREATE INDEX credential_by_document ON credential (credential_id) WHERE credential_id <> ''",
    """CREATE INDEX credential_by_canonical ON credential (canonical_sha256)
        WHERE canonical_sha256 <> ''""",
    """CREATE TABLE original (
        credential INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
        media_type TEXT NOT NULL,
        source_name TEXT NOT NULL,
        data BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE report (
        number INTEGER PRIMARY KEY,
        credential INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
        checked_at TEXT NOT NULL,
        verdict TEXT NOT NULL,
        issuer_proven INTEGER NOT NULL CHECK (issuer_proven IN (0, 1)),
        report_json TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX report_by_credential ON report (credential, number)",
    """CREATE TABLE document (
        number INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        data BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE evidence (
        number INTEGER PRIMARY KEY,
        report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
        document INTEGER NOT NULL REFERENCES document,
        url TEXT NOT NULL,
        final_url TEXT NOT NULL,
        media_type TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        origin TEXT NOT NULL,
        http_status INTEGER NOT NULL,
        tls_host TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX evidence_by_report ON evidence (report)",
    "CREATE INDEX evidence_by_document ON evidence (document)",
    """CREATE TABLE event (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        credential_id TEXT NOT NULL,
        credential_name TEXT NOT NULL,
        params TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE (ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
        BEGIN SELECT RAISE (ABORT, 'history is append-only'); END""",
    """CREATE TABLE tombstone (
        credential_id TEXT PRIMARY KEY CHECK (length(credential_id) = 64),
        at TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Contentless: the words are in the credential table already.
    """CREATE VIRTUAL TABLE search USING fts5 (
        name, issuer, description, holder, skills, tags, year,
        content='', contentless_delete=1, prefix='2 3',
        tokenize='unicode61 remove_diacritics 2'
    )""",
)


STEPS: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {
        1: (
            # What the owner told of themselves and of issuers. It never leaves the computer.
            """CREATE TABLE identity (
                kind TEXT NOT NULL,
                value TEXT NOT NULL,
                confirmed_at TEXT NOT NULL,
                PRIMARY KEY (kind, value)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE known_issuer (
                issuer_id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                added_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE trust_list (
                number INTEGER PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('registry', 'anchors')),
                name TEXT NOT NULL,
                source TEXT NOT NULL UNIQUE,
                fetched_at TEXT NOT NULL,
                sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
                data BLOB NOT NULL
            ) STRICT""",
            # Both below are read out of reports and originals and can be made again. They go
            # with what they were read from, so that nothing outlives a deletion for good.
            """CREATE TABLE signer (
                report INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
                issuer TEXT NOT NULL,
                key TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX signer_by_issuer ON signer (issuer, key)",
            """CREATE TABLE recipients (
                credential INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
                data TEXT NOT NULL
            ) STRICT""",
        ),
        2: (
            # When it last went into the trash or came back; with it two vaults agree on which
            # of two moves came later (``stamps``).
            "ALTER TABLE credential ADD COLUMN moved_at TEXT",
            # What the owner writes beside a credential. Named by its identity, not its number:
            # in a merge a note may come before its credential. A ``stamp`` orders changes.
            """CREATE TABLE note_version (
                id TEXT PRIMARY KEY CHECK (length(id) = 64),
                credential_id TEXT NOT NULL,
                parent TEXT NOT NULL,
                stamp TEXT NOT NULL,
                text TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX note_version_by_credential ON note_version (credential_id, stamp, id)",
            """CREATE TABLE draft (
                credential_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                text TEXT NOT NULL,
                saved_at TEXT NOT NULL,
                PRIMARY KEY (credential_id, kind)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE tag (
                credential_id TEXT NOT NULL,
                name TEXT NOT NULL,
                present INTEGER NOT NULL CHECK (present IN (0, 1)),
                stamp TEXT NOT NULL,
                PRIMARY KEY (credential_id, name)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE favourite (
                credential_id TEXT PRIMARY KEY,
                present INTEGER NOT NULL CHECK (present IN (0, 1)),
                stamp TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE collection (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                present INTEGER NOT NULL CHECK (present IN (0, 1)),
                stamp TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE collection_member (
                collection TEXT NOT NULL,
                credential_id TEXT NOT NULL,
                present INTEGER NOT NULL CHECK (present IN (0, 1)),
                stamp TEXT NOT NULL,
                PRIMARY KEY (collection, credential_id)
            ) STRICT, WITHOUT ROWID""",
            # The traces of what was taken off a list, so that a merge does not bring it back.
            """CREATE TABLE removal (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                stamp TEXT NOT NULL,
                PRIMARY KEY (kind, key)
            ) STRICT, WITHOUT ROWID""",
            # Keys that the owner holds, as other wallets hand them over. Found by DID alone:
            # matching by name lost keys elsewhere.
            """CREATE TABLE holder (
                did TEXT PRIMARY KEY,
                label TEXT NOT NULL,
                document TEXT NOT NULL,
                stamp TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE holder_key (
                id TEXT PRIMARY KEY,
                did TEXT NOT NULL,
                kind TEXT NOT NULL,
                public TEXT NOT NULL,
                private BLOB NOT NULL
            ) STRICT, WITHOUT ROWID""",
            # Of this vault alone, in no backup: keys and passwords of places, who we are there.
            """CREATE TABLE secret (
                name TEXT PRIMARY KEY,
                data BLOB NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE sync_known (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                digest BLOB NOT NULL,
                PRIMARY KEY (kind, key)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE sync_applied (
                name TEXT PRIMARY KEY,
                at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            # The history, and the changes in it, without sorting or reading all of it.
            "CREATE INDEX event_by_time ON event (at, number)",
            "CREATE INDEX event_by_kind ON event (kind, at, number)",
            # How many are in the trash, and which, without a look at every row.
            """CREATE INDEX credential_in_trash ON credential (deleted_at, number)
                WHERE deleted_at IS NOT NULL""",
            "DROP TABLE search",
            # ``note`` and ``own_tags`` are the owner's words.
            """CREATE VIRTUAL TABLE search USING fts5 (
                name, issuer, description, holder, skills, tags, year, note, own_tags,
                content='', contentless_delete=1, prefix='1 2 3 4',
                tokenize='unicode61 remove_diacritics 2'
            )""",
        ),
    }
)
"""What leads from one schema to the next, by the schema it starts from."""


def create_schema(database: Database) -> None:
    """Make every table in an empty database; call it inside a transaction."""
    for statement in (*_FIRST, *(sql for _, step in sorted(STEPS.items()) for sql in step)):
        database.run(statement)
    database.run(f"PRAGMA application_id = {APPLICATION_ID}")
    database.run(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_version(database: Database, *, newest: int = SCHEMA_VERSION) -> int:
    """Return the schema of an existing vault, at most ``newest``.

    Raises:
        UserError: ``vault.newer_version``; nothing was written.
        EnvironmentFault: ``vault.unreadable``, this is no vault of ours.
    """
    application = database.row("PRAGMA application_id")
    version = database.row("PRAGMA user_version")
    if application != (APPLICATION_ID,) or version is None or version[0] < 1:
        raise EnvironmentFault("vault.unreadable")
    if version[0] > newest:
        raise UserError("vault.newer_version", {"version": int(version[0])})
    return int(version[0])


def knows_people(database: Database) -> bool:
    """Return whether the tables about the owner are there.

    They are not in an older vault on a disk that cannot be written: it is read as it is.
    """
    return schema_version(database) >= _PEOPLE_SINCE


def knows_notes(database: Database) -> bool:
    """Return whether the tables of what the owner writes are there; as ``knows_people``."""
    return schema_version(database) >= _NOTES_SINCE


def schema_text(database: Database) -> tuple[str, ...]:
    """Return every statement that made the database, to compare two of them."""
    rows = database.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql")
    return tuple(row[0] for row in rows)
