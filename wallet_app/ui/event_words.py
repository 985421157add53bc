"""What happened to the safe, in words."""

from datetime import datetime
from typing import Final

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.models import HistoryEvent
from wallet_app.ui.phrases import local_time
from wallet_app.wording import Words, plain_text

__all__ = ["event_icon", "event_moment", "event_sentence"]

_ICONS: Final = {
    "created": "safe",
    "imported": "add",
    "verified": "check",
    "changed": "info",
    "shared": "share",
    "exported": "download",
    "deleted": "trash",
    "deleted_forever": "remove",
    "recovered": "undo",
    "backed_up": "backups",
    "restored": "undo",
    "second_place_chosen": "drive",
    "second_place_left": "drive",
    "sync_started": "screen",
    "sync_joined": "screen",
    "sync_left": "screen",
    "passphrase_changed": "key",
    "went_back": "undo",
    "salvaged": "safe",
    "identity_added": "check",
    "identity_removed": "remove",
    "issuer_known": "check",
    "issuer_forgotten": "remove",
    "trust_list_added": "add",
    "trust_list_removed": "remove",
    "authorities_added": "add",
    "authorities_removed": "remove",
}
_MAX_NAME_CHARS: Final = 200


def event_icon(event: HistoryEvent) -> str:
    """Return the icon of an event; a kind of a later version has a neutral one."""
    return _ICONS.get(event.kind, "info")


def event_sentence(words: Words, event: HistoryEvent) -> str:
    """Return what happened, with the way in which it was shown or saved."""
    key = f"history_page.event.{event.kind}"
    if key not in words:
        return words.text("history_page.event.other")
    name = event.badge_name or str(event.params.get("name", ""))
    text = words.text(key, name=plain_text(name, max_chars=_MAX_NAME_CHARS))
    change = sentence_of_change(words, str(event.params.get("code", "")), event.params)
    if change:
        return f"{text} · {change}"
    way = f"history_page.way.{event.params.get('as', '')}"
    return f"{text} · {words.text(way)}" if way in words else text


def event_moment(words: Words, at: datetime, now: datetime) -> str:
    """Return when it was: ``Today, 09:41`` or ``12 March 2024, 09:41``, where the person is."""
    day, today = at.astimezone().date(), now.astimezone().date()
    age = (today - day).days
    named = {0: "history_page.today", 1: "history_page.yesterday"}.get(age)
    date = words.text(named) if named else words.date(day)
    return words.text("history_page.moment", date=date, time=local_time(words, at))
