"""Which key a token names: by ``kid``, by its own header, or by who it says it is from.

Sources: RFC 7515 section 4.1, VC-JOSE-COSE section 3, Open Badges 3.0 section 8.2.4.1.
``jku`` and ``x5u`` are never followed.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import replace
from datetime import datetime

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.did import did_method
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import public_key_from_certificate, public_key_from_jwk
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.key_resolution import resolve_key
from wallet_app.verification.members import objects, text

__all__ = ["token_key"]


def token_key(header: JsonObject, issuer: str, resolver: Resolver, now: datetime) -> ResolvedKey:
    """Return the key to check a token with.

    Args:
        header: the protected header.
        issuer: ``iss``, or the issuer id of the credential inside; may be "".
        resolver: gives the documents that publish keys.
        now: aware UTC, against which keys may have ended.

    Raises:
        ProofMalformed: as ``resolve_key``.
        ProofUnsupported: ``key.not_named``, or as ``resolve_key``.
    """
    kid = text(header.get("kid"))
    if kid:
        return replace(resolve_key(_absolute(kid, issuer), resolver, now), in_token=True)
    if "jwk" in header:
        (jwk,) = objects(header["jwk"]) or ({},)
        return ResolvedKey("", public_key_from_jwk(jwk), KeySource.HEADER)
    if "x5c" in header:
        return ResolvedKey("", public_key_from_certificate(_leaf(header)), KeySource.CERTIFICATE)
    if did_method(issuer) in ("key", "jwk"):
        return resolve_key(issuer, resolver, now)
    raise ProofUnsupported("key.not_named")


def _absolute(kid: str, issuer: str) -> str:
    """Return the key's absolute id; a relative one belongs to the issuer."""
    if ":" in kid:
        return kid
    if not issuer:
        raise ProofUnsupported("key.not_named")
    fragment = kid.removeprefix("#")
    return f"{issuer.partition('#')[0]}#{fragment}"


def _leaf(header: JsonObject) -> bytes:
    chain = header["x5c"]
    if not isinstance(chain, list) or not chain:
        raise ProofMalformed("key.malformed")
    try:
        return b64decode(text(chain[0]), validate=True)
    except (Base64Error, ValueError) as exc:
        raise ProofMalformed("key.malformed") from exc
