"""The verdict in plain words, the same in the window, on the terminal and on paper."""

from datetime import datetime
from typing import Final

from wallet_app.app.check_names import check_name
from wallet_app.app.check_words import check_sentence
from wallet_app.app.declared import declared_sentence
from wallet_app.app.models import BadgeRow
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report, Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["verdict_sentence"]

_MAX_NAME: Final = 160
_PROOF: Final = (CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER)
_DECISIVE: Final = {
    Verdict.FAILED: (_PROOF, Outcome.FAILED),
    Verdict.REVOKED: ((CheckId.STATUS,), Outcome.FAILED),
    Verdict.SUSPENDED: ((CheckId.STATUS,), Outcome.FAILED),
    Verdict.UNDETERMINED: ((*_PROOF, CheckId.STATUS, CheckId.VALIDITY), Outcome.UNKNOWN),
}
_GRAVE: Final = (Verdict.FAILED, Verdict.REVOKED, Verdict.SUSPENDED)
_NOT_WITHDRAWN: Final = ("status.in_force", "status.not_listed", "status.hosted_served")
_SERVED: Final = "hosted.confirmed"
_BOUNDS: Final = {Verdict.EXPIRED: "end", Verdict.NOT_YET_VALID: "start"}


def verdict_sentence(words: Words, row: BadgeRow, report: Report) -> str:
    """Return what the verdict of ``report`` means for this badge, one or two sentences.

    An issuer's name stands in it as a fact only when it is proven.
    """
    failed = _failed_as_well(words, report)
    own_word = declared_sentence(words, row, report.verdict)
    if report.verdict is Verdict.VERIFIED and own_word:
        return " ".join(filter(None, (own_word, failed)))
    said = _said(words, row, report)
    asked = _unasked(words, report)
    return " ".join(filter(None, (said, asked, failed, own_word)))


def _said(words: Words, row: BadgeRow, report: Report) -> str:
    verified = report.verdict is Verdict.VERIFIED
    stated = row.issuer if row.issuer_proven or verified else ""
    # Where nobody answered, "still in force" would be said of today.
    kept = "kept_" if verified and report.later is not None else ""
    return words.text(
        f"verdict.{report.verdict}.{kept}{_form(row, report)}",
        as_of=words.date(report.as_of.astimezone().date()),
        issuer=plain_text(stated, max_chars=_MAX_NAME) or words.text("verdict.no_issuer"),
        reason=_reason(words, report),
        status=_found(words, report.check(CheckId.STATUS)),
        date=words.date(_day(row, report).date()),
    )


def _form(row: BadgeRow, report: Report) -> str:
    """Return in which words a verdict is told."""
    if report.verdict is Verdict.VERIFIED:
        return _verified_form(row, report)
    if report.verdict is Verdict.UNDETERMINED:
        # Nothing points to a problem only where every check that is done found none.
        outcomes = {result.outcome for result in report.checks}
        return "text" if outcomes.isdisjoint((Outcome.FAILED, Outcome.WARNING)) else "doubted"
    return _dated_form(row, report)


def _failed_as_well(words: Words, report: Report) -> str:
    """Return what failed beside that which decided: a date or key that holds does not hide it.

    A verdict that itself says not to rely on the badge needs no further reason.
    """
    if report.verdict in _GRAVE:
        return ""
    decided = (CheckId.VALIDITY,) if report.verdict in _BOUNDS else ()
    failed = [
        one for one in report.checks if one.outcome is Outcome.FAILED and one.check not in decided
    ]
    return " ".join(_failure(words, one) for one in failed)


def _failure(words: Words, failed: CheckResult) -> str:
    name = check_name(words, failed.check)
    return words.text("verdict.failed_as_well", check=name, sentence=_found(words, failed))


def _dated_form(row: BadgeRow, report: Report) -> str:
    """Return in which words an ended or early badge is told: no stranger makes it genuine."""
    if report.verdict not in _BOUNDS:
        return "text"
    vouched = row.issuer_proven or report.check(CheckId.TRUST).outcome is Outcome.PASSED
    if not vouched:
        return "unproven"
    owned = report.check(CheckId.RECIPIENT).outcome is Outcome.PASSED
    return "mine" if owned and report.verdict is Verdict.EXPIRED else "text"


def _unasked(words: Words, report: Report) -> str:
    """Return what is to be said where the date decided before anybody answered."""
    open_end = report.check(CheckId.STATUS).outcome is Outcome.UNKNOWN
    return words.text("verdict.unasked") if report.verdict in _BOUNDS and open_end else ""


def _verified_form(row: BadgeRow, report: Report) -> str:
    """Return in which words a verified badge's issuer is told: by who stands behind the name."""
    if row.issuer_proven:
        # Nobody signed what is genuine because its issuer's own site serves it.
        served = report.check(CheckId.SIGNATURE).code == _SERVED
        if served:
            return "hosted"
        # Where no list was asked, nobody said that it was not withdrawn.
        return "text" if report.check(CheckId.STATUS).code in _NOT_WITHDRAWN else "open"
    if row.issuer in ("", report.proven_issuer):
        return "unnamed"
    return "known" if report.check(CheckId.TRUST).outcome is Outcome.PASSED else "unproven"


def _reason(words: Words, report: Report) -> str:
    """Return the sentence of the check that decided, or "" when none stands out."""
    checks, outcome = _DECISIVE.get(report.verdict, ((), Outcome.FAILED))
    for check in checks:
        result = report.check(check)
        if result.outcome is outcome:
            return _found(words, result)
    return ""


def _found(words: Words, result: CheckResult) -> str:
    return check_sentence(words, result.code, result.params)


def _day(row: BadgeRow, report: Report) -> datetime:
    """Return the day the sentence names: the end, the beginning, or when it was issued."""
    bound = _BOUNDS.get(report.verdict, "")
    decided = report.check(CheckId.VALIDITY).params.get(bound, "")
    if decided:
        return datetime.fromisoformat(str(decided))
    # A day of award that is still to come is no day since when anything stayed the same.
    return min(row.issued_on or report.checked_at, report.checked_at)
