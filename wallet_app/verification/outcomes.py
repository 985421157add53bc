"""From a proof error to a check result: what fails, and what only stays unknown."""

from collections.abc import Mapping

from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.context import Finding
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["outcome_of", "passed_or_warning", "stopped"]


def outcome_of(error: ProofError) -> Outcome:
    """Return ``unknown`` for what could not be decided, ``failed`` for what is shown false."""
    return Outcome.UNKNOWN if isinstance(error, ProofUnsupported) else Outcome.FAILED


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
