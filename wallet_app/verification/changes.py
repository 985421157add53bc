"""What two reports on one credential differ in, as typed changes. Pure.

Both reports are about the same bytes. So whatever was proven before and is not now was
changed by the issuer, or by whoever answers in its place, and never by the holder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wallet_app.verification.evidence import contexts_among
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report
from wallet_app.verification.silence import PROOF_CHECKS, issuer_is_silent, list_is_silent

__all__ = ["Change", "ChangeCode", "changes_between"]


class ChangeCode(StrEnum):
    """What changed; each has a sentence ``change.<code>`` in both languages."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    EXPIRED = "expired"
    BEGAN = "began"
    KEY_CHANGED = "key_changed"
    BADGE_CHANGED = "badge_changed"
    ISSUER_SILENT = "issuer_silent"
    ISSUER_BACK = "issuer_back"
    LIST_SILENT = "list_silent"
    LIST_BACK = "list_back"
    CONTEXTS_CHANGED = "contexts_changed"
    READ_OTHERWISE = "read_otherwise"
    """The same evidence under the rules of this version gives another verdict."""
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with the data of its sentence: days are ISO dates, verdicts their words."""

    code: ChangeCode
    params: Mapping[str, str | int] = field(default_factory=dict)


def changes_between(before: Report, after: Report) -> tuple[Change, ...]:
    """Return what ``after`` says otherwise than ``before``, the gravest first.

    Of a report that nobody answered its later half is looked at: what can be said now. No
    change of the verdict stays unsaid: one that nothing else explains is ``VERDICT``.
    """
    was, now = before.latest, after.latest
    found = tuple(
        change
        for changes in (
            _status_changes(before, now),
            _proof_changes(before, now),
            _date_changes(was, now),
            _silences(before, was, now),
            _context_changes(before, now),
        )
        for change in changes
    )
    if found or now.verdict is was.verdict:
        return found
    words = {"before": was.verdict.value, "after": now.verdict.value}
    return (Change(ChangeCode.VERDICT, words),)


def _status_changes(before: Report, now: Report) -> Iterator[Change]:
    old, new = before.check(CheckId.STATUS), now.check(CheckId.STATUS)
    withdrawn = _withdrawal(new)
    if withdrawn is not None and withdrawn is not _withdrawal(old):
        yield Change(withdrawn)
    if _withdrawal(old) is not None and new.outcome.holds:
        yield Change(ChangeCode.REINSTATED)


def _withdrawal(status: CheckResult) -> ChangeCode | None:
    if status.outcome is not Outcome.FAILED:
        return None
    suspended = status.code.startswith("status.suspended")
    return ChangeCode.SUSPENDED if suspended else ChangeCode.REVOKED


def _proof_changes(before: Report, now: Report) -> Iterator[Change]:
    """Tell a proof that held and no longer does, because other documents were served."""
    if not before.holds(*PROOF_CHECKS) or now.holds(*PROOF_CHECKS):
        return
    pages = _pages(before)
    other = any(url in pages and pages[url] != sha256 for url, sha256 in _pages(now).items())
    if other:
        hosted = before.check(CheckId.SIGNATURE).code.startswith("hosted.")
        code = ChangeCode.BADGE_CHANGED if hosted else ChangeCode.KEY_CHANGED
        yield Change(code, {"date": _day(before)})


def _pages(report: Report) -> dict[str, str]:
    """Return the SHA-256 of what each address served for signature and issuer."""
    return {
        item.url: item.sha256
        for check in PROOF_CHECKS
        for item in report.check(check).evidence
        if item.fetched_at is not None
    }


def _date_changes(was: Report, now: Report) -> Iterator[Change]:
    old, new = was.check(CheckId.VALIDITY), now.check(CheckId.VALIDITY)
    if new.code == "date.expired" and old.code != "date.expired":
        yield Change(ChangeCode.EXPIRED, {"date": str(new.params.get("end_day", ""))})
    if new.code == "date.in_force" and old.code == "date.not_yet_valid":
        yield Change(ChangeCode.BEGAN, {"date": str(new.params.get("start_day", ""))})


def _silences(before: Report, was: Report, now: Report) -> Iterator[Change]:
    """Tell who stopped answering, since when, and who answers again."""
    pairs = (
        (issuer_is_silent, ChangeCode.ISSUER_SILENT, ChangeCode.ISSUER_BACK),
        (list_is_silent, ChangeCode.LIST_SILENT, ChangeCode.LIST_BACK),
    )
    for silent_in, silent, back in pairs:
        was_silent, is_silent = silent_in(was), silent_in(now)
        if is_silent and not was_silent:
            yield Change(silent, {"date": _day(before)})
        if was_silent and not is_silent:
            yield Change(back)


def _context_changes(before: Report, now: Report) -> Iterator[Change]:
    """Tell that this version reads the words of a credential with other contexts."""
    old, new = _contexts(before), _contexts(now)
    if old and new and old != new:
        urls = sorted(url for url, _ in old ^ new)
        yield Change(ChangeCode.CONTEXTS_CHANGED, {"url": urls[0], "count": len(set(urls))})


def _contexts(report: Report) -> frozenset[tuple[str, str]]:
    evidence = report.check(CheckId.SIGNATURE).evidence
    return frozenset((item.url, item.sha256) for item in contexts_among(evidence))


def _day(report: Report) -> str:
    return report.as_of.date().isoformat()
