"""The list in a plain folder or ZIP that Coffre itself wrote: what lies there and its hashes.

Everything is in clear and made to be read by people and other programs; this is how Coffre
finds its way back to the notes and tags. The layout is described in ``docs/vault.md``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object

__all__ = [
    "BADGES",
    "EVIDENCE",
    "FORMAT",
    "MANIFEST",
    "CoffreExport",
    "ExportedBadge",
    "is_coffre_export",
    "manifest_json",
    "read_manifest",
]

MANIFEST: Final = "manifest.json"
BADGES: Final = "badges"
EVIDENCE: Final = "evidence"
FORMAT: Final = "coffre-plain-export"
_VERSION: Final = 1
_LIMITS: Final = JsonLimits(size_bytes=256 * 1024 * 1024, depth=8, nodes=4_000_000)
_HEAD: Final = re.compile(rb'\s*\{\s*"format"\s*:\s*"coffre-plain-export"')
_PLACE: Final = re.compile(r"badges/[^/\\\x00-\x1f.][^/\\\x00-\x1f]{0,250}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_MAX_NOTE_CHARS: Final = 1_000_000
_MAX_LABELS: Final = 1_000
_MAX_LABEL_CHARS: Final = 500


@dataclass(frozen=True, slots=True)
class ExportedBadge:
    """One badge in the list: its file, the hash of its bytes, and the owner's own words."""

    path: str
    sha256: str
    note: str = ""
    tags: tuple[str, ...] = ()
    favourite: bool = False
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoffreExport:
    """The badges of an export."""

    badges: tuple[ExportedBadge, ...]


def is_coffre_export(manifest: bytes) -> bool:
    """Return whether a ``manifest.json`` is Coffre's, of any version."""
    return _HEAD.match(manifest) is not None


def manifest_json(
    head: JsonObject, badges: Sequence[JsonObject], files: Sequence[JsonObject]
) -> bytes:
    """Return the list as JSON: ``head`` (program, time), each badge, each other file."""
    document: JsonObject = {
        "format": FORMAT,
        "version": _VERSION,
        **head,
        "badges": badges,
        "files": files,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> CoffreExport:
    """Return what the list of a plain export names.

    Raises:
        FormatError: ``wallet.unknown``, ``wallet.newer``, ``wallet.file_altered``, or as
            ``parse_object``.
    """
    if not is_coffre_export(data):
        raise FormatError("wallet.unknown")
    document = parse_object(data, _LIMITS)
    version, badges = document.get("version"), document.get("badges")
    if type(version) is int and version > _VERSION:
        raise FormatError("wallet.newer", {"version": str(version)})
    if version != _VERSION or not isinstance(badges, list):
        raise FormatError("wallet.file_altered", {"entry": MANIFEST})
    read = tuple(map(_badge, badges))
    if len({badge.path for badge in read}) != len(read):
        raise FormatError("wallet.file_altered", {"entry": MANIFEST})
    return CoffreExport(read)


def _badge(listed: JsonValue) -> ExportedBadge:
    entry = listed if isinstance(listed, Mapping) else {}
    path, digest = entry.get("file"), entry.get("sha256")
    note, favourite = entry.get("note", ""), entry.get("favourite", False)
    # A path that leads elsewhere would make the person's own files into badges.
    sound = isinstance(path, str) and _PLACE.fullmatch(path)
    hashed = isinstance(digest, str) and _HASH.fullmatch(digest)
    if not (sound and hashed and isinstance(note, str) and isinstance(favourite, bool)):
        raise FormatError("wallet.file_altered", {"entry": MANIFEST})
    return ExportedBadge(
        path=str(path),
        sha256=str(digest),
        note=note[:_MAX_NOTE_CHARS],
        tags=_labels(entry.get("tags")),
        favourite=favourite,
        collections=_labels(entry.get("collections")),
    )


def _labels(value: JsonValue) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else []
    found = (text for text in texts if isinstance(text, str) and text.strip())
    return tuple(text[:_MAX_LABEL_CHARS] for text in found)[:_MAX_LABELS]
