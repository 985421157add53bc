"""Public keys from the forms in which issuers publish them.

Accepted: Multikey, JWK, PEM and ``publicKeyBase58``. A key is what its encoding says,
exactly: right codec, right length, on the curve, not weak. Sources: W3C Controlled
Identifiers 1.0 section 2.2, RFC 7517, RFC 7518, RFC 7638, RFC 8037.
"""

import hashlib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

import rfc8785
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)
from cryptography.utils import CryptographyDeprecationWarning

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.multibase import base58_decode, base64url_decode, base64url_encode

__all__ = [
    "PRIVATE_JWK_MEMBERS",
    "KeyAlgorithm",
    "PublicKey",
    "load_certificate",
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


_CURVES: Final[Mapping[KeyAlgorithm, ec.EllipticCurve]] = {
    KeyAlgorithm.P256: ec.SECP256R1(),
    KeyAlgorithm.P384: ec.SECP384R1(),
    KeyAlgorithm.P521: ec.SECP521R1(),
    KeyAlgorithm.SECP256K1: ec.SECP256K1(),
}
_EC_CURVE_NAMES: Final = frozenset(algorithm.value for algorithm in _CURVES)
_ALGORITHM_OF_CURVE: Final = {curve.name: algorithm for algorithm, curve in _CURVES.items()}

# multicodec prefix (varint) -> algorithm, https://github.com/multiformats/multicodec
_MULTICODECS: Final[Mapping[bytes, KeyAlgorithm]] = {
    b"\xed\x01": KeyAlgorithm.ED25519,
    b"\x80\x24": KeyAlgorithm.P256,
    b"\x81\x24": KeyAlgorithm.P384,
    b"\x82\x24": KeyAlgorithm.P521,
    b"\xe7\x01": KeyAlgorithm.SECP256K1,
    b"\x85\x24": KeyAlgorithm.RSA,
}

_JWK_CODEC: Final = b"\xd1\xd6\x03"
"""``jwk_jcs-pub``: a JWK in RFC 8785 form, as did:key has it in the European EBSI network."""

_CACHED_KEYS: Final = 128
"""One report asks for the issuer's key several times, a folder of badges for ever the same."""

_MIN_RSA_BITS: Final = 2_048
_MAX_RSA_BITS: Final = 8_192
_MAX_RSA_EXPONENT_BITS: Final = 64
"""An exponent as long as the key makes checking as slow as signing, for a stranger's key."""
PRIVATE_JWK_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a JWK (RFC 7518 section 6) that only the owner of a key may ever have."""

# RFC 8032 field prime, and the y coordinates of all points of order 1, 2, 4 and 8: under
# such a key one signature fits many messages.
_ED25519_PRIME: Final = 2**255 - 19
_ORDER_8_Y: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_SMALL_ORDER_Y: Final = frozenset(
    {0, 1, _ED25519_PRIME - 1, _ORDER_8_Y, _ED25519_PRIME - _ORDER_8_Y}
)


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
        return base64url_encode(hashlib.sha256(rfc8785.dumps(dict(self.jwk()))).digest())

    def jwk(self) -> Mapping[str, str]:
        """Return the required public members as a JWK (RFC 7517), strings only."""
        if isinstance(self.key, Ed25519PublicKey):
            raw = self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(raw)}
        if isinstance(self.key, RSAPublicKey):
            rsa_numbers = self.key.public_numbers()
            return {"kty": "RSA", "n": _number(rsa_numbers.n), "e": _number(rsa_numbers.e)}
        numbers = self.key.public_numbers()
        size = (self.key.curve.key_size + 7) // 8
        return {
            "kty": "EC",
            "crv": self.algorithm.value,
            "x": base64url_encode(numbers.x.to_bytes(size)),
            "y": base64url_encode(numbers.y.to_bytes(size)),
        }

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, PublicKey) and self.thumbprint() == other.thumbprint()

    def __hash__(self) -> int:
        return hash(self.thumbprint())


@lru_cache(_CACHED_KEYS)
def public_key_from_multikey(text: str) -> PublicKey:
    """Return the key of a ``publicKeyMultibase`` / did:key value (``z…``).

    Raises:
        ProofMalformed: ``key.malformed`` (codec, length, point), ``key.weak_point``, or as
            ``public_key_from_jwk``.
        ProofUnsupported: ``key.type_unsupported`` for keys that never sign (X25519, BLS…),
            ``key.too_weak``.
    """
    if not text.startswith("z"):
        raise ProofMalformed("key.malformed")
    data = base58_decode(text[1:])
    if data.startswith(_JWK_CODEC):
        return _from_jwk_text(data.removeprefix(_JWK_CODEC))
    algorithm = _MULTICODECS.get(data[:2])
    if algorithm is None:
        raise ProofUnsupported("key.type_unsupported", {"type": f"multicodec 0x{data[:2].hex()}"})
    return _from_raw(algorithm, data[2:])


def _from_jwk_text(data: bytes) -> PublicKey:
    try:
        jwk = parse_object(data)
        canonical = rfc8785.dumps(dict(jwk))
    except (FormatError, rfc8785.CanonicalizationError) as error:
        raise ProofMalformed("key.malformed") from error
    # One spelling: members in another order would be another identifier of the same key.
    if canonical != data:
        raise ProofMalformed("key.malformed")
    return public_key_from_jwk(jwk)


def public_key_from_base58(text: str, algorithm: KeyAlgorithm = KeyAlgorithm.ED25519) -> PublicKey:
    """Return the key of a ``publicKeyBase58`` (raw Ed25519 bytes, or a compressed point).

    Raises:
        ProofMalformed: ``key.malformed``, ``key.weak_point``.
    """
    return _from_raw(algorithm, base58_decode(text))


def _from_raw(algorithm: KeyAlgorithm, data: bytes) -> PublicKey:
    if algorithm is KeyAlgorithm.ED25519:
        return _ed25519(data)
    if algorithm is KeyAlgorithm.RSA:
        return _from_library(lambda: load_der_public_key(data))
    curve = _CURVES[algorithm]
    # 0x02 and 0x03: a compressed point. The length alone would let other forms pass.
    if len(data) != (curve.key_size + 7) // 8 + 1 or data[0] not in (2, 3):
        raise ProofMalformed("key.malformed")
    return _from_library(lambda: EllipticCurvePublicKey.from_encoded_point(curve, data))


def _ed25519(data: bytes, jws_algorithms: frozenset[str] = frozenset()) -> PublicKey:
    y = int.from_bytes(data, "little") & ((1 << 255) - 1)
    if len(data) != 32 or y >= _ED25519_PRIME:
        raise ProofMalformed("key.malformed")
    if y in _SMALL_ORDER_Y:
        raise ProofMalformed("key.weak_point")
    key = Ed25519PublicKey.from_public_bytes(data)
    return PublicKey(KeyAlgorithm.ED25519, key, jws_algorithms)


def public_key_from_jwk(jwk: JsonObject) -> PublicKey:
    """Return the key of a public JWK that may sign.

    Raises:
        ProofMalformed: ``key.malformed``, ``key.private_exposed`` (private members),
            ``key.wrong_use`` (``use`` or ``key_ops`` exclude verifying).
        ProofUnsupported: ``key.too_weak`` (RSA under 2048 bits), ``key.type_unsupported``.
    """
    if PRIVATE_JWK_MEMBERS & jwk.keys():
        raise ProofMalformed("key.private_exposed")
    operations = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not (
        isinstance(operations, list) and "verify" in operations
    ):
        raise ProofMalformed("key.wrong_use")
    algorithm = jwk.get("alg")
    restricted = frozenset({algorithm}) if isinstance(algorithm, str) else frozenset()
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return _ed25519(_octets(jwk, "x"), restricted)
        case "EC", str(curve) if curve in _EC_CURVE_NAMES:
            return _from_ec_jwk(jwk, KeyAlgorithm(curve), restricted)
        case "RSA", _:
            numbers = rsa.RSAPublicNumbers(
                e=int.from_bytes(_octets(jwk, "e")), n=int.from_bytes(_octets(jwk, "n"))
            )
            _check_rsa(numbers)
            return _from_library(numbers.public_key, restricted)
    kind = f"{jwk.get('kty')} {jwk.get('crv', '')}".strip()
    raise ProofUnsupported("key.type_unsupported", {"type": kind[:60]})


def _from_ec_jwk(
    jwk: JsonObject, algorithm: KeyAlgorithm, jws_algorithms: frozenset[str]
) -> PublicKey:
    curve = _CURVES[algorithm]
    x, y = _octets(jwk, "x"), _octets(jwk, "y")
    if {len(x), len(y)} != {(curve.key_size + 7) // 8}:
        raise ProofMalformed("key.malformed")
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), curve)
    return _from_library(numbers.public_key, jws_algorithms)


def public_key_from_pem(text: str) -> PublicKey:
    """Return the key of one PEM block (SPKI or PKCS#1 public key).

    Raises:
        ProofMalformed: ``key.malformed``, ``key.private_exposed``.
        ProofUnsupported: ``key.too_weak``, ``key.type_unsupported``.
    """
    if "PRIVATE KEY" in text:
        raise ProofMalformed("key.private_exposed")
    if text.count("-----BEGIN ") != 1:
        raise ProofMalformed("key.malformed")
    return _from_library(lambda: load_pem_public_key(text.encode("utf-8")))


def public_key_from_certificate(der: bytes) -> PublicKey:
    """Return the subject key of an X.509 certificate; nothing else of it is checked.

    Raises:
        ProofMalformed: ``key.malformed``.
        ProofUnsupported: ``key.too_weak``, ``key.type_unsupported``.
    """
    return _from_library(lambda: load_certificate(der).public_key())


def load_certificate(der: bytes) -> x509.Certificate:
    """Return a certificate, none of whose parts beside its serial number is looked at.

    Raises:
        ProofMalformed: ``key.malformed``: no certificate, or a serial number that is not
            positive (RFC 5280 section 4.1.2.2).
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
    except (*_NO_CERTIFICATE, CryptographyDeprecationWarning) as error:
        raise ProofMalformed("key.malformed") from error
    if certificate.serial_number <= 0:
        raise ProofMalformed("key.malformed")
    return certificate


_NO_CERTIFICATE: Final = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)
# The library tells it on standard error, where a stranger's file has no say; it is refused.
warnings.filterwarnings("ignore", "Parsed a serial number", CryptographyDeprecationWarning)


def _from_library(
    load: Callable[[], object], jws_algorithms: frozenset[str] = frozenset()
) -> PublicKey:
    try:
        key = load()
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise ProofMalformed("key.malformed") from error
    if isinstance(key, Ed25519PublicKey):
        return _ed25519(key.public_bytes(Encoding.Raw, PublicFormat.Raw), jws_algorithms)
    if isinstance(key, RSAPublicKey):
        _check_rsa(key.public_numbers())
        return PublicKey(KeyAlgorithm.RSA, key, jws_algorithms)
    if isinstance(key, EllipticCurvePublicKey) and key.curve.name in _ALGORITHM_OF_CURVE:
        return PublicKey(_ALGORITHM_OF_CURVE[key.curve.name], key, jws_algorithms)
    raise ProofUnsupported("key.type_unsupported", {"type": type(key).__name__})


def _check_rsa(numbers: rsa.RSAPublicNumbers) -> None:
    bits = numbers.n.bit_length()
    if bits < _MIN_RSA_BITS:
        raise ProofUnsupported("key.too_weak", {"bits": bits, "minimum": _MIN_RSA_BITS})
    if bits > _MAX_RSA_BITS or numbers.e.bit_length() > _MAX_RSA_EXPONENT_BITS:
        raise ProofMalformed("key.malformed")
    if numbers.e < 3 or numbers.e % 2 == 0 or numbers.n % 2 == 0:
        raise ProofMalformed("key.malformed")


def _octets(jwk: JsonObject, member: str) -> bytes:
    text = jwk.get(member)
    if not isinstance(text, str) or not text:
        raise ProofMalformed("key.malformed")
    return base64url_decode(text)


def _number(value: int) -> str:
    return base64url_encode(value.to_bytes((value.bit_length() + 7) // 8))
