"""Check 3, issuer: is the proving key, or the serving host, shown to be the named issuer's?

A good signature alone never answers this. Of several proofs that hold, one that is bound
to the issuer is enough: the signature check has refused any bad one beside it.
"""

from dataclasses import replace
from datetime import datetime

from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.verification.binding import bind
from wallet_app.verification.certificate_binding import (
    NamedIssuer,
    bind_certificate,
    certificate_findings,
    named_issuer,
)
from wallet_app.verification.chain_address import check_address_listed
from wallet_app.verification.chain_lookup import Sealed
from wallet_app.verification.context import (
    Finding,
    HostedBadge,
    ResolvedKey,
    Signed,
    VerificationContext,
)
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import (
    fetch_object,
    host_of,
    moved_to_other_host,
    origin_of,
)
from wallet_app.verification.hosted_scope import check_scope
from wallet_app.verification.members import identifier, text
from wallet_app.verification.outcomes import outcome_of, passed_or_warning, stopped
from wallet_app.verification.proofs.open_badges_signed import listed_keys
from wallet_app.verification.report import CheckId, CheckResult, Outcome
from wallet_app.verification.token_claims import token_issuer

__all__ = ["check_issuer", "issuer_of"]


def check_issuer(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return whether what is proven is proven to be the issuer's.

    Without a good signature nothing is: a key that the issuer publishes has then signed
    something else, or nothing.
    """
    result = _whose_key(signed, context)
    if signed.result.outcome.holds or not result.outcome.holds:
        return result
    return replace(result, outcome=Outcome.UNKNOWN, code="issuer.nothing_signed", findings=())


def _whose_key(signed: Signed, context: VerificationContext) -> CheckResult:
    recorder = Recorder(context.resolver)
    if signed.hosted is None:
        return _check_keys(signed, recorder, context)
    try:
        result = _check_open_badges_issuer(signed, signed.hosted, recorder)
    except ProofError as exc:
        result = stopped(CheckId.ISSUER, exc, recorder)
    return CheckResult(
        result.check,
        result.outcome,
        result.code,
        result.params,
        signed.hosted.evidence,
        result.findings,
    )


def issuer_of(signed: Signed) -> str:
    """Return the issuer id that the proven document names, or ""."""
    if signed.hosted is not None:
        # Where the profile was fetched, not what it calls itself: only that is proven.
        return signed.hosted.profile_url
    return identifier(signed.document.get("issuer")) or token_issuer(signed.claims, signed.document)


def _check_keys(signed: Signed, recorder: Recorder, context: VerificationContext) -> CheckResult:
    issuer = issuer_of(signed)
    named = named_issuer(issuer, signed.document, context.credential.format)
    if not issuer and any(not (key.chain and named.is_named) for key in signed.keys):
        return stopped(CheckId.ISSUER, ProofMalformed("issuer.missing"), recorder)
    errors: list[ProofError] = []
    for key in signed.keys:
        try:
            return _with_key(_bound(key, named, recorder, context), key)
        except ProofError as exc:
            errors.append(exc)
    if signed.sealed is not None:
        try:
            return _check_sender(signed.sealed, issuer, recorder)
        except ProofError as exc:
            errors.append(exc)
    if not errors:
        errors = [ProofUnsupported("issuer.no_key", {"issuer": issuer})]
    # Not decided beats shown wrong: one of the signers may still be the issuer's.
    undecided = [error for error in errors if outcome_of(error) is Outcome.UNKNOWN]
    result = stopped(CheckId.ISSUER, (undecided or errors)[0], recorder)
    return replace(result, findings=_of_certificates(signed, named))


def _with_key(result: CheckResult, key: ResolvedKey) -> CheckResult:
    """Note which key it was, so that another one of the same issuer can be told later."""
    return replace(result, params={**result.params, "key": key.key.thumbprint()})


def _bound(
    key: ResolvedKey, named: NamedIssuer, recorder: Recorder, context: VerificationContext
) -> CheckResult:
    """Return how one key is shown to be the issuer's.

    Raises: as ``bind`` and ``bind_certificate``; of the two, what is shown to be wrong.
    """
    if not key.chain:
        return _bound_by_documents(key, named.id, recorder, context.now)
    context.budget.take_signatures(len(key.chain))
    try:
        return bind_certificate(key, named, context.anchors, context.now)
    except ProofError as exc:
        if not named.id:
            raise
        of_certificate = exc
    try:
        # The issuer may also publish the certificate's key itself.
        return _bound_by_documents(key, named.id, recorder, context.now)
    except ProofUnsupported:
        raise of_certificate from None


def _bound_by_documents(
    key: ResolvedKey, issuer: str, recorder: Recorder, now: datetime
) -> CheckResult:
    code = bind(key, issuer, recorder, now)
    params: dict[str, str | int] = {
        "issuer": issuer,
        "method": key.method,
        "domain": _domain(issuer),
    }
    # Of an identifier that carries its first keys, nobody was asked for the later ones.
    outcome = Outcome.WARNING if code == "issuer.key_in_identifier" else Outcome.PASSED
    return CheckResult(CheckId.ISSUER, outcome, code, params, recorder.evidence)


def _of_certificates(signed: Signed, named: NamedIssuer) -> tuple[Finding, ...]:
    found = (certificate_findings(key.chain[0], None, named) for key in signed.keys if key.chain)
    return next(found, ())


def _check_sender(sealed: Sealed, issuer: str, recorder: Recorder) -> CheckResult:
    """Hold the sender of a Blockcerts 3 seal against the profile at the issuer's address."""
    if not origin_of(issuer):
        raise ProofUnsupported("issuer.id_not_provable", {"issuer": issuer})
    profile, document = fetch_object(issuer, Purpose.ISSUER, recorder)
    if moved_to_other_host(document):
        raise ProofUnsupported("issuer.unreachable", {"issuer": issuer, "url": issuer})
    if text(profile.get("id")) != issuer:
        params = {"url": issuer, "expected": issuer, "found": text(profile.get("id"))}
        raise ProofUnsupported("key.document_mismatch", params)
    check_address_listed(sealed, profile, issuer)
    params = {"issuer": issuer, "domain": _domain(issuer), "address": sealed.sender}
    return CheckResult(
        CheckId.ISSUER, Outcome.PASSED, "issuer.address_listed", params, recorder.evidence
    )


def _domain(issuer: str) -> str:
    """Return the host that vouches, for "issued by <domain>"; "" for a bare key."""
    if issuer.startswith("did:web:"):
        return issuer.removeprefix("did:web:").partition(":")[0].replace("%3A", ":")
    return host_of(issuer)


def _check_open_badges_issuer(
    signed: Signed, hosted: HostedBadge, recorder: Recorder
) -> CheckResult:
    if hosted.problem is not None:
        raise hosted.problem
    if hosted.profile is None:
        raise ProofUnsupported("issuer.hosted_unreachable", {"url": hosted.assertion_url})
    params: dict[str, str | int] = {
        "issuer": hosted.profile_url,
        "domain": host_of(hosted.profile_url),
    }
    if hosted.assertion_url:
        check_scope(hosted)
        code = "issuer.hosted_in_scope"
    elif signed.sealed is not None:
        check_address_listed(signed.sealed, hosted.profile, hosted.profile_url)
        code = "issuer.address_listed"
    else:
        _check_listed(hosted, signed.keys)
        code = "issuer.key_listed"
        params["key"] = signed.keys[0].key.thumbprint()
    return passed_or_warning(CheckId.ISSUER, code, params, hosted.notes, recorder)


def _check_listed(hosted: HostedBadge, keys: tuple[ResolvedKey, ...]) -> None:
    """Refuse a key that the fetched profile does not list, or that names another owner."""
    if not keys:
        raise ProofUnsupported("issuer.no_key", {"issuer": hosted.profile_url})
    params = {"issuer": hosted.profile_url, "method": keys[0].method}
    if keys[0].method not in listed_keys(hosted.profile or {}):
        raise ProofMalformed("issuer.key_not_listed", params)
    own = {hosted.profile_url, text((hosted.profile or {}).get("id")), ""}
    if hosted.key_owner not in own:
        raise ProofMalformed("issuer.key_of_another", {**params, "owner": hosted.key_owner})
