"""A QR code as vectors: black on white in every theme, with its quiet zone.

Modules are traced into outlines, because separate squares leave hairlines between them
when a PDF viewer smooths edges.
"""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

__all__ = ["QUIET_ZONE", "paint_qr", "qr_path", "qr_rect"]

QUIET_ZONE: Final = 4
"""Modules of white around the code (ISO/IEC 18004)."""

_Point = tuple[int, int]
_BLACK: Final = "#000000"
_WHITE: Final = "#FFFFFF"


def qr_rect(rect: QRectF, modules: int, *, ratio: float = 0.0) -> QRectF:
    """Return the square that ``paint_qr`` fills, quiet zone included, centred in ``rect``.

    With ``ratio`` (device pixels per unit) a module is a whole number of device pixels.
    """
    across = modules + 2 * QUIET_ZONE
    side = min(rect.width(), rect.height())
    if ratio > 0:
        side = max(1, math.floor(side * ratio / across)) * across / ratio
    left, top = rect.center().x() - side / 2, rect.center().y() - side / 2
    if ratio > 0:
        left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
    return QRectF(left, top, side, side)


def paint_qr(
    painter: QPainter, rect: QRectF, matrix: Sequence[Sequence[bool]], *, ratio: float = 0.0
) -> QRectF:
    """Paint ``matrix`` (true is dark, no quiet zone) into ``rect``; return what it took.

    Give ``ratio`` on a screen, for crisp modules; leave it out on paper.
    """
    square = qr_rect(rect, len(matrix), ratio=ratio)
    module = square.width() / (len(matrix) + 2 * QUIET_ZONE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(square, QColor(_WHITE))
    if ratio > 0:
        # Tracing outlines takes 20 ms for a large code; whole device pixels need none.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        away = QUIET_ZONE * module
        painter.drawImage(square.adjusted(away, away, -away, -away), _image(matrix))
        painter.restore()
        return square
    painter.translate(square.left() + QUIET_ZONE * module, square.top() + QUIET_ZONE * module)
    painter.scale(module, module)
    painter.setBrush(QColor(_BLACK))
    painter.drawPath(qr_path(matrix))
    painter.restore()
    return square


def _image(matrix: Sequence[Sequence[bool]]) -> QImage:
    """Return the code with one pixel a module, without the quiet zone."""
    size = len(matrix)
    shades = bytes(0 if dark else 255 for row in matrix for dark in row)
    # A copy: Qt does not keep the bytes.
    return QImage(shades, size, size, size, QImage.Format.Format_Grayscale8).copy()


def qr_path(matrix: Sequence[Sequence[bool]]) -> QPainterPath:
    """Return the outlines of all dark areas, one unit per module, origin at top left."""
    following = _edges(matrix)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    while following:
        start = next(iter(following))
        path.addPolygon(_loop(following, start))
        path.closeSubpath()
    return path


def _edges(matrix: Sequence[Sequence[bool]]) -> dict[_Point, list[_Point]]:
    """Return each boundary edge from its start, dark area on its right."""
    size = len(matrix)
    following: dict[_Point, list[_Point]] = {}

    def dark(row: int, column: int) -> bool:
        return 0 <= row < size and 0 <= column < size and bool(matrix[row][column])

    for y in range(size):
        for x in range(size):
            if not matrix[y][x]:
                continue
            sides = (
                (dark(y - 1, x), (x, y), (x + 1, y)),
                (dark(y, x + 1), (x + 1, y), (x + 1, y + 1)),
                (dark(y + 1, x), (x + 1, y + 1), (x, y + 1)),
                (dark(y, x - 1), (x, y + 1), (x, y)),
            )
            for inside, start, end in sides:
                if not inside:
                    following.setdefault(start, []).append(end)
    return following


def _loop(following: dict[_Point, list[_Point]], start: _Point) -> QPolygonF:
    polygon = QPolygonF()
    here, heading = start, (0, 0)
    while here in following:
        ends = following[here]
        after = ends.pop()
        if not ends:
            del following[here]
        turn = (after[0] - here[0], after[1] - here[1])
        if turn != heading:
            polygon.append(QPointF(*here))
        here, heading = after, turn
    return polygon
