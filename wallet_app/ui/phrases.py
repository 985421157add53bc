"""From codes and values to the sentences that the window shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from wallet_app.app.check_words import check_sentence
from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow, Declared
from wallet_app.drawing.tokens import DECLARED
from wallet_app.errors import CoffreError
from wallet_app.verification.report import Outcome, Report, Verdict
from wallet_app.wording import Words, plain_text

__all__ = [
    "as_of_when",
    "checked_when",
    "each_quoted",
    "error_sentence",
    "finding",
    "first_sentence_chars",
    "issuer_name",
    "local_time",
    "outcome_summary",
    "round_told",
    "row_date",
    "row_sentence",
    "short_date",
    "verdict_as_of",
    "verdict_word",
]

_MAX_QUOTED: Final = 120


def error_sentence(words: Words, error: CoffreError) -> str:
    """Return what happened, what is safe and what to do next."""
    # Nobody types identifiers in the window: what is meant was there, and is gone since.
    gone = error.code == "vault.no_such_credential"
    key = "error.ui.badge_gone" if gone else f"error.{error.code}"
    if key not in words:
        return words.text("error.ui.unknown")
    return words.text(key, **error.params)


def round_told(words: Words, changes: int, *, chosen: int, unanswered: int) -> str:
    """Return what a round of checks found; ``chosen`` 0: it was for all badges."""
    checked = words.plural("changes.some", chosen) if chosen else words.text("changes.all")
    if changes:
        return words.plural("changes.found", changes, checked=checked)
    if unanswered:
        # "Nothing has changed" would be said of badges that nobody answered for.
        return words.plural("changes.unasked", unanswered)
    return words.text("changes.none", checked=checked)


def verdict_word(words: Words, verdict: Verdict) -> str:
    """Return the name of a verdict."""
    return words.text(f"verdict.{verdict.value}.name")


def issuer_name(words: Words, row: BadgeRow) -> str:
    """Return the issuer as a row may say it: plain only when proven."""
    if row.declared is Declared.OWNER and not row.issuer_proven:
        # Whatever name is written in it: it is the owner's own key.
        return words.text("verdict.declared.by_own")
    if not row.issuer:
        return words.text("library.no_issuer")
    if row.issuer_proven:
        return plain_text(row.issuer, max_chars=200)
    return words.text("library.calls_itself", issuer=row.issuer)


def each_quoted(words: Words, texts: Sequence[str]) -> str:
    """Return untrusted texts as words may say them: ``“Botany”, “Herbaria”``."""
    shown = (plain_text(text, max_chars=_MAX_QUOTED) for text in texts)
    return ", ".join(words.text("inside.quoted", name=one) for one in shown)


def short_date(words: Words, day: datetime) -> str:
    """Return ``12 Mar 2024`` or ``1er janv. 2027``, as the issuer dated it (UTC)."""
    month = words.text(f"date.short.{day.month}")
    number = "1er" if words.language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month} {day.year}"


def row_date(words: Words, row: BadgeRow) -> str:
    """Return the date a list shows for a badge, or "" when it has none."""
    return "" if row.issued_on is None else short_date(words, row.issued_on)


def ends_on(words: Words, end: datetime, now: datetime, day: str) -> tuple[str, str]:
    """Return when a badge ends or ended, ``day`` being its words, and how long it is till then.

    The second is "" for what has ended.
    """
    days = (end.date() - now.astimezone(end.tzinfo).date()).days
    if end <= now:
        return words.text("library.ended_on", date=day), ""
    left = {0: "library.ends_today", 1: "library.ends_tomorrow"}.get(days)
    said = words.text(left) if left else words.plural("library.ends_in", days)
    return words.text("library.ends_on", date=day), said


def row_sentence(
    words: Words, row: BadgeRow, *, selected: bool = False, ends_from: datetime | None = None
) -> str:
    """Return one badge as a screen reader says it, the verdict always as a word.

    With ``ends_from`` it says when the badge ends in place of when it was awarded.
    """
    values = {
        "name": row.name,
        "issuer": issuer_name(words, row),
        "verdict": _spoken_verdict(words, row),
    }
    if ends_from is not None and row.expires_on is not None:
        day = words.date(row.expires_on.date())
        ends = [one for one in ends_on(words, row.expires_on, ends_from, day) if one]
        said = ", ".join([words.text("library.sentence_no_date", **values), *ends])
    elif row.issued_on is None:
        said = words.text("library.sentence_no_date", **values)
    else:
        said = words.text("library.sentence", date=words.date(row.issued_on.date()), **values)
    marks = [("select.is_favourite", row.marks.favourite), ("select.is_selected", selected)]
    return ", ".join([said, *(words.text(key) for key, holds in marks if holds)])


def _spoken_verdict(words: Words, row: BadgeRow) -> str:
    own = row.shown_verdict == DECLARED and row.declared is Declared.OWNER
    return words.text("verdict.declared.spoken_own") if own else row_word(words, row)


def finding(words: Words, code: str, params: Mapping[str, str | int]) -> str:
    """Return the sentence of a check's code, as the window says it."""
    if code == "recipient.yours" and str(params.get("identity", "")).startswith("did:"):
        # The details name the key; in a sentence it would tell a person nothing.
        return words.text("check_fact.yours_by_key")
    return check_sentence(words, code, params)


def first_sentence_chars(text: str) -> int:
    """Return the length of the first sentence of several, or 0 when there is only one."""
    end = text.find(". ")
    return end + 1 if end >= 0 else 0


def outcome_summary(words: Words, report: Report) -> str:
    """Return how the nine checks ended, such as "6 passed, 1 note, 2 do not apply": nine in all."""
    order = (
        *(Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.WARNING),
        Outcome.NOT_APPLICABLE,
    )
    outcomes = [result.outcome for result in report.checks]
    parts = [
        words.plural(f"detail.outcomes.{outcome.value}", outcomes.count(outcome))
        for outcome in order
        if outcome in outcomes
    ]
    return ", ".join(parts)


def local_time(words: Words, at: datetime) -> str:
    """Return a time of day where the person is: ``09:41`` or ``9 h 41``."""
    return words.clock(at.astimezone())


def verdict_as_of(words: Words, report: Report) -> str:
    """Return the name of a verdict, with its day where nobody could be asked since."""
    if report.later is None:
        return verdict_word(words, report.verdict)
    day = words.date(report.as_of.astimezone().date())
    return words.text("as_of.verified", verdict=verdict_word(words, report.verdict), date=day)


def as_of_when(words: Words, report: Report, now: datetime) -> str:
    """Return when a badge was checked, or when nobody answered."""
    if report.later is None:
        return checked_when(words, report.as_of, now)
    day = report.later.checked_at.astimezone().date()
    if day == now.astimezone().date():
        return words.text("as_of.silent_today")
    return words.text("as_of.silent_on", date=words.date(day))


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
