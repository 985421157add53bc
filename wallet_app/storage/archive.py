"""The inside of a backup: a plain ZIP that any tool can read, with every hash listed.

Nothing is ever extracted to disk, and nothing is believed before its hash was checked.
The layout is described in ``docs/vault.md``.
"""

import json
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is an exception class
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wallet_app import __version__
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.errors import UserError
from wallet_app.resources import resource_path
from wallet_app.storage.content_links import check_links, check_once
from wallet_app.storage.content_rules import read_rows, rows_json
from wallet_app.storage.content_tables import FORMAT_VERSION, HOLDER_KEYS, TABLES, file_of
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.report_order import in_order
from wallet_app.storage.report_rules import check_newest, check_reports
from wallet_app.storage.times import stored_time, time_text

__all__ = ["FORMAT_VERSION", "MAX_ARCHIVE_BYTES", "Manifest", "pack", "unpack"]

MAX_ARCHIVE_BYTES: Final = 512 * 1024 * 1024
"""Packing and encrypting happen in memory, some three times this size."""

_MANIFEST: Final = "manifest.json"
_MAX_ENTRIES: Final = 300_000
_MANIFEST_LIMITS: Final = JsonLimits(size_bytes=256 * 1024 * 1024, depth=4, nodes=4_000_000)
_ALLOWED: Final = re.compile(
    r"README\.txt|manifest\.json|data/[a-z]{1,32}\.json|keys/holder_keys\.json"
    r"|credentials/[0-9a-f]{64}\.[a-z0-9]{1,8}|(?:evidence|lists)/[0-9a-f]{64}"
)
_ORDERED_SINCE: Final = 3
"""The first format in which the date of a report says which is the newest."""
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_END_RECORD_BYTES: Final = 22
_ENCRYPTED_FLAG: Final = 0x1

_EXTENSIONS: Final = {
    "application/json": "json",
    "application/ld+json": "json",
    "application/vc+ld+json": "json",
    "application/vc": "json",
    "application/jwt": "jwt",
    "application/vc+jwt": "jwt",
    "application/dc+sd-jwt": "sdjwt",
    "application/vc+sd-jwt": "sdjwt",
    "application/jose": "jwt",
    "image/png": "png",
    "image/svg+xml": "svg",
    "text/plain": "txt",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``keys``: private keys of the owner are in it."""

    format_version: int
    program: str
    made_at: datetime
    keys: bool = False


def pack(contents: Contents, made_at: datetime) -> bytes:
    """Return the ZIP of ``contents``: stored, UTF-8 names, fixed times.

    Private keys go in where there are any; the manifest says so.

    Raises:
        UserError: ``backup.too_large``.
    """
    media_types = {str(row["id"]): str(row["media_type"]) for row in contents.rows("credentials")}
    files = {"README.txt": resource_path("backup", "README.txt").read_bytes()}
    for identity, data in contents.originals.items():
        extension = _EXTENSIONS.get(media_types.get(identity, ""), "bin")
        files[f"credentials/{identity}.{extension}"] = data
    for digest, data in contents.documents.items():
        files[f"evidence/{digest}"] = data
    for digest, data in contents.lists.items():
        files[f"lists/{digest}"] = data
    for name in TABLES:
        if name != HOLDER_KEYS or contents.rows(name):
            files[file_of(name)] = rows_json(name, contents.rows(name))
    manifest = _manifest_json(contents, files, media_types, made_at)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for path, data in {_MANIFEST: manifest, **files}.items():
            archive.writestr(_entry(path), data)
    if buffer.tell() > MAX_ARCHIVE_BYTES:
        raise UserError("backup.too_large", {"max_mb": MAX_ARCHIVE_BYTES // 2**20})
    return buffer.getvalue()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, _FIXED_TIME)
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _manifest_json(
    contents: Contents, files: dict[str, bytes], media_types: dict[str, str], made_at: datetime
) -> bytes:
    listed: list[JsonValue] = []
    for path, data in files.items():
        role, _, name = path.rpartition("/")
        entry: dict[str, JsonValue] = {
            "path": path,
            "role": role or "readme",
            "bytes": len(data),
            "sha256": sha256(data).hexdigest(),
        }
        if role == "credentials":
            entry["media_type"] = media_types.get(name.partition(".")[0], "")
        listed.append(entry)
    document: JsonObject = {
        "format": "coffre-backup",
        "version": FORMAT_VERSION,
        "program": f"Coffre {__version__}",
        "made_at": time_text(made_at),
        "keys": bool(contents.rows(HOLDER_KEYS)),
        "counts": {name: len(contents.rows(name)) for name in TABLES},
        "files": listed,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def unpack(data: bytes, *, partial: bool = False) -> tuple[Manifest, Contents]:
    """Return what the ZIP holds, every hash and every row checked.

    With ``partial`` it may be a set of changes, which names what is elsewhere.

    Raises:
        UserError: ``backup.newer_version``, ``backup.too_large``, ``backup.malformed``
            (no archive of ours), ``backup.file_missing``, ``backup.file_unexpected`` or
            ``backup.file_altered``, with the path inside the archive.
    """
    files = _read_entries(data)
    manifest = _read_object(files.pop(_MANIFEST, b""))
    head = _read_manifest(manifest)
    hashes = _check_listed(manifest.get("files"), files)
    contents = Contents(
        tables={name: _read_list(name, files, head) for name in TABLES},
        originals=_by_hash(files, "credentials/", hashes),
        documents=_by_hash(files, "evidence/", hashes),
        lists=_by_hash(files, "lists/", hashes),
    )
    check_reports(contents)
    if partial:
        check_once(contents)
    else:
        check_links(contents)
        check_newest(contents)
    return head, contents


def _read_list(name: str, files: dict[str, bytes], head: Manifest) -> tuple[ContentRow, ...]:
    absent = name == HOLDER_KEYS and not head.keys
    if TABLES[name].since > head.format_version or absent:
        if absent and file_of(name) in files:
            raise UserError("backup.file_unexpected", {"path": file_of(name)})
        return ()
    rows = read_rows(name, _part(files, file_of(name)), head.format_version)
    return in_order(rows) if name == "reports" and head.format_version < _ORDERED_SINCE else rows


def _read_entries(data: bytes) -> dict[str, bytes]:
    _check_frame(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            for entry in entries:
                _check_entry(entry)
            # Stored entries cannot grow, but overlapping ones could be read many times.
            if sum(entry.file_size for entry in entries) > len(data):
                raise UserError("backup.malformed", {"part": "ZIP"})
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (BadZipFile, EOFError, OSError, RuntimeError, StructError, ValueError) as error:
        raise UserError("backup.malformed", {"part": "ZIP"}) from error
    if len(files) != len(entries):
        raise UserError("backup.malformed", {"part": "ZIP"})
    return files


def _check_frame(data: bytes) -> None:
    if len(data) > MAX_ARCHIVE_BYTES:
        raise UserError("backup.too_large", {"max_mb": MAX_ARCHIVE_BYTES // 2**20})
    end = data[-_END_RECORD_BYTES:]
    # Begins and ends as we write it: nothing before, nothing behind, no comment.
    if not data.startswith(b"PK\x03\x04") or not end.startswith(b"PK\x05\x06"):
        raise UserError("backup.malformed", {"part": "ZIP"})
    # Counted before the library makes an object of each.
    if data.count(b"PK\x01\x02") > _MAX_ENTRIES:
        raise UserError("backup.malformed", {"part": "ZIP"})


def _check_entry(entry: ZipInfo) -> None:
    plain = entry.compress_type == ZIP_STORED and entry.compress_size == entry.file_size
    kind = stat.S_IFMT(entry.external_attr >> 16)
    linked = kind not in (0, stat.S_IFREG)
    if not plain or linked or entry.flag_bits & _ENCRYPTED_FLAG:
        raise UserError("backup.malformed", {"part": "ZIP"})
    if not _ALLOWED.fullmatch(entry.filename):
        raise UserError("backup.file_unexpected", {"path": entry.filename[:200]})


def _read_object(data: bytes) -> JsonObject:
    try:
        return parse_object(data, _MANIFEST_LIMITS)
    except FormatError as error:
        raise UserError("backup.malformed", {"part": _MANIFEST}) from error


def _read_manifest(manifest: JsonObject) -> Manifest:
    version, program = manifest.get("version"), manifest.get("program")
    made_at = manifest.get("made_at")
    if manifest.get("format") != "coffre-backup" or type(version) is not int:
        raise UserError("backup.malformed", {"part": _MANIFEST})
    if version > FORMAT_VERSION:
        raise UserError("backup.newer_version", {"version": version})
    try:
        moment = stored_time(made_at) if isinstance(made_at, str) else None
    except ValueError as error:
        raise UserError("backup.malformed", {"part": _MANIFEST}) from error
    if moment is None or moment.tzinfo is None or not isinstance(program, str):
        raise UserError("backup.malformed", {"part": _MANIFEST})
    keys = manifest.get("keys", False)
    if type(keys) is not bool:
        raise UserError("backup.malformed", {"part": _MANIFEST})
    return Manifest(version, program[:100], moment, keys)


def _check_listed(listed: JsonValue, files: dict[str, bytes]) -> dict[str, str]:
    """Refuse other files than those listed; return the hash of each, of the bytes themselves."""
    if not isinstance(listed, list):
        raise UserError("backup.malformed", {"part": _MANIFEST})
    expected: dict[str, JsonValue] = {}
    for entry in listed:
        path = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(path, str):
            raise UserError("backup.malformed", {"part": _MANIFEST})
        expected[path] = entry.get("sha256")
    for path in sorted(expected.keys() - files.keys()):
        raise UserError("backup.file_missing", {"path": path[:200]})
    for path in sorted(files.keys() - expected.keys()):
        raise UserError("backup.file_unexpected", {"path": path})
    hashes = {path: sha256(data).hexdigest() for path, data in files.items()}
    for path, found in hashes.items():
        if found != expected[path]:
            raise UserError("backup.file_altered", {"path": path})
    return hashes


def _part(files: dict[str, bytes], path: str) -> bytes:
    if path not in files:
        raise UserError("backup.file_missing", {"path": path})
    return files[path]


def _by_hash(files: dict[str, bytes], folder: str, hashes: dict[str, str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path, data in files.items():
        if path.startswith(folder):
            name = path.removeprefix(folder).partition(".")[0]
            # The name is the identity in the vault: it must be the content's own hash.
            if hashes[path] != name:
                raise UserError("backup.file_altered", {"path": path})
            found[name] = data
    return found
