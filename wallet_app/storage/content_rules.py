"""Rows from a backup are checked before anything is written: a backup may be hostile.

What passes here can be stored and later read without surprise.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_json
from wallet_app.errors import UserError
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.contents import TABLES, ContentRow, Contents, Table

__all__ = ["check_links", "read_rows", "rows_json"]

# Some 20 values describe a credential, 10 a document, 6 an event: 4 million are enough for
# more of each than the archive may have files, and cost half a gigabyte at the worst.
_LIMITS: Final = JsonLimits(size_bytes=512 * 1024 * 1024, depth=4, nodes=4_000_000)
# As much as the file around it: whatever a vault holds must pass, or no backup is made.
_COLUMN_LIMITS: Final = JsonLimits(size_bytes=512 * 1024 * 1024, depth=4, nodes=1_000_000)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_WORD: Final = re.compile(r"[a-z0-9_.]{1,80}")
_FLAGS: Final = frozenset({"demo", "enabled", "issuer_proven"})
_LIST_KINDS: Final = frozenset({"registry", "anchors"})
# The words of ``verification``, which storage does not know.
_VERDICTS: Final = frozenset(
    {"verified", "failed", "revoked", "suspended", "expired", "not_yet_valid", "undetermined"}
)


def rows_json(name: str, rows: tuple[ContentRow, ...]) -> bytes:
    """Return the file ``data/<name>.json``: readable, with a version of its own."""
    document = {"format": f"coffre-backup-{name}", "version": 1, "rows": [dict(r) for r in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def read_rows(name: str, data: bytes) -> tuple[ContentRow, ...]:
    """Return the rows of ``data/<name>.json``.

    Raises:
        UserError: ``backup.newer_version``, or ``backup.malformed`` when a column is
            missing, unknown to this version or of the wrong kind.
    """
    try:
        document = parse_json(data, _LIMITS)
    except FormatError as error:
        raise _malformed(name) from error
    if not isinstance(document, dict) or document.get("format") != f"coffre-backup-{name}":
        raise _malformed(name)
    version, rows = document.get("version"), document.get("rows")
    if type(version) is not int or not isinstance(rows, list):
        raise _malformed(name)
    if version > 1:
        raise UserError("backup.newer_version", {"version": version})
    return tuple(_read_row(name, TABLES[name], row) for row in rows)


def _read_row(name: str, table: Table, row: JsonValue) -> ContentRow:
    if not isinstance(row, dict) or set(row) != set(table.columns):
        raise _malformed(name)
    read: dict[str, SqlValue] = {}
    for column in table.columns:
        value = row[column]
        if value is None and column in table.optional:
            read[column] = None
        elif column in table.integers and type(value) is int and abs(value) < 2**53:
            if column in _FLAGS and value not in (0, 1):
                raise _malformed(name)
            read[column] = value
        elif column not in table.integers and isinstance(value, str):
            _RULES.get((name, column), _any_text)(value, name)
            read[column] = value
        else:
            raise _malformed(name)
    return read


def _any_text(_value: str, _name: str) -> None:
    """Accept it: shown as plain text, whatever it is."""


def _hash(value: str, name: str) -> None:
    if not _HASH.fullmatch(value):
        raise _malformed(name)


def _word(value: str, name: str) -> None:
    if not _WORD.fullmatch(value):
        raise _malformed(name)


def _verdict(value: str, name: str) -> None:
    if value not in _VERDICTS:
        raise _malformed(name)


def _list_kind(value: str, name: str) -> None:
    if value not in _LIST_KINDS:
        raise _malformed(name)


def _time(value: str, name: str) -> None:
    try:
        zone = datetime.fromisoformat(value).tzinfo
    except ValueError as error:
        raise _malformed(name) from error
    if zone is None or not value.endswith("Z"):
        raise _malformed(name)


def _texts(value: str, name: str) -> None:
    texts = _parsed(value, name)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _malformed(name)


def _params(value: str, name: str) -> None:
    params = _parsed(value, name)
    if not isinstance(params, dict) or not all(type(p) in (str, int) for p in params.values()):
        raise _malformed(name)


def _parsed(value: str, name: str) -> JsonValue:
    try:
        return parse_json(value, _COLUMN_LIMITS)
    except FormatError as error:
        raise _malformed(name) from error


_RULES: Final[Mapping[tuple[str, str], Callable[[str, str], None]]] = MappingProxyType(
    {
        ("credentials", "id"): _hash,
        ("credentials", "skills"): _texts,
        ("credentials", "tags"): _texts,
        ("credentials", "issued_on"): _time,
        ("credentials", "expires_on"): _time,
        ("credentials", "added_at"): _time,
        ("credentials", "deleted_at"): _time,
        ("credentials", "checked_at"): _time,
        ("credentials", "verdict"): _verdict,
        ("reports", "credential"): _hash,
        ("reports", "verdict"): _verdict,
        ("reports", "checked_at"): _time,
        ("evidence", "sha256"): _hash,
        ("evidence", "fetched_at"): _time,
        ("history", "at"): _time,
        ("history", "kind"): _word,
        ("history", "params"): _params,
        ("tombstones", "credential_id"): _hash,
        ("tombstones", "at"): _time,
        ("identities", "kind"): _word,
        ("identities", "confirmed_at"): _time,
        ("issuers", "added_at"): _time,
        ("lists", "kind"): _list_kind,
        ("lists", "sha256"): _hash,
        ("lists", "fetched_at"): _time,
    }
)


def check_links(contents: Contents) -> None:
    """Refuse rows that name what is not there, or the same thing twice.

    Raises:
        UserError: ``backup.malformed``.
    """
    credentials = [row["id"] for row in contents.tables["credentials"]]
    reports = [row["number"] for row in contents.tables["reports"]]
    reported = {row["credential"] for row in contents.tables["reports"]}
    evidence = contents.tables["evidence"]
    tombstones = [row["credential_id"] for row in contents.tables["tombstones"]]
    keys = [row["key"] for row in contents.tables["settings"]]
    for name, unique in (
        ("credentials", credentials),
        ("reports", reports),
        ("tombstones", tombstones),
        ("settings", keys),
    ):
        if len(set(unique)) != len(unique):
            raise _malformed(name)
    if set(credentials) != set(contents.originals):
        raise _malformed("credentials")
    # Each credential has at least its first report.
    if reported != set(credentials):
        raise _malformed("reports")
    named = {row["sha256"] for row in evidence}
    if named != set(contents.documents) or not {row["report"] for row in evidence} <= set(reports):
        raise _malformed("evidence")
    if set(tombstones) & set(credentials) or "vault_id" in keys:
        raise _malformed("tombstones" if "vault_id" not in keys else "settings")
    _check_people(contents)


def _check_people(contents: Contents) -> None:
    """Refuse what the owner told twice, and lists whose data is not there."""
    identities = [(row["kind"], row["value"]) for row in contents.tables["identities"]]
    issuers = [row["issuer_id"] for row in contents.tables["issuers"]]
    lists = contents.tables["lists"]
    for name, unique in (
        ("identities", identities),
        ("issuers", issuers),
        ("lists", [row["source"] for row in lists]),
    ):
        if len(set(unique)) != len(unique):
            raise _malformed(name)
    if {row["sha256"] for row in lists} != set(contents.lists):
        raise _malformed("lists")


def _malformed(name: str) -> UserError:
    return UserError("backup.malformed", {"part": f"data/{name}.json"})
