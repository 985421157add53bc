"""What happened to the safe, in words, the same in the window, a search and an export."""

from typing import Final

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.models import HistoryEvent
from wallet_app.app.share_models import LedgerEntry
from wallet_app.wording import Words, plain_text

__all__ = ["event_sentence", "shown_how", "way_words"]

_MAX_NAME_CHARS: Final = 200
_IN_SENTENCE: Final = ("tag", "collection", "before")


def event_sentence(words: Words, event: HistoryEvent) -> str:
    """Return what happened, with the way in which it was shown or saved."""
    key = f"history_page.event.{event.kind}"
    if key not in words:
        return words.text("history_page.event.other")
    name = event.badge_name or str(event.params.get("name", ""))
    shown: dict[str, str | int] = {"name": plain_text(name, max_chars=_MAX_NAME_CHARS)}
    shown |= {one: event.params.get(one, "") for one in _IN_SENTENCE}
    text = words.text(key, **shown)
    change = sentence_of_change(words, str(event.params.get("code", "")), event.params)
    if change:
        return f"{text} · {change}"
    return f"{text}{shown_how(words, event)}"


def way_words(words: Words, entry: LedgerEntry) -> str:
    """Return by which way something was shown, a kind of file by its own name."""
    exact = f"history_page.way.{entry.kind}"
    return words.text(exact if exact in words else f"history_page.way.{entry.way}")


def shown_how(words: Words, event: HistoryEvent) -> str:
    """Return what stands behind a sentence: by which way it was shown, and to whom if told."""
    way, to = f"history_page.way.{event.params.get('as', '')}", event.params.get("to", "")
    parts = [words.text(way)] if way in words else []
    if to:
        parts.append(words.text("history_page.to", name=to))
    return "".join(f" · {part}" for part in parts)
