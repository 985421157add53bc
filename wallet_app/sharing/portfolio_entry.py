"""One badge on a page of a portfolio: what it says, what was found, and where to check it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen

from wallet_app.drawing.badge_art import paint_badge_art
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.qr_painting import QUIET_ZONE, paint_qr
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.drawing.text_block import TextBlock
from wallet_app.drawing.tokens import LIGHT, TypeRole
from wallet_app.sharing.certificate import CertificateContent
from wallet_app.sharing.certificate_words import certificate_text
from wallet_app.sharing.page_setting import PageSetting
from wallet_app.sharing.pdf_writer import GRID
from wallet_app.wording import Words, plain_text

__all__ = ["PortfolioEntry"]

_ART: Final = 72.0
_GUTTER: Final = 20.0
_PADDING: Final = 18.0
_QR_SIDE: Final = 96.0
_QR_MODULE_PX: Final = 0.5 * 96 / 25.4
"""Half a millimetre: the smallest module for print."""
_MAX_PICTURE_PX: Final = 600

_SANS, _SERIF, _LARGE = "Source Sans 3", "Source Serif 4", "Source Serif 4 Subhead"
_TITLE: Final = (TypeRole(_LARGE, 22, 28, 600), TypeRole(_SERIF, 17, 22, 600))
_CLAIM: Final = TypeRole(_SERIF, 14, 20)
_SMALL: Final = TypeRole(_SANS, 13, 18)
_VERDICT: Final = TypeRole(_SANS, 15, 20, 600)
_HINT: Final = TypeRole(_SANS, 12, 16)


@dataclass(frozen=True, slots=True)
class _Line:
    """A block of text in the column: room above it, colour, and how far it stands in, in px."""

    block: TextBlock
    gap: float
    color: str
    inset: float = 0.0


class PortfolioEntry:
    """One entry, measured when it is made; every text is bounded, so it fits on a page."""

    def __init__(
        self, setting: PageSetting, content: CertificateContent, words: Words, width: float
    ) -> None:
        """Set the texts of ``content`` in a column of ``width`` px, picture and code included."""
        self._setting = setting
        self._content = content
        self._words = words
        self._width = width
        self._text = certificate_text(content, words)
        self._qr = self._qr_side()
        taken = _ART + _GUTTER + (self._qr + _GUTTER if self._qr else 0)
        self._column = width - taken
        self._lines = [line for line in self._set() if line.block.lines]
        text = sum(line.gap + line.block.height / GRID for line in self._lines)
        self.height = _PADDING + max(text, _ART, self._qr)

    def painter_at(self, left: float) -> Callable[[float], None]:
        """Return what paints the entry, its left edge at ``left``, from a y downwards."""

        def paint(y: float) -> None:
            self._rule(left, y)
            self._picture(left, y + _PADDING)
            self._code(left, y + _PADDING)
            self._write_lines(left + _ART + _GUTTER, y + _PADDING)

        return paint

    # --- measured -------------------------------------------------------------------------

    def _set(self) -> Iterator[_Line]:
        text, block = self._text, self._block
        title, _ = self._setting.largest(text.title, _TITLE, self._column, max_lines=3)
        yield _Line(title, 0, LIGHT.t1)
        yield _Line(block(self._issuer(), _CLAIM, 2), 4, LIGHT.t1)
        yield _Line(block(self._awarded(), _CLAIM, 2), 0, LIGHT.t1)
        yield _Line(block(self._facts(), _CLAIM, 2), 0, LIGHT.t1)
        yield _Line(block(text.description, _CLAIM, 4), 6, LIGHT.t1)
        skills = self._fact(text.skills_label, text.skills) if text.skills else ""
        yield _Line(block(skills, _SMALL, 2), 6, LIGHT.t1)
        color = LIGHT.verdict(self._content.verdict).text
        verdict = self._setting.block(text.verdict_line, _VERDICT, self._column - 24, max_lines=2)
        yield _Line(verdict, 10, color, inset=24)
        yield _Line(block(text.verdict_sentence, _SMALL, 4), 2, LIGHT.t1)
        yield _Line(block(self._attached(), _HINT, 2), 4, LIGHT.t3)

    def _block(self, text: str, role: TypeRole, max_lines: int) -> TextBlock:
        return self._setting.block(text, role, self._column, max_lines=max_lines)

    def _issuer(self) -> str:
        name = plain_text(self._content.issuer.strip(), max_chars=300)
        how = "proven" if self._content.issuer_proven else "unproven"
        return self._words.text(f"portfolio_pdf.issuer.{how if name else 'unnamed'}", issuer=name)

    def _awarded(self) -> str:
        holder, moment = self._text.holder, self._content.issued_on
        date = "" if moment is None else self._words.date(moment.astimezone(UTC).date())
        if not holder:
            return self._words.text("portfolio_pdf.awarded", date=date) if date else ""
        key = "portfolio_pdf.awarded_to_on" if date else "portfolio_pdf.awarded_to"
        return self._words.text(key, holder=holder, date=date)

    def _facts(self) -> str:
        return " · ".join(self._fact(label, value) for label, value in self._text.facts)

    def _fact(self, label: str, value: str) -> str:
        return self._words.text("portfolio_pdf.fact", label=label, value=value)

    def _attached(self) -> str:
        return self._words.text(
            "portfolio_pdf.attached",
            name=plain_text(self._content.attachment.name),
            fingerprint=self._text.fingerprint_short,
        )

    def _qr_side(self) -> float:
        if self._content.qr is None:
            return 0.0
        return max(_QR_SIDE, len(self._content.qr.matrix) * _QR_MODULE_PX)

    # --- painted --------------------------------------------------------------------------

    def _rule(self, left: float, y: float) -> None:
        self._setting.painter.setPen(QPen(QColor(LIGHT.edge), GRID))
        start, end = QPointF(left * GRID, y * GRID), QPointF((left + self._width) * GRID, y * GRID)
        self._setting.painter.drawLine(start, end)

    def _picture(self, left: float, top: float) -> None:
        content, painter = self._content, self._setting.painter
        box = self._setting.box(left, top, _ART, _ART)
        picture = decode_picture(content.picture, _MAX_PICTURE_PX) if content.picture else None
        if picture is None:
            paint_badge_art(painter, box, self._text.fingerprint)
            return
        room = QSize(round(box.width()), round(box.height()))
        size = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(box.left(), box.top(), size.width(), size.height()), picture)

    def _code(self, left: float, top: float) -> None:
        if self._content.qr is None:
            return
        matrix = self._content.qr.matrix
        quiet = self._qr / len(matrix) * QUIET_ZONE
        side = self._qr + 2 * quiet
        x = left + self._width - self._qr - quiet
        paint_qr(self._setting.painter, self._setting.box(x, top - quiet, side, side), matrix)

    def _write_lines(self, left: float, y: float) -> None:
        for line in self._lines:
            y += line.gap
            if line.inset:
                icon = self._setting.box(left, y + 1, 18, 18)
                name = f"verdict-{self._content.verdict}"
                paint_icon(self._setting.painter, icon, name, line.color)
            y = self._setting.write(line.block, left + line.inset, y, line.color)
