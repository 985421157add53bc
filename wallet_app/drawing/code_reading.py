"""QR codes in a picture, read as text. What the texts mean is nobody's business here.

A picture is hostile input: it is decoded by the safe path only, and the reader (zxing-cpp)
sees nothing but gray pixels. Call it on a worker thread: a large picture takes a while.
"""

from typing import Final

from PySide6.QtGui import QImage, QPainter

from wallet_app.drawing.safe_image import decode_picture

__all__ = ["MAX_CODES", "codes_in_image", "codes_in_picture"]

MAX_CODES: Final = 20
_MAX_SIDE: Final = 6_000
_MAX_PIXELS: Final = 36_000_000
"""A screen of 8K; more is no picture of a code."""

_MAX_CHARS: Final = 8_000
"""A QR code holds 7,089 digits at most (ISO/IEC 18004)."""


def codes_in_picture(data: bytes) -> tuple[str, ...] | None:
    """Return the texts of the codes in a PNG or JPEG; None for what is no such picture."""
    image = decode_picture(data, _MAX_SIDE)
    return None if image is None else codes_in_image(image)


def codes_in_image(image: QImage) -> tuple[str, ...]:
    """Return the texts of the codes that are seen, each once, at most twenty."""
    if image.isNull() or image.width() * image.height() > _MAX_PIXELS:
        return ()
    import zxingcpp  # noqa: PLC0415 - loads a library that few starts need

    # What is not covered is paper: a code drawn on nothing is dark on black.
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(0xFFFFFFFF)
    flat = _laid_on(ground, image) if image.hasAlphaChannel() else image
    gray = flat.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(gray.constBits()).cast("B", (gray.height(), gray.bytesPerLine()))
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(pixels, formats=kinds)
    texts = [code.text for code in found if 0 < len(code.text) <= _MAX_CHARS]
    return tuple(dict.fromkeys(texts))[:MAX_CODES]


def _laid_on(ground: QImage, image: QImage) -> QImage:
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    return ground
