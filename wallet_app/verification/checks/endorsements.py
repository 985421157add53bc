"""Check 8, endorsements: who else vouches, each with a full report of its own.

Source: Open Badges 3.0 section EndorsementCredential. A bad endorsement never fails the
badge, and a good one never improves its verdict. What is not signed is a claim, not an
endorsement.
"""

import json
from contextlib import suppress
from dataclasses import dataclass

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Format, JsonObject, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.checks.issuer import issuer_of
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.key_resolution import resolve_key
from wallet_app.verification.members import identifier, items, objects, text, types
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report, Verdict

__all__ = [
    "MAX_DEPTH",
    "MAX_ENDORSEMENTS",
    "check_endorsements",
    "is_about",
    "read_endorsement",
]

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
    judged: list[_Judged] = []
    with suppress(ProofUnsupported):
        for one in stated[:MAX_ENDORSEMENTS]:
            # Else thousands of badges in one file would each bring all that are allowed.
            context.budget.take_signatures()
            judged.append(_judge(one, signed, context))
    findings = [finding for one in judged for finding in one.findings]
    if len(stated) > len(judged):
        findings.append(("endorsements.too_many", {"limit": len(judged)}))
    return _add_up([one for one in judged if one.signed], findings)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One endorsement.

    Attributes:
        signed: whether there is a signature to check; without, it is a claim.
        report: its own; None when it is no endorsement, and was not checked as one.
        misplaced: it says nothing about this badge. own: its signer is the badge's.
    """

    signed: bool
    report: Report | None = None
    misplaced: bool = False
    own: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What it is worth as an endorsement of this badge."""
        return Verdict.FAILED if self.report is None or self.misplaced else self.report.verdict


def _judge(stated: JsonObject | str, signed: Signed, context: VerificationContext) -> _Judged:
    endorsement = read_endorsement(stated)
    if endorsement is None:
        return _Judged(signed=False, findings=(("endorsements.unsigned_claim", {}),))
    if endorsement.format is not Format.ENDORSEMENT:
        # A genuine badge that was given to somebody is no praise of what they issue.
        kind = ", ".join(types(endorsement.raw))[:200]
        return _Judged(signed=True, findings=(("endorsements.other_kind", {"type": kind}),))
    report = context.verify_within(endorsement)
    findings: list[Finding] = []
    misplaced = not is_about(endorsement, stated, signed.document)
    if misplaced:
        subjects = ", ".join(_subjects(endorsement))
        findings.append(("endorsements.other_subject", {"subject": subjects[:500]}))
    own = _is_by_same_signer(report, signed, context)
    if own:
        findings.append(("endorsements.by_issuer_itself", {}))
    return _Judged(True, report, misplaced, own, tuple(findings))


def read_endorsement(stated: JsonObject | str) -> Credential | None:
    """Return the endorsement as a credential; None when it is merely asserted."""
    data = stated if isinstance(stated, str) else json.dumps(stated)
    try:
        (found,) = recognise(Original(data.encode(), ""))
    except (FormatError, ValueError):
        return None
    return found if isinstance(stated, str) or "proof" in stated else None


def is_about(endorsement: Credential, stated: JsonObject | str, document: JsonObject) -> bool:
    """Return whether it endorses what it is attached to in ``document``, and that alone."""
    subjects = _subjects(endorsement)
    return len(subjects) == 1 and subjects[0] in _endorsed_ids(stated, document)


def _subjects(endorsement: Credential) -> list[str]:
    return [identifier(item) for item in items(endorsement.raw.get("credentialSubject"))]


def _endorsed_ids(stated: JsonObject | str, document: JsonObject) -> set[str]:
    """Return the id of what the endorsement is attached to: badge, achievement or issuer."""
    nodes = [document, *objects(document.get("issuer"))]
    for subject in objects(document.get("credentialSubject")):
        nodes.extend(objects(subject.get("achievement")))
    return {
        text(node.get("id"))
        for node in nodes
        for member in ("endorsement", "endorsementJwt")
        if stated in items(node.get(member))
    } - {""}


def _is_by_same_signer(report: Report, signed: Signed, context: VerificationContext) -> bool:
    """Return whether the badge's issuer praises itself, by whatever name for its key."""
    stated = report.check(CheckId.ISSUER).params
    if stated.get("issuer") and stated.get("issuer") == issuer_of(signed):
        return True
    own = {key.key.thumbprint() for key in signed.keys}
    method = stated.get("method")
    if not own or not isinstance(method, str) or not method:
        return False
    try:
        return resolve_key(method, context.resolver, context.now).key.thumbprint() in own
    except ProofError:
        return False


def _add_up(judged: list[_Judged], findings: list[Finding]) -> CheckResult:
    verdicts = [one.verdict for one in judged]
    verified = sum(one.verdict is Verdict.VERIFIED and not one.own for one in judged)
    params: dict[str, str | int] = {"count": len(judged), "verified": verified}
    if not judged:
        outcome, code = Outcome.UNKNOWN, "endorsements.unsigned_claims_only"
    elif any(verdict not in (Verdict.VERIFIED, Verdict.UNDETERMINED) for verdict in verdicts):
        outcome, code = Outcome.FAILED, "endorsements.some_failed"
    elif Verdict.UNDETERMINED in verdicts:
        outcome, code = Outcome.UNKNOWN, "endorsements.some_unknown"
    elif verified < len(judged):
        outcome, code = Outcome.WARNING, "endorsements.by_issuer_itself"
        findings = [finding for finding in findings if finding[0] != code]
    else:
        outcome, code = Outcome.WARNING if findings else Outcome.PASSED, "endorsements.verified"
    return CheckResult(
        CheckId.ENDORSEMENTS,
        outcome,
        code,
        params,
        findings=tuple(findings),
        children=tuple(one.report for one in judged if one.report is not None),
    )
