"""Setting text on paper: blocks of a type role, measured in px and painted on a finer grid."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from wallet_app.drawing.fonts import font_of
from wallet_app.drawing.text_block import TextBlock, text_block
from wallet_app.drawing.tokens import TypeRole
from wallet_app.sharing.pdf_writer import GRID

__all__ = ["PageSetting"]

_LIGATURES: Final = QFont.Tag("liga")
_VERY_WIDE_PX: Final = 10_000.0


class PageSetting:
    """Measures and paints with one painter. All lengths that come and go are px."""

    def __init__(self, painter: QPainter) -> None:
        """Keep the painter, whose unit is ``1 / GRID`` px."""
        self.painter = painter

    def block(
        self, text: str, role: TypeRole, width: float = _VERY_WIDE_PX, *, max_lines: int = 1
    ) -> TextBlock:
        """Return plain ``text`` in lines of ``width``; the block's own lengths are GRID units."""
        made = font_of(role, scale=GRID)
        # A ligature is one sign to whoever searches or copies the text of the page.
        made.setFeature(_LIGATURES, 0)
        return text_block(text, made, width * GRID, role.line_px * GRID, max_lines=max_lines)

    def largest(
        self, text: str, roles: Sequence[TypeRole], width: float, *, max_lines: int
    ) -> tuple[TextBlock, TypeRole]:
        """Return the text in the first role that shows all of it, and that role."""
        made = [(self.block(text, role, width, max_lines=max_lines), role) for role in roles]
        return next((pair for pair in made if not pair[0].cut), made[-1])

    def write(self, block: TextBlock, x: float, y: float, color: str) -> float:
        """Paint a block; return the y below it."""
        return block.paint(self.painter, QPointF(x * GRID, y * GRID), color) / GRID

    @staticmethod
    def box(x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle in the painter's units."""
        return QRectF(x * GRID, y * GRID, width * GRID, height * GRID)
