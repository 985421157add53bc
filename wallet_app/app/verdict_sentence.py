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
_FINAL: Final = (Verdict.FAILED, Verdict.REVOKED)
_NOT_WITHDRAWN: Final = ("status.in_force", "status.not_listed", "status.hosted_served")
_SERVED: Final = "hosted.confirmed"
_BOUNDS: Final = {Verdict.EXPIRED: "end", Verdict.NOT_YET_VALID: "start"}
_ENDED: Final = "date.expired"
_OPEN_END: Final = "date.end_may_be_withheld"
_OPEN_STATUS: Final = "status.may_be_withheld"
_PARTLY: Final = {
    "text": "partly_signed",
    "open": "partly_signed",
    "unproven": "partly_unproven",
    "known": "partly_known",
    "unnamed": "partly_unnamed",
}


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
    form = _form(row, report)
    if verified and form in _PARTLY and _OPEN_END in _codes(report, CheckId.VALIDITY):
        return _partly_shown(words, row, report, _PARTLY[form])
    # Where nobody answered, "still in force" would be said of today.
    kept = "kept_" if verified and report.later is not None else ""
    return _sentence(words, row, report, kept + form)


def _sentence(words: Words, row: BadgeRow, report: Report, form: str) -> str:
    stated = row.issuer if row.issuer_proven or report.verdict is Verdict.VERIFIED else ""
    return words.text(
        f"verdict.{report.verdict}.{form}",
        as_of=words.date(report.as_of.astimezone().date()),
        issuer=plain_text(stated, max_chars=_MAX_NAME) or words.text("verdict.no_issuer"),
        reason=_reason(words, report),
        status=_found(words, report.check(CheckId.STATUS)),
        date=words.date(_day(row, report).date()),
    )


def _partly_shown(words: Words, row: BadgeRow, report: Report, form: str) -> str:
    """Return what holds of a copy that may leave out its end: not that it is in force."""
    status = report.check(CheckId.STATUS)
    said = [_sentence(words, row, report, form)]
    both = _OPEN_STATUS in _codes(report, CheckId.STATUS)
    if form == "partly_signed" and status.code != _OPEN_STATUS:
        said.append(_found(words, status))
    said.append(words.text(f"verdict.withheld.{'both' if both else 'end'}"))
    if report.later is not None:
        as_of = words.date(report.as_of.astimezone().date())
        said.append(words.text("verdict.unasked_since", as_of=as_of))
    return " ".join(said)


def _codes(report: Report, check: CheckId) -> tuple[str, ...]:
    result = report.check(check)
    return result.code, *(code for code, _ in result.findings)


def _form(row: BadgeRow, report: Report) -> str:
    """Return in which words a verdict is told."""
    if report.verdict is Verdict.VERIFIED:
        return _verified_form(row, report)
    if report.verdict is Verdict.UNDETERMINED:
        # Nothing points to a problem only where every check that is done found none.
        outcomes = {result.outcome for result in report.checks}
        return "text" if outcomes.isdisjoint((Outcome.FAILED, Outcome.WARNING)) else "doubted"
    if report.verdict is Verdict.SUSPENDED:
        return "ended" if _is_ended(report) else "text"
    return _dated_form(row, report)


def _is_ended(report: Report) -> bool:
    validity = report.check(CheckId.VALIDITY)
    return validity.outcome is Outcome.FAILED and validity.code == _ENDED


def _failed_as_well(words: Words, report: Report) -> str:
    """Return what failed beside that which decided: a date or key that holds does not hide it.

    A verdict that is final needs no further reason.
    """
    if report.verdict in _FINAL:
        return ""
    decided: tuple[CheckId, ...] = (CheckId.VALIDITY,) if report.verdict in _BOUNDS else ()
    if report.verdict is Verdict.SUSPENDED:
        decided = (CheckId.STATUS, CheckId.VALIDITY) if _is_ended(report) else (CheckId.STATUS,)
    failed = [
        one for one in report.checks if one.outcome is Outcome.FAILED and one.check not in decided
    ]
    if not failed:
        return ""
    names = [words.text("verdict.failed_name", check=check_name(words, x.check)) for x in failed]
    found = " ".join(_found(words, one) for one in failed)
    key = "failed_as_well" if len(failed) == 1 else "several_failed"
    return words.text(f"verdict.{key}", checks=", ".join(names), sentence=found)


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
    """Return the sentence of the check that decided, or "" where the verdict says it all."""
    checks, decisive = _DECISIVE.get(report.verdict, ((), Outcome.FAILED))
    # What nobody asked of the proof leaves a badge undetermined too.
    for outcome in (decisive, Outcome.NOT_APPLICABLE):
        for result in map(report.check, checks):
            if result.outcome is outcome:
                return _found(words, result)
    return ""


def _found(words: Words, result: CheckResult) -> str:
    return check_sentence(words, result.code, result.params)


def _day(row: BadgeRow, report: Report) -> datetime:
    """Return the day the sentence names: the end, the beginning, or when it was issued."""
    bound = _BOUNDS.get(report.verdict, "end" if report.verdict is Verdict.SUSPENDED else "")
    decided = report.check(CheckId.VALIDITY).params.get(bound, "")
    if decided:
        return datetime.fromisoformat(str(decided))
    # A day of award that is still to come is no day since when anything stayed the same.
    return min(row.issued_on or report.checked_at, report.checked_at)
