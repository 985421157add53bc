"""One badge as a line in somebody's CV or post: plain values, and what has to be said of it.

A CV is read without Coffre. What is not verified, not proven or only a sample is therefore
said in words beside the name, where every reader of the format shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from wallet_app.drawing.tokens import DECLARED, VERDICTS
from wallet_app.wording import Words, plain_text

__all__ = [
    "BadgeEntry",
    "day_text",
    "holder_text",
    "issuer_text",
    "issuer_with_doubt",
    "month_text",
    "name_text",
    "status_text",
    "title_with_status",
]

_MAX_NAME_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class BadgeEntry:
    """What is known of one badge. Texts may be untrusted; times are aware.

    Attributes:
        issuer: name as stated, "" when the badge names none.
        issuer_proven: whether the key is proven to be that issuer's.
        verdict: one of ``drawing.tokens.VERDICTS``, or its ``DECLARED``.
        checked_at: the day of which the verdict speaks.
        holder: name as stated, "" when the badge holds none.
        own: False when the badge is made out to somebody else than the owner of the safe.
        link: where a reader can check it: the issuer's page or a verifiable link, or "".
        results: grades and scores, as pairs of label and value.
    """

    title: str
    issuer: str
    issuer_proven: bool
    verdict: str
    checked_at: datetime
    issued_on: datetime | None = None
    expires_on: datetime | None = None
    holder: str = ""
    own: bool = True
    description: str = ""
    skills: tuple[str, ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    link: str = ""
    sample: bool = False


def name_text(text: str) -> str:
    """Return an untrusted name as one plain line of at most 300 characters."""
    return plain_text(text.strip(), max_chars=_MAX_NAME_CHARS)


def holder_text(text: str) -> str:
    """Return the holder's name as a plain line; "" where an address stands for the name."""
    return "" if "@" in text else name_text(text)


def issuer_text(entry: BadgeEntry) -> str:
    """Return the issuer's name as stated; "" when there is none but an address or a DID."""
    name = name_text(entry.issuer)
    return "" if name.startswith(("did:", "urn:", "http://", "https://")) else name


def issuer_with_doubt(entry: BadgeEntry, words: Words) -> str:
    """Return the issuer's name, marked as unproven where it is; "" when there is none."""
    name = issuer_text(entry)
    if not name or entry.issuer_proven:
        return name
    return words.text("cv.issuer_unproven", issuer=name)


def day_text(moment: datetime, words: Words) -> str:
    """Return ``12 March 2024``: the day in UTC, as for every date that a badge states."""
    return words.date(moment.astimezone(UTC).date())


def month_text(moment: datetime | None, words: Words) -> str:
    """Return ``March 2024``: the month in UTC, or "" when there is none."""
    if moment is None:
        return ""
    day = moment.astimezone(UTC)
    return f"{words.text(f'date.month.{day.month}')} {day.year}"


def status_text(entry: BadgeEntry, words: Words) -> str:
    """Return what a reader must know before relying on it; "" for a verified badge.

    Raises:
        ValueError: the verdict is none that Coffre gives, a bug of the caller.
    """
    return ", ".join(_remarks(entry, words))


def title_with_status(entry: BadgeEntry, words: Words) -> str:
    """Return the badge's name, with its status in brackets where it is not verified."""
    title, status = name_text(entry.title), status_text(entry, words)
    return words.text("cv.title_with_status", title=title, status=status) if status else title


def _remarks(entry: BadgeEntry, words: Words) -> Iterator[str]:
    if entry.verdict not in (*VERDICTS, DECLARED):
        raise ValueError(entry.verdict)
    if entry.sample:
        yield words.text("cv.sample")
    if entry.verdict == "expired" and entry.expires_on is not None:
        yield words.text("cv.expired_on", date=day_text(entry.expires_on, words))
    elif entry.verdict != "verified":
        checked = day_text(entry.checked_at, words)
        yield words.text(f"cv.status.{entry.verdict}", date=checked)
