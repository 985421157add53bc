"""A stranger's Markdown taken apart into words and a few plain forms, within a budget.

Source of the form: CommonMark; Open Badges 3.0 gives narratives in Markdown. HTML in it stays
text, a picture leaves only its description, and of a link only a web address is kept. Nothing
of the text becomes a format by itself: whoever draws the pieces gives them their look.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextList,
)

from wallet_app.ui.seams import safe_link
from wallet_app.wording import plain_text

__all__ = ["Form", "Piece", "Span", "read_markdown"]

MAX_CHARS: Final = 20_000
"""Of a text that is shown at all; what is beyond is in the file itself."""
_MAX_WORD_CHARS: Final = 1_000
"""Qt breaks a longer word into lines in a time that grows with the square of its length."""
_MAX_MARKDOWN_CHARS: Final = 12_000
_MAX_MARKDOWN_LINES: Final = 400
_MAX_MARKERS: Final = 12
_MAX_INDENT: Final = 4
_MAX_PIECES: Final = 600
_MAX_SPANS: Final = 3_000
_MAX_ADDRESS_CHARS: Final = 2_000
_MARKERS: Final = re.compile(r"^[ \t]*+(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*+)++", re.MULTILINE)
_LONG_WORD: Final = re.compile(rf"\S{{{_MAX_WORD_CHARS}}}")
_MARKER: Final = re.compile(r"[-*+>]|\d{1,9}[.)]")
_FEATURES: Final = (
    QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_BOLD: Final = 600
_OBJECT: Final = "\ufffc"
_CODE: Final = QTextFormat.Property.BlockCodeLanguage
_FENCE: Final = QTextFormat.Property.BlockCodeFence
_QUOTE: Final = QTextFormat.Property.BlockQuoteLevel
_RULE: Final = QTextFormat.Property.BlockTrailingHorizontalRulerWidth


class Form(StrEnum):
    """What a piece is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CODE = "code"
    QUOTE = "quote"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look; ``link`` is a web address or ""."""

    text: str
    strong: bool = False
    slanted: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph. ``level`` of a heading, a quotation or an item; ``marker`` of an item."""

    form: Form
    spans: tuple[Span, ...]
    level: int = 0
    marker: str = ""


def read_markdown(text: str) -> tuple[Piece, ...]:
    """Return the pieces of ``text``; of a text beyond the budget, its lines as they are.

    Every text in them is safe to show on one line (``plain_text``).
    """
    if not _is_within_budget(text):
        return _as_it_is(text)
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setMarkdown(text.replace("\x00", "\ufffd"), _FEATURES)
    pieces = [piece for block in _blocks(document) if (piece := _piece(block)) is not None]
    return tuple(_each_with_short_words(_bounded(pieces)))


def _is_within_budget(text: str) -> bool:
    # Qt's lists cost the square of their length, and nested ones build up as deep as marked.
    if len(text) > _MAX_MARKDOWN_CHARS or text.count("\n") > _MAX_MARKDOWN_LINES:
        return False
    runs = _MARKERS.finditer(text)
    return all(len(_MARKER.findall(run[0])) <= _MAX_MARKERS for run in runs)


def _as_it_is(text: str) -> tuple[Piece, ...]:
    whole = text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…"
    lines = whole.splitlines()
    # As a reader of Markdown has it: what an empty line divides is a paragraph.
    paragraphs = "\n".join(line.rstrip() for line in lines).split("\n\n")
    found = (
        Piece(Form.PARAGRAPH, (Span(plain_text(one, max_chars=MAX_CHARS)),))
        for one in paragraphs[:_MAX_PIECES]
        if one.strip()
    )
    return tuple(_each_with_short_words(found))


def _each_with_short_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces; what lies behind the bound of a word goes on in a piece of its own."""
    for piece in pieces:
        waiting: list[Span] = []
        for span in piece.spans:
            *ends, rest = _LONG_WORD.sub("\\g<0>\n", span.text).split("\n")
            for end in ends:
                yield replace(piece, spans=(*waiting, replace(span, text=end)))
                waiting = []
            if rest:
                waiting.append(replace(span, text=rest))
        yield replace(piece, spans=tuple(waiting))


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _piece(block: QTextBlock) -> Piece | None:
    form = block.blockFormat()
    spans = tuple(_spans(block))
    if form.hasProperty(_RULE):
        return Piece(Form.RULE, ())
    if not any(span.text.strip() for span in spans):
        return None
    if form.headingLevel():
        return Piece(Form.HEADING, spans, form.headingLevel())
    if _is_code(form):
        return Piece(Form.CODE, spans)
    found = _list_of(block)
    if found is not None:
        level = min(found.format().indent(), _MAX_INDENT)
        marker = plain_text(found.itemText(block), max_chars=12) or "•"
        return Piece(Form.ITEM, spans, level, marker if marker[0].isdigit() else "•")
    quoted = form.intProperty(_QUOTE)
    if quoted:
        return Piece(Form.QUOTE, spans, min(quoted, _MAX_INDENT))
    return Piece(Form.PARAGRAPH, spans)


def _list_of(block: QTextBlock) -> QTextList | None:
    return block.textList()


def _is_code(form: QTextBlockFormat) -> bool:
    return form.nonBreakableLines() or form.hasProperty(_CODE) or form.hasProperty(_FENCE)


def _spans(block: QTextBlock) -> Iterator[Span]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        span = _span(fragment.text(), fragment.charFormat())
        if span.text:
            yield span
        at += 1


def _span(text: str, look: QTextCharFormat) -> Span:
    if look.isImageFormat() or _OBJECT in text:
        # The picture itself is never asked for: not from the network, not from this disk.
        described = look.stringProperty(QTextFormat.Property.ImageAltText)
        return Span(plain_text(f"[{described}]" if described else "", max_chars=200), slanted=True)
    return Span(
        plain_text(text, max_chars=MAX_CHARS),
        strong=look.fontWeight() >= _BOLD,
        slanted=look.fontItalic(),
        code=look.fontFixedPitch(),
        link=_address(look.anchorHref()) if look.isAnchor() else "",
    )


def _address(stated: str) -> str:
    if len(stated) > _MAX_ADDRESS_CHARS or plain_text(stated) != stated:
        return ""
    return stated if safe_link(stated) is not None else ""


def _bounded(pieces: list[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    left = _MAX_SPANS
    for piece in pieces[:_MAX_PIECES]:
        spans = piece.spans[:left]
        left -= len(spans)
        found.append(replace(piece, spans=spans))
        if not left:
            break
    return tuple(found)
