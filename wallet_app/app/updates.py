"""Whether there is a newer version: a signed announcement, fetched only if the person allows it.

The answer is a JSON object ``{"announcement", "signature"}``, both base64: the announcement's
bytes, and an Ed25519 signature (RFC 8032) over ``coffre-update-1`` and a line feed and those bytes,
by the key that this build was made with. The announcement is JSON, too:
``{"format": "coffre-update", "version": 1, "release", "page"}``. Nothing is ever downloaded.
"""

import re
import tomllib
from base64 import b64decode
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wallet_app import __version__
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.documents import DocumentUnavailable, Purpose, Resolver
from wallet_app.errors import CoffreError
from wallet_app.resources import resource_path

__all__ = [
    "SIGNED_BEFORE",
    "Announcement",
    "NotGenuine",
    "UpdateSource",
    "is_due",
    "look_for_update",
    "read_announcement",
    "update_source",
]

SIGNED_BEFORE: Final = b"coffre-update-1\n"
"""Goes before the bytes that are signed: the key then signs nothing that is anything else."""

_RELEASE: Final = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
_EVERY: Final = timedelta(days=7)
_KEY_HEX: Final = 64


@dataclass(frozen=True, slots=True)
class UpdateSource:
    """Whom a build asks: an https address, and the key whose word counts (32 bytes)."""

    address: str
    key: bytes

    @property
    def host(self) -> str:
        """The host that sees the question."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """The latest version, and the page that tells of it."""

    release: str
    page: str

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than this program."""
        return _numbers(self.release) > _numbers(__version__)


class NotGenuine(Exception):
    """What came is no announcement by the holder of the key."""


def update_source(path: Path | None = None) -> UpdateSource | None:
    """Return whom this build asks; None where whoever made it named nobody."""
    file = path or resource_path("updates", "source.toml")
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    address, key = str(given.get("address", "")), str(given.get("public_key", ""))
    if not address.startswith("https://") or len(key) != _KEY_HEX:
        return None
    return UpdateSource(address, bytes.fromhex(key))


def is_due(last: str, today: date) -> bool:
    """Return whether a week has gone by since ``last`` (an ISO day, "" for never)."""
    try:
        return abs(today - date.fromisoformat(last)) >= _EVERY
    except ValueError:
        return True


def look_for_update(source: UpdateSource, resolver: Resolver) -> Announcement | None:
    """Ask, and return a newer version; None for none, no answer, or one that is not genuine."""
    try:
        document = resolver.fetch(source.address, Purpose.UPDATE)
        found = read_announcement(document.data, source.key)
    except (DocumentUnavailable, NotGenuine):
        return None
    return found if found.is_newer else None


def read_announcement(data: bytes, key: bytes) -> Announcement:
    """Return what the holder of ``key`` announced.

    Raises:
        NotGenuine: it is anything else.
    """
    try:
        envelope = parse_object(data)
        signed = b64decode(str(envelope["announcement"]), validate=True)
        signature = b64decode(str(envelope["signature"]), validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, SIGNED_BEFORE + signed)
        told = parse_object(signed)
        release, page = str(told["release"]), str(told["page"])
        _numbers(release)
    except (CoffreError, ValueError, LookupError, InvalidSignature) as error:
        raise NotGenuine from error
    if (told.get("format"), told.get("version")) != ("coffre-update", 1):
        raise NotGenuine
    if not page.startswith("https://"):
        raise NotGenuine
    return Announcement(release, page)


def _numbers(release: str) -> tuple[int, ...]:
    found = _RELEASE.fullmatch(release)
    if found is None:
        raise ValueError(release)
    return tuple(map(int, found.groups()))
