"""The lists that a backup carries, each with how it is read from a vault and put back.

What is not named here does not travel: the key of the vault, internal numbers, drafts,
secrets of places, and what is made anew (search index, recipients, who signed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from wallet_app.storage.meta import VAULT_ID

__all__ = ["FORMAT_VERSION", "HOLDER_KEYS", "TABLES", "Table", "file_of"]

FORMAT_VERSION: Final = 3
"""2 brought the owner's identifiers, known issuers and lists; 3 what the owner writes, the
keys that the owner holds, and what merging needs."""

HOLDER_KEYS: Final = "holder_keys"
"""The one list that holds secrets: it travels only where that was asked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a backup.

    Attributes:
        columns: names in the order of ``select``. key: those that no two rows share.
        insert: takes the columns by name.
        integers: those that are whole numbers, all others being text. optional: those
            that may be null.
        since: the format of backups that first had it; the schema that did has the same
            number.
        later: columns that came with a later format, by it; they are null before.
        earlier: ``select`` for a schema that lacks the ``later`` columns.
        folder: where its file lies in a backup.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    select: str
    insert: str
    integers: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    since: int = 1
    later: Mapping[str, int] = field(default_factory=dict)
    earlier: str = ""
    folder: str = "data"


_CREDENTIAL_TEXTS: Final = (
    "id", "name", "issuer", "issuer_id", "description", "holder", "skills", "tags", "format",
    "credential_id", "canonical_sha256", "issued_on", "expires_on", "added_at", "deleted_at",
    "moved_at", "verdict", "checked_at", "media_type", "source_name",
)  # fmt: skip

_SELECT_CREDENTIALS: Final = """SELECT c.id, c.name, c.issuer, c.issuer_id, c.description, c.holder,
    c.skills, c.tags, c.format, c.credential_id, c.canonical_sha256, c.issued_on,
    c.expires_on, c.added_at, c.deleted_at, c.moved_at, c.verdict, c.checked_at, o.media_type,
    o.source_name, c.demo, c.issuer_proven FROM credential AS c
    JOIN original AS o ON o.credential = c.number ORDER BY c.number"""

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "credentials": Table(
            columns=(*_CREDENTIAL_TEXTS, "demo", "issuer_proven"),
            key=("id",),
            select=_SELECT_CREDENTIALS,
            earlier=_SELECT_CREDENTIALS.replace("c.moved_at", "NULL"),
            later={"moved_at": 3},
            insert="""INSERT INTO credential (id, name, issuer, issuer_id, description, holder,
                skills, tags, format, credential_id, canonical_sha256, issued_on, expires_on,
                added_at, deleted_at, moved_at, verdict, checked_at, demo, issuer_proven)
                VALUES (:id, :name, :issuer, :issuer_id, :description, :holder, :skills, :tags,
                :format, :credential_id, :canonical_sha256, :issued_on, :expires_on, :added_at,
                :deleted_at, :moved_at, :verdict, :checked_at, :demo, :issuer_proven)""",
            integers=frozenset({"demo", "issuer_proven"}),
            optional=frozenset({"issued_on", "expires_on", "deleted_at", "moved_at"}),
        ),
        "reports": Table(
            columns=(
                "number", "credential", "checked_at", "verdict", "issuer_proven", "report_json",
            ),
            key=("number",),
            select="""SELECT r.number, c.id, r.checked_at, r.verdict, r.issuer_proven,
                r.report_json FROM report AS r JOIN credential AS c ON c.number = r.credential
                ORDER BY r.number""",
            insert="""INSERT INTO report
                (number, credential, checked_at, verdict, issuer_proven, report_json)
                SELECT :number, number, :checked_at, :verdict, :issuer_proven, :report_json
                FROM credential WHERE id = :credential""",
            integers=frozenset({"number", "issuer_proven"}),
        ),
        "evidence": Table(
            columns=(
                "report", "sha256", "url", "final_url", "media_type", "fetched_at", "origin",
                "http_status", "tls_host",
            ),
            key=(),
            select="""SELECT e.report, d.sha256, e.url, e.final_url, e.media_type, e.fetched_at,
                e.origin, e.http_status, e.tls_host FROM evidence AS e
                JOIN document AS d ON d.number = e.document ORDER BY e.number""",
            insert="""INSERT INTO evidence (report, document, url, final_url, media_type,
                fetched_at, origin, http_status, tls_host)
                SELECT :report, number, :url, :final_url, :media_type, :fetched_at, :origin,
                :http_status, :tls_host FROM document WHERE sha256 = :sha256""",
            integers=frozenset({"report", "http_status"}),
        ),
        "history": Table(
            columns=("at", "kind", "credential_id", "credential_name", "params"),
            key=(),
            select="""SELECT at, kind, credential_id, credential_name, params FROM event
                ORDER BY number""",
            insert="""INSERT INTO event (at, kind, credential_id, credential_name, params)
                VALUES (:at, :kind, :credential_id, :credential_name, :params)""",
        ),
        "tombstones": Table(
            columns=("credential_id", "at", "reason"),
            key=("credential_id",),
            select="SELECT credential_id, at, reason FROM tombstone ORDER BY credential_id",
            insert="INSERT INTO tombstone (credential_id, at, reason)"
            " VALUES (:credential_id, :at, :reason)",
        ),
        "settings": Table(
            columns=("key", "value"),
            key=("key",),
            select=f"SELECT key, value FROM meta WHERE key <> '{VAULT_ID}' ORDER BY key",  # noqa: S608 - a constant
            insert="INSERT OR REPLACE INTO meta (key, value) VALUES (:key, :value)",
        ),
        "identities": Table(
            columns=("kind", "value", "confirmed_at"),
            key=("kind", "value"),
            select="SELECT kind, value, confirmed_at FROM identity ORDER BY kind, value",
            insert="INSERT OR REPLACE INTO identity (kind, value, confirmed_at)"
            " VALUES (:kind, :value, :confirmed_at)",
            since=2,
        ),
        "issuers": Table(
            columns=("issuer_id", "name", "added_at"),
            key=("issuer_id",),
            select="SELECT issuer_id, name, added_at FROM known_issuer ORDER BY issuer_id",
            insert="INSERT OR REPLACE INTO known_issuer (issuer_id, name, added_at)"
            " VALUES (:issuer_id, :name, :added_at)",
            since=2,
        ),
        "lists": Table(
            columns=("kind", "name", "source", "fetched_at", "sha256", "enabled"),
            key=("source",),
            select="SELECT kind, name, source, fetched_at, sha256, enabled FROM trust_list"
            " ORDER BY number",
            insert="""INSERT OR REPLACE INTO trust_list
                (kind, name, source, fetched_at, sha256, enabled, data)
                VALUES (:kind, :name, :source, :fetched_at, :sha256, :enabled, :data)""",
            integers=frozenset({"enabled"}),
            since=2,
        ),
        "notes": Table(
            columns=("id", "credential_id", "parent", "stamp", "text"),
            key=("id",),
            select="SELECT id, credential_id, parent, stamp, text FROM note_version"
            " ORDER BY credential_id, stamp, id",
            insert="INSERT INTO note_version (id, credential_id, parent, stamp, text)"
            " VALUES (:id, :credential_id, :parent, :stamp, :text)",
            since=3,
        ),
        "tags": Table(
            columns=("credential_id", "name", "present", "stamp"),
            key=("credential_id", "name"),
            select="SELECT credential_id, name, present, stamp FROM tag"
            " ORDER BY credential_id, name",
            insert="INSERT OR REPLACE INTO tag (credential_id, name, present, stamp)"
            " VALUES (:credential_id, :name, :present, :stamp)",
            integers=frozenset({"present"}),
            since=3,
        ),
        "favourites": Table(
            columns=("credential_id", "present", "stamp"),
            key=("credential_id",),
            select="SELECT credential_id, present, stamp FROM favourite ORDER BY credential_id",
            insert="INSERT OR REPLACE INTO favourite (credential_id, present, stamp)"
            " VALUES (:credential_id, :present, :stamp)",
            integers=frozenset({"present"}),
            since=3,
        ),
        "collections": Table(
            columns=("id", "name", "present", "stamp"),
            key=("id",),
            select="SELECT id, name, present, stamp FROM collection ORDER BY id",
            insert="INSERT OR REPLACE INTO collection (id, name, present, stamp)"
            " VALUES (:id, :name, :present, :stamp)",
            integers=frozenset({"present"}),
            since=3,
        ),
        "members": Table(
            columns=("collection", "credential_id", "present", "stamp"),
            key=("collection", "credential_id"),
            select="SELECT collection, credential_id, present, stamp FROM collection_member"
            " ORDER BY collection, credential_id",
            insert="INSERT OR REPLACE INTO collection_member"
            " (collection, credential_id, present, stamp)"
            " VALUES (:collection, :credential_id, :present, :stamp)",
            integers=frozenset({"present"}),
            since=3,
        ),
        "removals": Table(
            columns=("kind", "key", "stamp"),
            key=("kind", "key"),
            select="SELECT kind, key, stamp FROM removal ORDER BY kind, key",
            insert="INSERT OR REPLACE INTO removal (kind, key, stamp)"
            " VALUES (:kind, :key, :stamp)",
            since=3,
        ),
        "holders": Table(
            columns=("did", "label", "document", "stamp"),
            key=("did",),
            select="SELECT did, label, document, stamp FROM holder ORDER BY did",
            insert="INSERT OR REPLACE INTO holder (did, label, document, stamp)"
            " VALUES (:did, :label, :document, :stamp)",
            since=3,
        ),
        HOLDER_KEYS: Table(
            columns=("id", "did", "kind", "public", "private"),
            key=("id",),
            select="SELECT id, did, kind, public, lower(hex(private)) FROM holder_key ORDER BY id",
            insert="INSERT OR REPLACE INTO holder_key (id, did, kind, public, private)"
            " VALUES (:id, :did, :kind, :public, unhex(:private))",
            since=3,
            folder="keys",
        ),
    }
)  # fmt: skip
"""By the name of their file; in the order in which they are written back."""


def file_of(name: str) -> str:
    """Return where the list of that name lies in a backup."""
    return f"{TABLES[name].folder}/{name}.json"
