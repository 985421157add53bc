"""The JCS suites: the signed bytes are the JSON itself, in RFC 8785 form.

Source: vc-di-eddsa 1.0 section 3.3, vc-di-ecdsa 1.0 section 3.3.
"""

import hashlib

import rfc8785

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.jsonld import plain_copy

__all__ = ["canonical_json", "jcs_hash", "signed_view"]


def signed_view(document: JsonObject, options: JsonObject) -> JsonObject:
    """Return the document as the proof covers it: under the proof's own contexts.

    Contexts appended to the document after signing are not covered, so they must not
    decide how it is read.

    Raises:
        ProofMalformed: ``proof.context_mismatch``: the document does not start with the
            proof's contexts.
    """
    if "@context" not in options:
        return document
    signed, found = _contexts(options["@context"]), _contexts(document.get("@context"))
    if found[: len(signed)] != signed:
        raise ProofMalformed("proof.context_mismatch")
    return {**document, "@context": options["@context"]}


def jcs_hash(document: JsonObject, options: JsonObject, hash_name: str) -> bytes:
    """Return H(options) followed by H(document), both in RFC 8785 form.

    Raises:
        ProofMalformed: ``canon.number``: a number that RFC 8785 cannot write.
        ProofUnsupported: ``canon.budget``.
    """
    return _digest(options, hash_name) + _digest(document, hash_name)


def canonical_json(value: JsonObject) -> bytes:
    """Return the RFC 8785 form.

    Raises: as ``jcs_hash``.
    """
    try:
        return rfc8785.dumps(plain_copy(value))
    except rfc8785.CanonicalizationError as error:
        raise ProofMalformed("canon.number") from error


def _digest(value: JsonObject, hash_name: str) -> bytes:
    return hashlib.new(hash_name, canonical_json(value)).digest()


def _contexts(value: JsonValue) -> list[JsonValue]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
