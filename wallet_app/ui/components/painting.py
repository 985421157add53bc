"""Frames and shadows that every painted piece shares."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

__all__ = ["paint_frame", "paint_shadow", "smooth"]

_SHADOW_OPACITY: Final = 0.22
_SHADOW_DROP: Final = 8
_SHADOW_SPREAD: Final = 24
_TILE: Final = 24


def smooth(painter: QPainter) -> None:
    """Ask for smooth edges and pictures."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)


def paint_frame(  # noqa: PLR0913  (the parts of one box)
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    fill: str = "",
    border: str = "",
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """Paint a rounded box whose border lies inside ``rect``; "" leaves a part out."""
    painter.save()
    smooth(painter)
    inset = width / 2 if border else 0.0
    pen = QPen(QColor(border), width) if border else QPen(Qt.PenStyle.NoPen)
    if dashed:
        pen.setDashPattern([8 / width, 6 / width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius - inset, radius - inset)
    painter.restore()


def paint_shadow(painter: QPainter, rect: QRectF, radius: float, color: str) -> None:
    """Paint the soft shadow of a raised box around ``rect`` from one cached pixmap."""
    ratio = painter.device().devicePixelRatio()
    tile = _shadow(round(radius), color, ratio)
    spread = _SHADOW_SPREAD
    edge = spread + round(radius)
    outer = rect.adjusted(-spread, _SHADOW_DROP - spread, spread, _SHADOW_DROP + spread)
    columns = ((0, edge), (edge, _TILE), (edge + _TILE, edge))
    xs = (outer.left(), outer.left() + edge, outer.right() - edge)
    ys = (outer.top(), outer.top() + edge, outer.bottom() - edge)
    widths = (edge, outer.width() - 2 * edge, edge)
    heights = (edge, outer.height() - 2 * edge, edge)
    for row, (top, tall) in enumerate(columns):
        for column, (left, wide) in enumerate(columns):
            target = QRectF(xs[column], ys[row], widths[column], heights[row])
            source = QRectF(left * ratio, top * ratio, wide * ratio, tall * ratio)
            painter.drawPixmap(target, tile, source)


@lru_cache(maxsize=16)
def _shadow(radius: int, color: str, ratio: float) -> QPixmap:
    edge = _SHADOW_SPREAD + radius
    size = 2 * edge + _TILE
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    smooth(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    layer = QColor(color)
    # Stacked rings whose sum falls off like the square of the distance.
    previous = 0.0
    for step in range(_SHADOW_SPREAD):
        reach = (step + 1) / _SHADOW_SPREAD
        wanted = _SHADOW_OPACITY * reach * reach
        layer.setAlphaF(max(0.0, min(1.0, (wanted - previous) / (1 - previous))))
        previous = wanted
        path = QPainterPath()
        rest = _SHADOW_SPREAD - step
        box = QRectF(step, step, size - 2 * step, size - 2 * step)
        path.addRoundedRect(box, radius + rest, radius + rest)
        painter.fillPath(path, layer)
    painter.end()
    return pixmap
