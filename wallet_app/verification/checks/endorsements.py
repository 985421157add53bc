"""Check 8, endorsements: who else vouches, each with a full report of its own.

Source: Open Badges 3.0 section EndorsementCredential. A bad endorsement never fails the
badge, and a good one never improves its verdict. What is not signed is a claim, not an
endorsement.
"""

import json

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.members import identifier, items, objects, text
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report, Verdict

__all__ = ["MAX_DEPTH", "MAX_ENDORSEMENTS", "check_endorsements"]

MAX_DEPTH = 2
MAX_ENDORSEMENTS = 50


def check_endorsements(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return one sub-report per embedded endorsement, and what they add up to."""
    stated = context.credential.endorsements
    if not stated:
        return CheckResult(CheckId.ENDORSEMENTS, Outcome.NOT_APPLICABLE, "endorsements.none")
    if context.depth >= MAX_DEPTH:
        count = {"count": len(stated)}
        return CheckResult(CheckId.ENDORSEMENTS, Outcome.UNKNOWN, "endorsements.too_deep", count)
    children: list[Report] = []
    findings: list[Finding] = []
    for one in stated[:MAX_ENDORSEMENTS]:
        endorsement = _read(one)
        if endorsement is None:
            findings.append(("endorsements.unsigned_claim", {}))
            continue
        children.append(context.verify_within(endorsement))
        findings.extend(_notes(endorsement, signed, context))
    if len(stated) > MAX_ENDORSEMENTS:
        findings.append(("endorsements.too_many", {"limit": MAX_ENDORSEMENTS}))
    return _add_up(children, findings)


def _read(stated: JsonObject | str) -> Credential | None:
    """Return the endorsement as a credential; None when it is merely asserted."""
    data = stated if isinstance(stated, str) else json.dumps(stated)
    try:
        (found,) = recognise(Original(data.encode(), ""))
    except (FormatError, ValueError):
        return None
    return found if isinstance(stated, str) or "proof" in stated else None


def _notes(endorsement: Credential, signed: Signed, context: VerificationContext) -> list[Finding]:
    """Say when it endorses something else, or when the issuer praises itself."""
    subjects = {identifier(item) for item in items(endorsement.raw.get("credentialSubject"))} - {""}
    notes: list[Finding] = []
    if not subjects & _endorsable(signed):
        notes.append(("endorsements.other_subject", {"subject": ", ".join(sorted(subjects))[:500]}))
    if endorsement.issuer.id and endorsement.issuer.id == context.credential.issuer.id:
        notes.append(("endorsements.by_issuer_itself", {}))
    return notes


def _endorsable(signed: Signed) -> set[str]:
    """Return the ids an endorsement may speak of: credential, achievement, issuer."""
    document = signed.document
    achievements = {
        text(achievement.get("id"))
        for subject in objects(document.get("credentialSubject"))
        for achievement in objects(subject.get("achievement"))
    }
    own = {text(document.get("id")), identifier(document.get("issuer"))}
    return (own | achievements) - {""}


def _add_up(children: list[Report], findings: list[Finding]) -> CheckResult:
    verdicts = [child.verdict for child in children]
    params: dict[str, str | int] = {
        "count": len(children),
        "verified": verdicts.count(Verdict.VERIFIED),
    }
    if not children:
        outcome, code = Outcome.UNKNOWN, "endorsements.unsigned_claims_only"
    elif any(verdict not in (Verdict.VERIFIED, Verdict.UNDETERMINED) for verdict in verdicts):
        outcome, code = Outcome.FAILED, "endorsements.some_failed"
    elif Verdict.UNDETERMINED in verdicts:
        outcome, code = Outcome.UNKNOWN, "endorsements.some_unknown"
    else:
        outcome, code = Outcome.WARNING if findings else Outcome.PASSED, "endorsements.verified"
    return CheckResult(
        CheckId.ENDORSEMENTS,
        outcome,
        code,
        params,
        findings=tuple(findings),
        children=tuple(children),
    )
