"""Coffre's mark: a C that is both a dial and a coin, with a pivot.

Four drawings, not one scaled: ticks only from 128 px, a thicker ring at 32 and 16.
"""

from functools import cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wallet_app.resources import resource_path

__all__ = ["app_icon", "app_mark_image", "paint_app_mark"]

_ICON_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512)


@cache
def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(str(resource_path("icons", "app", f"{name}.svg")))


def _drawing_for(size_px: float) -> str:
    for limit, name in ((20, "coffre-16"), (40, "coffre-32"), (127, "coffre-64")):
        if size_px <= limit:
            return name
    return "coffre-256"


def paint_app_mark(painter: QPainter, rect: QRectF, *, on_iron: bool = False) -> None:
    """Paint the flat mark of the window and the PDF; ``on_iron`` for the side bar's ground."""
    name = "mark-on-iron" if on_iron else "mark-on-paper"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name).render(painter, rect)
    painter.restore()


def app_mark_image(size_px: int) -> QImage:
    """Return the program's icon at one size, transparent outside the door."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        _renderer(_drawing_for(size_px)).render(painter, QRectF(0, 0, size_px, size_px))
    return image


def app_icon() -> QIcon:
    """Return the program's icon with every size drawn for itself."""
    made = QIcon()
    for size in _ICON_SIZES:
        made.addPixmap(QPixmap.fromImage(app_mark_image(size)))
    return made
