"""A withdrawal that was seen once stays, until a newer list of the issuer takes it back.

Threat: whoever sits between Coffre and the list, or the issuer's own site after a break-in,
serves an older list in which the badge is still clear, or something that is no list at all.
The list itself is genuine, so only what was seen before can tell.

Source: Bitstring Status List 1.0 section 2.1: a revocation is not reversible.
"""

from collections.abc import Callable
from dataclasses import replace

from wallet_app.crypto.documents import Document, DocumentUnavailable, Purpose, Resolver
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.report import Outcome
from wallet_app.verification.status.judgement import StatusJudgement

__all__ = ["judge_with_memory"]

Judge = Callable[[Recorder], StatusJudgement]


def judge_with_memory(
    judge: Judge, recorder: Recorder, earlier: Resolver | None
) -> StatusJudgement:
    """Return what ``judge`` finds in the lists of today, or a revocation that they cannot undo.

    Args:
        judge: reads the list that a status points to, through the recorder it is given.
        recorder: gives the documents of today; what decides is kept in it as evidence.
        earlier: the documents that an earlier check kept, or None.
    """
    today = judge(recorder)
    if earlier is None or _is_revoked(today):
        return today
    seen = Recorder(_EarlierLists(earlier, recorder))
    before = judge(seen)
    if not _is_revoked(before) or _takes_back(today, before):
        return today
    recorder.add(seen)
    findings = (*before.findings, ("status.seen_before", {}), (today.code, today.params))
    return replace(before, findings=findings)


class _EarlierLists:
    """The lists as they were, beside the keys as they are: a key that was lost proves nothing.

    A list that is still the same has been judged: it is not given, so as to cost nothing.
    """

    def __init__(self, earlier: Resolver, today: Recorder) -> None:
        self._earlier = earlier
        self._today = today

    def fetch(self, url: str, purpose: Purpose) -> Document:
        if purpose is not Purpose.STATUS_LIST:
            return self._today.fetch(url, purpose)
        document = self._earlier.fetch(url, purpose)
        if self._today.gave(document):
            raise DocumentUnavailable("unlisted", url)
        return document


def _is_revoked(judgement: StatusJudgement) -> bool:
    suspended = judgement.code.startswith("status.suspended")
    return judgement.outcome is Outcome.FAILED and not suspended


def _takes_back(today: StatusJudgement, before: StatusJudgement) -> bool:
    """Return whether today's list answers, and is not shown to be as old as the one before."""
    if today.outcome is Outcome.UNKNOWN:
        return False
    if today.listed_at is None or before.listed_at is None:
        # Lists without a date of their own are as new as the day they were served.
        return True
    return today.listed_at > before.listed_at
