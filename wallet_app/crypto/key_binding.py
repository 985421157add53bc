"""The key binding of an SD-JWT: did the holder's own key show this very token?

Source: RFC 9901 sections 4.3 and 7.3. What it proves depends on the challenge: with one of
our own, that the holder is there now; with anybody else's, only that they once were.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import parse_jws, verify_jws
from wallet_app.crypto.keys import public_key_from_jwk
from wallet_app.crypto.multibase import base64url_encode
from wallet_app.crypto.sd_jwt import HASH_NAMES, SdJwt

__all__ = ["HolderBinding", "require_challenge", "require_past", "verify_key_binding"]

_FRESH_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class HolderBinding:
    """A key binding whose signature and hash hold.

    Attributes:
        nonce, audience: as signed; whose challenge they are is for the caller to know.
        issued_at: Unix seconds.
    """

    nonce: str
    audience: str
    issued_at: int


def verify_key_binding(sd_jwt: SdJwt, claims: JsonObject) -> HolderBinding:
    """Check the key binding of a token against the holder key that its issuer named.

    Args:
        sd_jwt: with a ``key_binding``.
        claims: the issuer's verified payload, disclosures in place; ``cnf`` names the key.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``sd_jwt.key_binding_malformed``, ``sd_jwt.key_binding_of_another``
            (``sd_hash`` is another token's), or as ``verify_jws`` and the key readers.
        ProofUnsupported: ``sd_jwt.holder_key_unsupported``: no ``cnf.jwk``.
    """
    binding = parse_jws(sd_jwt.key_binding)
    if str(binding.header.get("typ")).lower() != "kb+jwt":
        raise ProofMalformed("sd_jwt.key_binding_malformed")
    confirmed = claims.get("cnf")
    jwk = confirmed.get("jwk") if isinstance(confirmed, Mapping) else None
    if not isinstance(jwk, Mapping):
        raise ProofUnsupported("sd_jwt.holder_key_unsupported")
    verify_jws(binding, public_key_from_jwk(jwk))
    payload = _payload(binding.payload)
    if payload.get("sd_hash") != _hash_of(sd_jwt):
        raise ProofMalformed("sd_jwt.key_binding_of_another")
    nonce, audience, issued_at = (payload.get(name) for name in ("nonce", "aud", "iat"))
    if not isinstance(nonce, str) or not isinstance(audience, str) or type(issued_at) is not int:
        raise ProofMalformed("sd_jwt.key_binding_malformed")
    return HolderBinding(nonce, audience, issued_at)


def require_past(binding: HolderBinding, now: datetime) -> None:
    """Refuse a binding that was not made yet: what shows a holder of the past is of the past.

    Raises:
        ProofMalformed: ``sd_jwt.key_binding_early``.
    """
    if binding.issued_at - now.timestamp() > _FRESH_FOR.total_seconds():
        raise ProofMalformed("sd_jwt.key_binding_early")


def require_challenge(binding: HolderBinding, *, nonce: str, audience: str, now: datetime) -> None:
    """Refuse a binding that does not answer the challenge we gave, just now.

    Raises:
        ProofMalformed: ``sd_jwt.key_binding_replayed``.
    """
    age = abs(now.timestamp() - binding.issued_at)
    answers = nonce and (binding.nonce, binding.audience) == (nonce, audience)
    if not answers or age > _FRESH_FOR.total_seconds():
        raise ProofMalformed("sd_jwt.key_binding_replayed")


def _payload(data: bytes) -> JsonObject:
    try:
        return parse_object(data)
    except FormatError as error:
        raise ProofMalformed("sd_jwt.key_binding_malformed") from error


def _hash_of(sd_jwt: SdJwt) -> str:
    algorithm = parse_object(sd_jwt.jws.payload).get("_sd_alg", "sha-256")
    hash_name = HASH_NAMES.get(algorithm) if isinstance(algorithm, str) else None
    if hash_name is None:
        raise ProofUnsupported("sd_jwt.hash_unsupported", {"hash": str(algorithm)[:40]})
    digest = hashlib.new(hash_name, sd_jwt.hashed_part.encode("ascii")).digest()
    return base64url_encode(digest)
