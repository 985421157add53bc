"""Guilloché: the fine line rings of printed certificates, drawn from a seed.

It decorates and never means "verified". Lines are polylines with a cosmetic pen: a pen
wider than one device pixel made the same drawing seventeen times slower (measured), so
strength comes from opacity. Pixmaps are cached; the PDF takes the vectors.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF, QTransform

__all__ = ["Ink", "guilloche_lines", "guilloche_pixmap", "paint_guilloche", "paint_wave"]

_STEPS: Final = 600
_STEPS_PER_WAVE: Final = 36


class Ink(NamedTuple):
    """How the lines are drawn.

    ``width`` is in the painter's units; keep 0 (one device pixel) on a screen and give a
    real width on white paper, where a hairline of one dot would vanish.
    """

    color: str
    opacity: float = 0.4
    width: float = 0.0


class _Band(NamedTuple):
    """One ring: radii as parts of the whole, number of lines, their waves and harmonic."""

    inner: float
    outer: float
    lines: int
    waves: int
    harmonic: float


@lru_cache(maxsize=64)
def guilloche_lines(seed: str = "") -> tuple[QPolygonF, ...]:
    """Return the rings as closed lines in a circle of radius 1 around the origin.

    The same seed gives the same drawing on every computer.
    """
    return tuple(line for band in _bands(sha256(seed.encode()).digest()) for line in _ring(band))


def _ring(band: _Band) -> Iterator[QPolygonF]:
    # A shift of the wave is a turn of the whole line: one line is computed for each ring.
    line = _line(band)
    turn = -2 * math.pi / band.lines / band.waves
    for number in range(band.lines):
        yield QTransform().rotateRadians(turn * number).map(line)


def _bands(digest: bytes) -> tuple[_Band, ...]:
    waves = 8 + digest[0] % 4
    bend = digest[1] % 8 / 50
    return (
        _Band(0.765, 1.0, 24, waves, -bend),
        _Band(0.52, 0.765, 20, waves - 2 + digest[2] % 2, bend),
        _Band(0.43, 0.47, 5, 36 + digest[3] % 13, 0.0),
    )


def _line(band: _Band) -> QPolygonF:
    middle, reach = (band.inner + band.outer) / 2, (band.outer - band.inner) / 2
    points = []
    for step in range(_STEPS + 1):
        angle = 2 * math.pi * step / _STEPS
        wave = (1 - abs(band.harmonic)) * math.sin(band.waves * angle)
        wave += band.harmonic * math.sin(3 * band.waves * angle)
        radius = middle + reach * wave
        points.append(QPointF(radius * math.cos(angle), radius * math.sin(angle)))
    return QPolygonF(points)


def paint_guilloche(
    painter: QPainter,
    rect: QRectF,
    ink: Ink,
    *,
    seed: str = "",
) -> None:
    """Paint the rings as vectors, centred in ``rect``."""
    radius = min(rect.width(), rect.height()) / 2
    place = QTransform.fromTranslate(rect.center().x(), rect.center().y()).scale(radius, radius)
    seen = painter.clipBoundingRect() if painter.hasClipping() else rect
    painter.save()
    _take_ink(painter, ink)
    for line in guilloche_lines(seed):
        for run in _runs_inside(place.map(line), seen):
            painter.drawPolyline(run)
    painter.restore()


def _take_ink(painter: QPainter, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor(ink.color)
    if ink.width > 0:
        # A PDF strokes opaque lines as lines; others it turns into filled outlines, five
        # times the size. On white paper the mixed colour looks the same.
        color = _on_white(color, ink.opacity)
    else:
        painter.setOpacity(painter.opacity() * ink.opacity)
    pen = QPen(color, ink.width)
    # A square cap would show as a dot where each closed line meets its own beginning.
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _on_white(color: QColor, opacity: float) -> QColor:
    mixed = (1 - opacity * (1 - part) for part in (color.redF(), color.greenF(), color.blueF()))
    return QColor.fromRgbF(*mixed)


def _runs_inside(line: QPolygonF, seen: QRectF) -> list[QPolygonF]:
    """Return the parts of a line that can be seen: a PDF would carry the rest for nothing."""
    if seen.contains(line.boundingRect()):
        return [line]
    runs: list[list[QPointF]] = [[]]
    for point in line.toList():
        if seen.contains(point):
            # A tenth of a unit is enough, and shorter in a PDF.
            runs[-1].append(QPointF(round(point.x(), 1), round(point.y(), 1)))
        elif runs[-1]:
            runs.append([])
    return [QPolygonF(run) for run in runs if len(run) > 1]


@lru_cache(maxsize=24)
def guilloche_pixmap(diameter_px: int, ink: Ink, *, seed: str = "", ratio: float = 1.0) -> QPixmap:
    """Return the rings on a transparent ground, ``diameter_px`` logical pixels square.

    Only on the thread of the window: pixmaps belong to it.
    """
    side = round(diameter_px * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_guilloche(painter, QRectF(0, 0, side, side), ink, seed=seed)
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def paint_wave(
    painter: QPainter,
    rect: QRectF,
    ink: Ink,
    *,
    seed: str = "",
) -> None:
    """Paint a band of interlaced lines through the whole width of ``rect``."""
    digest = sha256(seed.encode()).digest()
    length = rect.height() * (6 + digest[4] % 8 / 3)
    painter.save()
    _take_ink(painter, ink)
    for line in range(9):
        painter.drawPolyline(_wave(rect, length, 2 * math.pi * line / 9))
    painter.restore()


def _wave(rect: QRectF, length: float, phase: float) -> QPolygonF:
    reach, step = rect.height() / 2, length / _STEPS_PER_WAVE
    points = []
    for number in range(int(rect.width() / step) + 2):
        along = min(number * step, rect.width())
        angle = 2 * math.pi * along / length
        height = 0.7 * math.sin(angle + phase) + 0.3 * math.sin(2.6 * angle - phase)
        points.append(QPointF(rect.left() + along, rect.center().y() + reach * height))
    return QPolygonF(points)
