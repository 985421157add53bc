"""Compact JWS: one strict parse, and verification over the received characters.

Sources: RFC 7515, RFC 7518, RFC 7797 (refused here), RFC 8037, RFC 8725, RFC 8812. The
header never chooses the key and never widens the list of algorithms.
"""

from dataclasses import dataclass

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.keys import PublicKey

__all__ = ["JWS_ALGORITHMS", "CompactJws", "parse_jws", "verify_jws", "verify_signature"]

JWS_ALGORITHMS: frozenset[str] = frozenset(
    {
        *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        *("ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519"),
    }
)
"""Every algorithm Coffre accepts; ``none`` and HMAC never are."""


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


def parse_jws(token: str) -> CompactJws:
    """Take a compact JWS apart.

    Raises:
        ProofMalformed: ``jws.malformed`` (parts, base64url, header JSON, white space),
            ``jws.encrypted`` (five parts), ``jws.nested``, ``jws.crit``, ``jws.b64``,
            ``key.private_exposed`` (a private key in the header).
    """
    raise NotImplementedError


def verify_jws(
    jws: CompactJws, key: PublicKey, *, allowed: frozenset[str] = JWS_ALGORITHMS
) -> None:
    """Check the signature with ``key``; returns nothing when it holds.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``jws.algorithm_refused`` (none, HMAC, unknown),
            ``jws.key_mismatch`` (alg does not fit the key).
        ProofUnsupported: ``jws.algorithm_unsupported`` (ES256K-R).
    """
    raise NotImplementedError


def verify_signature(
    algorithm: str, key: PublicKey, signing_input: bytes, signature: bytes
) -> None:
    """Check one JWS signature value (for detached forms such as JAdES).

    Raises: as ``verify_jws``.
    """
    raise NotImplementedError
