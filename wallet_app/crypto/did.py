"""DIDs: the two self-contained methods, and the address of a did:web document.

Sources: did:key 0.7, did:jwk, did:web method specifications; DID Core 1.0 section 3.1.
Nothing is fetched here.
"""

import ipaddress
import re
from functools import lru_cache
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.controller_documents import (
    ControllerDocument,
    find_verification_method,
    parse_controller_document,
)
from wallet_app.crypto.errors import ProofError, ProofMalformed
from wallet_app.crypto.keys import PublicKey, public_key_from_jwk, public_key_from_multikey
from wallet_app.crypto.multibase import base64url_decode

__all__ = [
    "did_jwk_document",
    "did_key_document",
    "did_method",
    "did_of",
    "did_web_url",
    "self_contained_key",
]

_DID_URL: Final = re.compile(
    r"(did:([a-z0-9]+):[A-Za-z0-9._:%-]*[A-Za-z0-9._%-])(?:[/?][^#\s]*)?(?:#\S*)?"
)
_HOST: Final = re.compile(
    r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*",
    re.IGNORECASE,
)
_PORT: Final = re.compile(r"%3[Aa]([1-9][0-9]{0,4})$")
_PATH_SEGMENT: Final = re.compile(r"[A-Za-z0-9._-]+")
_MAX_DID_CHARS: Final = 8_192
_CACHED_DOCUMENTS: Final = 64
"""A report asks for its issuer's document twice, a folder of badges for ever the same ones."""


def did_of(did_url: str) -> str:
    """Return the DID of a DID URL (path, query and fragment cut off).

    Raises:
        ProofMalformed: ``did.malformed``.
    """
    match = _DID_URL.fullmatch(did_url) if len(did_url) <= _MAX_DID_CHARS else None
    if match is None:
        raise ProofMalformed("did.malformed")
    return match[1]


def did_method(did_url: str) -> str:
    """Return ``key``, ``web`` …, or "" when the text is no DID."""
    match = _DID_URL.fullmatch(did_url) if len(did_url) <= _MAX_DID_CHARS else None
    return match[2] if match else ""


@lru_cache(_CACHED_DOCUMENTS)
def did_key_document(did: str) -> ControllerDocument:
    """Return the document of a did:key: one method, id ``did#multibase``.

    Raises:
        ProofMalformed: ``did.malformed`` or as ``public_key_from_multikey``.
        ProofUnsupported: ``key.type_unsupported``, ``key.too_weak``.
    """
    if did_of(did) != did or did_method(did) != "key":
        raise ProofMalformed("did.malformed")
    multibase = did.removeprefix("did:key:")
    public_key_from_multikey(multibase)
    method: JsonObject = {
        "id": f"{did}#{multibase}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multibase,
    }
    return _single_key_document(did, method, may_sign=True)


def did_jwk_document(did: str) -> ControllerDocument:
    """Return the document of a did:jwk: one method, id ``did#0``.

    Raises:
        ProofMalformed: ``did.malformed`` or as ``public_key_from_jwk``.
        ProofUnsupported: as ``public_key_from_jwk``.
    """
    if did_of(did) != did or did_method(did) != "jwk":
        raise ProofMalformed("did.malformed")
    try:
        jwk = parse_object(base64url_decode(did.removeprefix("did:jwk:")))
    except FormatError as error:
        raise ProofMalformed("did.malformed") from error
    may_sign = jwk.get("use") != "enc"
    if may_sign:
        public_key_from_jwk(jwk)
    method: JsonObject = {
        "id": f"{did}#0",
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": jwk,
    }
    return _single_key_document(did, method, may_sign=may_sign)


def _single_key_document(did: str, method: JsonObject, *, may_sign: bool) -> ControllerDocument:
    purposes = ("assertionMethod", "authentication") if may_sign else ("keyAgreement",)
    listed: JsonObject = {purpose: [method["id"]] for purpose in purposes}
    return parse_controller_document({"id": did, "verificationMethod": [method], **listed})


def self_contained_key(method: str) -> PublicKey | None:
    """Return the key that the name of a key spells itself, None when it must be looked up.

    That is a did:key, a did:jwk, or a Multikey as the fragment of any address. In the last
    case it tells which bytes were signed, never who signed them.
    """
    try:
        kind = did_method(method)
        if kind in ("key", "jwk"):
            document_of = did_key_document if kind == "key" else did_jwk_document
            document = document_of(did_of(method))
            return find_verification_method(document, next(iter(document.methods))).key
        fragment = method.partition("#")[2]
        return public_key_from_multikey(fragment) if fragment.startswith("z") else None
    except ProofError:
        return None


def did_web_url(did: str) -> str:
    """Return the https URL of a did:web document.

    Raises:
        ProofMalformed: ``did.web_refused``: encoded path characters, ``..``, user info,
            query, fragment, IP address as host, port out of range.
    """
    if did_method(did) != "web" or did_of(did) != did:
        raise ProofMalformed("did.web_refused")
    host, *path = did.removeprefix("did:web:").split(":")
    port = _PORT.search(host)
    name = host[: port.start()] if port else host
    if not _HOST.fullmatch(name) or _is_address(name) or (port and int(port[1]) > 65_535):
        raise ProofMalformed("did.web_refused")
    if any(not _PATH_SEGMENT.fullmatch(part) or not part.strip(".") for part in path):
        raise ProofMalformed("did.web_refused")
    authority = f"{name}:{port[1]}" if port else name
    return f"https://{authority}/{'/'.join(path) or '.well-known'}/did.json"


def _is_address(host: str) -> bool:
    # "127.1", "0x7f000001" and "2130706433" are addresses to a resolver, too.
    if re.fullmatch(r"(?:0x[0-9a-f]+|\d+)", host.rstrip(".").rpartition(".")[2], re.IGNORECASE):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
