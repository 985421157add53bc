"""Check 4, status: is it revoked, suspended, or in force?

Every entry of ``credentialStatus`` is read, and the worst counts. What cannot be read is
unknown: an unreachable list, an unknown type or purpose are never dropped. No entry at all
means that the issuer publishes no revocation information.
"""

from collections.abc import Callable, Mapping
from functools import partial

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.verification.checks.inner import prove_inner
from wallet_app.verification.checks.issuer import issuer_of
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.members import items, text, types
from wallet_app.verification.report import CheckId, CheckResult, Outcome
from wallet_app.verification.status.judgement import StatusJudgement, undecided, worst
from wallet_app.verification.status.memory import judge_with_memory
from wallet_app.verification.status.revocation_list import (
    judge_hosted_badge,
    judge_one_edtech_list,
    judge_signed_badge,
)
from wallet_app.verification.status.signed_list import (
    ENTRY_TYPES,
    ListQuestion,
    judge_list_entry,
)
from wallet_app.verification.status.token_status_list import judge_status_claim

__all__ = ["MAX_ENTRIES", "check_status"]

MAX_ENTRIES = 10
"""More entries than this are not read: each costs a fetch and a proof."""


def check_status(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return what the issuer says today about the credential."""
    recorder = Recorder(context.resolver)
    judgements = _judge_all(signed, context, recorder)
    decisive = worst(judgements)
    findings: list[Finding] = list(decisive.findings)
    for judgement in judgements:
        if judgement is not decisive:
            findings.append((judgement.code, judgement.params))
            findings.extend(judgement.findings)
    return CheckResult(
        CheckId.STATUS,
        decisive.outcome,
        decisive.code,
        decisive.params,
        recorder.evidence,
        tuple(findings),
    )


def _judge_all(
    signed: Signed, context: VerificationContext, recorder: Recorder
) -> list[StatusJudgement]:
    if signed.hosted is not None and signed.hosted.assertion_url:
        return [judge_hosted_badge(signed.hosted)]
    judges = _judges(signed, context)
    if len(judges) > MAX_ENTRIES:
        return [undecided(ProofUnsupported("status.too_many", {"limit": MAX_ENTRIES}))]
    judgements = [judge_with_memory(judge, recorder, context.earlier) for judge in judges]
    if signed.hosted is not None:
        return judgements
    return [*judgements, *_hidden_entries(signed, none_shown=not judgements)]


def _judges(
    signed: Signed, context: VerificationContext
) -> list[Callable[[Recorder], StatusJudgement]]:
    """Return one reader for each way in which the credential may have been withdrawn."""
    if signed.hosted is not None:
        return [partial(judge_signed_badge, signed.document, signed.hosted, context.now)]
    entries = [
        partial(_judge_entry, entry, kind, signed, context)
        for entry in items(signed.document.get("credentialStatus"))
        for kind in _kinds(entry)
    ]
    claims = [
        partial(judge_status_claim, claim, issuer_of(signed), context.now, context.budget.canonical)
        for claim in _status_claims(signed)
    ]
    return [*entries, *claims]


def _status_claims(signed: Signed) -> list[JsonValue]:
    """Return the ``status`` claims of a token: beside a ``vc`` claim, and within it."""
    if not signed.claims:
        return []
    stated = [part["status"] for part in (signed.claims, signed.document) if "status" in part]
    return stated[:1] if stated[1:] == stated[:1] else stated


def _hidden_entries(signed: Signed, *, none_shown: bool) -> list[StatusJudgement]:
    """Return what is to be said of entries that are not shown, or not there."""
    hidden = signed.concealment
    if hidden.status_in_part or (none_shown and (hidden.members or hidden.claims)):
        return [undecided(ProofUnsupported("status.may_be_hidden"))]
    if hidden.may_withhold:
        return [StatusJudgement(Outcome.WARNING, "status.may_be_withheld")]
    if none_shown:
        return [StatusJudgement(Outcome.NOT_APPLICABLE, "status.none_declared")]
    return []


def _kinds(entry: JsonValue) -> tuple[str, ...]:
    """Return every type of an entry: each is a way to be withdrawn. "" when it has none."""
    return (types(entry) if isinstance(entry, Mapping) else ()) or ("",)


def _judge_entry(
    entry: JsonValue, kind: str, signed: Signed, context: VerificationContext, recorder: Recorder
) -> StatusJudgement:
    if not isinstance(entry, Mapping):
        return undecided(ProofUnsupported("status.type_unknown", {"type": ""}))
    issuer = issuer_of(signed)
    if kind in ENTRY_TYPES:
        question = ListQuestion(
            entry,
            kind,
            issuer,
            context.now,
            recorder,
            lambda original: prove_inner(original, context, recorder),
            context.budget.canonical,
        )
        return judge_list_entry(question)
    if kind == "1EdTechRevocationList":
        own_id = text(signed.document.get("id"))
        return judge_one_edtech_list(entry, own_id, issuer, context.now, recorder)
    return undecided(ProofUnsupported("status.type_unknown", {"type": kind[:100]}))
