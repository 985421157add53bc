"""Backups of the Learner Credential Wallet (``UniversalWallet2020``), read and written.

The file is JSON in clear, private keys included. Its items say little of what they are and
are told apart by their shape, as its own importer does. Nothing is verified here, no key is
looked into, and values that hold keys never show in a ``repr``.

Source: openwallet-foundation-labs/learner-credential-wallet, ``app/lib/export.ts``,
``app/lib/parseWallet.ts``, ``app/model/profile.ts``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import presentation, tolerant
from wallet_app.credentials.formats.verifiable_credential import CONTEXT_1, CONTEXT_2
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_json

__all__ = [
    "MAX_WALLET_BYTES",
    "ProfileToWrite",
    "WalletProfile",
    "is_locked",
    "is_wallet",
    "profile_of",
    "read_wallet",
    "takes_as_credential",
    "wallet_json",
]

MAX_WALLET_BYTES: Final = 64 * 1024 * 1024
"""Pictures are often inside; a wallet of hundreds of badges has some ten megabytes."""

_LIMITS: Final = JsonLimits(size_bytes=MAX_WALLET_BYTES, depth=72, nodes=2_000_000)
"""A little deeper than one credential may be: it lies in a list in an object in a list."""

_MAX_PROFILES: Final = 1_000
_MAX_ITEMS: Final = 20_000
_DID_CONTEXT: Final = "https://www.w3.org/ns/did/v1"
_WALLET_CONTEXT: Final = "https://w3id.org/wallet/v1"
_LOCKED_TYPE: Final = "EncryptedWallet"
_PROFILE: Final = "ProfileMetadata"


@dataclass(frozen=True, slots=True)
class WalletProfile:
    """One profile, its items told apart.

    Attributes:
        name: what its owner called it, or "".
        credentials: objects and compact tokens. documents: DID documents.
        keys: objects with private halves. others: whatever else there is.
    """

    name: str
    credentials: tuple[JsonValue, ...] = field(repr=False)
    documents: tuple[JsonObject, ...] = field(repr=False)
    keys: tuple[JsonObject, ...] = field(repr=False)
    others: tuple[JsonValue, ...] = field(repr=False)


def is_wallet(value: JsonValue) -> bool:
    """Return whether a JSON value is a backup, whole or one profile, locked ones included."""
    profiles = value if isinstance(value, list) else [value]
    return bool(profiles) and all(
        isinstance(one, Mapping) and (_types(one) & {presentation.WALLET_TYPE, _LOCKED_TYPE})
        for one in profiles
    )


def is_locked(document: JsonObject) -> bool:
    """Return whether a profile is one whose contents are encrypted."""
    status = tolerant.text(document.get("status")).upper()
    return _LOCKED_TYPE in _types(document) or status == "LOCKED"


def read_wallet(data: bytes) -> tuple[WalletProfile, ...]:
    """Return the profiles of a backup: a list of them, one alone, or a bare list of credentials.

    Raises:
        FormatError: ``wallet.unknown`` (no backup), ``wallet.locked``,
            ``wallet.too_many_items``, or as ``parse_json``.
    """
    value = parse_json(data, _LIMITS)
    if is_wallet(value):
        profiles = value if isinstance(value, list) else [value]
        if len(profiles) > _MAX_PROFILES:
            raise FormatError("wallet.too_many_items", {"limit": _MAX_PROFILES})
        items = [_contents(one) for one in profiles if isinstance(one, Mapping)]
    elif isinstance(value, list) and any(map(_is_credential, value)):
        items = [value]
    else:
        raise FormatError("wallet.unknown")
    if sum(map(len, items)) > _MAX_ITEMS:
        raise FormatError("wallet.too_many_items", {"limit": _MAX_ITEMS})
    return tuple(map(profile_of, items))


def _contents(document: JsonObject) -> Sequence[JsonValue]:
    if is_locked(document):
        raise FormatError("wallet.locked")
    contents = document.get("contents")
    if not isinstance(contents, list):
        raise FormatError("wallet.unknown")
    return contents


def profile_of(items: Sequence[JsonValue]) -> WalletProfile:
    """Return the items of one profile, told apart by their shape."""
    credentials: list[JsonValue] = []
    documents: list[JsonObject] = []
    keys: list[JsonObject] = []
    others: list[JsonValue] = []
    name = ""
    for item in items:
        if isinstance(item, Mapping) and presentation.holds_private_key(item):
            keys.append(item)
        elif _is_credential(item):
            credentials.append(item)
        elif isinstance(item, Mapping) and presentation.hides_private_key(item):
            # Never kept as something unknown: that is written out in clear one day.
            keys.append(item)
        elif isinstance(item, Mapping) and _DID_CONTEXT in tolerant.texts(item.get("@context")):
            documents.append(item)
        elif isinstance(item, Mapping) and _PROFILE in _types(item):
            name = name or _profile_name(item)
        else:
            others.append(item)
    return WalletProfile(name, tuple(credentials), tuple(documents), tuple(keys), tuple(others))


def _is_credential(item: JsonValue) -> bool:
    if isinstance(item, str):
        return True
    return isinstance(item, Mapping) and (
        takes_as_credential(item) or presentation.may_be_credential(item)
    )


def takes_as_credential(document: JsonObject) -> bool:
    """Return whether the other wallet takes an object for a credential: by its context."""
    contexts = tolerant.texts(document.get("@context"))
    return CONTEXT_1 in contexts or CONTEXT_2 in contexts


@dataclass(frozen=True, slots=True)
class ProfileToWrite:
    """One profile for the other wallet.

    Attributes:
        name: a name that is taken there throws the keys away.
        document: of the DID. keys: Ed25519 and X25519, **with their private halves**.
        credentials: objects that ``takes_as_credential``.
        ids: two fresh ``urn:uuid:`` names, of the profile and of its metadata.
    """

    name: str
    document: JsonObject = field(repr=False)
    keys: tuple[JsonObject, JsonObject] = field(repr=False)
    credentials: tuple[JsonObject, ...] = field(repr=False)
    ids: tuple[str, str]


def wallet_json(profiles: Sequence[ProfileToWrite]) -> bytes:
    """Return a backup, **in clear**, that the other wallet's importer takes whole."""
    written = [_written(profile) for profile in profiles]
    return json.dumps(written, ensure_ascii=False, indent=2).encode()


def _written(profile: ProfileToWrite) -> JsonObject:
    wallet_id, metadata_id = profile.ids
    metadata: JsonObject = {
        "@context": [_WALLET_CONTEXT],
        "id": metadata_id,
        "type": _PROFILE,
        "data": {"profileName": profile.name},
    }
    return {
        "@context": [CONTEXT_1, _WALLET_CONTEXT],
        "id": wallet_id,
        "type": presentation.WALLET_TYPE,
        "status": "UNLOCKED",
        # The importer takes the first DID document and the first key of each kind that it
        # meets, by shape: before any credential, one of which could pass for them.
        "contents": [profile.document, *profile.keys, metadata, *profile.credentials],
    }


def _profile_name(item: JsonObject) -> str:
    data = item.get("data")
    return tolerant.text(data.get("profileName")) if isinstance(data, Mapping) else ""


def _types(document: JsonObject) -> frozenset[str]:
    return frozenset(tolerant.texts(document.get("type")))
