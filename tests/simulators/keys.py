"""Signing keys with fixed, published values: for tests only, worthless anywhere else.

Elliptic and Edwards keys are derived from a name, so that ``SigningKey.ed25519("alice")``
is the same key in every run. RSA keys lie in a file, because making them is slow.
"""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from wallet_app.crypto.keys import KeyAlgorithm
from wallet_app.crypto.multibase import base58_encode

__all__ = ["SigningKey", "base64url"]

_CURVES: dict[KeyAlgorithm, tuple[ec.EllipticCurve, bytes, str, hashes.HashAlgorithm]] = {
    KeyAlgorithm.P256: (ec.SECP256R1(), b"\x80\x24", "ES256", hashes.SHA256()),
    KeyAlgorithm.P384: (ec.SECP384R1(), b"\x81\x24", "ES384", hashes.SHA384()),
    KeyAlgorithm.SECP256K1: (ec.SECP256K1(), b"\xe7\x01", "ES256K", hashes.SHA256()),
}
_ED25519_CODEC = b"\xed\x01"
_RSA_FILE = Path(__file__).with_name("rsa_test_keys.pem")


def base64url(data: bytes) -> str:
    """Return unpadded base64url."""
    return urlsafe_b64encode(data).decode().rstrip("=")


@cache
def _rsa_key(number: int) -> rsa.RSAPrivateKey:
    marker = b"-----BEGIN PRIVATE KEY-----"
    block = marker + _RSA_FILE.read_bytes().split(marker)[number + 1]
    private = serialization.load_pem_private_key(block, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private


@dataclass(frozen=True, eq=False)
class SigningKey:
    """A private key that signs, and its public half in every spelling."""

    algorithm: KeyAlgorithm
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @classmethod
    def ed25519(cls, name: str) -> "SigningKey":
        """Return the Ed25519 key of this name."""
        seed = hashlib.sha256(f"coffre test key {name}".encode()).digest()
        return cls(KeyAlgorithm.ED25519, ed25519.Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def elliptic(cls, name: str, algorithm: KeyAlgorithm = KeyAlgorithm.P256) -> "SigningKey":
        """Return the elliptic key of this name: P-256, P-384 or secp256k1."""
        number = int.from_bytes(hashlib.sha256(f"coffre test key {name}".encode()).digest())
        return cls(algorithm, ec.derive_private_key(number >> 2, _CURVES[algorithm][0]))

    @classmethod
    def rsa(cls, number: int = 0) -> "SigningKey":
        """Return one of the two 2048-bit RSA keys of the test world."""
        return cls(KeyAlgorithm.RSA, _rsa_key(number))

    @property
    def multikey(self) -> str:
        """The public key as Multikey text (``z…``); RSA has none."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            raw = self.private.public_key().public_bytes_raw()
            return "z" + base58_encode(_ED25519_CODEC + raw)
        assert isinstance(self.private, ec.EllipticCurvePrivateKey)
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
        )
        return "z" + base58_encode(_CURVES[self.algorithm][1] + point)

    @property
    def did_key(self) -> str:
        """The did:key of this key."""
        return f"did:key:{self.multikey}"

    @property
    def did_jwk(self) -> str:
        """The did:jwk of this key."""
        return f"did:jwk:{base64url(rfc8785.dumps(self.jwk()))}"

    @property
    def pem(self) -> str:
        """The public key as PEM."""
        return (
            self.private.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )

    @property
    def jws_algorithm(self) -> str:
        """The usual JWS ``alg`` of this key."""
        if self.algorithm is KeyAlgorithm.ED25519:
            return "EdDSA"
        return "RS256" if self.algorithm is KeyAlgorithm.RSA else _CURVES[self.algorithm][2]

    def jwk(self) -> dict[str, Any]:
        """Return the public JWK."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url(public.public_bytes_raw())}
        if isinstance(public, rsa.RSAPublicKey):
            numbers = public.public_numbers()
            return {
                "kty": "RSA",
                "n": base64url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8)),
                "e": base64url(numbers.e.to_bytes(3)),
            }
        point = public.public_numbers()
        size = (public.key_size + 7) // 8
        return {
            "kty": "EC",
            "crv": self.algorithm.value,
            "x": base64url(point.x.to_bytes(size)),
            "y": base64url(point.y.to_bytes(size)),
        }

    def self_signed_certificate(self) -> str:
        """Return a self-signed certificate as an ``x5c`` entry (base64 DER)."""
        assert isinstance(self.private, rsa.RSAPrivateKey)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Famous University")])
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.private.public_key())
            .serial_number(1)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2030, 1, 1, tzinfo=UTC))
            .sign(self.private, hashes.SHA256())
        )
        return b64encode(built.public_bytes(serialization.Encoding.DER)).decode()

    def sign(self, data: bytes) -> bytes:
        """Return the raw signature: EdDSA, r and s side by side, or RSA PKCS#1 v1.5 SHA-256."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        der = self.private.sign(
            data, ec.ECDSA(_CURVES[self.algorithm][3], deterministic_signing=True)
        )
        size = (self.private.key_size + 7) // 8
        return b"".join(number.to_bytes(size) for number in decode_dss_signature(der))
