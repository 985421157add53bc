"""The pages of a record of skills: by framework, each skill with its badges and its dots.

Everything is measured before anything is painted. The same lines make the PDF, page after page,
and the picture, which is as high as it has to be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtGui import QColor, QPainter

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.guilloche import Ink, paint_guilloche, paint_wave
from wallet_app.drawing.skill_dots import paint_dots
from wallet_app.drawing.text_block import TextBlock
from wallet_app.drawing.tokens import LIGHT, TypeRole
from wallet_app.sharing.page_setting import PageSetting
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import GRID
from wallet_app.sharing.skills_record import RecordGroup, RecordSkill, SkillsRecord
from wallet_app.wording import Words

__all__ = ["SkillsPages"]

_LEFT: Final = 72.0
_TOP: Final = 64.0
_BOTTOM_MARGIN: Final = 104.0
_FOOT_MARGIN: Final = 58.0
_PICTURE_FOOT: Final = 92.0
_WORDS_WIDTH: Final = 560.0
_TIME: Final = 150.0
_GAP: Final = 18.0
_MOST_PROOFS: Final = 8
_MOST_IN_PICTURE: Final = 60

_SANS, _SERIF, _LARGE = "Source Sans 3", "Source Serif 4", "Source Serif 4 Subhead"
_BRAND: Final = TypeRole(_SERIF, 15, 20, 600)
_TITLE: Final = TypeRole(_LARGE, 38, 46, 600, -0.5)
_ABOUT: Final = TypeRole(_SANS, 15, 22)
_SMALL: Final = TypeRole(_SANS, 13, 18)
_HEADING: Final = TypeRole(_SANS, 17, 24, 600)
_NAME: Final = TypeRole(_SANS, 15, 21, 600)
_PROOF: Final = TypeRole(_SERIF, 13, 18)
_HINT: Final = TypeRole(_SANS, 12, 16)


@dataclass(frozen=True, slots=True)
class _Item:
    """What stays together: its height, the room above it (none at the top of a page), in px.

    ``leads``: it must not be the last on a page.
    """

    height: float
    gap: float
    paint: Callable[[float], object]
    leads: bool = False


class SkillsPages:
    """The pages of one record. A painter's unit is ``1 / GRID`` px."""

    def __init__(self, painter: QPainter, record: SkillsRecord, words: Words, paper: Paper) -> None:
        """Measure everything and put it on pages."""
        self._painter = painter
        self._record = record
        self._words = words
        self._paper = paper
        self._setting = PageSetting(painter)
        self._pages = list(self._filled())

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def paint(self, number: int) -> None:
        """Paint the page with that number, counted from 0."""
        width, height = self._paper.width_px, self._paper.height_px
        self._ornament(width, height, with_rings=number == 0)
        text = self._words.text("portfolio_pdf.page", number=number + 1, pages=len(self))
        self._foot(height - _FOOT_MARGIN - _HINT.line_px, text)
        self._stack(self._pages[number])

    @property
    def picture_height(self) -> float:
        """The height of all in one picture, in px; of long records the first skills."""
        items = list(self._picture_items())
        return _TOP + sum(item.gap + item.height for item in items) + _PICTURE_FOOT

    def paint_picture(self) -> None:
        """Paint all below each other."""
        height = self.picture_height
        self._ornament(self._paper.width_px, round(height), with_rings=True)
        self._foot(height - 34 - _HINT.line_px, "")
        self._stack(list(self._picture_items()))

    def _stack(self, items: list[_Item]) -> None:
        y = _TOP
        for at, item in enumerate(items):
            y += item.gap if at else 0
            item.paint(y)
            y += item.height

    def _filled(self) -> Iterator[list[_Item]]:
        page: list[_Item] = []
        y, bottom = _TOP, self._paper.height_px - _BOTTOM_MARGIN
        items = list(self._items())
        for at, item in enumerate(items):
            after = items[at + 1] if item.leads and at + 1 < len(items) else None
            needed = item.gap + item.height + (after.gap + after.height if after else 0)
            if page and y + needed > bottom:
                yield page
                page, y = [], _TOP
            y += (item.gap if page else 0) + item.height
            page.append(item)
        yield page

    # --- what stands on the pages ---------------------------------------------------------

    @property
    def _width(self) -> float:
        return self._paper.width_px - 2 * _LEFT

    def _items(self) -> Iterator[_Item]:
        yield from self._head()
        for group in self._record.groups:
            yield self._heading(group)
            for skill in group.skills:
                yield self._skill(skill)

    def _picture_items(self) -> Iterator[_Item]:
        yield from self._head()
        left = _MOST_IN_PICTURE
        for group in self._record.groups:
            if left <= 0:
                break
            yield self._heading(group)
            for skill in islice(group.skills, left):
                left -= 1
                yield self._skill(skill)
        hidden = sum(len(group.skills) for group in self._record.groups) - _MOST_IN_PICTURE
        if hidden > 0:
            more = self._words.plural("skills_record.more", hidden)
            yield self._line(more, _SMALL, LIGHT.t2, 16)

    def _head(self) -> Iterator[_Item]:
        yield _Item(22, 0, self._brand)
        yield self._line(self._words.text("skills_record.title"), _TITLE, LIGHT.t1, 44)
        yield self._line(self._record.summary, _ABOUT, LIGHT.t1, 12)
        yield self._line(self._words.text("skills_record.no_proof"), _SMALL, LIGHT.t2, 4)
        yield _Item(18, 18, self._years)

    def _line(self, text: str, role: TypeRole, color: str, gap: float) -> _Item:
        block = self._setting.block(text, role, _WORDS_WIDTH, max_lines=4)
        return _Item(block.height / GRID, gap, partial(self._write, block, _LEFT, color))

    def _heading(self, group: RecordGroup) -> _Item:
        block, write = self._setting.block, self._setting.write
        title = block(group.title, _HEADING, self._width * 0.7, max_lines=2)
        note = block(group.note, _SMALL, self._width * 0.3)
        remark = block(group.remark, _SMALL, self._width, max_lines=2)
        height = title.height / GRID + 8 + (remark.height / GRID + 2 if group.remark else 0)

        def paint(y: float) -> None:
            below = write(title, _LEFT, y, LIGHT.t1)
            last = below - _HEADING.line_px
            write(note, _LEFT + title.width / GRID + 10, last + 5, LIGHT.t2)
            if group.remark:
                write(remark, _LEFT, below + 2, LIGHT.t2)

        return _Item(height, 22, paint, leads=True)

    def _skill(self, skill: RecordSkill) -> _Item:
        room = self._width - _TIME - _GAP
        block = self._setting.block
        name = block(skill.name, _NAME, room, max_lines=2)
        note = " · ".join(part for part in (skill.note, skill.code) if part)
        lines = [(block(note, _SMALL, room), LIGHT.t2)]
        for proof in skill.proofs[:_MOST_PROOFS]:
            # The date first: a long name may be cut, a date must not be.
            said = " · ".join(part for part in (proof.date, proof.title, proof.issuer) if part)
            lines.append((block(said, _PROOF, room, max_lines=2), LIGHT.t1))
        if len(skill.proofs) > _MOST_PROOFS:
            more = self._words.plural("skills_record.more_badges", len(skill.proofs) - _MOST_PROOFS)
            lines.append((block(more, _SMALL, room), LIGHT.t2))
        height = 9 + (name.height + sum(line.height for line, _ in lines)) / GRID + 9
        return _Item(height, 0, partial(self._paint_skill, skill, name, lines))

    def _paint_skill(
        self, skill: RecordSkill, name: TextBlock, lines: list[tuple[TextBlock, str]], y: float
    ) -> None:
        rule = self._setting.box(_LEFT, y, self._width, 0.75)
        self._painter.fillRect(rule, QColor(LIGHT.line))
        left = _LEFT + self._width - _TIME
        time = self._setting.box(left, y + 9, _TIME, _NAME.line_px)
        if skill.dots:
            paint_dots(self._painter, time, skill.dots, LIGHT, GRID)
        below = self._setting.write(name, _LEFT, y + 9, LIGHT.t1)
        for line, color in lines:
            below = self._setting.write(line, _LEFT, below, color)

    def _years(self, y: float) -> None:
        record, write = self._record, self._setting.write
        last = self._setting.block(str(record.last_year), _SMALL)
        left = _LEFT + self._width - _TIME
        write(self._setting.block(str(record.first_year), _SMALL), left, y, LIGHT.t3)
        write(last, _LEFT + self._width - last.width / GRID, y, LIGHT.t3)

    def _write(self, block: TextBlock, x: float, color: str, y: float) -> None:
        self._setting.write(block, x, y, color)

    def _brand(self, y: float) -> None:
        paint_app_mark(self._painter, self._setting.box(_LEFT, y, 22, 22))
        self._setting.write(self._setting.block("Coffre", _BRAND), _LEFT + 31, y + 1, LIGHT.t1)

    def _ornament(self, width: int, height: int, *, with_rings: bool) -> None:
        # From no badge: the same on every page and of every person.
        seed = self._words.text("skills_record.title")
        self._painter.setClipRect(self._setting.box(0, 0, width, height))
        if with_rings:
            gold = Ink(LIGHT.gold, 0.4, 0.45 * GRID)
            corner = self._setting.box(width - 270, -240, 460, 460)
            paint_guilloche(self._painter, corner, gold, seed=seed)
        wave = Ink(LIGHT.gold, 0.6, 0.5 * GRID)
        paint_wave(self._painter, self._setting.box(0, height - 24, width, 18), wave, seed=seed)

    def _foot(self, y: float, page: str) -> None:
        origin = self._setting.block(self._words.text("certificate.origin"), _HINT)
        self._setting.write(origin, _LEFT, y, LIGHT.t3)
        block = self._setting.block(page, _HINT)
        right = _LEFT + self._width - block.width / GRID
        self._setting.write(block, right, y, LIGHT.t3)
