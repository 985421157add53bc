"""How the safe stands with backups, from its history: the words at the head of the Backups page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet_app.app.models import HistoryEvent
from wallet_app.ui.event_words import event_moment
from wallet_app.wording import Words, plain_text

__all__ = ["BACKED_UP", "TOLD_OF_BACKUPS", "Standing", "backup_standing"]

BACKED_UP: Final = "backed_up"
_RESTORED: Final = "restored"
_MERGED: Final = "merged"
TOLD_OF_BACKUPS: Final = (BACKED_UP, _RESTORED, _MERGED)
"""The kinds of events that say something of a backup."""
_FRESH_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """An icon with its tone, one sentence, and what to do."""

    icon: str
    tone: str
    headline: str
    text: str


def backup_standing(words: Words, events: Sequence[HistoryEvent], now: datetime) -> Standing:
    """Say which backup was the last; ``events`` are those of ``TOLD_OF_BACKUPS``, latest first."""
    # A backup holds no word of its own making: after a restore, that event is its only trace.
    last = next((event for event in events if event.kind in (BACKED_UP, _RESTORED)), None)
    if last is not None and last.kind == BACKED_UP:
        return _made(words, last, now)
    if last is not None:
        text = words.text("backups_page.restored_text")
        return Standing("clock", "outcome.warning", _restored(words, last), text)
    brought = next((event for event in events if event.kind == _MERGED), None)
    if brought is not None:
        name = plain_text(str(brought.params.get("name", "")), max_chars=120)
        headline = words.text("backups_page.brought_back", name=name)
        text = words.text("backups_page.restored_text")
        return Standing("clock", "outcome.warning", headline, text)
    headline, text = words.text("backups_page.none"), words.text("backups_page.none_text")
    return Standing("backups", "t3", headline, text)


def _made(words: Words, event: HistoryEvent, now: datetime) -> Standing:
    fresh = (now - event.at).days <= _FRESH_DAYS
    icon, tone = ("outcome-passed", "outcome.passed") if fresh else ("clock", "outcome.warning")
    moment = event_moment(words, event.at, now)
    headline = words.text("backups_page.last", moment=moment[:1].lower() + moment[1:])
    return Standing(icon, tone, headline, words.text("backups_page.last_text"))


def _restored(words: Words, event: HistoryEvent) -> str:
    try:
        made = datetime.fromisoformat(str(event.params["made"]))
        day = words.date(made.astimezone().date())
    except (KeyError, ValueError, OverflowError):
        # Earlier versions noted the name alone.
        day = words.date(event.at.astimezone().date())
        return words.text("backups_page.restored_on", date=day)
    return words.text("backups_page.restored", date=day)
