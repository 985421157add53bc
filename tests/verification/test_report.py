"""The verdict: a truth table over the five checks that decide it."""

import itertools

import pytest

from wallet_app.verification.report import (
    CHECK_ORDER,
    CheckId,
    CheckResult,
    Outcome,
    Verdict,
    decide_verdict,
)

P, F, W, U, N = (
    Outcome.PASSED,
    Outcome.FAILED,
    Outcome.WARNING,
    Outcome.UNKNOWN,
    Outcome.NOT_APPLICABLE,
)


def checks(
    fmt: Outcome = P,
    signature: Outcome = P,
    issuer: Outcome = P,
    status: Outcome = N,
    validity: Outcome = P,
    *,
    status_code: str = "status.revoked",
    validity_code: str = "date.expired",
    informing: Outcome = N,
) -> tuple[CheckResult, ...]:
    outcomes = [fmt, signature, issuer, status, validity, *[informing] * 4]
    codes = {CheckId.STATUS: status_code, CheckId.VALIDITY: validity_code}
    return tuple(
        CheckResult(check, outcome, codes.get(check, "any.code"))
        for check, outcome in zip(CHECK_ORDER, outcomes, strict=True)
    )


@pytest.mark.parametrize("at", range(3))
def test_a_failed_format_signature_or_issuer_beats_everything_else(at: int) -> None:
    outcomes = [P, P, P, F, F]
    outcomes[at] = F
    assert decide_verdict(checks(*outcomes)) is Verdict.FAILED
    outcomes[(at + 1) % 3] = U
    assert decide_verdict(checks(*outcomes)) is Verdict.FAILED


def test_revoked_beats_suspended_beats_undetermined_beats_dates() -> None:
    assert decide_verdict(checks(P, U, U, F, F)) is Verdict.REVOKED
    suspended = checks(P, U, U, F, F, status_code="status.suspended")
    assert decide_verdict(suspended) is Verdict.SUSPENDED
    assert decide_verdict(checks(P, U, P, N, F)) is Verdict.UNDETERMINED
    assert decide_verdict(checks(P, P, U, N, F)) is Verdict.UNDETERMINED


def test_a_date_that_is_over_or_to_come_beats_an_unknown_status() -> None:
    assert decide_verdict(checks(P, P, P, U, F)) is Verdict.EXPIRED
    early = checks(P, P, P, U, F, validity_code="date.not_yet_valid")
    assert decide_verdict(early) is Verdict.NOT_YET_VALID


def test_an_unknown_status_or_date_is_never_verified() -> None:
    assert decide_verdict(checks(P, P, P, U, P)) is Verdict.UNDETERMINED
    assert decide_verdict(checks(P, P, P, P, U)) is Verdict.UNDETERMINED


def test_verified_needs_format_signature_and_issuer_passed_or_warned() -> None:
    for outcomes in itertools.product(Outcome, repeat=5):
        verdict = decide_verdict(checks(*outcomes))
        good = all(outcome in (P, W) for outcome in outcomes[:3])
        calm = all(outcome in (P, W, N) for outcome in outcomes[3:])
        assert (verdict is Verdict.VERIFIED) is (good and calm), outcomes


@pytest.mark.parametrize("informing", Outcome)
def test_schema_recipient_endorsements_and_trust_never_move_the_verdict(informing: Outcome) -> None:
    assert decide_verdict(checks(informing=informing)) is Verdict.VERIFIED
    assert decide_verdict(checks(P, P, U, informing=informing)) is Verdict.UNDETERMINED


def test_a_missing_or_misplaced_check_is_an_error_not_a_pass() -> None:
    with pytest.raises(ValueError, match="signature"):
        decide_verdict(checks()[:8])
    with pytest.raises(ValueError, match="signature"):
        decide_verdict(tuple(reversed(checks())))
