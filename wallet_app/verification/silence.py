"""Telling "nobody answered" from "something else was answered". Pure.

A report made without answers says nothing new: it neither takes back what was found
earlier nor confirms it for today.
"""

from datetime import timedelta
from typing import Final

from wallet_app.verification.report import DECIDING, CheckId, Evidence, Outcome, Report, Verdict

__all__ = [
    "PROOF_CHECKS",
    "issuer_is_silent",
    "list_is_silent",
    "rests_on_silence",
    "went_unanswered",
]

PROOF_CHECKS: Final = (CheckId.SIGNATURE, CheckId.ISSUER)

_ANSWERED_WITHIN: Final = timedelta(hours=1)
"""A document read longer ago than this before a check was not given for that check."""

_NO_ANSWER: Final = frozenset(
    {
        *("document.unreachable", "issuer.unreachable", "issuer.hosted_unreachable"),
        *("status.hosted_unreachable", "status.profile_unreachable", "anchor.unchecked"),
    }
)
_TOO_OLD: Final = frozenset({"hosted.stale", "status.list_stale", "issuer.nothing_signed"})
"""What becomes of a check that has only a kept copy, or rests on a check that does."""


def rests_on_silence(report: Report) -> bool:
    """Return whether a report is undetermined for want of answers, and for nothing else."""
    undecided = [
        result.code
        for result in report.checks[: len(DECIDING)]
        if result.outcome is Outcome.UNKNOWN
    ]
    silent = all(code in _NO_ANSWER | _TOO_OLD for code in undecided)
    return report.verdict is Verdict.UNDETERMINED and bool(undecided) and silent


def went_unanswered(report: Report) -> bool:
    """Return whether the latest check behind a report was left without the answers it needed."""
    return report.later is not None or rests_on_silence(report)


def issuer_is_silent(report: Report) -> bool:
    """Return whether the issuer's own pages gave no answer for this check."""
    if _was_shown_false(report):
        return False
    results = [report.check(check) for check in PROOF_CHECKS]
    if any(result.code in _NO_ANSWER for result in results):
        return True
    return any(_is_old(item, report) for result in results for item in result.evidence)


def list_is_silent(report: Report) -> bool:
    """Return whether the list of withdrawals gave no answer for this check."""
    status = report.check(CheckId.STATUS)
    noted = {code for code, _ in status.findings}
    if "status.seen_before" in noted:
        # The evidence is that of the revocation; what answered now is told in a note.
        return bool(noted & (_NO_ANSWER | _TOO_OLD))
    if status.code in _NO_ANSWER:
        return not _was_shown_false(report)
    issuers = {item.url for check in PROOF_CHECKS for item in report.check(check).evidence}
    return any(_is_old(item, report) for item in status.evidence if item.url not in issuers)


def _was_shown_false(report: Report) -> bool:
    """Return whether a page did answer, and wrongly: what follows from it then lacks answers."""
    return any(report.check(check).outcome is Outcome.FAILED for check in PROOF_CHECKS)


def _is_old(item: Evidence, report: Report) -> bool:
    return item.fetched_at is not None and report.checked_at - item.fetched_at > _ANSWERED_WITHIN
