"""The ``jws`` member of the two older suites: a JWS whose payload is the hashes themselves.

Source: Ed25519Signature2018 and JsonWebSignature2020 (W3C CCG), RFC 7797 (unencoded
payload). Besides this, only JAdES seals (``verification.proofs.jades``) may say ``b64: false``.
"""

from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.jose import verify_signature
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.multibase import base64url_decode

__all__ = ["verify_detached_jws"]

_HEADER_MEMBERS: Final = frozenset({"alg", "b64", "crit", "kid", "typ"})


def verify_detached_jws(value: JsonValue, key: PublicKey, data: bytes) -> None:
    """Check a detached JWS (``header..signature``) over ``data``.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``proof.value_malformed``, ``jws.crit``, ``jws.algorithm_refused``,
            ``jws.key_mismatch``.
        ProofUnsupported: ``jws.algorithm_unsupported``.
    """
    parts = value.split(".") if isinstance(value, str) else []
    if len(parts) != 3 or parts[1]:
        raise ProofMalformed("proof.value_malformed")
    try:
        header = parse_object(base64url_decode(parts[0]))
        signature = base64url_decode(parts[2])
    except (FormatError, ProofMalformed) as error:
        raise ProofMalformed("proof.value_malformed") from error
    if header.get("b64") is not False or header.get("crit") != ["b64"]:
        raise ProofMalformed("jws.crit")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or not header.keys() <= _HEADER_MEMBERS:
        raise ProofMalformed("proof.value_malformed")
    verify_signature(algorithm, key, f"{parts[0]}.".encode("ascii") + data, signature)
