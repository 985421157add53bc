"""Key slots: each holds the vault key, wrapped for one way of opening the vault.

AES-256-GCM under a key of the slot's own. The additional data is the canonical JSON
(RFC 8785) of format, version, vault identity and the slot without its ``wrapped`` member:
a slot that was edited or moved to another vault does not open. ``docs/vault.md`` has the
format. A passphrase and a recovery code become a key through Argon2id; what a keyring holds
is 32 random bytes already, which no derivation could make any harder to guess.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.kdf import KEY_BYTES, SALT_BYTES, KdfCost, derive_key, read_cost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault

__all__ = [
    "HEADER_FORMAT",
    "HEADER_VERSION",
    "NONCE_BYTES",
    "Slot",
    "SlotKind",
    "SlotSeed",
    "UnlockKey",
    "canonical",
    "cost_of_slot",
    "keyring_slot",
    "passphrase_slot",
    "recovery_slot",
    "unwrap",
]

HEADER_FORMAT: Final = "coffre-vault-header"
HEADER_VERSION: Final = 1
NONCE_BYTES: Final = 12

_AEAD: Final = "A256GCM"
_KDF: Final = "argon2id"
_TAG_BYTES: Final = 16


class SlotKind(StrEnum):
    """The ways in that this version opens; slots of other kinds are kept as they are."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class UnlockKey:
    """What somebody gives to open a vault, and which kind of slot it is for.

    The kind decides which slot is tried, so that one try costs one derivation. ``slot_id``
    names the one slot that an entry of a keyring belongs to.
    """

    kind: SlotKind
    secret: Secret
    slot_id: str = ""

    @classmethod
    def of(cls, given: "Secret | UnlockKey") -> "UnlockKey":
        """Return what was given; a bare secret is a passphrase."""
        return cls(SlotKind.PASSPHRASE, given) if isinstance(given, Secret) else given

    @classmethod
    def recovery(cls, secret: Secret) -> Self:
        """Return the key of a recovery code: the 17 bytes of ``RecoveryCode.secret``."""
        return cls(SlotKind.RECOVERY, secret)

    @classmethod
    def keyring(cls, secret: Secret, slot_id: str) -> Self:
        """Return the 32 bytes that a keyring gave back for the slot ``slot_id``."""
        return cls(SlotKind.KEYRING, secret, slot_id)

    def fits(self, slot: "Slot") -> bool:
        """Return whether this is meant for ``slot``; that it opens it is not said."""
        return slot.kind == self.kind and self.slot_id in ("", slot.id)


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
        """A ``SlotKind``, or a kind that this version keeps without opening it."""
        return str(self.members["kind"])


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


def passphrase_slot(
    vault_id: str, vault_key: Secret, passphrase: Secret, *, cost: KdfCost, seed: SlotSeed
) -> Slot:
    """Return a slot that opens with ``passphrase``."""
    return _derived_slot(SlotKind.PASSPHRASE, vault_id, vault_key, passphrase, cost, seed)


def recovery_slot(
    vault_id: str, vault_key: Secret, code: Secret, *, cost: KdfCost, seed: SlotSeed
) -> Slot:
    """Return a slot that opens with the 17 bytes of a recovery code."""
    return _derived_slot(SlotKind.RECOVERY, vault_id, vault_key, code, cost, seed)


def keyring_slot(
    vault_id: str, vault_key: Secret, key: Secret, *, backend: str, seed: SlotSeed
) -> Slot:
    """Return a slot that opens with ``key``: 32 random bytes kept by the system's keyring.

    ``backend`` is the class of the keyring that keeps them: another one has no such entry.
    """
    members = {**_members(SlotKind.KEYRING, seed), "backend": backend}
    if len(key) != KEY_BYTES:
        raise ValueError("a slot key has 32 bytes")
    return _wrapped(vault_id, vault_key, key, members, seed.nonce)


def _derived_slot(  # noqa: PLR0913, PLR0917 - private; the two public ones name them
    kind: SlotKind,
    vault_id: str,
    vault_key: Secret,
    secret: Secret,
    cost: KdfCost,
    seed: SlotSeed,
) -> Slot:
    if len(seed.salt) != SALT_BYTES:
        raise ValueError("salt and nonce have fixed lengths")
    kdf: JsonObject = {
        "name": _KDF,
        "t": cost.t,
        "m_kib": cost.m_kib,
        "p": cost.p,
        "salt": b64encode(seed.salt).decode("ascii"),
    }
    members = {**_members(kind, seed), "kdf": kdf}
    with derive_key(secret, seed.salt, cost) as key:
        return _wrapped(vault_id, vault_key, key, members, seed.nonce)


def _members(kind: SlotKind, seed: SlotSeed) -> dict[str, JsonValue]:
    if len(seed.nonce) != NONCE_BYTES:
        raise ValueError("salt and nonce have fixed lengths")
    return {
        "id": seed.id,
        "kind": kind.value,
        "label": seed.label,
        "created": seed.created,
        "aead": _AEAD,
        "nonce": b64encode(seed.nonce).decode("ascii"),
    }


def _wrapped(
    vault_id: str, vault_key: Secret, key: Secret, members: JsonObject, nonce: bytes
) -> Slot:
    wrapped = AESGCM(key.buffer()).encrypt(
        nonce, vault_key.buffer(), _additional_data(vault_id, members)
    )
    return Slot({**members, "wrapped": b64encode(wrapped).decode("ascii")})


def unwrap(vault_id: str, slot: Slot, secret: Secret) -> Secret | None:
    """Return the vault key, or None when ``secret`` is not the slot's or the slot was edited.

    Raises:
        EnvironmentFault: ``vault.header_damaged``, ``vault.kdf_refused`` or
            ``vault.out_of_memory``.
    """
    if slot.members.get("aead") != _AEAD:
        raise EnvironmentFault("vault.header_damaged")
    if slot.kind == SlotKind.KEYRING and len(secret) != KEY_BYTES:
        return None
    nonce = _fixed_bytes(slot.members.get("nonce"), NONCE_BYTES)
    wrapped = _fixed_bytes(slot.members.get("wrapped"), KEY_BYTES + _TAG_BYTES)
    members = {name: value for name, value in slot.members.items() if name != "wrapped"}
    aad = _additional_data(vault_id, members)
    # Into a buffer: ``decrypt`` would leave the vault key in bytes that nobody can wipe.
    with _slot_key(slot, secret) as key, Secret(bytes(KEY_BYTES)) as opened:
        try:
            AESGCM(key.buffer()).decrypt_into(nonce, wrapped, aad, opened.buffer())
        except InvalidTag:
            return None
        return opened.copy()


def cost_of_slot(slot: Slot) -> KdfCost:
    """Return what opening a passphrase or recovery slot costs; raises as ``unwrap``."""
    return read_cost(_kdf_of(slot))


def _slot_key(slot: Slot, secret: Secret) -> Secret:
    if slot.kind == SlotKind.KEYRING:
        return secret.copy()
    kdf = _kdf_of(slot)
    cost = read_cost(kdf)
    return derive_key(secret, _fixed_bytes(kdf.get("salt"), SALT_BYTES), cost)


def _kdf_of(slot: Slot) -> JsonObject:
    kdf = slot.members.get("kdf")
    if not isinstance(kdf, dict) or kdf.get("name") != _KDF:
        raise EnvironmentFault("vault.header_damaged")
    return kdf


def _additional_data(vault_id: str, members: JsonObject) -> bytes:
    return canonical(
        {
            "format": HEADER_FORMAT,
            "version": HEADER_VERSION,
            "vault_id": vault_id,
            "slot": members,
        }
    )


def canonical(value: JsonObject) -> bytes:
    """Return the RFC 8785 form; raises ``vault.header_damaged`` for what has none."""
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
