"""From a proof error to a check result: what fails, and what only stays unknown."""

from collections.abc import Mapping, Sequence

from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.context import Finding
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["deciding_error", "outcome_of", "passed_or_warning", "siblings_unchecked", "stopped"]


def outcome_of(error: ProofError) -> Outcome:
    """Return ``unknown`` for what could not be decided, ``failed`` for what is shown false."""
    return Outcome.UNKNOWN if isinstance(error, ProofUnsupported) else Outcome.FAILED


def deciding_error(errors: Sequence[ProofError], holding: int) -> ProofError | None:
    """Return what stops a set of proofs, None when it holds.

    At least one must hold, and none that can be checked may be bad: a document with one
    false proof must not be shown as clean.

    Args:
        errors: what the proofs that do not hold ended with.
        holding: how many hold.
    """
    bad = next((error for error in errors if outcome_of(error) is Outcome.FAILED), None)
    return bad or (None if holding else errors[0])


def siblings_unchecked(errors: Sequence[ProofError]) -> tuple[Finding, ...]:
    """Return what is told of the proofs that nobody could check beside one that holds."""
    return tuple(("proof.sibling_unchecked", {"code": one.code, **one.params}) for one in errors)


def stopped(check: CheckId, error: ProofError, recorder: Recorder) -> CheckResult:
    """Return the result of a check that ended with this error."""
    return CheckResult(check, outcome_of(error), error.code, dict(error.params), recorder.evidence)


def passed_or_warning(
    check: CheckId,
    code: str,
    params: Mapping[str, str | int],
    findings: tuple[Finding, ...],
    recorder: Recorder,
) -> CheckResult:
    """Return a result that holds: ``warning`` when there is anything to know beside it."""
    outcome = Outcome.WARNING if findings else Outcome.PASSED
    return CheckResult(check, outcome, code, params, recorder.evidence, findings)
