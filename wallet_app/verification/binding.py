"""Whether a key that signed is shown to be the named issuer's.

Sources: Data Integrity 1.0 section 4.4, Controlled Identifiers 1.0 section 3.3,
VC-JOSE-COSE section 4. That a credential, a URL fragment, a token header or a foreign
document *says* a key is the issuer's proves nothing; the issuer's own document decides.
"""

from datetime import datetime
from urllib.parse import urlsplit

from wallet_app.crypto.controller_documents import (
    ASSERTION_METHOD,
    ControllerDocument,
    find_verification_method,
    lists_method,
)
from wallet_app.crypto.did import did_method
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.fetching import host_of, origin_of
from wallet_app.verification.key_resolution import check_ended, controller_document_of
from wallet_app.verification.sd_jwt_issuer import metadata_url

__all__ = ["bind"]

_METHODS = frozenset({"key", "jwk", "web", "ion"})
_MAX_KEYS_COMPARED = 50


def bind(key: ResolvedKey, issuer: str, resolver: Resolver, now: datetime) -> str:
    """Return the code of how ``key`` is shown to be the issuer's at ``now``.

    ``issuer.key_is_identifier`` (did:key, did:jwk), ``issuer.key_in_identifier`` (did:ion, whose
    keys may have been replaced since), ``issuer.key_listed`` (its own document
    lists it for assertions) or ``issuer.key_at_issuer`` (a token's key lies under the
    issuer's address).

    Raises:
        ProofMalformed: ``issuer.missing``, ``issuer.key_not_listed``: shown to be wrong.
        ProofUnsupported: ``issuer.unreachable``, ``issuer.id_not_provable``,
            ``issuer.no_keys_published``, ``issuer.embedded_key_unproven``,
            ``issuer.certificate_unanchored``: not shown.
    """
    if not issuer:
        raise ProofMalformed("issuer.missing")
    if key.source is KeySource.METADATA and key.method.startswith(metadata_url(issuer) + "#"):
        return "issuer.key_listed"
    if did_method(issuer) not in _METHODS and not issuer.startswith("https://"):
        raise ProofUnsupported("issuer.id_not_provable", {"issuer": issuer})
    try:
        document = controller_document_of(issuer, resolver)
    except ProofMalformed as exc:
        raise ProofUnsupported("issuer.id_not_provable", {"issuer": issuer}) from exc
    except ProofUnsupported as exc:
        return _bind_without_document(key, issuer, exc)
    if did_method(issuer) in ("key", "jwk"):
        return _bind_to_key_identifier(key, document)
    return _bind_to_document(key, issuer, document, now)


def _bind_to_key_identifier(key: ResolvedKey, document: ControllerDocument) -> str:
    (own,) = document.methods
    found = find_verification_method(document, own)
    if ASSERTION_METHOD in found.purposes and _same_key(found.key.thumbprint(), key):
        return "issuer.key_is_identifier"
    raise ProofMalformed("issuer.key_not_listed", {"issuer": document.id, "method": key.method})


def _bind_without_document(key: ResolvedKey, issuer: str, reason: ProofUnsupported) -> str:
    if _lies_under(key, issuer):
        return "issuer.key_at_issuer"
    params = {"issuer": issuer, **reason.params, "code": reason.code}
    raise ProofUnsupported("issuer.unreachable", params) from reason


def _bind_to_document(
    key: ResolvedKey, issuer: str, document: ControllerDocument, now: datetime
) -> str:
    params = {"issuer": issuer, "method": key.method}
    carried = did_method(issuer) == "ion"
    listed = "issuer.key_in_identifier" if carried else "issuer.key_listed"
    if key.method and lists_method(document, key.method, ASSERTION_METHOD):
        _check_same_key(key, document, now)
        return listed
    if not key.method and _is_among_assertion_keys(key, document, now):
        return listed
    if not document.declares_keys:
        if _lies_under(key, issuer):
            return "issuer.key_at_issuer"
        raise ProofUnsupported("issuer.no_keys_published", params)
    if key.source is KeySource.HEADER:
        raise ProofUnsupported("issuer.embedded_key_unproven", params)
    if key.source is KeySource.CERTIFICATE:
        # Not listed is not contradicted: an issuer need not publish what a certificate shows.
        raise ProofUnsupported("issuer.certificate_unanchored", params)
    raise ProofMalformed("issuer.key_not_listed", params)


def _check_same_key(key: ResolvedKey, document: ControllerDocument, now: datetime) -> None:
    """Refuse a listed id whose key, in the issuer's own document, is another one."""
    if key.method not in document.methods:
        if key.source is KeySource.DOCUMENT:
            return
        raise ProofUnsupported("issuer.embedded_key_unproven", {"method": key.method})
    listed = find_verification_method(document, key.method)
    check_ended(listed, now)
    if not _same_key(listed.key.thumbprint(), key):
        raise ProofMalformed("issuer.key_not_listed", {"issuer": document.id, "method": key.method})


def _is_among_assertion_keys(key: ResolvedKey, document: ControllerDocument, now: datetime) -> bool:
    """Return whether the issuer publishes this very key (RFC 7638 thumbprint)."""
    for method in sorted(document.purposes.get(ASSERTION_METHOD, ()))[:_MAX_KEYS_COMPARED]:
        try:
            listed = find_verification_method(document, method)
            check_ended(listed, now)
        except ProofError:
            continue
        if listed.controller == document.id and _same_key(listed.key.thumbprint(), key):
            return True
    return False


def _same_key(thumbprint: str, key: ResolvedKey) -> bool:
    return thumbprint == key.key.thumbprint()


def _lies_under(key: ResolvedKey, issuer: str) -> bool:
    """Return whether a token's published key lies under the issuer's own https address.

    Elsewhere on the same host is not enough: many issuers may share it.
    """
    if not key.in_token or key.source is not KeySource.DOCUMENT:
        return False
    if not origin_of(issuer) or origin_of(issuer) != origin_of(key.method):
        return False
    parts, home = urlsplit(key.method), urlsplit(issuer)
    segments = parts.path.lower().split("/")
    if home.query or home.fragment or "%" in parts.path or ".." in segments:
        return False
    return bool(host_of(issuer)) and parts.path.startswith(f"{home.path.rstrip('/')}/")
