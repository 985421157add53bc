"""The picture of a badge that has none, drawn from its fingerprint.

The same badge gets the same picture on every computer; two badges in one safe rarely
look alike. It is never a seal and says nothing about the verdict, so no tick, no cross
and no teal.
"""

import math
from functools import lru_cache
from hashlib import sha256
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap, QPolygonF

from wallet_app.drawing.badge_glyphs import (
    closed_path,
    paint_glyph,
    polar_path,
    rounded_pen,
    stroke,
)

__all__ = ["badge_art_image", "badge_art_margin", "badge_art_pixmap", "paint_badge_art"]

_GRID: Final = 120.0
_COLORS: Final = (
    ("#1F3A5F", "#E9B44C"),
    ("#7A1F2B", "#E8C79A"),
    ("#3C4A8C", "#C3D0F7"),
    ("#5B2A52", "#E6C7DD"),
    ("#4B443C", "#F2C230"),
    ("#24563B", "#BFE0C4"),
    ("#A63228", "#F6DDD4"),
    ("#B4572A", "#F7D9B5"),
    ("#6A4C93", "#D8C7EF"),
    ("#404652", "#C9CED8"),
    ("#21506B", "#BFDDE8"),
    ("#6B4A1E", "#EBD3A4"),
)
"""Ground and accent; white on every ground keeps at least 5:1."""


def paint_badge_art(painter: QPainter, rect: QRectF, fingerprint: str) -> None:
    """Paint the picture of ``fingerprint`` (any text, such as a SHA-256) into ``rect``."""
    digest = sha256(fingerprint.encode()).digest()
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(side / _GRID, side / _GRID)
    ground, accent = _COLORS[digest[0] % len(_COLORS)]
    shape = _SHAPES[digest[1] % len(_SHAPES)]
    painter.setPen(rounded_pen(ground, 6))
    painter.setBrush(QColor(ground))
    painter.drawPath(shape(52))
    stroke(painter, shape(44), accent, 2.5)
    paint_glyph(painter, digest, accent)
    painter.restore()


def _regular(radius: float, corners: int, turn: float) -> QPainterPath:
    angles = (2 * math.pi * corner / corners + turn for corner in range(corners))
    return closed_path(
        QPolygonF([QPointF(radius * math.cos(a), radius * math.sin(a)) for a in angles])
    )


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _pointed_hexagon(radius: float) -> QPainterPath:
    return _regular(radius, 6, math.pi / 6)


def _flat_hexagon(radius: float) -> QPainterPath:
    return _regular(radius, 6, 0)


def _octagon(radius: float) -> QPainterPath:
    return _regular(radius, 8, math.pi / 8)


def _scallop(radius: float) -> QPainterPath:
    if radius < 50:
        return _circle(radius - 1)
    return polar_path(lambda angle: radius + 1.8 * math.cos(20 * angle), steps=480)


def _tile(radius: float) -> QPainterPath:
    path = QPainterPath()
    side = radius * 0.9
    path.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), side * 0.36, side * 0.36)
    return path


def _diamond(radius: float) -> QPainterPath:
    side = radius * 0.78
    square = QPainterPath()
    square.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), side * 0.24, side * 0.24)
    polygon = square.toFillPolygon()
    turned = QPolygonF()
    for point in polygon.toList():
        turned.append(QPointF(point.x() - point.y(), point.x() + point.y()) / math.sqrt(2))
    return closed_path(turned)


def _shield(radius: float) -> QPainterPath:
    half, top, waist = radius * 0.84, -radius * 0.78, radius * 0.08
    path = QPainterPath(QPointF(0, -radius))
    path.lineTo(half, top)
    path.lineTo(half, waist)
    path.cubicTo(half, radius * 0.56, half * 0.55, radius * 0.86, 0, radius)
    path.cubicTo(-half * 0.55, radius * 0.86, -half, radius * 0.56, -half, waist)
    path.lineTo(-half, top)
    path.closeSubpath()
    return path


_SHAPES: Final = (
    _pointed_hexagon,
    _circle,
    _shield,
    _scallop,
    _flat_hexagon,
    _tile,
    _diamond,
    _octagon,
)


def badge_art_margin(fingerprint: str) -> float:
    """Return the empty part left of the picture, as a part of its side: 0.04 to 0.13.

    Shift the picture left by it to align its edge with the text below.
    """
    digest = sha256(fingerprint.encode()).digest()
    bounds = _SHAPES[digest[1] % len(_SHAPES)](52).boundingRect()
    return (_GRID / 2 - 3 - bounds.width() / 2) / _GRID


def badge_art_image(fingerprint: str, size_px: int, ratio: float = 1.0) -> QImage:
    """Return the picture on a transparent ground; may be made on any thread."""
    side = round(size_px * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_badge_art(painter, QRectF(0, 0, side, side), fingerprint)
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=512)
def badge_art_pixmap(fingerprint: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return the picture as a cached pixmap, for delegates on the window's thread."""
    return QPixmap.fromImage(badge_art_image(fingerprint, size_px, ratio))
