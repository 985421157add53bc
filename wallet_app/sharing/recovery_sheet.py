"""The recovery sheet: a recovery code on paper, in the person's language and the other one.

It is read years later, perhaps by somebody else, perhaps without Coffre: it says where the
safe lay and how to open a backup with the stock ``age`` tool.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import wrap
from typing import Final

from wallet_app.wording import Words

__all__ = ["CODE_COLUMNS", "Part", "PartKind", "RecoverySheet", "sheet_parts", "sheet_text"]

CODE_COLUMNS: Final = 2
_WIDTH: Final = 92
_USE: Final = ("use_1", "use_2", "use_3")
_BACKUP: Final = tuple(f"backup_{number}" for number in range(1, 6))


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What a sheet says. Its ``repr`` must not: it holds secrets.

    Attributes:
        code: the words, in order. identity: ``AGE-SECRET-KEY-1…``.
        place: the folder of the safe. made_on: the day.
    """

    code: tuple[str, ...]
    identity: str
    place: str
    made_on: date

    def __repr__(self) -> str:
        return "RecoverySheet(…)"


class PartKind(StrEnum):
    """What a part of the sheet is; ``CODE`` stands for the table of the words."""

    TITLE = "title"
    TEXT = "text"
    HEADING = "heading"
    CODE = "code"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, as plain text of one line. It may be part of the secret."""

    kind: PartKind
    text: str

    def __repr__(self) -> str:
        return f"Part({self.kind}, …)"


def sheet_parts(sheet: RecoverySheet, words: Words) -> Iterator[Part]:
    """Give the parts of a sheet in one language, in order."""

    def part(kind: PartKind, key: str, **params: str) -> Part:
        return Part(kind, words.text(f"sheet.{key}", **params))

    yield Part(PartKind.TITLE, f"Coffre · {words.text('sheet.title')}")
    yield part(PartKind.TEXT, "lead")
    yield part(PartKind.TEXT, "made", date=words.date(sheet.made_on))
    yield part(PartKind.TEXT, "place", path=sheet.place)
    yield part(PartKind.HEADING, "code")
    yield Part(PartKind.CODE, " ".join(sheet.code))
    yield part(PartKind.TEXT, "not_backups")
    yield part(PartKind.HEADING, "use_title")
    yield from (part(PartKind.TEXT, key) for key in _USE)
    yield part(PartKind.HEADING, "backup_title")
    yield from (part(PartKind.TEXT, key) for key in _BACKUP)
    yield part(PartKind.HEADING, "identity")
    yield Part(PartKind.KEY, sheet.identity)
    yield part(PartKind.TEXT, "new")


def sheet_text(sheet: RecoverySheet, languages: tuple[Words, ...]) -> str:
    """Return the sheet as plain text. The whole code stands in one line of its own."""
    pages = (
        "\n".join(_lines_of(part, sheet) for part in sheet_parts(sheet, words)).strip()
        for words in languages
    )
    return "\n\n\n".join(pages) + "\n"


def _lines_of(part: Part, sheet: RecoverySheet) -> str:
    if part.kind is PartKind.TITLE:
        return f"{part.text.upper()}\n{'=' * len(part.text)}\n"
    if part.kind is PartKind.HEADING:
        return f"\n{part.text}\n{'-' * len(part.text)}"
    if part.kind is PartKind.CODE:
        return f"{_numbered(sheet.code)}\n\n{part.text}\n"
    if part.kind is PartKind.KEY:
        return f"{part.text}\n"
    return "\n".join(wrap(part.text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _numbered(code: tuple[str, ...]) -> str:
    half = -(-len(code) // CODE_COLUMNS)
    lines = []
    for place in range(half):
        cells = [f"{at + 1:2}. {code[at]:10}" for at in range(place, len(code), half)]
        lines.append("    " + "    ".join(cells).rstrip())
    return "\n".join(lines)
