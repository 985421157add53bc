"""The tar file that the Learner Credential Wallet's successor writes instead of one JSON file.

``profiles/<name>.json`` holds name, DID document, key and the names of its credentials, which
lie in ``credentials/<name>.json``, each once however many profiles have it. In clear, private
keys included. Read in memory; nothing is unpacked.

Source: t3-innovation-network/dcw, ``app/lib/walletBackupCore.ts``.
"""

import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import DEFAULT_LIMITS, parse_object
from wallet_app.credentials.wallets.learner_credential_wallet import (
    MAX_WALLET_BYTES,
    WalletProfile,
    profile_of,
)

__all__ = ["is_wallet_tar", "read_wallet_tar"]

_PROFILES: Final = "profiles/"
_CREDENTIALS: Final = "credentials/"
_SUFFIX: Final = ".json"
_MAX_FILES: Final = 20_000
_MARK: Final = slice(257, 262)
_DAMAGE: Final = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError)
"""What the library raises for a damaged archive; chained headers make it recurse."""

_FIELDS: Final = ("profileName", "credentialCids")


def is_wallet_tar(data: bytes) -> bool:
    """Return whether bytes are a tar archive, as the wallet itself tells."""
    return data[_MARK] == b"ustar"


def read_wallet_tar(data: bytes) -> tuple[tuple[WalletProfile, ...], int]:
    """Return the profiles of an archive, and how many credentials they name that are not there.

    A credential that no profile names is in a last profile without a name.

    Raises:
        FormatError: ``wallet.unknown``, ``wallet.too_many_items``, ``container.damaged``, or
            as ``parse_object``.
    """
    if len(data) > MAX_WALLET_BYTES:
        raise FormatError("format.too_large", {"limit": MAX_WALLET_BYTES})
    try:
        files = dict(_files(data))
    except _DAMAGE as error:
        raise FormatError("container.damaged") from error
    profiles = [parse_object(files[name]) for name in files if name.startswith(_PROFILES)]
    if not profiles:
        raise FormatError("wallet.unknown")
    credentials = {
        name.removeprefix(_CREDENTIALS).removesuffix(_SUFFIX): parse_object(content)
        for name, content in files.items()
        if name.startswith(_CREDENTIALS)
    }
    named = [_named(profile) for profile in profiles]
    missing = {name for names in named for name in names if name not in credentials}
    read = [
        _profile(profile, [credentials[name] for name in names if name in credentials])
        for profile, names in zip(profiles, named, strict=True)
    ]
    claimed = {name for names in named for name in names}
    stray = [one for name, one in credentials.items() if name not in claimed]
    return (*read, *([profile_of(stray)] if stray else [])), len(missing)


def _files(data: bytes) -> Iterator[tuple[str, bytes]]:
    # "r:" never unpacks: a compressed archive is none of ours.
    with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
        for number, member in enumerate(archive):
            if number >= _MAX_FILES:
                raise FormatError("wallet.too_many_items", {"limit": _MAX_FILES})
            wanted = member.name.startswith((_PROFILES, _CREDENTIALS))
            # A sparse file claims any size without having it.
            plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
            if not wanted or not plain or not member.name.endswith(_SUFFIX):
                continue
            if member.size > DEFAULT_LIMITS.size_bytes:
                raise FormatError("format.too_large", {"limit": DEFAULT_LIMITS.size_bytes})
            content = archive.extractfile(member)
            yield member.name, content.read() if content else b""


def _named(profile: JsonObject) -> list[str]:
    return [one for one in tolerant.items(profile.get("credentialCids")) if isinstance(one, str)]


def _profile(profile: JsonObject, credentials: list[JsonObject]) -> WalletProfile:
    metadata: JsonObject = {
        "type": "ProfileMetadata",
        "data": {"profileName": tolerant.text(profile.get("profileName"))},
    }
    rest: list[JsonValue] = [
        value
        for name, value in profile.items()
        if name not in _FIELDS and isinstance(value, Mapping)
    ]
    return profile_of([*credentials, *rest, metadata])
