"""W3C Data Integrity proofs inside a document: one, a set, or a chain.

Source: Verifiable Credential Data Integrity 1.0 sections 4.4 and 4.5. Aggregation is our
own, stricter rule (``deciding_error``).
"""

from dataclasses import dataclass, replace

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.data_integrity import (
    Proof,
    VerifiedProof,
    is_supported,
    previous_proofs,
    proofs_of,
    verify_proof,
)
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jsonld import count_values
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.selective_disclosure import verify_base
from wallet_app.crypto.suites.merkle import MERKLE_SUITES
from wallet_app.verification.chain_lookup import Sealed
from wallet_app.verification.context import (
    Concealment,
    Finding,
    KeySource,
    ResolvedKey,
    Signed,
    VerificationContext,
)
from wallet_app.verification.context_documents import with_missed_contexts
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.evidence import Recorder, evidence_of_contexts
from wallet_app.verification.key_resolution import resolve_key
from wallet_app.verification.outcomes import (
    deciding_error,
    passed_or_warning,
    siblings_unchecked,
    stopped,
)
from wallet_app.verification.proofs.merkle import prove_seal, seal_notes
from wallet_app.verification.report import CheckId

__all__ = ["MAX_PROOFS", "prove_embedded"]

MAX_PROOFS = 8
"""More proofs than this are not checked: each may cost a canonicalization."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """One proof with what became of it: ``verified``, or ``error``."""

    proof: Proof
    key: ResolvedKey | None
    verified: VerifiedProof | None = None
    error: ProofError | None = None
    notes: tuple[Finding, ...] = ()
    sealed: Sealed | None = None


def prove_embedded(document: JsonObject, context: VerificationContext) -> Signed:
    """Check every proof of ``document`` and add up what they show."""
    recorder = Recorder(context.resolver)
    try:
        proofs = proofs_of(document)
        if len(proofs) > MAX_PROOFS:
            raise ProofUnsupported("proof.too_many", {"limit": MAX_PROOFS})
        if context.depth:
            context.budget.take(count_values(document) * len(proofs))
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), document)
    judged = [_judge(document, proof, context, recorder) for proof in proofs]
    recorder.note(evidence_of_contexts(context.contexts.read_with(document)))
    return _add_up(document, _hold_chains(document, judged), recorder)


def _judge(
    document: JsonObject,
    proof: Proof,
    context: VerificationContext,
    recorder: Recorder,
) -> _Judged:
    if not proof.type:
        return _Judged(proof, None, error=ProofMalformed("proof.malformed"))
    if proof.suite in MERKLE_SUITES:
        return _judge_seal(document, proof, context, recorder)
    if not is_supported(proof):
        error = ProofUnsupported("proof.unsupported_suite", {"suite": proof.suite})
        return _Judged(proof, None, error=error)
    key: ResolvedKey | None = None
    try:
        key = resolve_key(proof.verification_method, recorder, context.now)
        _check_expiry(proof, context)
        verified = _verify(document, proof, key.key, context, recorder)
    except ProofError as exc:
        genuine = (
            key
            and exc.code == "proof.sd_base"
            and _is_genuine_base(document, proof, key.key, context, recorder)
        )
        notes: tuple[Finding, ...] = (("proof.sd_base_genuine", {}),) if genuine else ()
        return _Judged(proof, key, error=exc, notes=notes)
    return _Judged(proof, key, verified, notes=(*verified.notes, *_notes(key)))


def _is_genuine_base(
    document: JsonObject,
    proof: Proof,
    key: PublicKey,
    context: VerificationContext,
    resolver: Resolver,
) -> bool:
    """Return whether a base proof holds: said beside the failure, for whoever holds it."""
    work = context.budget.canonical
    try:
        with_missed_contexts(
            document,
            context.contexts,
            resolver,
            lambda contexts: verify_base(document, proof, key, contexts, work=work),
        )
    except ProofError:
        return False
    return True


def _verify(
    document: JsonObject,
    proof: Proof,
    key: PublicKey,
    context: VerificationContext,
    resolver: Resolver,
) -> VerifiedProof:
    work = context.budget.canonical
    return with_missed_contexts(
        document,
        context.contexts,
        resolver,
        lambda contexts: verify_proof(document, proof, key, contexts, work=work),
    )


def _judge_seal(
    document: JsonObject, proof: Proof, context: VerificationContext, recorder: Recorder
) -> _Judged:
    """Judge a Merkle proof: its key is whoever the chain says sent it."""
    try:
        _check_expiry(proof, context)
        body, sealed = prove_seal(document, proof, context, recorder)
    except ProofError as exc:
        return _Judged(proof, None, error=exc)
    return _Judged(proof, None, VerifiedProof(proof, body), notes=seal_notes(sealed), sealed=sealed)


def _check_expiry(proof: Proof, context: VerificationContext) -> None:
    if not proof.expires:
        return
    try:
        end = read_date(proof.expires, bound=Bound.END).at
    except UnreadableDateError as exc:
        raise ProofUnsupported("proof.expiry_unreadable", {"date": proof.expires}) from exc
    if end < context.now:
        raise ProofMalformed("proof.expired", {"date": proof.expires})


def _notes(key: ResolvedKey) -> tuple[Finding, ...]:
    if key.source is KeySource.FRAGMENT:
        return (("key.only_in_fragment", {"method": key.method}),)
    return ()


def _hold_chains(document: JsonObject, judged: list[_Judged]) -> list[_Judged]:
    """Take back a proof whose previous proofs do not all hold (section 4.5)."""
    good = [item.proof.options for item in judged if item.verified]
    held = []
    for item in judged:
        if item.verified and any(
            previous.options not in good for previous in previous_proofs(document, item.proof)
        ):
            error = ProofUnsupported("proof.chain_undecided")
            held.append(_Judged(item.proof, item.key, error=error))
        else:
            held.append(item)
    return held


def _add_up(document: JsonObject, judged: list[_Judged], recorder: Recorder) -> Signed:
    errors = [item.error for item in judged if item.error]
    good = [item for item in judged if item.verified]
    keys = tuple(item.key for item in good or judged if item.key)
    worst = deciding_error(errors, len(good))
    if worst is not None:
        beside = next(item.notes for item in judged if item.error is worst)
        result = replace(stopped(CheckId.SIGNATURE, worst, recorder), findings=beside)
        return Signed(result, document, keys=keys)
    notes = tuple(note for item in good for note in item.notes)
    findings = (*notes, *siblings_unchecked(errors))
    first = good[0]
    params: dict[str, str | int] = {"suite": first.proof.suite, "proofs": len(good)}
    signed_document = first.verified.signed_document if first.verified else document
    result = passed_or_warning(CheckId.SIGNATURE, "proof.verified", params, findings, recorder)
    # A derived proof tells what is mandatory, never what else there was.
    derived = any(item.proof.suite == "ecdsa-sd-2023" for item in good)
    return Signed(
        result,
        signed_document,
        keys=keys,
        sealed=next((item.sealed for item in good if item.sealed), None),
        concealment=Concealment(may_withhold=derived),
    )
