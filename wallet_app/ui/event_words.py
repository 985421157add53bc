"""What happened to the safe, in words."""

from datetime import datetime
from typing import Final

from wallet_app.app.history_words import event_sentence
from wallet_app.app.models import HistoryEvent
from wallet_app.ui.phrases import local_time
from wallet_app.wording import Words

__all__ = ["event_icon", "event_moment", "event_sentence"]

_ICONS: Final = {
    "created": "safe",
    "imported": "add",
    "verified": "check",
    "changed": "info",
    "shared": "share",
    "share_placed": "share",
    "share_ended": "remove",
    "answered": "key",
    "exported": "download",
    "page_published": "share",
    "page_taken_off": "remove",
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
    "recovery_code_made": "key",
    "opened_by_sheet": "key",
    "recovery_code_removed": "remove",
    "quick_unlock_on": "key",
    "quick_unlock_off": "remove",
    "keys_replaced": "key",
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
    "note_changed": "pencil",
    "note_cleared": "pencil",
    "note_restored": "undo",
    "note_settled": "check",
    "tag_added": "tag",
    "tag_removed": "tag",
    "favourite_added": "star",
    "favourite_removed": "star",
    "collected": "folder",
    "uncollected": "folder",
    "collection_made": "folder",
    "collection_renamed": "pencil",
    "collection_removed": "remove",
    "collection_put_back": "undo",
    "history_exported": "download",
    "skills_saved": "download",
    "hosts_exported": "download",
    "import_saved": "download",
    "moved_out": "warning",
    "moved_in": "add",
    "holder_added": "key",
    "holder_minted": "key",
    "holder_made": "key",
    "attachment_kept": "file",
    "words_brought": "pencil",
}


def event_icon(event: HistoryEvent) -> str:
    """Return the icon of an event; a kind of a later version has a neutral one."""
    return _ICONS.get(event.kind, "info")


def event_moment(words: Words, at: datetime, now: datetime) -> str:
    """Return when it was: ``Today, 09:41`` or ``12 March 2024, 09:41``, where the person is."""
    day, today = at.astimezone().date(), now.astimezone().date()
    age = (today - day).days
    named = {0: "history_page.today", 1: "history_page.yesterday"}.get(age)
    date = words.text(named) if named else words.date(day)
    return words.text("history_page.moment", date=date, time=local_time(words, at))
