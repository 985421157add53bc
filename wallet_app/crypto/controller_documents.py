"""DID documents and other controller documents, read as data.

Source: W3C Controlled Identifiers 1.0 sections 2 and 3.3, DID Core 1.0 section 5. Keys are
found by their absolute id, never by type or position. A method whose key cannot be read
does not spoil the others: its error is raised when that method is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import (
    KeyAlgorithm,
    PublicKey,
    public_key_from_base58,
    public_key_from_jwk,
    public_key_from_multikey,
    public_key_from_pem,
)

__all__ = [
    "ASSERTION_METHOD",
    "ControllerDocument",
    "VerificationMethod",
    "find_verification_method",
    "lists_method",
    "parse_controller_document",
]

ASSERTION_METHOD: Final = "assertionMethod"
"""The only purpose under which a key may sign a credential."""

_PURPOSES: Final = (
    ASSERTION_METHOD,
    "authentication",
    "keyAgreement",
    "capabilityInvocation",
    "capabilityDelegation",
)
_MAX_METHODS: Final = 500

# What a method of this type may hold; None: whatever its key form says.
_METHOD_TYPES: Final[Mapping[str, KeyAlgorithm | None]] = {
    "Multikey": None,
    "JsonWebKey": None,
    "JsonWebKey2020": None,
    "Key": None,
    "CryptographicKey": None,
    "Ed25519VerificationKey2018": KeyAlgorithm.ED25519,
    "Ed25519VerificationKey2020": KeyAlgorithm.ED25519,
    "EcdsaSecp256k1VerificationKey2019": KeyAlgorithm.SECP256K1,
    "EcdsaSecp256r1VerificationKey2019": KeyAlgorithm.P256,
    "RsaVerificationKey2018": KeyAlgorithm.RSA,
}


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One key of a controller document.

    Attributes:
        id: absolute. controller: as written, or the document's id when absent.
        purposes: the relationships that list or embed it (``assertionMethod`` …).
        expires: RFC 3339 text as written, "" when absent. revoked: likewise. The caller
            compares them with its clock.
    """

    id: str
    type: str
    controller: str
    key: PublicKey
    purposes: frozenset[str]
    expires: str = ""
    revoked: str = ""


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """A parsed controller document.

    Attributes:
        id: the document's own id, to be compared with what was asked for.
        methods: absolute id -> the method objects found under it, as written.
        purposes: relationship -> absolute ids it lists, foreign ids included.
        raw: the whole document.
    """

    id: str
    methods: Mapping[str, tuple[JsonObject, ...]]
    purposes: Mapping[str, frozenset[str]]
    raw: JsonObject

    @property
    def declares_keys(self) -> bool:
        """Whether it lists any verification method at all (a plain profile does not)."""
        return bool(self.methods) or any(self.purposes.values())


def parse_controller_document(document: JsonObject) -> ControllerDocument:
    """Read a DID document, or an https controller document.

    Raises:
        ProofMalformed: ``controller.malformed``.
    """
    document_id = document.get("id")
    if not isinstance(document_id, str) or not document_id:
        raise ProofMalformed("controller.malformed")
    methods: dict[str, list[JsonObject]] = {}
    purposes: dict[str, frozenset[str]] = {}
    for entry in _entries(document, "verificationMethod"):
        if isinstance(entry, str):
            raise ProofMalformed("controller.malformed")
        methods.setdefault(_absolute_id(entry, document_id), []).append(entry)
    for purpose in _PURPOSES:
        listed = set()
        for entry in _entries(document, purpose):
            absolute_id = _absolute_id(entry, document_id)
            listed.add(absolute_id)
            if not isinstance(entry, str):
                methods.setdefault(absolute_id, []).append(entry)
        purposes[purpose] = frozenset(listed)
    frozen = {name: tuple(found) for name, found in methods.items()}
    return ControllerDocument(document_id, frozen, purposes, document)


def find_verification_method(document: ControllerDocument, absolute_id: str) -> VerificationMethod:
    """Return the method with exactly this id.

    Raises:
        ProofMalformed: ``key.not_listed``, ``key.ambiguous`` (two different keys under one
            id), ``key.malformed``, ``key.private_exposed``.
        ProofUnsupported: ``key.type_unsupported``, ``key.too_weak``.
    """
    entries = document.methods.get(absolute_id)
    if not entries:
        raise ProofMalformed("key.not_listed", {"method": absolute_id})
    keys = [_read_key(entry) for entry in entries]
    if any(key != keys[0] for key in keys[1:]):
        raise ProofMalformed("key.ambiguous", {"method": absolute_id})
    entry = entries[0]
    controllers = {_text(each, "controller") or document.id for each in entries}
    if len(controllers) != 1:
        raise ProofMalformed("key.ambiguous", {"method": absolute_id})
    return VerificationMethod(
        id=absolute_id,
        type=_text(entry, "type"),
        controller=controllers.pop(),
        key=keys[0],
        purposes=frozenset(
            purpose for purpose, listed in document.purposes.items() if absolute_id in listed
        ),
        expires=_earliest(entries, "expires"),
        revoked=_earliest(entries, "revoked"),
    )


def lists_method(document: ControllerDocument, absolute_id: str, purpose: str) -> bool:
    """Return whether the document lists or embeds this id under ``purpose``."""
    return absolute_id in document.purposes.get(purpose, frozenset())


def _entries(document: JsonObject, member: str) -> Iterator[JsonObject | str]:
    value = document.get(member, [])
    entries = value if isinstance(value, list) else [value]
    if len(entries) > _MAX_METHODS:
        raise ProofMalformed("controller.malformed")
    for entry in entries:
        if not isinstance(entry, str | Mapping):
            raise ProofMalformed("controller.malformed")
        yield entry


def _absolute_id(entry: JsonObject | str, document_id: str) -> str:
    method_id: JsonValue = entry if isinstance(entry, str) else entry.get("id")
    if not isinstance(method_id, str) or not method_id:
        raise ProofMalformed("controller.malformed")
    return document_id + method_id if method_id.startswith("#") else method_id


def _read_key(entry: JsonObject) -> PublicKey:
    method_type = _text(entry, "type")
    if method_type not in _METHOD_TYPES:
        raise ProofUnsupported("key.type_unsupported", {"type": method_type[:60]})
    readers = _key_forms(entry, _METHOD_TYPES[method_type])
    if len(readers) != 1:
        raise ProofMalformed("key.malformed")
    key = readers[0]()
    if _METHOD_TYPES[method_type] not in (None, key.algorithm):
        raise ProofMalformed("key.malformed")
    return key


def _key_forms(
    entry: JsonObject, expected: KeyAlgorithm | None
) -> tuple[Callable[[], PublicKey], ...]:
    found: list[Callable[[], PublicKey]] = []
    multibase, base58 = entry.get("publicKeyMultibase"), entry.get("publicKeyBase58")
    jwk, pem = entry.get("publicKeyJwk"), entry.get("publicKeyPem")
    if isinstance(multibase, str):
        found.append(lambda: public_key_from_multikey(multibase))
    if isinstance(jwk, Mapping):
        found.append(lambda: public_key_from_jwk(jwk))
    if isinstance(base58, str):
        found.append(lambda: public_key_from_base58(base58, expected or KeyAlgorithm.ED25519))
    if isinstance(pem, str):
        found.append(lambda: public_key_from_pem(pem))
    return tuple(found)


def _text(entry: JsonObject, member: str) -> str:
    value = entry.get(member)
    return value if isinstance(value, str) else ""


def _earliest(entries: tuple[JsonObject, ...], member: str) -> str:
    # A date in a form that cannot be read must stay visible to the caller, which fails it.
    texts = [str(entry[member]) for entry in entries if entry.get(member) is not None]
    return min(texts, default="")
