"""ecdsa-sd-2023: a holder shows a part of what the issuer signed.

Source: vc-di-ecdsa 1.0 sections 3.4-3.6. Only derived proofs are accepted: a base proof
holds the secret that keeps the hidden parts unguessable and is for the holder alone.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from cbor2 import CBORDecodeError, CBORDecoder

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey, public_key_from_multikey
from wallet_app.crypto.multibase import base58_encode, base64url_decode, base64url_encode
from wallet_app.crypto.rdfc import Canonical, relabel
from wallet_app.crypto.suites.signatures import holds, require_signature

__all__ = ["DerivedValue", "parse_derived_value", "verify_derived"]

_BASE_HEADER: Final = b"\xd9\x5d\x00"
_DERIVED_HEADER: Final = b"\xd9\x5d\x01"
_MAX_VALUE_BYTES: Final = 1_000_000
_LABEL_BYTES: Final = 32
_MAX_DEPTH: Final = 4
_SIGNATURE_BYTES: Final = 64


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


def parse_derived_value(value: JsonValue) -> DerivedValue:
    """Read a derived ``proofValue``.

    Raises:
        ProofMalformed: ``proof.sd_base``, ``proof.value_malformed``.
    """
    if not isinstance(value, str) or not value.startswith("u"):
        raise ProofMalformed("proof.value_malformed")
    try:
        data = base64url_decode(value[1:])
    except ProofMalformed as error:
        raise ProofMalformed("proof.value_malformed") from error
    if data.startswith(_BASE_HEADER):
        raise ProofMalformed("proof.sd_base")
    if not data.startswith(_DERIVED_HEADER) or len(data) > _MAX_VALUE_BYTES:
        raise ProofMalformed("proof.value_malformed")
    return _read_parts(_decode_cbor(data.removeprefix(_DERIVED_HEADER)))


def _decode_cbor(data: bytes) -> object:
    stream = BytesIO(data)
    try:
        value: object = CBORDecoder(
            stream, max_depth=_MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False
        ).decode()
    except (CBORDecodeError, ValueError, TypeError) as error:
        raise ProofMalformed("proof.value_malformed") from error
    if stream.read(1):
        raise ProofMalformed("proof.value_malformed")
    return value


def _read_parts(parts: object) -> DerivedValue:
    match parts:
        case [bytes(base), bytes(key), list(signatures), dict(labels), list(mandatory)]:
            value = DerivedValue(
                _octets(base, _SIGNATURE_BYTES),
                key,
                tuple(_octets(signature, _SIGNATURE_BYTES) for signature in signatures),
                {_place(number): _octets(label, _LABEL_BYTES) for number, label in labels.items()},
                tuple(_place(number) for number in mandatory),
            )
        case _:
            raise ProofMalformed("proof.value_malformed")
    # Two nodes under one label would merge what the issuer kept apart.
    repeated_label = len(set(value.labels.values())) != len(value.labels)
    if repeated_label or len(set(value.mandatory)) != len(value.mandatory):
        raise ProofMalformed("proof.value_malformed")
    return value


def _octets(value: object, size: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise ProofMalformed("proof.value_malformed")
    return value


def _place(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ProofMalformed("proof.value_malformed")
    return value


def verify_derived(
    value: DerivedValue, document: Canonical, options: Canonical, key: PublicKey
) -> None:
    """Check a derived proof over the canonical statements of what is shown.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``proof.value_malformed``: labels, signatures or places that do not
            fit the document.
    """
    names = {f"_:c14n{number}": f"_:u{base64url_encode(v)}" for number, v in value.labels.items()}
    if names.keys() != set(document.labels.values()):
        raise ProofMalformed("proof.value_malformed")
    lines = relabel(document.quads, names).lines
    mandatory = set(value.mandatory)
    if mandatory and max(mandatory) >= len(lines):
        raise ProofMalformed("proof.value_malformed")
    shown = [line for place, line in enumerate(lines) if place not in mandatory]
    if len(shown) != len(value.signatures):
        raise ProofMalformed("proof.value_malformed")
    required = "".join(line for place, line in enumerate(lines) if place in mandatory)
    signed = _sha256(options.text) + value.public_key + _sha256(required)
    require_signature(key, signed, value.base_signature)
    ephemeral = _ephemeral_key(value.public_key)
    for line, signature in zip(shown, value.signatures, strict=True):
        if not holds(ephemeral, line.encode("utf-8"), signature):
            raise SignatureInvalid("proof.bad_signature")


def _ephemeral_key(data: bytes) -> PublicKey:
    key = public_key_from_multikey("z" + base58_encode(data))
    if key.algorithm is not KeyAlgorithm.P256:
        raise ProofMalformed("proof.value_malformed")
    return key


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
