"""W3C Data Integrity proofs and their predecessors: find them, check them one by one.

Sources: Verifiable Credential Data Integrity 1.0 sections 4.2-4.6 (add and verify proof,
proof sets and chains, context validation), vc-di-eddsa, vc-di-ecdsa. Each proof is checked
alone; what several results add up to is decided in ``verification``. Keys come in resolved:
nothing in a proof is ever used as a key.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextVariant, PinnedContexts
from wallet_app.crypto.errors import (
    Param,
    ProofMalformed,
    ProofUnsupported,
    SignatureInvalid,
)
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey
from wallet_app.crypto.proofs import Proof, previous_proofs, proofs_of, unsecured
from wallet_app.crypto.rdf import ESCAPES
from wallet_app.crypto.suites.detached_jws import verify_detached_jws
from wallet_app.crypto.suites.ecdsa_sd import verify_derived
from wallet_app.crypto.suites.ecdsa_sd_values import parse_derived_value
from wallet_app.crypto.suites.jcs import jcs_hash, signed_view
from wallet_app.crypto.suites.readings import (
    MAX_VALUES_READ,
    Reading,
    first_that_holds,
    readings_of,
)
from wallet_app.crypto.suites.signatures import decode_signature, require_signature
from wallet_app.crypto.suites.statements import (
    document_statements,
    proof_statements,
    require_meaning,
)
from wallet_app.crypto.suites.table import SUITES, Form, Suite

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

_MAX_EXACT_INTEGER: Final = 2**53


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """A proof that holds for ``signed_document`` under the key that was given.

    Attributes:
        signed_document: exactly what the proof covers, without ``proof`` members that are
            not part of it; show and judge this, nothing else.
        notes: warnings (``proof.legacy_suite_name``, ``canon.legacy_escapes`` …).
        contexts: the context contents with which it verified; none for the JCS suites,
            which sign the JSON itself.
    """

    proof: Proof
    signed_document: JsonObject
    notes: tuple[Note, ...] = ()
    contexts: tuple[ContextVariant, ...] = ()


def is_supported(proof: Proof) -> bool:
    """Return whether ``verify_proof`` knows the suite: ask before resolving a key."""
    suite = SUITES.get(proof.suite)
    return suite is not None and suite.proof_type == proof.type


def verify_proof(  # noqa: PLR0913 - the last two have defaults that fit nearly every caller
    document: JsonObject,
    proof: Proof,
    key: PublicKey,
    contexts: PinnedContexts,
    *,
    purpose: str = "assertionMethod",
    work: CanonicalWork | None = None,
) -> VerifiedProof:
    """Check one proof of ``document`` with the resolved key, and the meaning of the document.

    Besides the signature: the proof's purpose, that every statement of the document and of
    the proof is covered by it (RDF suites), and that the document is spelled in the terms
    of its contexts (context validation). ``expires`` is left to the caller's clock. Other
    proofs of the document are not looked at, except those named by ``previousProof``,
    which become part of what is signed. ``work`` is spent by every canonicalization; give
    one budget to all proofs that are checked together.

    Raises:
        SignatureInvalid: ``proof.bad_signature``, or ``canon.js_number_suspected`` when
            the document has whole numbers that many signers cannot represent.
        ProofMalformed: ``proof.malformed``, ``proof.wrong_purpose``, ``proof.sd_base``,
            ``proof.chain_broken``, ``proof.value_malformed``, ``proof.context_mismatch``,
            ``jsonld.unsigned_term``, ``jsonld.not_compact``, ``jsonld.invalid``,
            ``key.suite_mismatch``, ``canon.number``.
        ProofUnsupported: ``proof.unsupported_suite``, ``context.missing``,
            ``context.unpinned``, ``context.variant_missing`` (it does not verify, but not
            every pinned content of a named context is here: fetch
            ``PinnedContexts.wanted`` and ask again), ``canon.budget``.
    """
    suite = _suite_for(proof)
    if proof.purpose != purpose:
        raise ProofMalformed("proof.wrong_purpose", {"purpose": proof.purpose[:60] or "-"})
    if not proof.verification_method:
        raise ProofMalformed("proof.malformed")
    if key.algorithm not in suite.hashes:
        raise ProofMalformed(
            "key.suite_mismatch", {"key": key.algorithm.value, "suite": suite.name}
        )
    _check_value(proof, key, suite)
    work = work or CanonicalWork()
    subject = _Subject(unsecured(document, proof), proof, key, suite, work)
    notes = _notes(suite, proof)
    if suite.form is Form.JCS:
        return VerifiedProof(proof, _verify_jcs(subject), notes)
    max_values = MAX_VALUES_READ // len(proofs_of(document))
    used, more_notes = _verify_statements(subject, contexts, max_values)
    return VerifiedProof(proof, subject.body, notes + more_notes, used)


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
    suite = SUITES.get(str(proof_options.get("cryptosuite", proof_options.get("type"))))
    if suite is None or suite.form is Form.SELECTIVE or key_algorithm not in suite.hashes:
        raise ProofUnsupported("proof.unsupported_suite", {"suite": "-"})
    hash_name = suite.hashes[key_algorithm]
    if suite.form is Form.JCS:
        return jcs_hash(document, proof_options, hash_name)
    reading = Reading(next(contexts.choices(document)), document.get("@context"), ESCAPES[0])
    return _statements_hash(document, proof_options, reading, hash_name)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is checked: the document without its proofs, one proof, and the key for it."""

    body: JsonObject
    proof: Proof
    key: PublicKey
    suite: Suite
    work: CanonicalWork

    @property
    def hash_name(self) -> str:
        """The hash that the key selects in this suite."""
        return self.suite.hashes[self.key.algorithm]


def _suite_for(proof: Proof) -> Suite:
    suite = SUITES.get(proof.suite)
    if suite is None or suite.proof_type != proof.type:
        raise ProofUnsupported("proof.unsupported_suite", {"suite": proof.suite[:60] or "-"})
    return suite


def _check_value(proof: Proof, key: PublicKey, suite: Suite) -> None:
    # Before the costly work, and so that a placeholder is named as what it is.
    value = proof.options.get("proofValue")
    if suite.form is Form.SELECTIVE:
        parse_derived_value(value)
    elif suite.form is not Form.RDFC_JWS:
        decode_signature(value, key)


def _notes(suite: Suite, proof: Proof) -> tuple[Note, ...]:
    notes: list[Note] = []
    if suite.legacy:
        notes.append(("proof.legacy_suite_name", {"suite": suite.name}))
    if proof.purpose == "assertionMethod" and (proof.domain or proof.challenge):
        notes.append(("proof.unexpected_challenge", {}))
    return tuple(notes)


def _verify_jcs(subject: _Subject) -> JsonObject:
    proof, key = subject.proof, subject.key
    signed = signed_view(subject.body, proof.options)
    signature = decode_signature(proof.options.get("proofValue"), key)
    require_signature(key, jcs_hash(signed, proof.signed_options, subject.hash_name), signature)
    return signed


def _verify_statements(
    subject: _Subject, contexts: PinnedContexts, max_values: int
) -> tuple[tuple[ContextVariant, ...], tuple[Note, ...]]:
    body = subject.body

    def check(reading: Reading) -> None:
        _verify_reading(subject, reading)

    try:
        readings = readings_of(body, subject.proof.options, contexts)
        held = first_that_holds(body, contexts, readings, check, max_values)
    except SignatureInvalid as error:
        if _has_inexact_integer(body):
            raise SignatureInvalid("canon.js_number_suspected") from error
        raise
    used = tuple(held.choice.variant(url) for url in contexts.named(body))
    legacy = held.escape is not ESCAPES[0]
    return used, ((("canon.legacy_escapes", {}),) if legacy else ())


def _verify_reading(subject: _Subject, reading: Reading) -> None:
    proof, key, suite = subject.proof, subject.key, subject.suite
    hash_name = subject.hash_name
    statements, expansion = document_statements(
        subject.body, reading.choice, hash_name, reading.escape, subject.work
    )
    options = proof_statements(
        proof.signed_options, reading.proof_context, reading.choice, hash_name, subject.work
    )
    value = proof.options.get("proofValue")
    data = _digest(options.text, hash_name) + _digest(statements.text, hash_name)
    if suite.form is Form.SELECTIVE:
        verify_derived(parse_derived_value(value), statements, options, key, subject.work)
    elif suite.form is Form.RDFC_JWS:
        verify_detached_jws(proof.options.get("jws"), key, data)
    else:
        require_signature(key, data, decode_signature(value, key))
    require_meaning(expansion)


def _statements_hash(
    document: JsonObject, options: JsonObject, reading: Reading, hash_name: str
) -> bytes:
    statements, _ = document_statements(document, reading.choice, hash_name, reading.escape)
    canonical = proof_statements(options, reading.proof_context, reading.choice, hash_name)
    return _digest(canonical.text, hash_name) + _digest(statements.text, hash_name)


def _digest(text: str, hash_name: str) -> bytes:
    return hashlib.new(hash_name, text.encode("utf-8")).digest()


def _has_inexact_integer(value: JsonValue) -> bool:
    if isinstance(value, Mapping):
        return any(_has_inexact_integer(member) for member in value.values())
    if isinstance(value, list):
        return any(_has_inexact_integer(item) for item in value)
    return isinstance(value, int) and abs(value) > _MAX_EXACT_INTEGER
