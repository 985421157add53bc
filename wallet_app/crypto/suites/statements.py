"""The canonical statements of a document or of proof options, with every check on the way."""

import re
from collections.abc import Mapping
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.jsonld import Expansion, count_values, expand
from wallet_app.crypto.jsonld_places import misplaced
from wallet_app.crypto.rdf import ESCAPES, Escape, to_quads
from wallet_app.crypto.rdfc import Canonical, canonicalize

__all__ = ["document_statements", "has_legacy_controls", "proof_statements", "require_meaning"]

_LEGACY_CONTROL: Final = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_SECURITY: Final = "https://w3id.org/security#"
_PURPOSES: Final = {
    "authentication": "authenticationMethod",
    "capabilityInvocation": "capabilityInvocationMethod",
    "capabilityDelegation": "capabilityDelegationMethod",
    "keyAgreement": "keyAgreementMethod",
}
"""Purposes whose IRI has another name than their term."""

_LIMITS: Final = {
    "expires": "expiration",
    "domain": "domain",
    "challenge": "challenge",
    "previousProof": "previousProof",
}
"""Members by which a proof holds for less, with the names of their IRIs."""


def document_statements(
    document: JsonObject,
    choice: ContextChoice,
    hash_name: str,
    escape: Escape = ESCAPES[0],
    work: CanonicalWork | None = None,
) -> tuple[Canonical, Expansion]:
    """Return the canonical statements of a document, all of it, and its expansion.

    Raises:
        ProofMalformed: ``jsonld.unsigned_term``, ``jsonld.invalid``, ``canon.number``.
        ProofUnsupported: ``context.missing``, ``context.unpinned``, ``canon.budget``.
    """
    if work is not None:
        work.spend(count_values(document))  # each reading, whatever it finds
    expansion = expand(document, choice, work)
    expansion.require_all_signed()
    if len(expansion.nodes) != 1:
        raise ProofMalformed("jsonld.unsigned_term", {"terms": "@graph"})
    return canonicalize(to_quads(expansion.nodes, escape), hash_name, work), expansion


def proof_statements(
    options: JsonObject,
    context: JsonValue,
    choice: ContextChoice,
    hash_name: str,
    work: CanonicalWork | None = None,
) -> Canonical:
    """Return the canonical statements of proof options, read with ``context``.

    The options must mean what they say: a context that turns ``assertionMethod`` into
    another purpose would let a signature for one thing pass for another.

    Raises: as ``document_statements``, and ``jsonld.not_compact``.
    """
    members = {name: value for name, value in options.items() if name != "@context"}
    expansion = expand({"@context": context, **members}, choice, work)
    expansion.require_all_signed()
    if len(expansion.nodes) != 1 or not _means_what_it_says(expansion.nodes[0], options):
        raise ProofMalformed("jsonld.not_compact", {"terms": "proof"})
    expansion.require_compact()
    return canonicalize(to_quads(expansion.nodes), hash_name, work)


def _means_what_it_says(node: JsonValue, options: JsonObject) -> bool:
    if not isinstance(node, Mapping):
        return False
    purpose = str(options.get("proofPurpose"))
    expected: dict[str, JsonValue] = {
        "@type": [f"{_SECURITY}{options.get('type')}"],
        f"{_SECURITY}verificationMethod": [{"@id": options.get("verificationMethod")}],
        f"{_SECURITY}proofPurpose": [{"@id": _SECURITY + _PURPOSES.get(purpose, purpose)}],
    }
    # What is said under another name would not be seen, and what is not said must be absent.
    told = all((_SECURITY + iri in node) is (name in options) for name, iri in _LIMITS.items())
    return told and all(node.get(name) == value for name, value in expected.items())


def require_meaning(expansion: Expansion) -> None:
    """Refuse a document whose JSON reads otherwise than its statements (context validation).

    Raises:
        ProofMalformed: ``jsonld.not_compact``.
    """
    expansion.require_compact()
    away = misplaced(expansion.nodes)
    if away:
        raise ProofMalformed("jsonld.not_compact", {"terms": ", ".join(away)[:500]})


def has_legacy_controls(document: JsonObject) -> bool:
    """Return whether a text holds a control character that old signers left unescaped."""
    waiting: list[JsonValue] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and _LEGACY_CONTROL.search(value):
            return True
    return False
