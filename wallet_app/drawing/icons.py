"""Coffre's own icon family, drawn in any colour at any size.

Files are ``resources/icons/<name>.svg`` on a 20 px grid; ``currentColor`` in them is the
colour asked for. Only bundled files are ever rendered here: foreign SVG is refused in
``safe_image``. Verdict icons are ``verdict-<verdict>``, check icons ``outcome-<outcome>``;
holes in them are real, so they stand on any ground.
"""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wallet_app.resources import resource_path

__all__ = ["icon", "icon_names", "icon_pixmap", "paint_icon"]

_DISABLED_OPACITY: Final = 0.45


@cache
def icon_names() -> frozenset[str]:
    """Return the names that ``icon`` and ``paint_icon`` accept."""
    return frozenset(path.stem for path in resource_path("icons").glob("*.svg"))


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", color)
    return QSvgRenderer(QByteArray(svg.encode()))


def paint_icon(painter: QPainter, rect: QRectF | QRect, name: str, color: str) -> None:
    """Paint an icon as vectors into ``rect``, in ``color`` (``#RRGGBB``).

    Raises:
        FileNotFoundError: no such icon, a bug of the caller.
    """
    _renderer(name, color).render(painter, QRectF(rect))


def icon_pixmap(name: str, color: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a transparent pixmap, ``size_px`` logical pixels square."""
    return QPixmap.fromImage(_image(name, color, QSize(size_px, size_px) * ratio, ratio))


def icon(name: str, color: str, *, on_color: str = "") -> QIcon:
    """Return an icon tinted with ``color``; ``on_color`` when checked or selected.

    A disabled icon is the same drawing, fainter. Make new icons on a theme change.

    Raises:
        FileNotFoundError: no such icon, a bug of the caller.
    """
    _source(name)
    return QIcon(_TintedEngine(name, color, on_color or color))


def _image(name: str, color: str, size: QSize, ratio: float = 1.0) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_icon(painter, QRectF(0, 0, size.width(), size.height()), name, color)
    image.setDevicePixelRatio(ratio)
    return image


class _TintedEngine(QIconEngine):
    """Draws one icon, sharp at every size and pixel ratio."""

    def __init__(self, name: str, color: str, on_color: str) -> None:
        super().__init__()
        self._name, self._color, self._on_color = name, color, on_color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        on = state == QIcon.State.On or mode == QIcon.Mode.Selected
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * _DISABLED_OPACITY)
        paint_icon(painter, _square(rect), self._name, self._on_color if on else self._color)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._color, self._on_color)


def _square(rect: QRect) -> QRectF:
    side = min(rect.width(), rect.height())
    return QRectF(
        rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side
    )
