"""What a badge is made of, to be read by whoever wants to know: its document and its parts.

The one place where the terms of the formats are shown as they are. Everything is bounded, and
what a reader could not see, or what would turn the text round, is written as its number.
"""

import json
import re
import unicodedata
from base64 import urlsafe_b64decode
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wallet_app.credentials.compact_token import parse_token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Securing

__all__ = ["PartKind", "SourcePart", "source_parts"]

_MAX_CHARS: Final = 300_000
_MAX_ROWS: Final = 6_000
_ROW_CHARS: Final = 400
_MAX_COPIED_CHARS: Final = 8_000_000
_MAX_DISCLOSURES: Final = 1_000
_ASTRAL: Final = 0xFFFF
_MAX_PILED: Final = 4
"""As ``plain_text``: accents on one letter."""
_HIDDEN: Final = ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")
_WIDE: Final = re.compile(r"[\U00010000-\U0010ffff]")
_CONTROL: Final = re.compile(r"[^\t\n\x20-\x7e]")


class PartKind(StrEnum):
    """What a part is; the faces name it."""

    DOCUMENT = "document"
    """What is verified and shown: JSON, laid out line by line."""
    RECEIVED = "received"
    """The characters of the file, as they came."""
    HEADER = "header"
    """The protected header of a token."""
    SIGNATURE = "signature"
    DISCLOSURES = "disclosures"
    """The parts of an SD-JWT that this copy discloses."""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One part.

    Attributes:
        whole: to copy, exactly.
        shown: to look at and to search: at most some hundred thousand characters, hidden ones
            written as numbers.
        rows: ``shown`` with long lines broken, which a text field draws at once.
        breaks: before which characters of ``shown`` a line is broken.
        wide: which characters of ``rows`` a text field counts twice (UTF-16).
        cut: whether ``shown`` is not all of it.
        marked: whether a character in it is written as its number.
    """

    kind: PartKind
    whole: str
    shown: str
    rows: str
    breaks: tuple[int, ...]
    wide: tuple[int, ...]
    cut: bool
    marked: bool

    def cursor_of(self, at: int) -> int:
        """Return where the character ``at`` of ``shown`` stands in a text field of ``rows``."""
        place = self.place_of(at)
        return place + bisect_left(self.wide, place)

    def place_of(self, at: int) -> int:
        """Return where the character ``at`` of ``shown`` stands in ``rows``."""
        return at + bisect_left(self.breaks, at + 1)


def source_parts(credential: Credential) -> tuple[SourcePart, ...]:
    """Return the parts of a badge, the document first. Takes a while for a large one."""
    found = [_part(PartKind.DOCUMENT, _laid_out(credential.raw))]
    token = credential.secured.token
    if token:
        found += _token_parts(token)
    if credential.secured.securing is Securing.SD_JWT:
        found.append(_part(PartKind.DISCLOSURES, _disclosures(token)))
    received = _as_text(credential.original.data)
    if received:
        found.append(_part(PartKind.RECEIVED, received))
    return tuple(part for part in found if part.whole)


def _laid_out(value: object) -> str:
    """Return JSON line by line; of a huge document no more than can be copied."""
    pieces, length = [], 0
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2, default=str).iterencode(value):
        pieces.append(piece)
        length += len(piece)
        if length > _MAX_COPIED_CHARS:
            break
    return "".join(pieces)


def _token_parts(token: str) -> Iterator[SourcePart]:
    try:
        header = parse_token(token).header
    except FormatError:
        return
    yield _part(PartKind.HEADER, _laid_out(header))
    yield _part(PartKind.SIGNATURE, token.partition("~")[0].rpartition(".")[2])


def _disclosures(token: str) -> str:
    stated = [piece for piece in token.split("~")[1:] if piece and "." not in piece]
    return "\n".join(_disclosed(piece) for piece in stated[:_MAX_DISCLOSURES])


def _disclosed(piece: str) -> str:
    try:
        data = urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
        return json.dumps(json.loads(data), ensure_ascii=False)
    except (ValueError, RecursionError):
        return piece


def _as_text(data: bytes) -> str:
    """Return the file as characters, or "" for a picture or another file that has none."""
    try:
        text = data[:_MAX_COPIED_CHARS].decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else text


def _part(kind: PartKind, whole: str) -> SourcePart:
    lines = whole[: _MAX_CHARS + 1].splitlines()
    plain = "\n".join(lines[:_MAX_ROWS])
    shown = _readable(plain)
    rows, breaks = _folded(shown[:_MAX_CHARS])
    kept = shown[: len(rows) - len(breaks)]
    cut = len(whole) > _MAX_CHARS or len(lines) > _MAX_ROWS or len(kept) < len(shown)
    wide = tuple(found.start() for found in _WIDE.finditer(rows))
    return SourcePart(kind, whole, kept, rows, breaks, wide, cut, marked=shown != plain)


def _readable(text: str) -> str:
    """Return ``text`` with what hides, turns round or covers other text as its number."""
    if text.isascii() and not _CONTROL.search(text):
        return text
    shown: list[str] = []
    piled = 0
    for character in text:
        category = unicodedata.category(character)
        piled = piled + 1 if category in ("Mn", "Me") else 0
        hidden = category in _HIDDEN and character not in "\t\n"
        shown.append(_as_number(character) if hidden or piled > _MAX_PILED else character)
    return "".join(shown)


def _as_number(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= _ASTRAL else json.dumps(character)[1:-1]


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Return ``text`` with long lines broken, and before which characters they are."""
    rows: list[str] = []
    breaks: list[int] = []
    at = 0
    for line in text.split("\n"):
        for row, begins in _pieces(line):
            if len(rows) == _MAX_ROWS:
                return "\n".join(rows), tuple(breaks)
            if begins:
                breaks.append(at + begins)
            rows.append(row)
        at += len(line) + 1
    return "\n".join(rows), tuple(breaks)


def _pieces(line: str) -> Iterable[tuple[str, int]]:
    starts = range(0, max(len(line), 1), _ROW_CHARS)
    return ((line[start : start + _ROW_CHARS], start) for start in starts)
