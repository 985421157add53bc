"""The dots of a skill over time: one drawing for the list, its picture and the PDF.

Gold and filled: in force. An outline: ended, suspended or withdrawn. A faint dotted outline:
not fully checked, not vouched for, or in force later. A square on its corner: declared. Never
colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from wallet_app.drawing.tokens import Theme

__all__ = ["Dot", "DotKind", "paint_dots"]

_RADII: Final = ((4, 6.5), (2, 5.25), (1, 4.0))
"""From so many badges on, so large: size tells few from many, the number stands beside."""
_PEN: Final = 1.5


class DotKind(StrEnum):
    """How a badge stands."""

    VALID = "valid"
    OVER = "over"
    OPEN = "open"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Dot:
    """Badges of about one time: where on the line, from 0 to 1; how many; how they stand."""

    at: float
    count: int
    kind: DotKind


def paint_dots(
    painter: QPainter, rect: QRectF, dots: Sequence[Dot], theme: Theme, scale: float = 1.0
) -> None:
    """Paint the line over the width of ``rect`` and its dots; ``scale`` is px of one px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = rect.center().y()
    line = theme.edge if theme.outlined else theme.line
    painter.fillRect(
        QRectF(rect.left(), middle - scale * 0.75, rect.width(), scale * _PEN), QColor(line)
    )
    for dot in dots:
        radius = next(size for least, size in _RADII if dot.count >= least) * scale
        reach = rect.width() - 2 * radius
        centre = QPointF(rect.left() + radius + dot.at * reach, middle)
        _paint(painter, centre, radius, dot.kind, theme, scale)
    painter.restore()


def _paint(  # noqa: PLR0913, PLR0917 - private half of the one above
    painter: QPainter, centre: QPointF, radius: float, kind: DotKind, theme: Theme, scale: float
) -> None:
    if kind is DotKind.VALID:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.gold))
        painter.drawEllipse(centre, radius, radius)
        return
    pen = QPen(QColor(theme.t1 if kind is DotKind.OVER else theme.t3), _PEN * scale)
    if kind is DotKind.OPEN:
        pen.setDashPattern([1.4, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.surf))
    inner = radius - _PEN * scale / 2
    if kind is DotKind.DECLARED:
        painter.drawPolygon(
            QPolygonF([
                QPointF(centre.x(), centre.y() - radius), QPointF(centre.x() + radius, centre.y()),
                QPointF(centre.x(), centre.y() + radius), QPointF(centre.x() - radius, centre.y()),
            ])
        )  # fmt: skip
    else:
        painter.drawEllipse(centre, inner, inner)
