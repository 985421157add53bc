"""How old a verdict is, in words, the same in the window and on the terminal.

A verdict that rests on kept documents is never said without the day they are of, and never
as of today.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from wallet_app.app.models import BadgeDetail, KeptEvidence
from wallet_app.app.sizes import size_in_words
from wallet_app.verification.changes import Change
from wallet_app.verification.report import Report, Verdict
from wallet_app.wording import Words

__all__ = ["as_of_sentence", "change_sentence", "earlier_sentence", "kept_sentence", "verdict_name"]

_VERDICTS: Final = ("before", "after")


def verdict_name(words: Words, verdict: str) -> str:
    """Return the name of a verdict."""
    return words.text(f"verdict.{verdict}.name")


def as_of_sentence(words: Words, report: Report, now: datetime) -> str:
    """Return of which day the verdict is, and that nobody could be asked since, if so."""
    params = {"verdict": verdict_name(words, report.verdict), "date": _day(words, report.as_of)}
    if report.later is None:
        return words.text("as_of.verified", **params)
    if report.later.checked_at.astimezone().date() == now.astimezone().date():
        return words.text("as_of.nobody", **params)
    return words.text("as_of.nobody_on", day=_day(words, report.later.checked_at), **params)


def earlier_sentence(words: Words, detail: BadgeDetail) -> str:
    """Return how the badge stood before it stood as it does; "" when nothing was better."""
    if detail.earlier is None:
        return ""
    name = verdict_name(words, Verdict.VERIFIED).lower()
    return words.text("as_of.earlier", verdict=name, date=_day(words, detail.earlier.as_of))


def kept_sentence(words: Words, kept: KeptEvidence) -> str:
    """Return how much evidence is kept for the report that is shown."""
    if not kept.documents:
        return words.text("as_of.nothing_kept")
    return words.plural("as_of.kept", kept.documents, size=size_in_words(words, kept.size_bytes))


def change_sentence(words: Words, change: Change) -> str:
    """Return one change in words; days and verdicts are spelled out."""
    return sentence_of_change(words, change.code.value, change.params)


def sentence_of_change(words: Words, code: str, params: Mapping[str, str | int]) -> str:
    """Return a change as the history keeps it; "" for one of a later version."""
    key = f"change.{code}"
    if key not in words:
        return ""
    return words.text(key, **{name: _worded(words, name, value) for name, value in params.items()})


def _worded(words: Words, name: str, value: str | int) -> str | int:
    if name in _VERDICTS:
        return verdict_name(words, str(value))
    if name != "date":
        return value
    try:
        return words.date(datetime.fromisoformat(str(value)).date())
    except ValueError:
        return value


def _day(words: Words, moment: datetime) -> str:
    return words.date(moment.astimezone().date())
