"""Several badges in one link, with the person's own title and words beside them.

What the person writes is not signed, and the page says so. The last day is a wish: whoever
has the link has the badges. The form is docs/verifiable-link.md.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.strict_json import parse_object
from wallet_app.errors import UserError
from wallet_app.sharing.link_format import (
    MAX_UNPACKED_BYTES,
    LinkKind,
    LinkPayload,
    bare_text,
    compress,
    decompress,
    read_body,
)

__all__ = [
    "MAX_BADGES",
    "MAX_BYTES_TOGETHER",
    "THEMES",
    "PortfolioMeta",
    "portfolio_text",
    "read_portfolio_text",
]

MAX_BADGES: Final = 50
"""As many as anybody reads; a browser checks them in a second or so."""

MAX_BYTES_TOGETHER: Final = 8 * MAX_UNPACKED_BYTES
"""Of the parts of all badges, IRIs written out: more would keep a browser busy for seconds."""

THEMES: Final = frozenset({"light", "dark", "paper"})
_SEVERAL: Final = re.compile(r"1m\.([A-Za-z0-9_-]+)((?:\.[jscn][A-Za-z0-9_-]+)+)")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class PortfolioMeta:
    """What stands around the badges, all of it the person's own.

    Attributes:
        until: the last day on which the page shows the badges; None for no end.
        theme: ``light``, ``dark``, ``paper``, or "" for the reader's own.
    """

    title: str = ""
    words: str = ""
    until: date | None = None
    theme: str = ""


def portfolio_text(texts: Sequence[str], meta: PortfolioMeta) -> str:
    """Return ``1m.<meta>.<kind><body>…`` of badges in this order; answers stay behind.

    Args:
        texts: of ``link_text``, one for each badge.
        meta: what stands around them.

    Raises:
        UserError: ``share.link_number_of_badges`` with ``limit``; ``share.link_malformed``, a
            text is no badge's; ``share.link_words_too_long``;
            ``share.link_badges_too_big`` with ``size`` and ``limit`` in kB.
        ValueError: a theme that does not exist.
    """
    if not 1 <= len(texts) <= MAX_BADGES:
        raise UserError("share.link_number_of_badges", {"limit": MAX_BADGES})
    if meta.theme and meta.theme not in THEMES:
        raise ValueError(meta.theme)
    members = {
        "title": meta.title,
        "words": meta.words,
        "until": meta.until.isoformat() if meta.until else "",
        "theme": meta.theme,
    }
    told = {name: value for name, value in members.items() if value}
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    try:
        start = f"1m.{compress(written)}"
    except ValueError as error:
        raise UserError("share.link_words_too_long") from error
    bodies = [bare_text(text)[1:].replace(".", "", 1) for text in texts]
    size = sum(_size(read_body(LinkKind(body[0]), body[1:])) for body in bodies)
    if size > MAX_BYTES_TOGETHER:
        kilobytes = {"size": -(-size // 1000), "limit": MAX_BYTES_TOGETHER // 1000}
        raise UserError("share.link_badges_too_big", kilobytes)
    text = ".".join((start, *bodies))
    if read_portfolio_text(text)[0] != meta:
        raise AssertionError("a portfolio does not say what went into it")
    return text


def read_portfolio_text(text: str) -> tuple[PortfolioMeta, tuple[LinkPayload, ...]]:
    """Read ``1m.…``, the part of a link after ``#``.

    Raises:
        UserError: ``share.link_malformed``.
    """
    found = _SEVERAL.fullmatch(text)
    if found is None:
        raise UserError("share.link_malformed")
    bodies = found[2].split(".")[1:]
    if len(bodies) > MAX_BADGES:
        raise UserError("share.link_malformed")
    badges = []
    room = MAX_BYTES_TOGETHER
    for body in bodies:
        kind = LinkKind(body[0])
        badges.append(LinkPayload(kind, read_body(kind, body[1:])))
        room -= _size(badges[-1].parts)
        if room < 0:
            raise UserError("share.link_malformed")
    return _read_meta(decompress(found[1])), tuple(badges)


def _size(parts: Sequence[bytes]) -> int:
    return sum(map(len, parts))


def _read_meta(data: bytes) -> PortfolioMeta:
    try:
        members = parse_object(data)
        texts = {name: value for name, value in members.items() if isinstance(value, str)}
        if len(texts) < len(members):
            raise UserError("share.link_malformed")
        day = texts.pop("until", "")
        if day and not _DAY.fullmatch(day):
            raise UserError("share.link_malformed")
        meta = PortfolioMeta(**texts, until=date.fromisoformat(day) if day else None)
    except (FormatError, TypeError, ValueError) as error:
        raise UserError("share.link_malformed") from error
    if meta.theme and meta.theme not in THEMES:
        raise UserError("share.link_malformed")
    return meta
