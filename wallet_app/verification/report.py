"""The report: nine checks in a fixed order, and the one verdict that follows from them.

Rule: shared by every face, stored with each credential, never holding a sentence. The
verdict is computed here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = [
    "CHECK_ORDER",
    "DECIDING",
    "CheckId",
    "CheckResult",
    "Evidence",
    "Outcome",
    "Report",
    "Verdict",
    "decide_verdict",
    "proven_issuer",
]


class CheckId(StrEnum):
    """The nine checks, in the order in which they are always given."""

    FORMAT = "format"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    STATUS = "status"
    VALIDITY = "validity"
    SCHEMA = "schema"
    RECIPIENT = "recipient"
    ENDORSEMENTS = "endorsements"
    TRUST = "trust"


CHECK_ORDER: tuple[CheckId, ...] = tuple(CheckId)


DECIDING: tuple[CheckId, ...] = CHECK_ORDER[:5]
"""The checks that make the verdict; the four after them inform."""


class Outcome(StrEnum):
    """How a check ended. There is no default: a check that was not run is ``unknown``."""

    PASSED = "passed"
    FAILED = "failed"
    WARNING = "warning"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def holds(self) -> bool:
        """Whether what the check asks is shown: a warning is a pass with something beside it."""
        return self in (Outcome.PASSED, Outcome.WARNING)


class Verdict(StrEnum):
    """What the nine checks add up to."""

    VERIFIED = "verified"
    FAILED = "failed"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document that a check rests on.

    Attributes:
        origin: ``network``, ``snapshot`` or ``bundled``.
        sha256: of the bytes as received, lower-case hex.
        fetched_at: aware UTC; None for what is bundled with the program.
    """

    url: str
    sha256: str
    origin: str
    fetched_at: datetime | None = None
    final_url: str = ""
    size_bytes: int = 0
    media_type: str = ""
    http_status: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: outcome, stable dotted code, data for its sentence, evidence used.

    ``params`` values are plain text from anywhere, to be shown escaped. ``children`` are
    the reports of endorsements. ``findings`` are further codes of the same check, such
    as warnings beside a pass, each with its own params.
    """

    check: CheckId
    outcome: Outcome
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[tuple[str, Mapping[str, str | int]], ...] = ()
    children: tuple["Report", ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole verification.

    Attributes:
        checks: all nine, in ``CHECK_ORDER``.
        verdict: ``decide_verdict(checks)``.
        checked_at: the clock that was used, aware UTC.
        credential_sha256: of the original bytes.
        engine: version of the rules, for caches.
        later: a later check that nobody answered. This report then rests on what was kept
            and says how things were at ``checked_at``; ``later`` says what could be told
            at its own ``checked_at``, which is not the same as that all is well.
    """

    checks: tuple[CheckResult, ...]
    verdict: Verdict
    checked_at: datetime
    credential_sha256: str
    engine: str
    later: "Report | None" = None

    def check(self, check_id: CheckId) -> CheckResult:
        """Return one of the nine."""
        return self.checks[CHECK_ORDER.index(check_id)]

    def holds(self, *checks: CheckId) -> bool:
        """Return whether every one of these checks holds."""
        return all(self.check(check).outcome.holds for check in checks)

    @property
    def proven_issuer(self) -> str:
        """The issuer id that this report proves, "" when it proves none."""
        return proven_issuer(self.check(CheckId.SIGNATURE), self.check(CheckId.ISSUER))

    @property
    def as_of(self) -> datetime:
        """The time of which the verdict speaks: that of the oldest document it rests on.

        A verdict is as old as its oldest leg: a key read last year and a list read today
        make a verdict as of last year. Without documents it is the clock that was used.
        """
        read = (
            item.fetched_at
            for result in self.checks[: len(DECIDING)]
            for item in result.evidence
            if item.fetched_at is not None
        )
        return min(read, default=self.checked_at)

    @property
    def latest(self) -> "Report":
        """What the last check found: ``later``, or this report itself."""
        return self.later or self


def proven_issuer(signature: CheckResult, issuer: CheckResult) -> str:
    """Return the issuer id that these two checks prove, "" when they prove none."""
    if not (signature.outcome.holds and issuer.outcome.holds):
        return ""
    return str(issuer.params.get("issuer", ""))


_SUSPENSION_PREFIX = "status.suspended"
_NOT_YET_VALID_CODES = frozenset({"date.not_yet_valid"})


def decide_verdict(checks: tuple[CheckResult, ...]) -> Verdict:
    """Return the verdict: the first rule that applies.

    failed, revoked, suspended, undetermined (signature or issuer), not yet valid,
    expired, undetermined (status or dates), verified.

    Raises:
        ValueError: the nine checks are not all there in order; absence of a result is
            never a pass.
    """
    if tuple(result.check for result in checks) != CHECK_ORDER:
        raise ValueError([result.check for result in checks])
    fmt, signature, issuer, status, validity = checks[:5]
    if Outcome.FAILED in (fmt.outcome, signature.outcome, issuer.outcome):
        return Verdict.FAILED
    if status.outcome is Outcome.FAILED:
        suspended = status.code.startswith(_SUSPENSION_PREFIX)
        return Verdict.SUSPENDED if suspended else Verdict.REVOKED
    if not all(result.outcome.holds for result in (fmt, signature, issuer)):
        return Verdict.UNDETERMINED
    if validity.outcome is Outcome.FAILED:
        early = validity.code in _NOT_YET_VALID_CODES
        return Verdict.NOT_YET_VALID if early else Verdict.EXPIRED
    if Outcome.UNKNOWN in (status.outcome, validity.outcome):
        return Verdict.UNDETERMINED
    return Verdict.VERIFIED
