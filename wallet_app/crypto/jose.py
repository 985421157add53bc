"""Compact JWS: one strict parse, and verification over the received characters.

Sources: RFC 7515, RFC 7518, RFC 7797 (refused here), RFC 8037, RFC 8725, RFC 8812. The
header never chooses the key and never widens the list of algorithms.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.keys import PRIVATE_JWK_MEMBERS, KeyAlgorithm, PublicKey
from wallet_app.crypto.multibase import base64url_decode

__all__ = [
    "JWS_ALGORITHMS",
    "CompactJws",
    "check_header",
    "parse_jws",
    "verify_jws",
    "verify_signature",
]


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A token taken apart; nothing of it is verified yet.

    Attributes:
        payload: the decoded bytes that the signature covers.
        signing_input: the received ASCII up to the second dot.
    """

    header: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class _Algorithm:
    key: KeyAlgorithm
    verify: Callable[[PublicKey, bytes, bytes], None]


def _ed25519(key: PublicKey, data: bytes, signature: bytes) -> None:
    if not isinstance(key.key, Ed25519PublicKey):
        raise ProofMalformed("jws.key_mismatch")
    key.key.verify(signature, data)


def _ecdsa(digest: HashAlgorithm) -> Callable[[PublicKey, bytes, bytes], None]:
    def verify(key: PublicKey, data: bytes, signature: bytes) -> None:
        if not isinstance(key.key, EllipticCurvePublicKey):
            raise ProofMalformed("jws.key_mismatch")
        size = (key.key.curve.key_size + 7) // 8
        # RFC 7518 section 3.4: r and s at full length, never DER.
        if len(signature) != 2 * size:
            raise InvalidSignature
        r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
        key.key.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))

    return verify


def _rsa(
    digest: HashAlgorithm, pad: padding.AsymmetricPadding
) -> Callable[[PublicKey, bytes, bytes], None]:
    def verify(key: PublicKey, data: bytes, signature: bytes) -> None:
        if not isinstance(key.key, RSAPublicKey):
            raise ProofMalformed("jws.key_mismatch")
        key.key.verify(signature, data, pad, digest)

    return verify


def _algorithms() -> dict[str, _Algorithm]:
    table = {
        "EdDSA": _Algorithm(KeyAlgorithm.ED25519, _ed25519),
        "Ed25519": _Algorithm(KeyAlgorithm.ED25519, _ed25519),
        "ES256": _Algorithm(KeyAlgorithm.P256, _ecdsa(SHA256())),
        "ES384": _Algorithm(KeyAlgorithm.P384, _ecdsa(SHA384())),
        "ES512": _Algorithm(KeyAlgorithm.P521, _ecdsa(SHA512())),
        "ES256K": _Algorithm(KeyAlgorithm.SECP256K1, _ecdsa(SHA256())),
    }
    for digest in (SHA256(), SHA384(), SHA512()):
        bits = digest.digest_size * 8
        # RFC 7518 section 3.5: the salt is as long as the hash, and MGF1 uses the same hash.
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        table[f"RS{bits}"] = _Algorithm(KeyAlgorithm.RSA, _rsa(digest, padding.PKCS1v15()))
        table[f"PS{bits}"] = _Algorithm(KeyAlgorithm.RSA, _rsa(digest, pss))
    return table


_ALGORITHMS: Final[Mapping[str, _Algorithm]] = _algorithms()
_SAME_NAME: Final = frozenset({"EdDSA", "Ed25519"})
_UNSUPPORTED: Final = frozenset({"ES256K-R"})

JWS_ALGORITHMS: Final[frozenset[str]] = frozenset(_ALGORITHMS)
"""Every algorithm Coffre accepts; ``none`` and HMAC never are."""

_TOKEN_PAYLOAD: Final = re.compile(rb"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){2,4}")
_JWE_PARTS: Final = 5


def parse_jws(token: str) -> CompactJws:
    """Take a compact JWS apart.

    Raises:
        ProofMalformed: ``jws.malformed`` (parts, base64url, header JSON, white space),
            ``jws.encrypted`` (five parts), ``jws.nested``, ``jws.crit``, ``jws.b64``,
            ``jws.algorithm_refused`` (none, HMAC, unknown),
            ``key.malformed`` and ``key.private_exposed`` (a ``jwk`` in the header that is
            no object, or is private, whether it is the key that counts or not).
    """
    parts = token.split(".", _JWE_PARTS)
    if len(parts) == _JWE_PARTS:
        raise ProofMalformed("jws.encrypted")
    if len(parts) != 3:
        raise ProofMalformed("jws.malformed")
    try:
        header_bytes, payload, signature = (base64url_decode(part) for part in parts)
        header = parse_object(header_bytes)
    except (ProofMalformed, FormatError) as error:
        raise ProofMalformed("jws.malformed") from error
    check_header(header)
    if header.get("b64", True) is not True:
        raise ProofMalformed("jws.b64")
    if "crit" in header:
        # A critical extension must be understood; none is defined that Coffre needs here.
        raise ProofMalformed("jws.crit")
    content_type = header.get("cty")
    says_token = isinstance(content_type, str) and content_type.upper() in ("JWT", "JWE", "JOSE")
    if says_token or _TOKEN_PAYLOAD.fullmatch(payload):
        raise ProofMalformed("jws.nested")
    return CompactJws(header, payload, f"{parts[0]}.{parts[1]}".encode("ascii"), signature)


def check_header(header: JsonObject) -> None:
    """Check what holds for the protected header of every form of JWS.

    Raises:
        ProofMalformed: ``jws.malformed`` (no ``alg``), ``jws.encrypted``,
            ``key.malformed``, ``key.private_exposed``.
    """
    if not isinstance(header.get("alg"), str):
        raise ProofMalformed("jws.malformed")
    if "enc" in header:
        raise ProofMalformed("jws.encrypted")
    jwk = header.get("jwk", {})
    if not isinstance(jwk, Mapping):
        raise ProofMalformed("key.malformed")
    if PRIVATE_JWK_MEMBERS & jwk.keys():
        raise ProofMalformed("key.private_exposed")
    # Before a key is looked for: no key whatever makes "none" or an HMAC a signature.
    if header["alg"] not in _ALGORITHMS and header["alg"] not in _UNSUPPORTED:
        raise ProofMalformed("jws.algorithm_refused", {"algorithm": str(header["alg"])[:40]})


def verify_jws(
    jws: CompactJws, key: PublicKey, *, allowed: frozenset[str] = JWS_ALGORITHMS
) -> None:
    """Check the signature with ``key``; returns nothing when it holds.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``jws.algorithm_refused`` (none, HMAC, unknown, not in ``allowed``),
            ``jws.key_mismatch`` (alg does not fit the key).
        ProofUnsupported: ``jws.algorithm_unsupported`` (ES256K-R).
    """
    algorithm = str(jws.header.get("alg"))
    if algorithm in _ALGORITHMS and algorithm not in allowed:
        raise ProofMalformed("jws.algorithm_refused", {"algorithm": algorithm})
    verify_signature(algorithm, key, jws.signing_input, jws.signature)


def verify_signature(
    algorithm: str, key: PublicKey, signing_input: bytes, signature: bytes
) -> None:
    """Check one JWS signature value (for detached forms such as JAdES).

    Raises: as ``verify_jws``.
    """
    if algorithm in _UNSUPPORTED:
        raise ProofUnsupported("jws.algorithm_unsupported", {"algorithm": algorithm})
    rule = _ALGORITHMS.get(algorithm)
    if rule is None:
        raise ProofMalformed("jws.algorithm_refused", {"algorithm": algorithm[:40]})
    names = _SAME_NAME if algorithm in _SAME_NAME else {algorithm}
    if rule.key is not key.algorithm or (key.jws_algorithms and not names & key.jws_algorithms):
        raise ProofMalformed(
            "jws.key_mismatch", {"algorithm": algorithm, "key": key.algorithm.value}
        )
    try:
        rule.verify(key, signing_input, signature)
    except InvalidSignature as error:
        raise SignatureInvalid("proof.bad_signature") from error
