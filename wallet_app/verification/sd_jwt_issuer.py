"""The keys of an SD-JWT VC issuer, from the metadata page at its own address.

Source: draft-ietf-oauth-sd-jwt-vc, section JWT VC Issuer Metadata: the page lies at
``/.well-known/jwt-vc-issuer``, put before the path of ``iss``, and names that issuer.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.documents import Purpose, Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey, public_key_from_jwk
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.fetching import fetch_object, moved_to_other_host, origin_of
from wallet_app.verification.members import objects, text

__all__ = ["metadata_key", "metadata_url"]

_WELL_KNOWN = "/.well-known/jwt-vc-issuer"
_MAX_KEYS = 20
_ALGORITHMS = {
    "ES256": KeyAlgorithm.P256,
    "ES384": KeyAlgorithm.P384,
    "ES512": KeyAlgorithm.P521,
    "ES256K": KeyAlgorithm.SECP256K1,
    "EdDSA": KeyAlgorithm.ED25519,
    "Ed25519": KeyAlgorithm.ED25519,
}


def metadata_url(issuer: str) -> str:
    """Return where the metadata of an https issuer lies, "" when it cannot have any."""
    origin = origin_of(issuer)
    if not origin:
        return ""
    parts = urlsplit(issuer)
    if parts.query or parts.fragment:
        return ""
    return f"{origin}{_WELL_KNOWN}{parts.path.rstrip('/')}"


def metadata_key(header: JsonObject, issuer: str, resolver: Resolver) -> ResolvedKey:
    """Return the key that the issuer's metadata lists under the token's ``kid``.

    Without ``kid`` the one key that fits ``alg`` is taken.

    Raises:
        ProofMalformed: ``issuer.metadata_of_another``; as ``public_key_from_jwk``.
        ProofUnsupported: ``document.*``, ``key.document_redirected``,
            ``key.not_published``, ``key.not_named``; as ``public_key_from_jwk``.
    """
    url = metadata_url(issuer)
    if not url:
        raise ProofUnsupported("key.not_named")
    page = _page(url, resolver)
    if text(page.get("issuer")) != issuer:
        params = {"url": url, "issuer": text(page.get("issuer"))}
        raise ProofMalformed("issuer.metadata_of_another", params)
    keys = _keys(page, url, resolver)
    kid = text(header.get("kid"))
    if not kid:
        return ResolvedKey(f"{url}#", _only_fitting(keys, header), KeySource.METADATA)
    named = [key for key in keys if text(key.get("kid")) == kid]
    if len(named) != 1:
        raise ProofUnsupported("key.not_published", {"method": kid})
    return ResolvedKey(f"{url}#{kid}", public_key_from_jwk(named[0]), KeySource.METADATA)


def _page(url: str, resolver: Resolver) -> JsonObject:
    content, document = fetch_object(url, Purpose.KEY, resolver)
    if moved_to_other_host(document):
        params = {"url": url, "final_url": document.final_url}
        raise ProofUnsupported("key.document_redirected", params)
    return content


def _keys(page: JsonObject, url: str, resolver: Resolver) -> tuple[JsonObject, ...]:
    if "jwks" in page:
        key_set = page["jwks"]
        return (objects(key_set.get("keys")) if isinstance(key_set, Mapping) else ())[:_MAX_KEYS]
    address = text(page.get("jwks_uri"))
    if not origin_of(address):
        raise ProofUnsupported("key.none_published", {"url": url})
    return objects(_page(address, resolver).get("keys"))[:_MAX_KEYS]


def _only_fitting(keys: tuple[JsonObject, ...], header: JsonObject) -> PublicKey:
    wanted = _ALGORITHMS.get(text(header.get("alg")), KeyAlgorithm.RSA)
    fitting = []
    for jwk in keys:
        try:
            key = public_key_from_jwk(jwk)
        except ProofError:
            continue
        if key.algorithm is wanted:
            fitting.append(key)
    if len(fitting) != 1:
        raise ProofUnsupported("key.not_named")
    return fitting[0]
