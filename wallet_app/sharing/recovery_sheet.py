"""The recovery sheet: a recovery code on paper, in the person's language and the other one.

It is read years later, perhaps by somebody else, perhaps without Coffre: it says where the
safe lay and how to open a backup with the stock ``age`` tool.
"""

from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap
from typing import Final

from wallet_app.wording import Words

__all__ = ["RecoverySheet", "sheet_html", "sheet_text"]

_WIDTH: Final = 92
_COLUMNS: Final = 2
_USE: Final = ("sheet.use_1", "sheet.use_2", "sheet.use_3")
_BACKUP: Final = tuple(f"sheet.backup_{number}" for number in range(1, 6))


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


def sheet_text(sheet: RecoverySheet, languages: tuple[Words, ...]) -> str:
    """Return the sheet as plain text. The whole code stands in one line of its own."""
    return "\n\n".join(_text_in(words, sheet) for words in languages) + "\n"


def _text_in(words: Words, sheet: RecoverySheet) -> str:
    title = f"COFFRE · {words.text('sheet.title')}"
    parts = [
        f"{title}\n{'=' * len(title)}",
        _folded(words.text("sheet.lead")),
        f"{_made(words, sheet)}\n{_place(words, sheet)}",
        f"{words.text('sheet.code')}\n\n{_numbered(sheet.code)}\n\n{' '.join(sheet.code)}",
        _list(words, "sheet.use_title", _USE),
        _list(words, "sheet.backup_title", _BACKUP),
        f"{words.text('sheet.identity')}\n{sheet.identity}",
        _folded(words.text("sheet.new")),
    ]
    return "\n\n".join(parts)


def _numbered(code: tuple[str, ...]) -> str:
    half = -(-len(code) // _COLUMNS)
    lines = []
    for place in range(half):
        cells = [f"{at + 1:2}. {code[at]:10}" for at in range(place, len(code), half)]
        lines.append("    " + "    ".join(cells).rstrip())
    return "\n".join(lines)


def _list(words: Words, title: str, keys: tuple[str, ...]) -> str:
    return "\n".join([words.text(title), *(_folded(words.text(key)) for key in keys)])


def _folded(text: str) -> str:
    return "\n".join(wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _made(words: Words, sheet: RecoverySheet) -> str:
    return words.text("sheet.made", date=words.date(sheet.made_on))


def _place(words: Words, sheet: RecoverySheet) -> str:
    return words.text("sheet.place", path=sheet.place)


def sheet_html(sheet: RecoverySheet, words: Words) -> str:
    """Return the sheet in one language, as the rich text that Qt lays out on one page."""
    code = "".join(_html_row(row) for row in _rows(sheet.code))

    def paragraphs(keys: tuple[str, ...]) -> str:
        return "".join(f"<p>{escape(words.text(key))}</p>" for key in keys)

    return "".join(
        (
            f"<h1>Coffre · {escape(words.text('sheet.title'))}</h1>",
            f"<p class='lead'>{escape(words.text('sheet.lead'))}</p>",
            f"<p>{escape(_made(words, sheet))}<br>{escape(_place(words, sheet))}</p>",
            f"<h2>{escape(words.text('sheet.code'))}</h2>",
            f"<table width='100%' cellspacing='0' cellpadding='5' border='1'>{code}</table>",
            f"<h2>{escape(words.text('sheet.use_title'))}</h2>{paragraphs(_USE)}",
            f"<h2>{escape(words.text('sheet.backup_title'))}</h2>{paragraphs(_BACKUP)}",
            f"<h2>{escape(words.text('sheet.identity'))}</h2>",
            f"<p class='key' style='white-space: pre'>{escape(sheet.identity)}</p>",
            f"<p>{escape(words.text('sheet.new'))}</p>",
        )
    )


def _rows(code: tuple[str, ...]) -> list[list[tuple[int, str]]]:
    half = -(-len(code) // _COLUMNS)
    return [[(at + 1, code[at]) for at in range(place, len(code), half)] for place in range(half)]


def _html_row(row: list[tuple[int, str]]) -> str:
    cells = "".join(
        f"<td class='word'>{number}. <b>{escape(word)}</b></td>" for number, word in row
    )
    return f"<tr>{cells}</tr>"
