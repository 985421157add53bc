"""The two forms of an ecdsa-sd-2023 ``proofValue``: base (for the holder) and derived.

Source: vc-di-ecdsa 1.0 sections 3.4 (serialize and parse base and derived proof values). A
value is ``u``, base64url, a header of three bytes, and one CBOR array.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cbor2

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.cbor import decode_cbor
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.multibase import base64url_decode, base64url_encode

__all__ = [
    "BaseValue",
    "DerivedValue",
    "parse_base_value",
    "parse_derived_value",
    "serialize_derived_value",
]

_BASE_HEADER: Final = b"\xd9\x5d\x00"
_DERIVED_HEADER: Final = b"\xd9\x5d\x01"
_MAX_VALUE_BYTES: Final = 400_000
"""Six thousand signatures, more than the budget of a proof lets check: CBOR costs time, too."""

_FIVE_PARTS: Final = 0x85
"""The first byte of a CBOR array of five: checked first, because a decoder would build hundreds of
thousands of empty arrays before anybody could count them."""

_MAX_DEPTH: Final = 2
"""Arrays or a map of plain values in one array; deeper, a key of a map could be an array."""

_LABEL_BYTES: Final = 32
_HMAC_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class BaseValue:
    """The parts of a base ``proofValue``.

    Attributes:
        base_signature: by the issuer, over the mandatory statements and ``public_key``.
        public_key: the ephemeral key as Multikey bytes.
        hmac_key: whoever has it can guess what a derived proof hides; never hand it on.
        signatures: by the ephemeral key, one for each statement that is not mandatory.
        mandatory_pointers: JSON pointers to what every derived proof must show.
    """

    base_signature: bytes
    public_key: bytes
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """The parts of a derived ``proofValue``.

    Attributes:
        public_key: the ephemeral key as Multikey bytes (part of what is signed).
        labels: canonical label number -> HMAC label.
        mandatory: places of the mandatory statements.
    """

    base_signature: bytes
    public_key: bytes
    signatures: tuple[bytes, ...]
    labels: Mapping[int, bytes]
    mandatory: tuple[int, ...]


def parse_base_value(value: JsonValue) -> BaseValue:
    """Read a base ``proofValue``, as its holder.

    Raises:
        ProofMalformed: ``proof.value_malformed``; a derived value is one, too.
        ProofUnsupported: ``canon.budget``: too long.
    """
    match _decode_cbor(_octets_of(value), _BASE_HEADER):
        case [bytes(base), bytes(key), bytes(hmac_key), list(signatures), list(pointers)]:
            return BaseValue(
                _octets(base, _SIGNATURE_BYTES),
                key,
                _octets(hmac_key, _HMAC_KEY_BYTES),
                _signatures(signatures),
                tuple(_text(pointer) for pointer in pointers),
            )
        case _:
            raise ProofMalformed("proof.value_malformed")


def parse_derived_value(value: JsonValue) -> DerivedValue:
    """Read a derived ``proofValue``.

    Raises:
        ProofMalformed: ``proof.sd_base``, ``proof.value_malformed``.
        ProofUnsupported: ``canon.budget``: too long.
    """
    data = _octets_of(value)
    if data.startswith(_BASE_HEADER):
        raise ProofMalformed("proof.sd_base")
    match _decode_cbor(data, _DERIVED_HEADER):
        case [bytes(base), bytes(key), list(signatures), dict(labels), list(mandatory)]:
            parts = DerivedValue(
                _octets(base, _SIGNATURE_BYTES),
                key,
                _signatures(signatures),
                {_place(number): _octets(label, _LABEL_BYTES) for number, label in labels.items()},
                tuple(_place(number) for number in mandatory),
            )
        case _:
            raise ProofMalformed("proof.value_malformed")
    # Two nodes under one label would merge what the issuer kept apart.
    repeated_label = len(set(parts.labels.values())) != len(parts.labels)
    if repeated_label or len(set(parts.mandatory)) != len(parts.mandatory):
        raise ProofMalformed("proof.value_malformed")
    return parts


def serialize_derived_value(value: DerivedValue) -> str:
    """Return the ``proofValue`` text of a derived proof."""
    parts = [
        value.base_signature,
        value.public_key,
        list(value.signatures),
        dict(value.labels),
        list(value.mandatory),
    ]
    return "u" + base64url_encode(_DERIVED_HEADER + cbor2.dumps(parts))


def _octets_of(value: JsonValue) -> bytes:
    if not isinstance(value, str) or not value.startswith("u"):
        raise ProofMalformed("proof.value_malformed")
    if len(value) > _MAX_VALUE_BYTES * 4 // 3:  # four characters are three bytes
        raise ProofUnsupported("canon.budget", {"limit": _MAX_VALUE_BYTES})
    try:
        return base64url_decode(value[1:])
    except ProofMalformed as error:
        raise ProofMalformed("proof.value_malformed") from error


def _decode_cbor(data: bytes, header: bytes) -> object:
    if not data.startswith(header + bytes([_FIVE_PARTS])):
        raise ProofMalformed("proof.value_malformed")
    try:
        return decode_cbor(data.removeprefix(header), max_depth=_MAX_DEPTH)
    except ValueError as error:
        raise ProofMalformed("proof.value_malformed") from error


def _signatures(values: list[object]) -> tuple[bytes, ...]:
    return tuple(_octets(value, _SIGNATURE_BYTES) for value in values)


def _octets(value: object, size: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise ProofMalformed("proof.value_malformed")
    return value


def _place(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ProofMalformed("proof.value_malformed")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ProofMalformed("proof.value_malformed")
    return value
