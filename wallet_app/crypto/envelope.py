"""The key envelope: the vault key, wrapped once per way of opening the vault.

Each slot of the header wraps the same random 32-byte vault key under its own key, with
AES-256-GCM. The additional data is the canonical JSON (RFC 8785) of format, version,
vault identity and the slot without its ``wrapped`` member: a slot that was edited or
moved to another vault does not open. The format is described in ``docs/vault.md``.

This version opens ``passphrase`` slots. ``recovery`` and ``keyring`` are names reserved
for later versions; slots of any other kind and unknown members are kept as they are.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.kdf import KEY_BYTES, SALT_BYTES, KdfCost, derive_key, read_cost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError

__all__ = [
    "HEADER_FORMAT",
    "HEADER_VERSION",
    "NONCE_BYTES",
    "Header",
    "Opened",
    "Slot",
    "SlotSeed",
    "open_with_passphrase",
    "parse_header",
    "passphrase_slot",
    "serialise_header",
]

HEADER_FORMAT: Final = "coffre-vault-header"
HEADER_VERSION: Final = 1
NONCE_BYTES: Final = 12

_KIND = "passphrase"
_MAX_SLOTS = 16
_LIMITS = JsonLimits(size_bytes=64 * 1024, depth=8, nodes=2_000)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way of opening the vault: ``members`` as they stand in the file."""

    members: JsonObject

    @property
    def id(self) -> str:
        """Name within the header."""
        return str(self.members["id"])

    @property
    def kind(self) -> str:
        """``passphrase``, or a kind that this version keeps without opening it."""
        return str(self.members["kind"])


@dataclass(frozen=True, slots=True)
class Header:
    """The envelope of one vault. ``others`` are top-level members unknown to this version."""

    vault_id: str
    slots: tuple[Slot, ...]
    others: JsonObject = field(default_factory=dict)

    def with_slot_replaced(self, slot_id: str, new: Slot) -> "Header":
        """Return a header in which ``new`` stands where the slot ``slot_id`` stood."""
        slots = tuple(new if slot.id == slot_id else slot for slot in self.slots)
        return Header(self.vault_id, slots, self.others)


@dataclass(frozen=True, slots=True)
class SlotSeed:
    """What makes a new slot unlike any other; all random bytes come from the caller.

    Attributes:
        id: unique in the header. label: for a person who has several.
        created: RFC 3339, UTC. salt: 16 random bytes. nonce: 12, never used before.
    """

    id: str
    label: str
    created: str
    salt: bytes
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """The vault key, and the slot that gave it."""

    vault_key: Secret
    slot_id: str


def passphrase_slot(
    vault_id: str, vault_key: Secret, passphrase: Secret, *, cost: KdfCost, seed: SlotSeed
) -> Slot:
    """Return a slot that opens with ``passphrase``."""
    if len(seed.salt) != SALT_BYTES or len(seed.nonce) != NONCE_BYTES:
        raise ValueError("salt and nonce have fixed lengths")
    kdf: JsonObject = {
        "name": "argon2id",
        "t": cost.t,
        "m_kib": cost.m_kib,
        "p": cost.p,
        "salt": b64encode(seed.salt).decode("ascii"),
    }
    members: JsonObject = {
        "id": seed.id,
        "kind": _KIND,
        "label": seed.label,
        "created": seed.created,
        "aead": "A256GCM",
        "kdf": kdf,
        "nonce": b64encode(seed.nonce).decode("ascii"),
    }
    with derive_key(passphrase, seed.salt, cost) as key:
        wrapped = AESGCM(key.buffer()).encrypt(
            seed.nonce, vault_key.buffer(), _additional_data(vault_id, members)
        )
    return Slot({**members, "wrapped": b64encode(wrapped).decode("ascii")})


def open_with_passphrase(header: Header, passphrase: Secret) -> Opened:
    """Return the vault key.

    Raises:
        UserError: ``vault.wrong_passphrase``; also for a slot whose members were edited,
            which cannot be told apart.
        EnvironmentFault: ``vault.header_damaged``, ``vault.kdf_refused`` or
            ``vault.out_of_memory``.
    """
    slots = [slot for slot in header.slots if slot.kind == _KIND]
    if not slots:
        raise EnvironmentFault("vault.header_damaged")
    for slot in slots:
        key = _unwrap(header.vault_id, slot, passphrase)
        if key is not None:
            return Opened(key, slot.id)
    raise UserError("vault.wrong_passphrase")


def _unwrap(vault_id: str, slot: Slot, passphrase: Secret) -> Secret | None:
    kdf = slot.members.get("kdf")
    if not isinstance(kdf, dict) or kdf.get("name") != "argon2id":
        raise EnvironmentFault("vault.header_damaged")
    if slot.members.get("aead") != "A256GCM":
        raise EnvironmentFault("vault.header_damaged")
    cost = read_cost(kdf)
    salt = _fixed_bytes(kdf.get("salt"), SALT_BYTES)
    nonce = _fixed_bytes(slot.members.get("nonce"), NONCE_BYTES)
    wrapped = _fixed_bytes(slot.members.get("wrapped"), KEY_BYTES + 16)
    members = {name: value for name, value in slot.members.items() if name != "wrapped"}
    aad = _additional_data(vault_id, members)
    # Into a buffer: ``decrypt`` would leave the vault key in bytes that nobody can wipe.
    with derive_key(passphrase, salt, cost) as key, Secret(bytes(KEY_BYTES)) as opened:
        try:
            AESGCM(key.buffer()).decrypt_into(nonce, wrapped, aad, opened.buffer())
        except InvalidTag:
            return None
        return opened.copy()


def _additional_data(vault_id: str, members: JsonObject) -> bytes:
    return _canonical(
        {
            "format": HEADER_FORMAT,
            "version": HEADER_VERSION,
            "vault_id": vault_id,
            "slot": members,
        }
    )


def _canonical(value: JsonObject) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise EnvironmentFault("vault.header_damaged") from error


def _fixed_bytes(text: JsonValue, size: int) -> bytes:
    try:
        data = b64decode(text, validate=True) if isinstance(text, str) else b""
    except (Base64Error, ValueError) as error:
        raise EnvironmentFault("vault.header_damaged") from error
    if len(data) != size:
        raise EnvironmentFault("vault.header_damaged")
    return data


def serialise_header(header: Header) -> bytes:
    """Return the header file: readable JSON with a checksum over its canonical form."""
    document = {**_document(header), "checksum": _checksum(header)}
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode("ascii")


def parse_header(data: bytes) -> Header:
    """Return the header that a file holds.

    The checksum tells a damaged file from a wrong passphrase; it protects nothing, the
    AEAD of each slot does.

    Raises:
        UserError: ``vault.newer_version``, made by a newer Coffre.
        EnvironmentFault: ``vault.header_damaged``.
    """
    try:
        document = dict(parse_object(data, _LIMITS))
    except FormatError as error:
        raise EnvironmentFault("vault.header_damaged") from error
    version = document.pop("version", None)
    if document.pop("format", None) != HEADER_FORMAT or type(version) is not int:
        raise EnvironmentFault("vault.header_damaged")
    if version > HEADER_VERSION:
        raise UserError("vault.newer_version", {"version": version})
    checksum = document.pop("checksum", None)
    vault_id, slots = document.pop("vault_id", None), document.pop("slots", None)
    if version < 1 or not isinstance(vault_id, str) or not isinstance(slots, list):
        raise EnvironmentFault("vault.header_damaged")
    header = Header(vault_id, _read_slots(slots), document)
    if checksum != _checksum(header):
        raise EnvironmentFault("vault.header_damaged")
    return header


def _document(header: Header) -> dict[str, JsonValue]:
    return {
        **header.others,
        "format": HEADER_FORMAT,
        "version": HEADER_VERSION,
        "vault_id": header.vault_id,
        "slots": [dict(slot.members) for slot in header.slots],
    }


def _checksum(header: Header) -> str:
    return sha256(_canonical(_document(header))).hexdigest()


def _read_slots(slots: list[JsonValue]) -> tuple[Slot, ...]:
    found = tuple(Slot(slot) for slot in slots if isinstance(slot, dict))
    named = all(
        isinstance(slot.members.get(name), str) for slot in found for name in ("id", "kind")
    )
    if len(found) != len(slots) or not named or not 1 <= len(found) <= _MAX_SLOTS:
        raise EnvironmentFault("vault.header_damaged")
    if len({slot.id for slot in found}) != len(found):
        raise EnvironmentFault("vault.header_damaged")
    return found
