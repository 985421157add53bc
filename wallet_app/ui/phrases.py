"""From codes and values to the sentences that the window shows."""

from datetime import datetime
from typing import Final

from wallet_app.app.models import BadgeDetail, BadgeRow
from wallet_app.errors import CoffreError
from wallet_app.verification.report import (
    CheckId,
    CheckResult,
    Outcome,
    Report,
    Verdict,
)
from wallet_app.wording import Words, plain_text

__all__ = [
    "checked_when",
    "error_sentence",
    "finding",
    "issuer_name",
    "local_time",
    "outcome_summary",
    "row_date",
    "row_sentence",
    "short_date",
    "verdict_sentence",
    "verdict_word",
]

_DECISIVE: Final = {
    Verdict.FAILED: ((CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER), Outcome.FAILED),
    Verdict.REVOKED: ((CheckId.STATUS,), Outcome.FAILED),
    Verdict.SUSPENDED: ((CheckId.STATUS,), Outcome.FAILED),
    Verdict.UNDETERMINED: (
        (CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER, CheckId.STATUS, CheckId.VALIDITY),
        Outcome.UNKNOWN,
    ),
}


def error_sentence(words: Words, error: CoffreError) -> str:
    """Return what happened, what is safe and what to do next."""
    key = f"error.{error.code}"
    if key not in words:
        return words.text("error.ui.unknown")
    return words.text(key, **error.params)


def verdict_word(words: Words, verdict: Verdict) -> str:
    """Return the name of a verdict."""
    return words.text(f"verdict.{verdict.value}.name")


def issuer_name(words: Words, row: BadgeRow) -> str:
    """Return the issuer as a row may say it: plain only when proven."""
    if not row.issuer:
        return words.text("library.no_issuer")
    if row.issuer_proven:
        return plain_text(row.issuer, max_chars=200)
    return words.text("library.calls_itself", issuer=row.issuer)


def short_date(words: Words, day: datetime) -> str:
    """Return ``12 Mar 2024`` or ``1er janv. 2027``, as the issuer dated it (UTC)."""
    month = words.text(f"date.short.{day.month}")
    number = "1er" if words.language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month} {day.year}"


def row_date(words: Words, row: BadgeRow) -> str:
    """Return the date a list shows for a badge, or "" when it has none."""
    if row.issued_on is None:
        return ""
    day = short_date(words, row.issued_on)
    return words.text("library.from_date", date=day) if _is_early(row) else day


def _is_early(row: BadgeRow) -> bool:
    return row.verdict is Verdict.NOT_YET_VALID


def row_sentence(words: Words, row: BadgeRow) -> str:
    """Return one badge as a screen reader says it, the verdict always as a word."""
    values = {
        "name": row.name,
        "issuer": issuer_name(words, row),
        "verdict": verdict_word(words, row.verdict),
    }
    if row.issued_on is None:
        return words.text("library.sentence_no_date", **values)
    return words.text("library.sentence", date=words.date(row.issued_on.date()), **values)


def finding(words: Words, result: CheckResult) -> str:
    """Return the sentence of a check's own code."""
    return words.text(f"code.{result.code}", **result.params)


def verdict_sentence(words: Words, detail: BadgeDetail) -> tuple[str, int]:
    """Return the verdict in plain words, and how many leading characters to stress."""
    report, row = detail.report, detail.row
    template = f"verdict.{report.verdict.value}.text"
    values: dict[str, str] = {"issuer": row.issuer or words.text("library.no_issuer")}
    reason = _reason(words, report)
    if reason:
        values["reason"] = reason
    day = _verdict_day(row)
    if day is not None:
        values["date"] = words.date(day.date())
    sentence = words.text(template, **values)
    quiet = report.verdict in (Verdict.VERIFIED, Verdict.EXPIRED, Verdict.NOT_YET_VALID)
    return sentence, 0 if quiet else _first_sentence(sentence)


def _reason(words: Words, report: Report) -> str:
    checks, outcome = _DECISIVE.get(report.verdict, ((), Outcome.FAILED))
    for check in checks:
        result = report.check(check)
        if result.outcome is outcome:
            return finding(words, result)
    return ""


def _verdict_day(row: BadgeRow) -> datetime | None:
    return row.expires_on if row.verdict is Verdict.EXPIRED else row.issued_on


def _first_sentence(text: str) -> int:
    end = text.find(". ")
    return end + 1 if end >= 0 else 0


def outcome_summary(words: Words, report: Report) -> str:
    """Return how the nine checks ended, such as "6 passed, 1 note"."""
    order = (Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.WARNING)
    outcomes = [result.outcome for result in report.checks]
    parts = [
        words.plural(f"detail.outcomes.{outcome.value}", outcomes.count(outcome))
        for outcome in order
        if outcome in outcomes
    ]
    return ", ".join(parts)


def local_time(words: Words, at: datetime) -> str:
    """Return a time of day where the person is: ``09:41`` or ``9 h 41``."""
    here = at.astimezone()
    if words.language == "fr":
        return f"{here.hour}\u00a0h\u00a0{here.minute:02}"
    return f"{here.hour:02}:{here.minute:02}"


def checked_when(words: Words, at: datetime, now: datetime) -> str:
    """Return when a badge was checked, relative to today."""
    day, today = at.astimezone().date(), now.astimezone().date()
    time = local_time(words, at)
    age = (today - day).days
    if age == 0:
        return words.text("detail.checked_today", time=time)
    if age == 1:
        return words.text("detail.checked_yesterday", time=time)
    return words.text("detail.checked_on", date=words.date(day), time=time)
