"""The sign in the middle of a drawn badge picture: abstract, bold, readable at 36 px.

Each family of signs takes its details from the fingerprint's bytes. Units are those of
the 120-unit grid of ``badge_art``, with the origin in the middle and a reach of 28.
"""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

__all__ = ["closed_path", "paint_glyph", "polar_path", "rounded_pen", "stroke"]

_WHITE: Final = "#FFFFFF"
_BOLD: Final = 4.4


def paint_glyph(painter: QPainter, digest: bytes, accent: str) -> None:
    """Paint the sign that belongs to ``digest`` (32 bytes), in white and ``accent``."""
    _GLYPHS[digest[2] % len(_GLYPHS)](painter, digest, accent)


def rounded_pen(color: str, width: float) -> QPen:
    """Return a solid pen with round caps and joins."""
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def stroke(painter: QPainter, path: QPainterPath, color: str, width: float = _BOLD) -> None:
    """Draw the outline of ``path``, unfilled."""
    painter.setPen(rounded_pen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def polar_path(radius_at: Callable[[float], float], steps: int) -> QPainterPath:
    """Return the closed curve of a radius given by its angle, from the top."""
    polygon = QPolygonF()
    for step in range(steps):
        angle = 2 * math.pi * step / steps - math.pi / 2
        radius = radius_at(angle)
        polygon.append(QPointF(radius * math.cos(angle), radius * math.sin(angle)))
    return closed_path(polygon)


def closed_path(polygon: QPolygonF) -> QPainterPath:
    """Return a polygon as a closed path."""
    path = QPainterPath()
    path.addPolygon(polygon)
    path.closeSubpath()
    return path


def _dot(painter: QPainter, x: float, y: float, radius: float, color: str = _WHITE) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(x, y), radius, radius)


def _around(radius: float, angle: float) -> QPointF:
    return QPointF(radius * math.sin(angle), -radius * math.cos(angle))


def _rosette(painter: QPainter, digest: bytes, accent: str) -> None:
    petals = 5 + digest[3] % 4
    depth = 0.3 + digest[4] % 4 / 20
    stroke(painter, _petals(28, petals, depth, 0), _WHITE, 4)
    if digest[5] % 2:
        stroke(painter, _petals(28, petals, depth, math.pi / petals), accent, 2.6)
    _dot(painter, 0, 0, 5)


def _petals(radius: float, count: int, depth: float, turn: float) -> QPainterPath:
    def at(angle: float) -> float:
        return radius * (1 - depth + depth * math.cos(count * (angle + math.pi / 2 - turn)))

    return polar_path(at, steps=240)


def _star(painter: QPainter, digest: bytes, accent: str) -> None:
    # Six points would make a religious sign of it.
    points = (4, 5, 7, 8)[digest[3] % 4]
    inner = 10 + digest[4] % 6
    corners = [
        _around(28 if corner % 2 == 0 else inner, math.pi * corner / points)
        for corner in range(2 * points)
    ]
    stroke(painter, closed_path(QPolygonF(corners)), _WHITE)
    _dot(painter, 0, 0, 4.5, accent)


def _orbits(painter: QPainter, digest: bytes, accent: str) -> None:
    count = 2 + digest[3] % 2
    flat = 9 + digest[4] % 4
    for orbit in range(count):
        painter.save()
        painter.rotate(180 * orbit / count + 30)
        path = QPainterPath()
        path.addEllipse(QPointF(0, 0), 29, flat)
        stroke(painter, path, _WHITE, 3.6)
        _dot(painter, 29, 0, 4.6, accent)
        painter.restore()
    _dot(painter, 0, 0, 5)


def _bars(painter: QPainter, digest: bytes, accent: str) -> None:
    painter.setPen(rounded_pen(_WHITE, 7))
    for bar in range(4):
        x = -22.5 + 15 * bar
        height = 12 + (digest[3 + bar] % 6) * 6
        color = accent if bar == digest[7] % 4 else _WHITE
        painter.setPen(rounded_pen(color, 7))
        painter.drawLine(QPointF(x, 22), QPointF(x, 22 - height))


def _waves(painter: QPainter, digest: bytes, accent: str) -> None:
    length = 26 + digest[3] % 3 * 8
    for wave in range(3):
        path = QPainterPath()
        for step in range(57):
            x = -28.0 + step
            y = -15 + 15 * wave + 5.5 * math.sin(2 * math.pi * x / length + wave * (digest[4] % 3))
            if step:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
        stroke(painter, path, accent if wave == digest[5] % 3 else _WHITE, 5)


def _dial(painter: QPainter, digest: bytes, accent: str) -> None:
    for ring in range(3):
        radius = 28 - 9.5 * ring
        start, span = digest[3 + ring] * 360 // 256, 90 + digest[6 + ring] % 120
        painter.setPen(rounded_pen(accent if ring == 1 else _WHITE, 4.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        painter.drawArc(box, start * 16, span * 16)


def _network(painter: QPainter, digest: bytes, accent: str) -> None:
    count = 3 + digest[3] % 4
    nodes = [_around(25, 2 * math.pi * node / count) for node in range(count)]
    stroke(painter, closed_path(QPolygonF(nodes)), _WHITE, 3.2)
    painter.setPen(rounded_pen(_WHITE, 3.2))
    for node in nodes:
        painter.drawLine(QPointF(0, 0), node)
    for node in nodes:
        _dot(painter, node.x(), node.y(), 6)
    _dot(painter, 0, 0, 6.5, accent)


def _nest(painter: QPainter, digest: bytes, accent: str) -> None:
    corners = 4 + digest[3] % 2
    shrink = math.cos(math.pi / corners)
    radius, turn = 30.0, 0.0
    for level in range(2):
        points = [_around(radius, turn + 2 * math.pi * c / corners) for c in range(corners)]
        stroke(painter, closed_path(QPolygonF(points)), accent if level == 1 else _WHITE)
        radius, turn = radius * shrink * 0.93, turn + math.pi / corners
    _dot(painter, 0, 0, 5)


_GLYPHS: Final = (_rosette, _star, _orbits, _bars, _waves, _dial, _network, _nest)
