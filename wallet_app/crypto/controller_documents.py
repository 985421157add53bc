"""DID documents and other controller documents, read as data.

Source: W3C Controlled Identifiers 1.0 sections 2 and 3.3, DID Core 1.0 section 5. Keys are
found by their absolute id, never by type or position. A method whose key cannot be read
does not spoil the others: its error is raised when that method is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.keys import PublicKey

__all__ = [
    "ASSERTION_METHOD",
    "ControllerDocument",
    "VerificationMethod",
    "find_verification_method",
    "lists_method",
    "parse_controller_document",
]

ASSERTION_METHOD = "assertionMethod"
"""The only purpose under which a key may sign a credential."""


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
    raise NotImplementedError


def find_verification_method(document: ControllerDocument, absolute_id: str) -> VerificationMethod:
    """Return the method with exactly this id.

    Raises:
        ProofMalformed: ``key.not_listed``, ``key.ambiguous`` (two different keys under one
            id), ``key.malformed``, ``key.private_exposed``.
        ProofUnsupported: ``key.type_unsupported``, ``key.too_weak``.
    """
    raise NotImplementedError


def lists_method(document: ControllerDocument, absolute_id: str, purpose: str) -> bool:
    """Return whether the document lists or embeds this id under ``purpose``."""
    raise NotImplementedError
