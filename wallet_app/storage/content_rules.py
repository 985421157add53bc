"""Rows from a backup are checked before anything is written: a backup may be hostile.

What passes here can be stored and later read without surprise.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_json
from wallet_app.errors import UserError
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.content_tables import FORMAT_VERSION, TABLES, Table, file_of
from wallet_app.storage.contents import ContentRow

__all__ = ["is_stamp", "malformed", "note_id", "read_rows", "rows_json"]

# Some 20 values describe a credential, 10 a document, 6 an event: 4 million are enough for
# more of each than the archive may have files, and cost half a gigabyte at the worst.
_LIMITS: Final = JsonLimits(size_bytes=512 * 1024 * 1024, depth=4, nodes=4_000_000)
# As much as the file around it: whatever a vault holds must pass, or no backup is made.
_COLUMN_LIMITS: Final = JsonLimits(size_bytes=512 * 1024 * 1024, depth=4, nodes=1_000_000)
_DOCUMENT_LIMITS: Final = JsonLimits(size_bytes=512 * 1024 * 1024, depth=64, nodes=1_000_000)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_WORD: Final = re.compile(r"[a-z0-9_.]{1,80}")
_STAMP: Final = re.compile(r"[0-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2}){1,4096}")
_FLAGS: Final = frozenset({"demo", "enabled", "issuer_proven", "present"})
_LIST_KINDS: Final = frozenset({"registry", "anchors"})
# The words of ``verification``, which storage does not know.
_VERDICTS: Final = frozenset(
    {"verified", "failed", "revoked", "suspended", "expired", "not_yet_valid", "undetermined"}
)


def rows_json(name: str, rows: tuple[ContentRow, ...]) -> bytes:
    """Return the file ``data/<name>.json``: one row a line, with a version of its own."""
    # Line by line: with an indent, the library encodes in Python, four times as slow.
    lines = ",\n".join(json.dumps(dict(row), ensure_ascii=False) for row in rows)
    head = f'{{"format": "coffre-backup-{name}", "version": 1, "rows": ['
    return f"{head}\n{lines}\n]}}\n".encode()


def read_rows(
    name: str, data: bytes, format_version: int = FORMAT_VERSION
) -> tuple[ContentRow, ...]:
    """Return the rows of the list ``name``, from its file in a backup of that format.

    Raises:
        UserError: ``backup.newer_version``, or ``backup.malformed`` when a column is
            missing, unknown to this version or of the wrong kind.
    """
    try:
        document = parse_json(data, _LIMITS)
    except FormatError as error:
        raise malformed(name) from error
    if not isinstance(document, dict) or document.get("format") != f"coffre-backup-{name}":
        raise malformed(name)
    version, rows = document.get("version"), document.get("rows")
    if type(version) is not int or not isinstance(rows, list):
        raise malformed(name)
    if version > 1:
        raise UserError("backup.newer_version", {"version": version})
    table = TABLES[name]
    missing = {column for column, since in table.later.items() if since > format_version}
    columns = tuple(column for column in table.columns if column not in missing)
    return tuple(_read_row(name, table, columns, row) for row in rows)


def _read_row(name: str, table: Table, columns: tuple[str, ...], row: JsonValue) -> ContentRow:
    if not isinstance(row, dict) or set(row) != set(columns):
        raise malformed(name)
    read: dict[str, SqlValue] = {}
    for column in table.columns:
        value = row.get(column)
        if value is None and column in table.optional:
            read[column] = None
        elif column in table.integers and type(value) is int and abs(value) < 2**53:
            if column in _FLAGS and value not in (0, 1):
                raise malformed(name)
            read[column] = value
        elif column not in table.integers and isinstance(value, str):
            _RULES.get((name, column), _any_text)(value, name)
            read[column] = value
        else:
            raise malformed(name)
    if name in _WHOLE_ROW and not _WHOLE_ROW[name](read):
        raise malformed(name)
    return read


def _holds_its_did(row: ContentRow) -> bool:
    """A document under another name would give one identity the keys of another."""
    try:
        document = parse_json(str(row["document"]), _DOCUMENT_LIMITS)
    except FormatError:
        return False
    return isinstance(document, dict) and document.get("id") == row["did"]


def note_id(row: ContentRow) -> str:
    """Return the identity of a version of a note: it is made of what it says, and when."""
    told = [row["credential_id"], row["parent"], row["stamp"], row["text"]]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def _any_text(_value: str, _name: str) -> None:
    """Accept it: shown as plain text, whatever it is."""


def _hash(value: str, name: str) -> None:
    if not _HASH.fullmatch(value):
        raise malformed(name)


def _word(value: str, name: str) -> None:
    if not _WORD.fullmatch(value):
        raise malformed(name)


def _verdict(value: str, name: str) -> None:
    if value not in _VERDICTS:
        raise malformed(name)


def _list_kind(value: str, name: str) -> None:
    if value not in _LIST_KINDS:
        raise malformed(name)


def _time(value: str, name: str) -> None:
    try:
        zone = datetime.fromisoformat(value).tzinfo
    except ValueError as error:
        raise malformed(name) from error
    if zone is None or not value.endswith("Z"):
        raise malformed(name)


_WHOLE_ROW: Final[Mapping[str, Callable[[ContentRow], bool]]] = MappingProxyType(
    {
        "notes": lambda row: row["id"] == note_id(row),
        "holders": _holds_its_did,
        "holder_keys": lambda row: str(row["id"]).startswith(str(row["did"]) + "#"),
    }
)


def is_stamp(value: str) -> bool:
    """Return whether ``value`` can order changes.

    Text order is time order in this one spelling only. A stamp at the end of the calendar
    would leave no later one to give, and no change could ever be made again.
    """
    if not _STAMP.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _stamp(value: str, name: str) -> None:
    if not is_stamp(value):
        raise malformed(name)


def _filled(value: str, name: str) -> None:
    if not value:
        raise malformed(name)


def _parent(value: str, name: str) -> None:
    if value:
        _hash(value, name)


def _hex(value: str, name: str) -> None:
    if not _HEX.fullmatch(value):
        raise malformed(name)


def _texts(value: str, name: str) -> None:
    texts = _parsed(value, name)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise malformed(name)


def _params(value: str, name: str) -> None:
    params = _parsed(value, name)
    if not isinstance(params, dict) or not all(type(p) in (str, int) for p in params.values()):
        raise malformed(name)


def _parsed(value: str, name: str) -> JsonValue:
    try:
        return parse_json(value, _COLUMN_LIMITS)
    except FormatError as error:
        raise malformed(name) from error


_RULES: Final[Mapping[tuple[str, str], Callable[[str, str], None]]] = MappingProxyType(
    {
        ("credentials", "id"): _hash,
        ("credentials", "skills"): _texts,
        ("credentials", "tags"): _texts,
        ("credentials", "issued_on"): _time,
        ("credentials", "expires_on"): _time,
        ("credentials", "added_at"): _stamp,
        ("credentials", "deleted_at"): _time,
        ("credentials", "moved_at"): _stamp,
        ("credentials", "checked_at"): _time,
        ("credentials", "verdict"): _verdict,
        ("reports", "credential"): _hash,
        ("reports", "verdict"): _verdict,
        ("reports", "checked_at"): _stamp,
        ("evidence", "sha256"): _hash,
        ("evidence", "fetched_at"): _time,
        ("history", "at"): _time,
        ("history", "kind"): _word,
        ("history", "params"): _params,
        ("tombstones", "credential_id"): _hash,
        ("tombstones", "at"): _stamp,
        ("identities", "kind"): _word,
        ("identities", "confirmed_at"): _stamp,
        ("issuers", "added_at"): _stamp,
        ("lists", "kind"): _list_kind,
        ("lists", "sha256"): _hash,
        ("lists", "fetched_at"): _stamp,
        ("notes", "id"): _hash,
        ("notes", "credential_id"): _hash,
        ("notes", "parent"): _parent,
        ("notes", "stamp"): _stamp,
        ("tags", "credential_id"): _hash,
        ("tags", "name"): _filled,
        ("tags", "stamp"): _stamp,
        ("favourites", "credential_id"): _hash,
        ("favourites", "stamp"): _stamp,
        ("collections", "id"): _filled,
        ("collections", "stamp"): _stamp,
        ("members", "collection"): _filled,
        ("members", "credential_id"): _hash,
        ("members", "stamp"): _stamp,
        ("removals", "kind"): _word,
        ("removals", "key"): _hash,
        ("removals", "stamp"): _stamp,
        ("holders", "did"): _filled,
        ("holders", "stamp"): _stamp,
        ("holder_keys", "id"): _filled,
        ("holder_keys", "did"): _filled,
        ("holder_keys", "kind"): _filled,
        ("holder_keys", "private"): _hex,
    }
)


def malformed(name: str) -> UserError:
    """Return the refusal of the list ``name``."""
    return UserError("backup.malformed", {"part": file_of(name)})
