"""The recovery sheet as a PDF: one A4 page per language, black on white, for any printer."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter

from wallet_app.drawing.fonts import load_fonts
from wallet_app.sharing.pdf_writer import ensure_gui_application
from wallet_app.sharing.recovery_sheet import (
    CODE_COLUMNS,
    Part,
    PartKind,
    RecoverySheet,
    sheet_parts,
)
from wallet_app.wording import Words

__all__ = ["recovery_pdf"]

_DOTS_PER_INCH: Final = 720
_DOTS_PER_POINT: Final = _DOTS_PER_INCH / 72
_MARGIN_PT: Final = 56.0
_ROW_PT: Final = 26.0
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class _Face:
    """How one kind of part is set; sizes in points, ``before`` is the room above."""

    family: str
    size: float
    before: float
    bold: bool = False


_FACES: Final = {
    PartKind.TITLE: _Face("Source Serif 4", 22, 0, bold=True),
    PartKind.TEXT: _Face("Source Sans 3", 11, 4),
    PartKind.HEADING: _Face("Source Sans 3", 13, 16, bold=True),
    PartKind.CODE: _Face("Source Code Pro", 13, 6),
    PartKind.KEY: _Face("Source Code Pro", 9.5, 6),
}


def recovery_pdf(sheet: RecoverySheet, languages: tuple[Words, ...]) -> bytes:
    """Return the sheet as a PDF file; may run on a worker once a Qt application exists."""
    ensure_gui_application()
    load_fonts()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(languages[0].text("sheet.title"))
    painter = QPainter(writer)
    for number, words in enumerate(languages):
        if number:
            writer.newPage()
        _Page(painter, writer.width()).draw(sheet, words)
    painter.end()
    buffer.close()
    return bytes(data.data())


class _Page:
    """Draws parts from the top down; lengths in dots."""

    def __init__(self, painter: QPainter, width: int) -> None:
        self._painter = painter
        self._left = _MARGIN_PT * _DOTS_PER_POINT
        self._width = width - 2 * self._left
        self._top = self._left
        painter.setPen(QColor("black"))

    def draw(self, sheet: RecoverySheet, words: Words) -> None:
        for part in sheet_parts(sheet, words):
            self._top += _FACES[part.kind].before * _DOTS_PER_POINT
            self._painter.setFont(_font(_FACES[part.kind]))
            if part.kind is PartKind.CODE:
                self._draw_code(sheet.code)
            else:
                self._draw_text(part)

    def _draw_text(self, part: Part) -> None:
        room = QRectF(self._left, self._top, self._width, 10_000)
        needed = self._painter.boundingRect(room, _WRAPPED, part.text)
        self._painter.drawText(room, _WRAPPED, part.text)
        self._top += needed.height()

    def _draw_code(self, code: tuple[str, ...]) -> None:
        half = -(-len(code) // CODE_COLUMNS)
        cell_width, height = self._width / CODE_COLUMNS, _ROW_PT * _DOTS_PER_POINT
        inset = 8 * _DOTS_PER_POINT
        self._painter.setPen(QColor("black"))
        for at, word in enumerate(code):
            left = self._left + at // half * cell_width
            cell = QRectF(left, self._top + at % half * height, cell_width, height)
            self._painter.drawRect(cell)
            text = f"{at + 1:2}. {word}"
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            self._painter.drawText(cell.adjusted(inset, 0, 0, 0), middle, text)
        self._top += half * height


def _font(face: _Face) -> QFont:
    font = QFont(face.family)
    font.setPointSizeF(face.size)
    font.setBold(face.bold)
    # Spaced letters form no ligatures: what is copied out of the file is what was written.
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.1)
    return font
