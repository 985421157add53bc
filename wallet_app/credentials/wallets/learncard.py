"""LearnCard's export, the "holder continuity bundle" 1.0.0: a ZIP file with a readable list.

Every file that the list names is checked against its SHA-256 before anything is believed,
and the list against its own. What is locked is handed on as it lies there; opening it is
``crypto.password_envelope``'s work. Nothing else of the archive is looked at.

Sources: learningeconomy/LearnCard, ``packages/…/holder-continuity`` (its ``BUNDLE_SPEC.md``),
docs.learncard.com, "Holder Continuity" and "Export & Import Your Data".
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from wallet_app.credentials.archive import ArchiveLimits, Entry, read_zip
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object

__all__ = ["MANIFEST", "LearnCardBundle", "LearnCardEntry", "is_learncard", "read_learncard"]

MANIFEST: Final = "manifest.json"
_VERSION: Final = "1.0.0"
_LIMITS: Final = ArchiveLimits(
    entries=40_000, inflated_bytes=100 * 1024 * 1024, directory_bytes=8 * 1024 * 1024
)
"""As much as LearnCard's own reader takes."""

_MANIFEST_LIMITS: Final = JsonLimits(size_bytes=25 * 1024 * 1024, depth=16, nodes=1_000_000)
_ENVELOPE: Final = "sss-key-manager-encryptWithPassword-v1"
_MODES: Final = frozenset({"argon2id-aes-256-gcm", "none"})
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_HEAD: Final = re.compile(
    rb'"specVersion"\s*:.*"payloadSha256"|"payloadSha256".*"specVersion"', re.S
)


@dataclass(frozen=True, slots=True)
class LearnCardEntry:
    """One file of the bundle, as stored.

    Attributes:
        type: LearnCard's word: ``credential``, ``presentation``, ``key-jwks`` …
        locked: whether ``data`` is a password envelope.
    """

    path: str
    type: str
    locked: bool
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LearnCardBundle:
    """What a bundle holds. ``did`` is the wallet's own, as it states it."""

    did: str
    entries: tuple[LearnCardEntry, ...]

    @property
    def locked(self) -> bool:
        """Whether any of it needs the bundle's password."""
        return any(entry.locked for entry in self.entries)


def is_learncard(manifest: bytes) -> bool:
    """Return whether a ``manifest.json`` is LearnCard's, of any version."""
    return _HEAD.search(manifest) is not None


def read_learncard(data: bytes) -> LearnCardBundle:
    """Return the bundle in a ZIP file.

    Raises:
        FormatError: ``wallet.unknown`` (no bundle), ``wallet.newer`` (another version or
            way of locking), ``wallet.file_altered`` or ``wallet.file_missing`` with the
            ``entry``, ``container.…``.
    """
    files: dict[str, bytes] = {}
    for entry in read_zip(data, _LIMITS):
        if not isinstance(entry, Entry):
            raise FormatError(entry.code, {"entry": entry.name[:200]})
        if entry.name in files:
            # Readers disagree on which of two counts.
            raise FormatError("wallet.file_altered", {"entry": entry.name[:200]})
        files[entry.name] = entry.data
    if not is_learncard(files.get(MANIFEST, b"")):
        raise FormatError("wallet.unknown")
    manifest = parse_object(files[MANIFEST], _MANIFEST_LIMITS)
    contents = _checked_contents(manifest)
    return LearnCardBundle(
        tolerant.text(manifest.get("primaryDid")), tuple(_entries(contents, files))
    )


def _checked_contents(manifest: JsonObject) -> list[JsonValue]:
    encryption = manifest.get("encryption")
    way = encryption if isinstance(encryption, Mapping) else {}
    known = way.get("mode") in _MODES and way.get("envelope", _ENVELOPE) == _ENVELOPE
    version = tolerant.text(manifest.get("specVersion"))
    if version != _VERSION or not known:
        raise FormatError("wallet.newer", {"version": version[:40]})
    contents = manifest.get("contents")
    if not isinstance(contents, list):
        raise FormatError("wallet.file_altered", {"entry": MANIFEST})
    # Keys sorted and no space, as the writer hashes it; the list lies there sorted already.
    text = json.dumps(contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if sha256(text.encode()).hexdigest() != manifest.get("payloadSha256"):
        raise FormatError("wallet.file_altered", {"entry": MANIFEST})
    return contents


def _entries(contents: list[JsonValue], files: Mapping[str, bytes]) -> Iterator[LearnCardEntry]:
    seen: set[str] = set()
    for listed in contents:
        entry = listed if isinstance(listed, Mapping) else {}
        path, digest = entry.get("path"), entry.get("sha256")
        if not isinstance(path, str) or not isinstance(digest, str) or path in seen:
            raise FormatError("wallet.file_altered", {"entry": MANIFEST})
        seen.add(path)
        if path not in files:
            raise FormatError("wallet.file_missing", {"entry": path[:200]})
        if not _HASH.fullmatch(digest) or sha256(files[path]).hexdigest() != digest:
            raise FormatError("wallet.file_altered", {"entry": path[:200]})
        kind = tolerant.text(entry.get("type"))
        yield LearnCardEntry(path, kind, entry.get("encrypted") is True, files[path])
