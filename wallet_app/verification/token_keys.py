"""Which key a token names: by ``kid``, by its own header, or by who it says it is from.

Sources: RFC 7515 section 4.1, VC-JOSE-COSE section 3, Open Badges 3.0 section 8.2.4.1.
``jku`` and ``x5u`` are never followed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.certificates import check_thumbprint, parse_chain
from wallet_app.crypto.controller_documents import ControllerDocument
from wallet_app.crypto.did import did_method
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import public_key_from_certificate, public_key_from_jwk
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.key_resolution import controller_document_of, resolve_key
from wallet_app.verification.members import objects, text

__all__ = ["certificate_key", "token_key"]

_ISSUER_UNREADABLE = frozenset(
    {
        *("did.malformed", "did.web_refused", "key.malformed"),
        *("encoding.base58", "encoding.base64url", "encoding.multibase"),
    }
)
"""The issuer is named by something that is no identifier: it names no key, either."""


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
    if ":" in kid:
        return replace(resolve_key(kid, resolver, now), in_token=True)
    if kid and issuer:
        try:
            return _key_of_issuer(kid, issuer, resolver, now)
        except ProofError as exc:
            carried = "jwk" in header or "x5c" in header
            if not carried or not (_is_undecided(exc) or exc.code in _ISSUER_UNREADABLE):
                raise
    if "x5c" in header:
        return certificate_key(header)
    if "jwk" in header:
        jwk = header["jwk"]
        if not isinstance(jwk, Mapping):
            raise ProofMalformed("key.malformed")
        return ResolvedKey("", public_key_from_jwk(jwk), KeySource.HEADER)
    if not kid and did_method(issuer) in ("key", "jwk"):
        return resolve_key(issuer, resolver, now)
    raise ProofUnsupported("key.not_named")


def certificate_key(header: JsonObject) -> ResolvedKey:
    """Return the key of the first certificate in ``x5c``; whose it is, is asked later.

    Raises:
        ProofMalformed: ``key.malformed``, ``certificate.thumbprint_mismatch``, or
            ``certificate.key_differs`` when a ``jwk`` beside it is another key.
        ProofUnsupported: as ``parse_chain`` and ``public_key_from_certificate``.
    """
    chain = parse_chain(header["x5c"])
    check_thumbprint(header, chain[0])
    key = public_key_from_certificate(chain[0].der)
    jwk = header.get("jwk")
    if isinstance(jwk, Mapping) and public_key_from_jwk(jwk) != key:
        # Two readers would check with two keys and name two signers.
        raise ProofMalformed("certificate.key_differs")
    return ResolvedKey("", key, KeySource.CERTIFICATE, chain=chain)


def _is_undecided(error: ProofError) -> bool:
    return isinstance(error, ProofUnsupported)


def _key_of_issuer(kid: str, issuer: str, resolver: Resolver, now: datetime) -> ResolvedKey:
    """Return the issuer's key of this relative name: a fragment, or the ``kid`` of a JWK."""
    home = issuer.partition("#")[0]
    method = f"{home}#{kid.removeprefix('#')}"
    try:
        return replace(resolve_key(method, resolver, now), in_token=True)
    except ProofUnsupported as exc:
        if exc.code != "key.not_published":
            raise
        named = _methods_with_jwk_kid(controller_document_of(home, resolver), kid)
        if len(named) != 1:
            raise
        return replace(resolve_key(named[0], resolver, now), in_token=True)


def _methods_with_jwk_kid(document: ControllerDocument, kid: str) -> list[str]:
    return [
        name
        for name, entries in document.methods.items()
        if any(
            text(jwk.get("kid")) == kid
            for entry in entries
            for jwk in objects(entry.get("publicKeyJwk"))
        )
    ]
