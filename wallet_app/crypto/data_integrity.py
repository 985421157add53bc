"""W3C Data Integrity proofs and Ed25519Signature2020: find them, check them one by one.

Sources: Verifiable Credential Data Integrity 1.0 sections 4.2-4.5 (add and verify proof,
proof sets and chains, context validation), vc-di-eddsa, vc-di-ecdsa. Each proof is checked
alone; what several results add up to is decided in ``verification``. Keys come in resolved:
nothing in a proof is ever used as a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.contexts import ContextVariant, PinnedContexts
from wallet_app.crypto.errors import Param
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey

__all__ = [
    "Note",
    "Proof",
    "VerifiedProof",
    "hash_data",
    "is_supported",
    "previous_proofs",
    "proofs_of",
    "verify_proof",
]

Note = tuple[str, Mapping[str, Param]]
"""A warning beside a proof that holds: code and params."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One member of ``proof``, as written; nothing is verified or required yet.

    Attributes:
        options: the whole proof object.
        suite: ``cryptosuite`` of a DataIntegrityProof, else ``type``; "" when neither.
        verification_method: absolute or not, as written; "" when absent or no string.
        purpose, created, expires, domain, challenge, id: as written, or "".
        previous: ids in ``previousProof``.
    """

    options: JsonObject
    suite: str
    type: str = ""
    id: str = ""
    verification_method: str = ""
    purpose: str = ""
    created: str = ""
    expires: str = ""
    domain: str = ""
    challenge: str = ""
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """A proof that holds for ``signed_document`` under the key that was given.

    Attributes:
        signed_document: exactly what the proof covers, without ``proof`` members that are
            not part of it; show and judge this, nothing else.
        notes: warnings (``proof.legacy_suite_name``, ``canon.legacy_escapes`` …).
        contexts: the context contents with which it verified.
    """

    proof: Proof
    signed_document: JsonObject
    notes: tuple[Note, ...] = ()
    contexts: tuple[ContextVariant, ...] = ()


def proofs_of(document: JsonObject) -> tuple[Proof, ...]:
    """Return the proofs of a document, in their order; at least one.

    Raises:
        ProofMalformed: ``proof.missing`` (absent, ``[]``, ``{}``), ``proof.malformed``.
    """
    raise NotImplementedError


def is_supported(proof: Proof) -> bool:
    """Return whether ``verify_proof`` knows the suite: ask before resolving a key."""
    raise NotImplementedError


def previous_proofs(document: JsonObject, proof: Proof) -> tuple[Proof, ...]:
    """Return all proofs this one rests on, directly or not; they must verify too.

    Raises:
        ProofMalformed: ``proof.chain_broken``: unknown, ambiguous or circular reference.
    """
    raise NotImplementedError


def verify_proof(
    document: JsonObject,
    proof: Proof,
    key: PublicKey,
    contexts: PinnedContexts,
    *,
    purpose: str = "assertionMethod",
) -> VerifiedProof:
    """Check one proof of ``document`` with the resolved key, and the meaning of the document.

    Besides the signature: the proof's purpose, that every statement of the document and of
    the proof is covered by it (RDF suites), and that the document is spelled in the terms
    of its contexts (context validation). ``expires`` is left to the caller's clock. Other
    proofs of the document are not looked at, except those named by ``previousProof``,
    which become part of what is signed.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``proof.malformed``, ``proof.wrong_purpose``, ``proof.sd_base``,
            ``proof.chain_broken``, ``proof.value_malformed``, ``jsonld.unsigned_term``,
            ``jsonld.not_compact``, ``jsonld.invalid``, ``key.suite_mismatch`` …
        ProofUnsupported: ``proof.unsupported_suite``, ``context.missing``,
            ``context.unpinned``, ``canon.budget``.
    """
    raise NotImplementedError


def hash_data(
    document: JsonObject,
    proof_options: JsonObject,
    key_algorithm: KeyAlgorithm,
    contexts: PinnedContexts,
) -> bytes:
    """Return what an issuer signs: H(proof options) followed by H(document).

    ``document`` has no ``proof`` (or, for a chain, only the previous proofs),
    ``proof_options`` no ``proofValue``; its ``cryptosuite`` (or ``type``) selects the suite.

    Raises: as ``verify_proof``.
    """
    raise NotImplementedError
