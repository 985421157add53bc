"""What a file of authorities stands for, in words: which ones, until when, from where."""

from datetime import datetime
from typing import Final

from wallet_app.app.anchor_lists import AnchorList
from wallet_app.wording import Words, plain_text

__all__ = ["authority_facts"]

_NAMED: Final = 3
_NAME_CHARS: Final = 80


def authority_facts(words: Words, one: AnchorList, now: datetime) -> str:
    """Return the facts about one file; ``now`` tells whether it still counts for anything."""
    told = _told(words, one, now)
    if one.kept.name == one.kept.source:
        return told
    # The person calls it something else than its file.
    return f"{told} · {plain_text(one.kept.source, max_chars=_NAME_CHARS)}"


def _told(words: Words, one: AnchorList, now: datetime) -> str:
    if one.until is None:
        return words.text("authorities.unreadable")
    state = "on" if one.kept.enabled else "off"
    return words.text(
        f"authorities.{'ended' if one.until < now else state}",
        names=_names(words, one.authorities),
        until=words.date(one.until.date()),
        added=words.date(one.kept.fetched_at.astimezone().date()),
    )


def _names(words: Words, labels: tuple[str, ...]) -> str:
    # They come out of the file: plain, short, and few enough for one line.
    named = ", ".join(plain_text(label, max_chars=_NAME_CHARS) for label in labels[:_NAMED])
    more = len(labels) - _NAMED
    return words.plural("authorities.more", more, names=named) if more > 0 else named
