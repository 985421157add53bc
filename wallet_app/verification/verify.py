"""A credential verified: nine checks in order, one report, no exception for bad input.

An error of our own in one check leaves that check unknown, and the others as they are.

A pure function of credential, documents, clock and policy: the same inputs give the same
report. Order of calls:

1. ``format``        is it a credential with its mandatory members?
2. ``signature``     do the bytes match a proof, or the page at their own address?
3. ``issuer``        is the key, or the host, the named issuer's?
4. ``status``        revoked, suspended, in force?
5. ``validity``      does now lie in its period?
6. ``schema``        does it satisfy its schema?
7. ``recipient``     is it made out to the owner?
8. ``endorsements``  who else vouches?
9. ``trust``         is the proven issuer in a chosen list?
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from wallet_app.credentials.archive import REFUSED_ENTRIES
from wallet_app.credentials.model import Credential
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import Resolver
from wallet_app.verification.chain_lookup import Explorer
from wallet_app.verification.checks.endorsements import check_endorsements
from wallet_app.verification.checks.format import check_format
from wallet_app.verification.checks.issuer import check_issuer
from wallet_app.verification.checks.recipient import check_recipient
from wallet_app.verification.checks.schema import check_schema
from wallet_app.verification.checks.signature import check_signature
from wallet_app.verification.checks.status import check_status
from wallet_app.verification.checks.trust import check_trust
from wallet_app.verification.checks.validity import check_validity, recheck_validity
from wallet_app.verification.context import (
    Finding,
    OwnerIdentity,
    Signed,
    TrustRegistry,
    VerificationContext,
    WorkBudget,
)
from wallet_app.verification.evidence import ReportArchive
from wallet_app.verification.guard import guarded
from wallet_app.verification.report import (
    CHECK_ORDER,
    CheckId,
    CheckResult,
    Outcome,
    Report,
    decide_verdict,
)
from wallet_app.verification.schemas import Schemas

__all__ = ["ENGINE", "failed_report", "reverdict", "verify"]

ENGINE = "4"
"""Version of the rules; a stored report of another one is worth checking again."""


def verify(  # noqa: PLR0913  (a pure function names all it depends on)
    credential: Credential,
    *,
    resolver: Resolver,
    contexts: PinnedContexts,
    now: datetime,
    identities: Sequence[OwnerIdentity] = (),
    trust: Sequence[TrustRegistry] = (),
    explorers: Sequence[Explorer] = (),
    anchors: Sequence[Anchor] = (),
    schemas: Schemas | None = None,
    earlier: Resolver | None = None,
    budget: WorkBudget | None = None,
) -> Report:
    """Return the report of ``credential``.

    Args:
        credential: as ``recognise`` gave it.
        resolver: answers for documents elsewhere; bounds their size, time and number.
        contexts: the JSON-LD contexts that count.
        now: the clock, aware UTC.
        identities: identifiers that the owner confirmed as theirs.
        trust: lists of issuers that the owner chose.
        explorers: block explorers that the owner allows to be asked.
        anchors: certificates of authorities that the owner chose.
        schemas: what is known of JSON Schemas; None leaves declared ones unchecked.
        earlier: the documents that an earlier check kept; a withdrawal in them stays until
            a newer list takes it back.
        budget: what all credentials of one file may cost together; its own when None.
    """
    archive, share = ReportArchive(resolver), (budget or WorkBudget()).share()

    def verify_at(inner: Credential, depth: int) -> Report:
        context = VerificationContext(
            credential=inner,
            resolver=archive,
            contexts=contexts,
            now=now,
            verify_within=lambda found: verify_at(found, depth + 1),
            budget=share,
            identities=tuple(identities) if depth == 0 else (),
            registries=tuple(trust),
            explorers=tuple(explorers),
            anchors=tuple(anchors),
            schemas=schemas,
            earlier=earlier,
            depth=depth,
        )
        return _report(context)

    return verify_at(credential, 0)


def failed_report(
    original_sha256: str,
    error_code: str,
    params: Mapping[str, str | int],
    now: datetime,
) -> Report:
    """Return the report of an input that is no credential: ``format`` failed and says why."""
    first = CheckResult(CheckId.FORMAT, Outcome.FAILED, error_code, dict(params))
    others = (
        CheckResult(check, Outcome.NOT_APPLICABLE, "check.no_credential")
        for check in CHECK_ORDER[1:]
    )
    checks = (first, *others)
    return Report(checks, decide_verdict(checks), now, original_sha256, ENGINE)


def reverdict(report: Report, credential: Credential, now: datetime) -> Report:
    """Return a stored report with its dates judged at ``now`` and nothing else changed.

    A badge that has expired since the last check shows as expired, one that has begun as
    begun. ``checked_at`` stays: the other checks are as old as they are.

    Raises:
        ValueError: the report is of another credential.
    """
    if report.credential_sha256 != credential.original.sha256:
        raise ValueError(report.credential_sha256)
    checks = tuple(recheck_validity(result, now) for result in report.checks)
    later = reverdict(report.later, credential, now) if report.later else None
    return replace(report, checks=checks, verdict=decide_verdict(checks), later=later)


def _report(context: VerificationContext) -> Report:
    if context.credential.format.is_collection:
        return _container_report(context)
    signed = _signature(context)
    issuer = guarded(CheckId.ISSUER, lambda: check_issuer(signed, context))
    checks = (
        guarded(CheckId.FORMAT, lambda: check_format(signed, context)),
        signed.result,
        issuer,
        guarded(CheckId.STATUS, lambda: check_status(signed, context)),
        guarded(CheckId.VALIDITY, lambda: check_validity(signed, context)),
        guarded(CheckId.SCHEMA, lambda: check_schema(signed, context)),
        guarded(CheckId.RECIPIENT, lambda: check_recipient(signed, context)),
        guarded(CheckId.ENDORSEMENTS, lambda: check_endorsements(signed, context)),
        guarded(
            CheckId.TRUST,
            lambda: check_trust(
                signed.result, issuer, str(issuer.params.get("issuer", "")), context
            ),
        ),
    )
    return _finished(checks, context)


def _signature(context: VerificationContext) -> Signed:
    found: list[Signed] = []

    def check() -> CheckResult:
        found.append(check_signature(context))
        return found[0].result

    result = guarded(CheckId.SIGNATURE, check)
    # After an error nothing is proven: what the checks after it read is merely claimed.
    return found[0] if found else Signed(result, context.credential.secured.document)


def _container_report(context: VerificationContext) -> Report:
    """Report a collection: it says who showed its members, never who issued them."""
    credential = context.credential
    findings: list[Finding] = [
        (code, {}) for code in (*credential.warnings, *_presenter(credential))
    ]
    findings.extend((one.code, {**one.params, "entry": one.name}) for one in credential.left_out)
    # An archive that an honest program would not have made is not called sound.
    refused = next((one for one in findings if one[0] in REFUSED_ENTRIES), None)
    code, params = refused or ("format.container", {"count": len(credential.embedded)})
    found = CheckResult(
        CheckId.FORMAT,
        Outcome.FAILED if refused else Outcome.UNKNOWN,
        code,
        params,
        findings=tuple(one for one in findings if one is not refused),
    )
    others = (
        CheckResult(check, Outcome.NOT_APPLICABLE, "check.of_each_member")
        for check in CHECK_ORDER[1:]
    )
    return _finished((found, *others), context)


def _presenter(credential: Credential) -> tuple[str, ...]:
    """Say that nobody looked at who showed a collection, where somebody signed it."""
    signed = "proof" in credential.raw or bool(credential.secured.token)
    return ("container.presenter_unchecked",) if signed else ()


def _finished(checks: tuple[CheckResult, ...], context: VerificationContext) -> Report:
    return Report(
        checks=checks,
        verdict=decide_verdict(checks),
        checked_at=context.now,
        credential_sha256=context.credential.original.sha256,
        engine=ENGINE,
    )
