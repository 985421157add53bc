"""The pages of a portfolio: a heading with the person's words, then one entry a badge.

Everything is measured before anything is painted: entries and lines are put on pages whole,
and each page can say how many there are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from PySide6.QtGui import QPainter

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.guilloche import Ink, paint_guilloche, paint_wave
from wallet_app.drawing.text_block import TextBlock
from wallet_app.drawing.tokens import LIGHT, TypeRole
from wallet_app.sharing.certificate import CertificateContent
from wallet_app.sharing.page_setting import PageSetting
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import GRID
from wallet_app.sharing.portfolio_entry import PortfolioEntry
from wallet_app.wording import Words, plain_text

__all__ = ["PortfolioContent", "PortfolioPages"]

_LEFT: Final = 72.0
_TOP: Final = 64.0
_BOTTOM_MARGIN: Final = 104.0
_FOOT_MARGIN: Final = 58.0
_TITLE_WIDTH: Final = 500.0
_WORDS_WIDTH: Final = 590.0
_MAX_WORDS_CHARS: Final = 20_000
_ENTRY_GAP: Final = 22.0

_SANS, _SERIF, _LARGE = "Source Sans 3", "Source Serif 4", "Source Serif 4 Subhead"
_BRAND: Final = TypeRole(_SERIF, 15, 20, 600)
_TITLE: Final = (TypeRole(_LARGE, 38, 46, 600, -0.5), TypeRole(_LARGE, 28, 36, 600, -0.3))
_WORDS: Final = TypeRole(_SERIF, 15.5, 24)
_ABOUT: Final = TypeRole(_SANS, 13, 18)
_HINT: Final = TypeRole(_SANS, 12, 16)


@dataclass(frozen=True, slots=True)
class PortfolioContent:
    """Everything in the file. Texts may be untrusted; times are aware and printed in UTC.

    Attributes:
        entries: the badges in the person's order, at least one; each with its attachment.
        made_at: now.
        title, words: the person's own, not signed; ``words`` may have several lines.
    """

    entries: tuple[CertificateContent, ...]
    made_at: datetime
    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """What stays together: its height, the room above it (none at the top of a page), in px."""

    height: float
    gap: float
    paint: Callable[[float], object]


class PortfolioPages:
    """The pages of one portfolio. A painter's unit is ``1 / GRID`` px."""

    def __init__(
        self, painter: QPainter, content: PortfolioContent, words: Words, paper: Paper
    ) -> None:
        """Measure everything and put it on pages."""
        self._painter = painter
        self._content = content
        self._words = words
        self._paper = paper
        self._setting = PageSetting(painter)
        self._seed = "".join(one.attachment.name for one in content.entries)
        self._pages = list(self._filled())

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def paint(self, number: int) -> None:
        """Paint the page with that number, counted from 0."""
        self._painter.setClipRect(self._setting.box(0, 0, *self._size))
        self._ornament(with_rings=number == 0)
        self._foot(number)
        y = _TOP
        for at, item in enumerate(self._pages[number]):
            y += item.gap if at else 0
            item.paint(y)
            y += item.height

    @property
    def _size(self) -> tuple[int, int]:
        return self._paper.width_px, self._paper.height_px

    @property
    def _text_width(self) -> float:
        return self._paper.width_px - 2 * _LEFT

    def _filled(self) -> Iterator[list[_Item]]:
        page: list[_Item] = []
        y, bottom = _TOP, self._paper.height_px - _BOTTOM_MARGIN
        for item in self._items():
            if page and y + item.gap + item.height > bottom:
                yield page
                page, y = [], _TOP
            y += (item.gap if page else 0) + item.height
            page.append(item)
        yield page

    # --- what stands on the pages ---------------------------------------------------------

    def _items(self) -> Iterator[_Item]:
        yield _Item(22, 0, self._brand)
        yield from self._heading()
        for number, content in enumerate(self._content.entries):
            entry = PortfolioEntry(self._setting, content, self._words, self._text_width)
            yield _Item(entry.height, _ENTRY_GAP if number else 28, entry.painter_at(_LEFT))

    def _heading(self) -> Iterator[_Item]:
        title = plain_text(self._content.title.strip(), max_chars=300)
        title = title or self._words.text("portfolio_pdf.title")
        yield from self._lines(title, _TITLE, _TITLE_WIDTH, LIGHT.t1, 60, max_lines=4)
        gap = 16.0
        for paragraph in self._content.words[:_MAX_WORDS_CHARS].strip().splitlines():
            text = plain_text(paragraph.strip(), max_chars=_MAX_WORDS_CHARS)
            yield from self._lines(text, (_WORDS,), _WORDS_WIDTH, LIGHT.t1, gap)
            gap = 8.0 if text else 16.0
        about = self._words.plural(
            "portfolio_pdf.about",
            len(self._content.entries),
            date=self._words.date(self._content.made_at.astimezone(UTC).date()),
        )
        yield from self._lines(about, (_ABOUT,), _WORDS_WIDTH, LIGHT.t2, 18)

    def _lines(  # noqa: PLR0913, PLR0917 - a text, how it is set, and where
        self,
        text: str,
        roles: tuple[TypeRole, ...],
        width: float,
        color: str,
        gap: float,
        max_lines: int = 1_000,
    ) -> Iterator[_Item]:
        """Yield a text line by line, so that a long one may run over to the next page."""
        block, role = self._setting.largest(text, roles, width, max_lines=max_lines)
        for line in block.lines:
            part = self._setting.block(line, role)
            yield _Item(role.line_px, gap, partial(self._write, part, color))
            gap = 0.0

    def _write(self, block: TextBlock, color: str, y: float) -> None:
        self._setting.write(block, _LEFT, y, color)

    def _brand(self, y: float) -> None:
        paint_app_mark(self._painter, self._setting.box(_LEFT, y, 22, 22))
        self._setting.write(self._setting.block("Coffre", _BRAND), _LEFT + 31, y + 1, LIGHT.t1)

    def _ornament(self, *, with_rings: bool) -> None:
        width, height = self._size
        if with_rings:
            gold = Ink(LIGHT.gold, 0.4, 0.45 * GRID)
            corner = self._setting.box(width - 270, -240, 460, 460)
            paint_guilloche(self._painter, corner, gold, seed=self._seed)
        wave = Ink(LIGHT.gold, 0.6, 0.5 * GRID)
        paint_wave(
            self._painter, self._setting.box(0, height - 24, width, 18), wave, seed=self._seed
        )

    def _foot(self, number: int) -> None:
        y = self._paper.height_px - _FOOT_MARGIN - _HINT.line_px
        origin = self._setting.block(self._words.text("certificate.origin"), _HINT)
        self._setting.write(origin, _LEFT, y, LIGHT.t3)
        text = self._words.text("portfolio_pdf.page", number=number + 1, pages=len(self))
        page = self._setting.block(text, _HINT)
        right = _LEFT + self._text_width - page.width / GRID
        self._setting.write(page, right, y, LIGHT.t3)
