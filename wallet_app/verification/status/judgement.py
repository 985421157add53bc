"""What one status entry says, and what several add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wallet_app.crypto.errors import ProofError
from wallet_app.verification.context import Finding
from wallet_app.verification.report import Outcome

__all__ = ["StatusJudgement", "revoked", "undecided", "worst"]


@dataclass(frozen=True, slots=True)
class StatusJudgement:
    """One entry's answer: ``passed``, ``warning``, ``unknown`` or ``failed`` with its code.

    ``listed_at`` is when its list says it was made; None when it says nothing.
    """

    outcome: Outcome
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    listed_at: datetime | None = None


def undecided(error: ProofError, *findings: Finding) -> StatusJudgement:
    """Return that an entry could not be read: never the same as not revoked."""
    return StatusJudgement(Outcome.UNKNOWN, error.code, dict(error.params), findings)


def revoked(url: str, reason: str = "") -> StatusJudgement:
    """Return that it was withdrawn, with the issuer's reason when one is given."""
    params: dict[str, str | int] = {"url": url}
    if not reason:
        return StatusJudgement(Outcome.FAILED, "status.revoked_without_reason", params)
    return StatusJudgement(Outcome.FAILED, "status.revoked", {**params, "reason": reason[:500]})


def worst(judgements: Sequence[StatusJudgement]) -> StatusJudgement:
    """Return the first of the worst: revoked, suspended, unknown, warning, passed."""
    return min(judgements, key=_rank)


def _rank(judgement: StatusJudgement) -> int:
    if judgement.outcome is Outcome.FAILED:
        return 1 if judgement.code.startswith("status.suspended") else 0
    return {Outcome.UNKNOWN: 2, Outcome.WARNING: 3}.get(judgement.outcome, 4)
