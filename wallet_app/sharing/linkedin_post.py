"""A text for a post about one badge or several, to be pasted and changed by the person.

It says what the badge says and nothing more: no praise, no tag, no mark of Coffre's. A picture
and a post prove nothing, so the text invites the reader to check.
"""

from collections.abc import Sequence
from typing import Final

from wallet_app.sharing.badge_entry import (
    BadgeEntry,
    issuer_text,
    month_text,
    name_text,
    status_text,
)
from wallet_app.wording import Words

__all__ = ["MAX_POST_CHARS", "post_text"]

MAX_POST_CHARS: Final = 3_000
"""What a post on LinkedIn may hold, in UTF-16 units."""

_ROOM_FOR_END: Final = 200


def post_text(entries: Sequence[BadgeEntry], words: Words, *, page: str = "") -> str:
    """Return a suggested post, of several lines, within ``MAX_POST_CHARS``.

    Args:
        entries: at least one, in the order of the post.
        words: the language of the post.
        page: one address that shows them all; else each is given its own.
    """
    if len(entries) == 1:
        return _of_one(entries[0], words, page or entries[0].link)
    return _of_several(entries, words, page)


def _of_one(entry: BadgeEntry, words: Words, link: str) -> str:
    form = "own" if entry.own else "other"
    facts = _facts(entry, words)
    key = f"linkedin_post.one.{form}" if facts else f"linkedin_post.one.{form}_bare"
    sentence = words.text(key, title=name_text(entry.title), facts=facts)
    return "\n\n".join(part for part in (sentence, _invitation(link, words)) if part)


def _of_several(entries: Sequence[BadgeEntry], words: Words, page: str) -> str:
    own = all(entry.own for entry in entries)
    lines = [words.text("linkedin_post.several." + ("own" if own else "other")), ""]
    room = MAX_POST_CHARS - _ROOM_FOR_END - _size(_invitation(page, words))
    shown = 0
    for entry in entries:
        line = _line(entry, words, with_link=not page)
        room -= _size(line) + 1
        if room < 0:
            break
        lines.append(line)
        shown += 1
    if shown < len(entries):
        lines.append(words.plural("linkedin_post.more", len(entries) - shown))
    end = page or any(entry.link for entry in entries[:shown])
    if end:
        invitation = _invitation(page, words) if page else words.text("linkedin_post.check_each")
        lines += ["", invitation]
    return "\n".join(lines)


def _line(entry: BadgeEntry, words: Words, *, with_link: bool) -> str:
    title, facts = name_text(entry.title), _facts(entry, words)
    key = "linkedin_post.line" if facts else "linkedin_post.line_bare"
    line = words.text(key, title=title, facts=facts)
    # Never through a sentence, which would shorten a long address.
    return f"{line} {entry.link}" if with_link and entry.link else line


def _facts(entry: BadgeEntry, words: Words) -> str:
    """Return issuer, month and what must be said, as one line inside brackets."""
    issuer = issuer_text(entry)
    stated = "issuer" if entry.issuer_proven else "issuer_stated"
    facts = (
        words.text(f"linkedin_post.{stated}", issuer=issuer) if issuer else "",
        month_text(entry.issued_on, words),
        status_text(entry, words),
    )
    return ", ".join(fact for fact in facts if fact)


def _size(text: str) -> int:
    """Return the length as browsers count it: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _invitation(link: str, words: Words) -> str:
    return f"{words.text('linkedin_post.check')} {link}" if link else ""
