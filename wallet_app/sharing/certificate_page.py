"""The one page of a certificate, painted in the look of design picture 15.

The page is laid out in px of 1/96 inch on a finer grid. The foot, with verdict and code, is
measured first; the text above takes what is left and is cut with an ellipsis rather than pushed
off the page. Letter is wider and shorter than A4: only these two lengths differ.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.badge_art import badge_art_margin, paint_badge_art
from wallet_app.drawing.fonts import font_of
from wallet_app.drawing.guilloche import Ink, paint_guilloche, paint_wave
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.qr_painting import QUIET_ZONE, paint_qr
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.drawing.text_block import TextBlock, text_block
from wallet_app.drawing.tokens import LIGHT, TypeRole
from wallet_app.sharing.certificate import CertificateContent
from wallet_app.sharing.certificate_words import CertificateText
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import GRID

__all__ = ["CertificatePage"]


_LEFT: Final = 72.0
_CLAIM_WIDTH: Final = 590.0
_TITLE_WIDTH: Final = 600.0
_BRAND_TOP: Final = 64.0
_ART: Final = 132.0
_ART_SMALL: Final = 92.0
_ART_TOP: Final = 160.0
_FOOT_MARGIN: Final = 58.0
_QR_SIDE: Final = 128.0
_QR_MODULE_PX: Final = 0.5 * 96 / 25.4
"""Half a millimetre: the smallest module for print."""
_GUTTER: Final = 28.0
_FACT_GAP: Final = 56.0
_MAX_PICTURE_PX: Final = 1_000
_LIGATURES: Final = QFont.Tag("liga")

_SANS, _SERIF, _LARGE, _CODE = (
    "Source Sans 3",
    "Source Serif 4",
    "Source Serif 4 Subhead",
    "Source Code Pro",
)
_BRAND: Final = TypeRole(_SERIF, 15, 20, 600)
_LEAD: Final = TypeRole(_SERIF, 18, 26)
_HOLDER: Final = (
    TypeRole(_LARGE, 44, 54, 600, -0.6),
    TypeRole(_LARGE, 34, 42, 600, -0.4),
    TypeRole(_LARGE, 26, 32, 600),
)
_TITLE: Final = (
    TypeRole(_LARGE, 30, 38, 600, -0.3),
    TypeRole(_LARGE, 25, 32, 600),
    TypeRole(_SERIF, 20, 26, 600),
)
_CLAIM: Final = TypeRole(_SERIF, 15.5, 24)
_LABEL: Final = TypeRole(_SANS, 13, 18)
_FACT: Final = TypeRole(_SANS, 16, 22, 600)
_SKILLS: Final = TypeRole(_SANS, 16, 23)
_VERDICT: Final = TypeRole(_SANS, 18, 24, 600)
_SENTENCE: Final = TypeRole(_SANS, 15, 21)
_HINT: Final = TypeRole(_SANS, 12, 16)
_VALUE: Final = TypeRole(_CODE, 11, 16)


class CertificatePage:
    """Paints one certificate with a painter whose unit is ``1 / GRID`` px."""

    def __init__(
        self,
        painter: QPainter,
        content: CertificateContent,
        text: CertificateText,
        paper: Paper = Paper.A4,
    ) -> None:
        """Keep what is painted with, what is painted and on which paper."""
        self._painter = painter
        self._content = content
        self._text = text
        self._page_width, self._page_height = paper.width_px, paper.height_px
        self._text_width = self._page_width - 2 * _LEFT

    def paint(self) -> None:
        """Paint the whole page."""
        self._painter.setClipRect(_box(0, 0, self._page_width, self._page_height))
        self._ornament()
        self._brand()
        self._claim(self._foot() - 24)

    def _ornament(self) -> None:
        seed = self._text.fingerprint
        gold = Ink(LIGHT.gold, 0.4, 0.45 * GRID)
        paint_guilloche(
            self._painter, _box(self._page_width - 390, -250, 620, 620), gold, seed=seed
        )
        wave = Ink(LIGHT.gold, 0.6, 0.5 * GRID)
        paint_wave(
            self._painter, _box(0, self._page_height - 24, self._page_width, 18), wave, seed=seed
        )

    def _brand(self) -> None:
        paint_app_mark(self._painter, _box(_LEFT, _BRAND_TOP, 22, 22))
        self._write(self._block("Coffre", _BRAND), _LEFT + 31, _BRAND_TOP + 1, LIGHT.t1)

    # --- what the badge says -------------------------------------------------------------

    def _claim(self, bottom: float) -> None:
        """Paint picture, headline, description, facts and skills above ``bottom``."""
        headline, facts, skills = self._headline(), self._facts(), self._skills()
        below = (30 + 42 if facts else 0) + (24 + 21 + skills.height / GRID if skills else 0)
        tall = sum(gap + block.height / GRID for gap, block, _ in headline)
        wanted = 22 + 3 * _CLAIM.line_px if self._text.description else 0
        fits = _ART_TOP + _ART + 40 + tall + wanted + below <= bottom
        y = self._picture(_ART_TOP if fits else _ART_TOP - 28, _ART if fits else _ART_SMALL)
        y += 40 if fits else 24
        for gap, block, color in headline:
            y = self._write(block, _LEFT, y + gap, color)
        y = self._description(y, bottom - below)
        if facts:
            y = self._write_facts(facts, y + 30)
        if skills:
            self._write(self._block(self._text.skills_label, _LABEL), _LEFT, y + 24, LIGHT.t3)
            self._write(skills, _LEFT, y + 45, LIGHT.t1)

    def _picture(self, top: float, side: float) -> float:
        """Paint the issuer's picture, or one of the fingerprint; return the y below it."""
        content = self._content
        picture = decode_picture(content.picture, _MAX_PICTURE_PX) if content.picture else None
        if picture is None:
            fingerprint = self._text.fingerprint
            left = _LEFT - side * badge_art_margin(fingerprint)
            paint_badge_art(self._painter, _box(left, top, side, side), fingerprint)
            return top + side
        box = QSize(int(side * GRID), int(side * GRID))
        size = picture.size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        y = (top + side) * GRID - size.height()
        self._painter.drawImage(QRectF(_LEFT * GRID, y, size.width(), size.height()), picture)
        return top + side

    def _headline(self) -> list[tuple[float, TextBlock, str]]:
        """Return who, to whom, when and what: each with the gap above it and its colour."""
        text = self._text
        before = self._block(text.before, _LEAD, max_lines=3)
        if text.holder:
            return [
                (0, before, LIGHT.t2),
                (4, self._largest(text.holder, _HOLDER, 2), LIGHT.t1),
                (14, self._block(text.between, _LEAD), LIGHT.t2),
                (4, self._largest(text.title, _TITLE, 4), LIGHT.t1),
            ]
        lines = [(0.0, before, LIGHT.t2), (4.0, self._largest(text.title, _HOLDER, 4), LIGHT.t1)]
        if text.after:
            lines.append((14.0, self._block(text.after, _LEAD), LIGHT.t2))
        return lines

    def _description(self, y: float, bottom: float) -> float:
        room = int((bottom - y - 22) // _CLAIM.line_px)
        if not self._text.description or room < 1:
            return y
        block = self._block(self._text.description, _CLAIM, _CLAIM_WIDTH, max_lines=room)
        return self._write(block, _LEFT, y + 22, LIGHT.t1)

    def _facts(self) -> list[tuple[TextBlock, TextBlock]]:
        """Return as many pairs of label and value as fit side by side."""
        shown: list[tuple[TextBlock, TextBlock]] = []
        used = 0.0
        for label, value in self._text.facts:
            pair = (self._block(label, _LABEL, 200), self._block(value, _FACT, 200))
            used += max(block.width for block in pair) / GRID
            if used > self._text_width:
                break
            shown.append(pair)
            used += _FACT_GAP
        return shown

    def _write_facts(self, facts: Iterable[tuple[TextBlock, TextBlock]], y: float) -> float:
        x = _LEFT
        for label, value in facts:
            self._write(label, x, y, LIGHT.t3)
            self._write(value, x, y + 20, LIGHT.t1)
            x += max(label.width, value.width) / GRID + _FACT_GAP
        return y + 42

    def _skills(self) -> TextBlock | None:
        if not self._text.skills:
            return None
        return self._block(self._text.skills, _SKILLS, max_lines=3)

    # --- what Coffre found ---------------------------------------------------------------

    def _foot(self) -> float:
        """Paint the foot from the bottom up; return the y of its rule."""
        text = self._text
        code = self._qr_side()
        left = _LEFT + (code + _GUTTER if code else 0)
        width = _LEFT + self._text_width - left
        sentence = self._block(text.verdict_sentence, _SENTENCE, width, max_lines=4)
        proof = self._block(text.proof, _LABEL, width, max_lines=4)
        verdict = self._block(text.verdict_line, _VERDICT, width - 30, max_lines=2)
        height = max((verdict.height + sentence.height + proof.height) / GRID + 14, code)
        bottom = self._last_line() - 26
        top = bottom - height
        self._rule(top - 22)
        if self._content.qr:
            self._code(top, code)
        y = self._verdict(verdict, left, top)
        y = self._write(sentence, left, y + 6, LIGHT.t1)
        self._write(proof, left, y + 8, LIGHT.t2)
        return top - 22

    def _qr_side(self) -> float:
        if self._content.qr is None:
            return 0.0
        return max(_QR_SIDE, len(self._content.qr.matrix) * _QR_MODULE_PX)

    def _code(self, top: float, side: float) -> None:
        matrix = self._content.qr.matrix if self._content.qr else ()
        quiet = side / len(matrix) * QUIET_ZONE
        box = _box(_LEFT - quiet, top - quiet, side + 2 * quiet, side + 2 * quiet)
        paint_qr(self._painter, box, matrix)

    def _rule(self, y: float) -> None:
        self._painter.setPen(QPen(QColor(LIGHT.t1), 1.5 * GRID))
        ends = QPointF(_LEFT * GRID, y * GRID), QPointF((_LEFT + self._text_width) * GRID, y * GRID)
        self._painter.drawLine(*ends)

    def _verdict(self, line: TextBlock, left: float, top: float) -> float:
        """Paint icon and word together, as every face does, with the date beside them."""
        verdict = self._content.verdict
        color = LIGHT.verdict(verdict).text
        paint_icon(self._painter, _box(left, top + 1, 22, 22), f"verdict-{verdict}", color)
        return self._write(line, left + 30, top, color)

    def _last_line(self) -> float:
        """Paint fingerprint and origin of the page; return the y of their top."""
        text = self._text
        y = self._page_height - _FOOT_MARGIN - _HINT.line_px
        label = self._block(text.fingerprint_label, _HINT)
        self._write(label, _LEFT, y, LIGHT.t3)
        value = self._block(text.fingerprint_short, _VALUE)
        self._write(value, _LEFT + label.width / GRID + 5, y, LIGHT.t3)
        origin = self._block(text.origin, _HINT)
        self._write(origin, _LEFT + self._text_width - origin.width / GRID, y, LIGHT.t3)
        return y

    # -------------------------------------------------------------------------------------

    def _largest(self, text: str, roles: Iterable[TypeRole], max_lines: int) -> TextBlock:
        """Return the text in the first role that shows all of it."""
        blocks = [self._block(text, role, _TITLE_WIDTH, max_lines=max_lines) for role in roles]
        return next((block for block in blocks if not block.cut), blocks[-1])

    def _block(
        self, text: str, role: TypeRole, width: float = 0.0, *, max_lines: int = 1
    ) -> TextBlock:
        width = width or self._text_width
        made = font_of(role, scale=GRID)
        # A ligature is one sign to whoever searches or copies the text of the page.
        made.setFeature(_LIGATURES, 0)
        return text_block(text, made, width * GRID, role.line_px * GRID, max_lines=max_lines)

    def _write(self, block: TextBlock, x: float, y: float, color: str) -> float:
        return block.paint(self._painter, QPointF(x * GRID, y * GRID), color) / GRID


def _box(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * GRID, y * GRID, width * GRID, height * GRID)
