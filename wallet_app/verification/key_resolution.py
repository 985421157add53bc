"""From the name of a key to the key, by the document that publishes it.

Sources: DID Core 1.0 section 3.2, Controlled Identifiers 1.0 section 3.3 ("retrieve
verification method"), did:key, did:jwk, did:web. A key is found by its absolute id in the
document of that id, must be listed for ``assertionMethod``, and must not have ended.
"""

from collections.abc import Callable
from datetime import datetime

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.controller_documents import (
    ASSERTION_METHOD,
    ControllerDocument,
    VerificationMethod,
    find_verification_method,
    parse_controller_document,
)
from wallet_app.crypto.did import (
    did_jwk_document,
    did_key_document,
    did_method,
    did_of,
    did_web_url,
)
from wallet_app.crypto.did_ion import did_ion_document
from wallet_app.crypto.documents import Document, Purpose, Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import PublicKey, public_key_from_jwk, public_key_from_multikey
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.fetching import fetch_object, moved_to_other_host
from wallet_app.verification.members import objects, text

__all__ = ["check_ended", "controller_document_of", "resolve_key"]


_NOTHING_PUBLISHED = frozenset(
    {
        *("document.unreachable", "document.unreadable", "document.gone"),
        *("key.document_mismatch", "key.document_redirected"),
        *("key.none_published", "key.not_published"),
    }
)


def resolve_key(method: str, resolver: Resolver, now: datetime) -> ResolvedKey:
    """Return the key that ``method`` names: a DID URL, a bare did:key, or an https URL.

    Raises:
        ProofMalformed: ``key.method_missing``, ``key.method_malformed``,
            ``key.not_listed`` (did:key, did:jwk), ``key.wrong_purpose``,
            ``key.controller_mismatch``, ``key.expired``, ``key.revoked``, or as the readers
            of ``crypto`` say.
        ProofUnsupported: ``key.not_published`` (the document answers without this key: it
            may have been replaced), ``key.method_unsupported``, ``key.insecure_url``,
            ``key.document_mismatch``, ``key.document_redirected``, ``document.*``.
    """
    if not method:
        raise ProofMalformed("key.method_missing")
    if method.startswith("did:"):
        return _key_of_did(method, resolver, now)
    if method.startswith("https://"):
        return _published_or_fragment(method, lambda: _published_key(method, resolver, now))
    if method.startswith("http://"):
        raise ProofUnsupported("key.insecure_url", {"method": method})
    if ":" not in method:
        raise ProofMalformed("key.method_malformed", {"method": method})
    # Never fetched: file:, data: and the like are not addresses of keys.
    raise ProofUnsupported("key.method_unsupported", {"method": method})


def controller_document_of(identifier: str, resolver: Resolver) -> ControllerDocument:
    """Return the document in which ``identifier`` (a DID or an https URL) lists its keys.

    Raises:
        ProofMalformed: the identifier breaks the rules of its method.
        ProofUnsupported: as ``resolve_key``; also ``document.unreadable``.
    """
    method = did_method(identifier)
    if method == "key":
        return did_key_document(identifier)
    if method == "jwk":
        return did_jwk_document(identifier)
    if method == "ion":
        return did_ion_document(identifier)
    if method == "web":
        found = fetch_object(did_web_url(identifier), Purpose.DID, resolver)
    elif identifier.startswith("https://"):
        found = fetch_object(identifier, Purpose.ISSUER, resolver)
    else:
        raise ProofUnsupported("key.method_unsupported", {"method": identifier})
    return _own_document(identifier, *found)


def _own_document(identifier: str, content: JsonObject, document: Document) -> ControllerDocument:
    _check_stayed(document)
    try:
        controller = parse_controller_document(content)
    except ProofMalformed as exc:
        params = {"url": document.url, "reason": exc.code}
        raise ProofUnsupported("document.unreadable", params) from exc
    if controller.id != identifier:
        params = {"url": document.url, "expected": identifier, "found": controller.id}
        raise ProofUnsupported("key.document_mismatch", params)
    return controller


def _check_stayed(document: Document) -> None:
    if moved_to_other_host(document):
        params = {"url": document.url, "final_url": document.final_url}
        raise ProofUnsupported("key.document_redirected", params)


def _key_of_did(method: str, resolver: Resolver, now: datetime) -> ResolvedKey:
    did = did_of(method)
    controller = controller_document_of(did, resolver)
    if did_method(did) in ("key", "jwk"):
        # A bare did:key names its one key; seen in proofs and in ``kid``.
        name = next(iter(controller.methods)) if method == did else method
        return ResolvedKey(name, _usable(controller, name, now), KeySource.DOCUMENT)
    return _published_or_fragment(method, lambda: _listed(controller, method, now))


def _listed(controller: ControllerDocument, method: str, now: datetime) -> PublicKey:
    if method not in controller.methods:
        # Keys are replaced: what is not there today shows nothing about the day of signing.
        raise ProofUnsupported("key.not_published", {"method": method})
    return _usable(controller, method, now)


def _usable(controller: ControllerDocument, method: str, now: datetime) -> PublicKey:
    found = find_verification_method(controller, method)
    if ASSERTION_METHOD not in found.purposes:
        raise ProofMalformed("key.wrong_purpose", {"method": method})
    if found.controller != controller.id:
        params = {"method": method, "controller": found.controller}
        raise ProofMalformed("key.controller_mismatch", params)
    check_ended(found, now)
    return found.key


def check_ended(method: VerificationMethod, now: datetime) -> None:
    """Refuse a key that its own document says has ended.

    Raises:
        ProofMalformed: ``key.expired``, ``key.revoked``.
        ProofUnsupported: ``key.date_unreadable``.
    """
    for code, written in (("key.expired", method.expires), ("key.revoked", method.revoked)):
        if not written:
            continue
        params = {"method": method.id, "date": written}
        try:
            ended = read_date(written, bound=Bound.END).at
        except UnreadableDateError as exc:
            raise ProofUnsupported("key.date_unreadable", params) from exc
        if ended < now:
            raise ProofMalformed(code, params)


def _published_or_fragment(method: str, published: Callable[[], PublicKey]) -> ResolvedKey:
    """Return the published key; where there is none, the one spelled in the name itself.

    A key in a fragment tells whether the bytes were changed, and nothing about who signed.
    """
    try:
        return ResolvedKey(method, published(), KeySource.DOCUMENT)
    except ProofUnsupported as exc:
        # Only where nothing is published: a published key that may not be used stays so.
        key = _key_in_fragment(method) if exc.code in _NOTHING_PUBLISHED else None
        if key is None:
            raise
        return ResolvedKey(method, key, KeySource.FRAGMENT)


def _key_in_fragment(method: str) -> PublicKey | None:
    """Return the key spelled in a URL's fragment: good for integrity, never for identity."""
    fragment = method.partition("#")[2]
    if not fragment.startswith("z"):
        return None
    try:
        return public_key_from_multikey(fragment)
    except ProofError:
        return None


def _published_key(method: str, resolver: Resolver, now: datetime) -> PublicKey:
    url = method.partition("#")[0]
    content, document = fetch_object(url, Purpose.KEY, resolver)
    _check_stayed(document)
    if "kty" in content or "keys" in content:
        return _key_of_jwk_set(method, content)
    if text(content.get("controller")) and "verificationMethod" not in content:
        return _key_document(method, content, now)
    controller = _own_document(url, content, document)
    if not controller.declares_keys:
        raise ProofUnsupported("key.none_published", {"url": url})
    return _listed(controller, method, now)


def _key_of_jwk_set(method: str, content: JsonObject) -> PublicKey:
    keys = objects(content["keys"]) if "keys" in content else (content,)
    fragment = method.partition("#")[2]
    named = [key for key in keys if text(key.get("kid")) in (method, fragment) and key.get("kid")]
    if not named and len(keys) == 1 and (not fragment or "kid" not in keys[0]):
        named = list(keys)
    if not named:
        raise ProofUnsupported("key.not_published", {"method": method})
    if len(named) > 1:
        raise ProofMalformed("key.ambiguous", {"method": method})
    return public_key_from_jwk(named[0])


def _key_document(method: str, content: JsonObject, now: datetime) -> PublicKey:
    """Read a page that holds one verification method; its controller is asked later."""
    controller = text(content.get("controller"))
    page = parse_controller_document(
        {"id": controller, "verificationMethod": [content], "assertionMethod": [method]}
    )
    return _usable(page, method, now)
