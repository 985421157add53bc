"""The key envelope: the vault key, wrapped once per way of opening the vault.

The header holds one slot per way in (``slots``): a passphrase, a recovery code, an entry of
the system's keyring. Slots of any other kind and unknown members are kept as they are. The
format is described in ``docs/vault.md``.

A keyring can be lost with a password, a desktop or an update: at least one slot that opens
with what a person knows or has on paper always stays.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.secret import Secret
from wallet_app.crypto.slots import (
    HEADER_FORMAT,
    HEADER_VERSION,
    NONCE_BYTES,
    Slot,
    SlotKind,
    SlotSeed,
    UnlockKey,
    canonical,
    cost_of_slot,
    passphrase_slot,
    unwrap,
)
from wallet_app.errors import EnvironmentFault, UserError

__all__ = [
    "HEADER_FORMAT",
    "HEADER_VERSION",
    "NONCE_BYTES",
    "Header",
    "Opened",
    "Slot",
    "SlotKind",
    "SlotSeed",
    "UnlockKey",
    "open_header",
    "open_with_passphrase",
    "parse_header",
    "passphrase_slot",
    "serialise_header",
]

_MAX_SLOTS: Final = 16
_MOST_WORK: Final = 16 * 1024 * 1024
"""Passes times KiB over all slots of one kind: what a single one may cost at the most."""
_LIMITS = JsonLimits(size_bytes=64 * 1024, depth=8, nodes=2_000)
_LASTING: Final = frozenset({SlotKind.PASSPHRASE, SlotKind.RECOVERY})
_REFUSALS: Final = {
    SlotKind.PASSPHRASE: "vault.wrong_passphrase",
    SlotKind.RECOVERY: "vault.wrong_recovery_code",
    SlotKind.KEYRING: "keyring.wrong",
}
_NO_SLOT: Final = {
    SlotKind.PASSPHRASE: "vault.no_passphrase",
    SlotKind.RECOVERY: "vault.no_recovery_code",
    SlotKind.KEYRING: "keyring.off",
}


@dataclass(frozen=True, slots=True)
class Header:
    """The envelope of one vault. ``others`` are top-level members unknown to this version."""

    vault_id: str
    slots: tuple[Slot, ...]
    others: JsonObject = field(default_factory=dict)

    def slot(self, kind: SlotKind) -> Slot | None:
        """Return the first slot of a kind, or None."""
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def with_only(self, new: Slot) -> "Header":
        """Return a header with ``new`` as its only slot of that kind; the others stay."""
        others = tuple(slot for slot in self.slots if slot.kind != new.kind)
        return Header(self.vault_id, (*others, new), self.others)

    def without(self, kind: SlotKind) -> "Header":
        """Return a header that no longer opens that way.

        Raises:
            UserError: ``slot.last_way``: neither a passphrase nor a recovery code would stay.
        """
        kept = tuple(slot for slot in self.slots if slot.kind != kind)
        if not any(slot.kind in _LASTING for slot in kept):
            raise UserError("slot.last_way")
        return Header(self.vault_id, kept, self.others)


@dataclass(frozen=True, slots=True)
class Opened:
    """The vault key, and the slot that gave it."""

    vault_key: Secret
    slot_id: str


def open_with_passphrase(header: Header, passphrase: Secret) -> Opened:
    """Return the vault key; raises as ``open_header``."""
    return open_header(header, UnlockKey.of(passphrase))


def open_header(header: Header, given: UnlockKey) -> Opened:
    """Return the vault key.

    Raises:
        UserError: ``vault.wrong_passphrase``, ``vault.wrong_recovery_code`` or
            ``keyring.wrong``, also for a slot whose members were edited, which cannot be
            told apart; ``vault.no_passphrase``, ``vault.no_recovery_code`` or
            ``keyring.off`` when there is no such slot.
        EnvironmentFault: ``vault.header_damaged``, ``vault.kdf_refused`` or
            ``vault.out_of_memory``.
    """
    if not any(slot.kind in _LASTING for slot in header.slots):
        raise EnvironmentFault("vault.header_damaged")
    slots = [slot for slot in header.slots if given.fits(slot)]
    if not slots:
        raise UserError(_NO_SLOT[given.kind])
    _refuse_costly(slots)
    for slot in slots:
        key = unwrap(header.vault_id, slot, given.secret)
        if key is not None:
            return Opened(key, slot.id)
    raise UserError(_REFUSALS[given.kind])


def _refuse_costly(slots: Sequence[Slot]) -> None:
    # Threat: fifteen slots in a planted header, each at the most that one may cost.
    costs = [cost_of_slot(slot) for slot in slots if slot.kind in _LASTING]
    if sum(cost.t * cost.m_kib for cost in costs) > _MOST_WORK:
        raise EnvironmentFault("vault.kdf_refused")


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
    return sha256(canonical(_document(header))).hexdigest()


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
