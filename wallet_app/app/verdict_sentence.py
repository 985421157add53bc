"""The verdict in plain words, the same in the window, on the terminal and on paper."""

from datetime import datetime
from typing import Final

from wallet_app.app.declared import declared_sentence
from wallet_app.app.models import BadgeRow
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict
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
_SERVED: Final = "hosted.confirmed"
_BOUNDS: Final = {Verdict.EXPIRED: "end", Verdict.NOT_YET_VALID: "start"}


def verdict_sentence(words: Words, row: BadgeRow, report: Report) -> str:
    """Return what the verdict of ``report`` means for this badge, one or two sentences.

    An issuer's name stands in it as a fact only when it is proven.
    """
    verified = report.verdict is Verdict.VERIFIED
    own_word = declared_sentence(words, row, report.verdict)
    if verified and own_word:
        return own_word
    stated = row.issuer if row.issuer_proven or verified else ""
    form = _form(row, report) if verified else _dated_form(row, report)
    # Where nobody answered, "still in force" would be said of today.
    kept = "kept_" if verified and report.later is not None else ""
    said = words.text(
        f"verdict.{report.verdict}.{kept}{form}",
        as_of=words.date(report.as_of.astimezone().date()),
        issuer=plain_text(stated, max_chars=_MAX_NAME) or words.text("verdict.no_issuer"),
        reason=_reason(words, report),
        date=words.date(_day(row, report).date()),
    )
    asked = "" if verified else _unasked(words, report)
    return " ".join(filter(None, (said, asked, own_word)))


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


def _form(row: BadgeRow, report: Report) -> str:
    """Return in which words a verified badge's issuer is told: by who stands behind the name."""
    if row.issuer_proven:
        # Nobody signed what is genuine because its issuer's own site serves it.
        served = report.check(CheckId.SIGNATURE).code == _SERVED
        return "hosted" if served else "text"
    if row.issuer in ("", report.proven_issuer):
        return "unnamed"
    return "known" if report.check(CheckId.TRUST).outcome is Outcome.PASSED else "unproven"


def _reason(words: Words, report: Report) -> str:
    """Return the sentence of the check that decided, or "" when none stands out."""
    checks, outcome = _DECISIVE.get(report.verdict, ((), Outcome.FAILED))
    for check in checks:
        result = report.check(check)
        if result.outcome is outcome:
            return words.text(f"code.{result.code}", **result.params)
    return ""


def _day(row: BadgeRow, report: Report) -> datetime:
    """Return the day the sentence names: the end, the beginning, or when it was issued."""
    bound = _BOUNDS.get(report.verdict, "")
    decided = report.check(CheckId.VALIDITY).params.get(bound, "")
    if decided:
        return datetime.fromisoformat(str(decided))
    # A day of award that is still to come is no day since when anything stayed the same.
    return min(row.issued_on or report.checked_at, report.checked_at)
