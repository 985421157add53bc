"""The badge card: a picture for a post (design picture 16) or, square, for a message.

Painted in px of the picture itself. The foot stands still; the name takes the largest size in
which everything fits, and what is longer still ends in an ellipsis.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.badge_art import paint_badge_art
from wallet_app.drawing.fonts import font_of, load_fonts
from wallet_app.drawing.guilloche import Ink, paint_guilloche
from wallet_app.drawing.picture_files import png_bytes
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.drawing.text_block import TextBlock, text_block
from wallet_app.drawing.tokens import DARK, SIDEBAR, TypeRole
from wallet_app.sharing.card_words import CardContent, CardText, card_text
from wallet_app.sharing.pdf_writer import ensure_gui_application
from wallet_app.wording import Words

__all__ = ["CardContent", "CardShape", "card_png"]

_SANS, _SERIF, _LARGE = "Source Sans 3", "Source Serif 4", "Source Serif 4 Subhead"
_HOLDER: Final = TypeRole(_SANS, 24, 32, 600)
_TITLE: Final = (
    TypeRole(_LARGE, 56, 64, 600, -0.8),
    TypeRole(_LARGE, 46, 54, 600, -0.6),
    TypeRole(_LARGE, 36, 44, 600, -0.4),
    TypeRole(_LARGE, 30, 38, 600, -0.3),
)
_FACTS: Final = (TypeRole(_SERIF, 28, 36), TypeRole(_SERIF, 23, 36))
_SKILLS: Final = TypeRole(_SANS, 21, 30)
_INVITATION: Final = TypeRole(_SANS, 22, 30)
_MARK: Final = 38.0
_FADE: Final = 90.0
_RINGS_TO_PLATE: Final = 372 / 156
"""The rings' inner band then just shows around the plate."""
_ART_TO_PLATE: Final = 216 / 312
"""A square of this part of a circle's diameter lies inside it: a picture is never cropped."""


class CardShape(StrEnum):
    """What the card is for."""

    POST = "post"
    """1200 by 627 px, as LinkedIn shows pictures."""
    MESSAGE = "message"
    """1080 by 1080 px, for a chat."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lengths in px: the picture, the plate, and the column of text."""

    width: int
    height: int
    plate_x: float
    plate_y: float
    plate_radius: float
    left: float
    top: float
    text_width: float
    foot: float
    fades: bool


_LAYOUTS: Final = {
    CardShape.POST: _Layout(1_200, 627, 266, 313.5, 156, 576, 66, 552, 533, fades=True),
    CardShape.MESSAGE: _Layout(1_080, 1_080, 540, 300, 170, 84, 566, 912, 974, fades=False),
}


def card_png(content: CardContent, words: Words, *, shape: CardShape = CardShape.POST) -> bytes:
    """Return the card as a PNG. Takes about 0.1 s; may run on a worker thread."""
    ensure_gui_application()
    load_fonts()
    layout = _LAYOUTS[shape]
    image = QImage(layout.width, layout.height, QImage.Format.Format_RGB32)
    image.fill(QColor(SIDEBAR.ground))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        text = card_text(content, words, place=shape.value)
        _Card(painter, layout, content, text).paint()
    return png_bytes(image)


class _Card:
    """Paints one card."""

    def __init__(
        self, painter: QPainter, layout: _Layout, content: CardContent, text: CardText
    ) -> None:
        self._painter = painter
        self._layout = layout
        self._content = content
        self._text = text

    def paint(self) -> None:
        self._rings()
        self._fade()
        self._plate()
        self._foot()
        self._column()

    def _rings(self) -> None:
        ink = Ink(SIDEBAR.gold, 0.4)
        paint_guilloche(
            self._painter, self._around_plate(_RINGS_TO_PLATE), ink, seed=self._content.fingerprint
        )

    def _around_plate(self, part: float) -> QRectF:
        """Return the square around the middle of the plate, ``part`` times its diameter."""
        layout, radius = self._layout, self._layout.plate_radius * part
        return QRectF(layout.plate_x - radius, layout.plate_y - radius, 2 * radius, 2 * radius)

    def _fade(self) -> None:
        """Let the rings end where the text begins."""
        layout = self._layout
        clear, ground = QColor(SIDEBAR.ground), QColor(SIDEBAR.ground)
        clear.setAlpha(0)
        if layout.fades:
            start = layout.left - 44
            gradient = QLinearGradient(start, 0, start + _FADE, 0)
            area = QRectF(start, 0, layout.width - start, layout.height)
        else:
            start = layout.top - _FADE
            gradient = QLinearGradient(0, start, 0, start + _FADE)
            area = QRectF(0, start, layout.width, layout.height - start)
        gradient.setColorAt(0, clear)
        gradient.setColorAt(1, ground)
        self._painter.fillRect(area, QBrush(gradient))

    def _plate(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(DARK.plate))
        self._painter.drawEllipse(self._around_plate(1))
        box = self._around_plate(_ART_TO_PLATE)
        content = self._content
        # Twice the size: scaled down once more, edges come out smooth.
        side = 2 * round(box.width())
        picture = decode_picture(content.picture, side) if content.picture else None
        if picture is None:
            paint_badge_art(self._painter, box, content.fingerprint)
            return
        room = QSize(round(box.width()), round(box.height()))
        size = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        picture = picture.scaled(
            size,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        left = box.center().x() - size.width() / 2
        top = box.center().y() - size.height() / 2
        self._painter.drawImage(QPointF(round(left), round(top)), picture)

    def _foot(self) -> None:
        layout = self._layout
        mark = QRectF(layout.left, layout.foot, _MARK, _MARK)
        paint_app_mark(self._painter, mark, on_iron=True)
        block = self._block(self._text.invitation, _INVITATION, layout.text_width - _MARK - 12)
        self._write(block, layout.left + _MARK + 12, layout.foot + 4, SIDEBAR.title)

    def _column(self) -> None:
        """Paint holder, name, facts and skills from the top; the name takes what is left."""
        text, layout = self._text, self._layout
        holder = self._block(text.holder, _HOLDER)
        facts = self._facts()
        skills = self._block(text.skills, _SKILLS, max_lines=2)
        below = 18 + sum(block.height for block in facts) if facts else 0.0
        below += 26 + skills.height if skills.lines else 0.0
        y = layout.top
        if holder.lines:
            y = self._write(holder, layout.left, y, SIDEBAR.gold) + 10
        room = layout.foot - 24 - below - y
        y = self._write(self._largest(text.title, room), layout.left, y, SIDEBAR.title)
        y += 18 if facts else 0
        for line in facts:
            y = self._write(line, layout.left, y, SIDEBAR.text)
        if skills.lines:
            self._write(skills, layout.left, y + 26, DARK.t2)

    def _facts(self) -> list[TextBlock]:
        """Return issuer and dates in at most two lines; of a long issuer the end is cut."""
        text = self._text
        for role in _FACTS:
            both = self._block(text.facts, role, max_lines=2)
            if not both.cut:
                return [both] if both.lines else []
        return [self._block(line, _FACTS[-1]) for line in (text.issuer, text.dates) if line]

    def _largest(self, text: str, room: float) -> TextBlock:
        """Return the name in the first size that shows all of it in ``room`` px of height."""
        blocks = [
            self._block(text, role, max_lines=max(1, int(room // role.line_px))) for role in _TITLE
        ]
        return next((block for block in blocks if not block.cut), blocks[-1])

    def _block(
        self, text: str, role: TypeRole, width: float = 0.0, *, max_lines: int = 1
    ) -> TextBlock:
        room = width or self._layout.text_width
        return text_block(text, font_of(role), room, role.line_px, max_lines=max_lines)

    def _write(self, block: TextBlock, x: float, y: float, color: str) -> float:
        return block.paint(self._painter, QPointF(x, y), color)
