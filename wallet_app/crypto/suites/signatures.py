"""Raw signature values of Data Integrity proofs."""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey
from wallet_app.crypto.multibase import base58_decode

__all__ = ["decode_signature", "holds", "raw_signature", "require_signature"]

_SIZE: Final = 64
_P384_SIZE: Final = 96


def decode_signature(value: JsonValue, key: PublicKey) -> bytes:
    """Return the bytes of a ``z`` multibase ``proofValue`` of the length the key needs.

    Raises:
        ProofMalformed: ``proof.value_malformed`` (another encoding, DER, placeholder).
    """
    signature = raw_signature(value)
    if len(signature) != (_P384_SIZE if key.algorithm is KeyAlgorithm.P384 else _SIZE):
        raise ProofMalformed("proof.value_malformed")
    return signature


def raw_signature(value: JsonValue) -> bytes:
    """Return the bytes of a ``z`` multibase ``proofValue`` whose key is not known: 64 or 96.

    Raises:
        ProofMalformed: as ``decode_signature``.
    """
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofMalformed("proof.value_malformed")
    try:
        signature = base58_decode(value[1:])
    except ProofMalformed as error:
        raise ProofMalformed("proof.value_malformed") from error
    if len(signature) not in (_SIZE, _P384_SIZE):
        raise ProofMalformed("proof.value_malformed")
    return signature


def holds(key: PublicKey, data: bytes, signature: bytes) -> bool:
    """Return whether an Ed25519, or raw r‖s ECDSA, signature is good."""
    try:
        if isinstance(key.key, Ed25519PublicKey):
            key.key.verify(signature, data)
        elif isinstance(key.key, EllipticCurvePublicKey):
            half = len(signature) // 2
            r, s = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
            digest = SHA384() if key.algorithm is KeyAlgorithm.P384 else SHA256()
            key.key.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def require_signature(key: PublicKey, data: bytes, signature: bytes) -> None:
    """Check a signature.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
    """
    if not holds(key, data, signature):
        raise SignatureInvalid("proof.bad_signature")
