"""Badge pictures as files: PNG and SVG bytes to bake a badge into."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from wallet_app.drawing.badge_art import badge_art_image, paint_badge_art
from wallet_app.drawing.safe_image import decode_picture

__all__ = ["badge_art_png", "badge_art_svg", "picture_as_png", "png_bytes"]

_MAX_SIDE_PX = 1_024


def badge_art_png(fingerprint: str, side_px: int = 512) -> bytes:
    """Return the picture drawn from a fingerprint as a PNG."""
    return png_bytes(badge_art_image(fingerprint, side_px))


def badge_art_svg(fingerprint: str, side_px: int = 512) -> bytes:
    """Return the picture drawn from a fingerprint as a UTF-8 SVG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(side_px, side_px))
    generator.setViewBox(QRectF(0, 0, side_px, side_px))
    generator.setTitle("Badge")
    generator.setDescription("")
    with QPainter(generator) as painter:
        paint_badge_art(painter, QRectF(0, 0, side_px, side_px), fingerprint)
    return bytes(buffer.data().data())


def picture_as_png(data: bytes) -> bytes:
    """Return an issuer's picture as a PNG of at most 1,024 px, or b"" when it is refused."""
    image = decode_picture(data, _MAX_SIDE_PX)
    return png_bytes(image) if image is not None else b""


def png_bytes(image: QImage) -> bytes:
    """Return a picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
