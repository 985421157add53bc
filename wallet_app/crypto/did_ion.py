"""did:ion in its long form: an identifier that carries its own first document.

Source: Sidetree 1.0 sections 6 (hashing, commitments), 9.1.1 (suffix), 9.2 (long form);
ION. The suffix commits to the data behind it, so that nobody can change them; whether keys
were replaced since, only the ION network knows, and it is not asked.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

import rfc8785

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.controller_documents import ControllerDocument, parse_controller_document
from wallet_app.crypto.did import did_method, did_of
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.multibase import base64url_decode, base64url_encode

__all__ = ["did_ion_document"]

_SHA256_MULTIHASH: Final = b"\x12\x20"
_MAX_PATCHES: Final = 10
_PURPOSES: Final = frozenset(
    {
        "assertionMethod",
        "authentication",
        "keyAgreement",
        "capabilityDelegation",
        "capabilityInvocation",
    }
)


def did_ion_document(did: str) -> ControllerDocument:
    """Return the first document of a long-form did:ion.

    Raises:
        ProofMalformed: ``did.malformed``: the data do not fit the suffix, or are not written
            canonically.
        ProofUnsupported: ``key.method_unsupported``: a short form, or a test network.
    """
    if did_method(did) != "ion" or did_of(did) != did:
        raise ProofMalformed("did.malformed")
    suffix, *rest = did.removeprefix("did:ion:").split(":")
    if len(rest) != 1:
        raise ProofUnsupported("key.method_unsupported", {"method": did[:500]})
    state = _initial_state(rest[0])
    suffix_data, delta = state.get("suffixData"), state.get("delta")
    if not isinstance(suffix_data, Mapping) or not isinstance(delta, Mapping):
        raise ProofMalformed("did.malformed")
    # Both links, or the keys could be exchanged under a suffix that stays.
    if _multihash(suffix_data) != suffix or _multihash(delta) != suffix_data.get("deltaHash"):
        raise ProofMalformed("did.malformed")
    return _document(did, list(_public_keys(delta)))


def _initial_state(encoded: str) -> JsonObject:
    data = base64url_decode(encoded)
    try:
        state = parse_object(data)
    except FormatError as error:
        raise ProofMalformed("did.malformed") from error
    if _canonical(state) != data:
        raise ProofMalformed("did.malformed")
    return state


def _canonical(value: JsonValue) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ProofMalformed("did.malformed") from error


def _multihash(value: JsonValue) -> str:
    return base64url_encode(_SHA256_MULTIHASH + hashlib.sha256(_canonical(value)).digest())


def _public_keys(delta: JsonObject) -> Iterator[JsonObject]:
    """Yield the keys after all patches; patches that take away are not read, but refused."""
    patches = delta.get("patches")
    if not isinstance(patches, list) or len(patches) > _MAX_PATCHES:
        raise ProofMalformed("did.malformed")
    for patch in patches:
        action = patch.get("action") if isinstance(patch, Mapping) else None
        if action == "replace" and patch is patches[0]:
            keys = _member(patch.get("document"), "publicKeys")
        elif action == "add-public-keys":
            keys = _member(patch, "publicKeys")
        elif action == "add-services":
            continue
        else:
            raise ProofUnsupported("key.method_unsupported", {"method": "did:ion"})
        for key in keys:
            if not isinstance(key, Mapping):
                raise ProofMalformed("did.malformed")
            yield key


def _member(holder: JsonValue, name: str) -> list[JsonValue]:
    found = holder.get(name, []) if isinstance(holder, Mapping) else None
    if not isinstance(found, list):
        raise ProofMalformed("did.malformed")
    return found


def _document(did: str, keys: list[JsonObject]) -> ControllerDocument:
    methods: list[JsonValue] = []
    listed: dict[str, list[JsonValue]] = {}
    for key in keys:
        name, purposes = key.get("id"), key.get("purposes", [])
        if not isinstance(name, str) or not name or not isinstance(purposes, list):
            raise ProofMalformed("did.malformed")
        method_id = f"{did}#{name.removeprefix('#')}"
        members = {member: value for member, value in key.items() if member != "purposes"}
        methods.append({**members, "id": method_id, "controller": did})
        for purpose in purposes:
            if isinstance(purpose, str) and purpose in _PURPOSES:
                listed.setdefault(purpose, []).append(method_id)
    return parse_controller_document({"id": did, "verificationMethod": methods, **listed})
