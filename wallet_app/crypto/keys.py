"""Public keys from the forms in which issuers publish them.

Accepted: Multikey, JWK, PEM and ``publicKeyBase58``. A key is what its encoding says,
exactly: right codec, right length, on the curve, not weak. Sources: W3C Controlled
Identifiers 1.0 section 2.2, RFC 7517, RFC 7518, RFC 7638, RFC 8037.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from wallet_app.credentials.model import JsonObject

__all__ = [
    "KeyAlgorithm",
    "PublicKey",
    "public_key_from_base58",
    "public_key_from_certificate",
    "public_key_from_jwk",
    "public_key_from_multikey",
    "public_key_from_pem",
]


class KeyAlgorithm(StrEnum):
    """The kinds of key that can sign; values are the JOSE curve names, or ``RSA``."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    P521 = "P-521"
    SECP256K1 = "secp256k1"
    RSA = "RSA"


@dataclass(frozen=True, slots=True, eq=False)
class PublicKey:
    """A usable public key. Two keys are equal when their RFC 7638 thumbprints are.

    Attributes:
        algorithm: what kind it is.
        key: the key object of ``cryptography``.
        jws_algorithms: the JWS ``alg`` names a JWK restricts itself to by ``alg``; empty
            when it says nothing.
    """

    algorithm: KeyAlgorithm
    key: Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey
    jws_algorithms: frozenset[str] = frozenset()

    def thumbprint(self) -> str:
        """Return the RFC 7638 SHA-256 thumbprint, base64url without padding."""
        raise NotImplementedError

    def jwk(self) -> Mapping[str, str]:
        """Return the required public members as a JWK (RFC 7517), strings only."""
        raise NotImplementedError


def public_key_from_multikey(text: str) -> PublicKey:
    """Return the key of a ``publicKeyMultibase`` / did:key value (``z…``).

    Raises:
        ProofMalformed: ``key.malformed`` (codec, length, point), ``key.weak_point``.
        ProofUnsupported: ``key.type_unsupported`` for keys that never sign (X25519, BLS…).
    """
    raise NotImplementedError


def public_key_from_jwk(jwk: JsonObject) -> PublicKey:
    """Return the key of a public JWK that may sign.

    Raises:
        ProofMalformed: ``key.malformed``, ``key.private_exposed`` (private members),
            ``key.wrong_use`` (``use`` or ``key_ops`` exclude verifying).
        ProofUnsupported: ``key.too_weak`` (RSA under 2048 bits), ``key.type_unsupported``.
    """
    raise NotImplementedError


def public_key_from_pem(text: str) -> PublicKey:
    """Return the key of one PEM block (SPKI or PKCS#1 public key).

    Raises:
        ProofMalformed: ``key.malformed``, ``key.private_exposed``.
        ProofUnsupported: ``key.too_weak``, ``key.type_unsupported``.
    """
    raise NotImplementedError


def public_key_from_base58(text: str, algorithm: KeyAlgorithm = KeyAlgorithm.ED25519) -> PublicKey:
    """Return the key of a ``publicKeyBase58`` (raw Ed25519 bytes, or a compressed point).

    Raises:
        ProofMalformed: ``key.malformed``.
    """
    raise NotImplementedError


def public_key_from_certificate(der: bytes) -> PublicKey:
    """Return the subject key of an X.509 certificate; nothing else of it is checked.

    Raises:
        ProofMalformed: ``key.malformed``.
        ProofUnsupported: ``key.too_weak``, ``key.type_unsupported``.
    """
    raise NotImplementedError
