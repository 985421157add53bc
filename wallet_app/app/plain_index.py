"""The page in a plain export that a person opens: every badge, with what is written beside.

One HTML file without script, address or style from elsewhere; all texts are shown as plain
text, because badges are written by anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import quote

from wallet_app.drawing.tokens import DECLARED
from wallet_app.storage.models import StoredRow
from wallet_app.storage.own_words import OwnWords
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["ListedBadge", "plain_index"]

_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "color:#222;background:#fff}li{margin:0 0 1.2rem}ul{padding:0;list-style:none}"
    "p{margin:.15rem 0}.note{white-space:pre-wrap;border-left:3px solid #999;padding-left:.7rem}"
    ".small{color:#555;font-size:.9em}"
)
_MAX_NOTE_CHARS: Final = 100_000


@dataclass(frozen=True, slots=True)
class ListedBadge:
    """One line of the page: where the file lies, what the badge says, what the owner wrote.

    ``declared``: nobody but its own holder speaks for it.
    """

    path: str
    row: StoredRow
    words: OwnWords
    declared: bool = False


def plain_index(badges: Sequence[ListedBadge], now: datetime, words: Words) -> bytes:
    """Return the page in the language of ``words``."""
    title = escape(words.text("move_out.index.title"))
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{words.language}"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        _paragraph(words.text("move_out.index.about", date=words.date(now.date()))),
        "<ul>",
        *(line for badge in badges for line in _badge(badge, words)),
        "</ul></body></html>",
    ]
    return "\n".join(lines).encode()


def _badge(badge: ListedBadge, words: Words) -> Iterable[str]:
    row, own = badge.row, badge.words
    yield f'<li><p><a href="{quote(badge.path)}"><b>{_shown(row.name)}</b></a></p>'
    key = "library.calls_itself"
    issuer = row.issuer if row.issuer_proven else words.text(key, issuer=row.issuer)
    if row.issuer:
        yield _paragraph(issuer)
    own_word = badge.declared and row.verdict == Verdict.VERIFIED
    verdict = words.text(f"verdict.{DECLARED if own_word else row.verdict}.name")
    date = words.date(row.checked_at.date())
    yield _small(words.text("move_out.index.checked", verdict=verdict, date=date))
    if row.issued_on:
        yield _small(words.text("move_out.index.issued", date=words.date(row.issued_on.date())))
    if own.note:
        note = "\n".join(plain_text(line) for line in own.note[:_MAX_NOTE_CHARS].splitlines())
        yield f'<p class="note">{escape(note)}</p>'
    if own.tags:
        yield _small(words.text("move_out.index.tags", tags=", ".join(own.tags)))
    yield "</li>"


def _paragraph(text: str) -> str:
    return f"<p>{_shown(text)}</p>"


def _small(text: str) -> str:
    return f'<p class="small">{_shown(text)}</p>'


def _shown(text: str) -> str:
    return escape(plain_text(text))
