"""The only door for pictures from credentials: PNG and JPEG, with every size capped.

A picture is hostile input. The format is decided by its first bytes and named to Qt,
because detection by Qt also tries SVG, which reads local files. SVG is refused: the badge
is then drawn from its fingerprint. Call it on a worker thread; ``QImage`` is allowed there.
"""

import zlib
from functools import cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

__all__ = ["MAX_PICTURE_BYTES", "MAX_PICTURE_PIXELS", "decode_picture"]

MAX_PICTURE_BYTES: Final = 8 * 1024 * 1024
MAX_PICTURE_PIXELS: Final = {b"png": 8 * 1024 * 1024, b"jpeg": 16_000_000}
"""A PNG is decoded whole, at four bytes a pixel; a JPEG is scaled while decoding."""

_ALLOCATION_LIMIT_MB: Final = 32
_MAX_JPEG_SCANS: Final = 64
"""A progressive JPEG needs about ten; each scan costs a pass over the whole picture."""

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SIGNATURES: Final = ((_PNG_SIGNATURE, b"png"), (b"\xff\xd8\xff", b"jpeg"))
_PIXEL_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PNG_FRAME_BYTES: Final = 12
"""Around the data of each chunk: its length, its type and its CRC (PNG, section 5.3)."""


def decode_picture(data: bytes, max_px: int) -> QImage | None:
    """Return the picture scaled to fit ``max_px`` square, or None when it is refused.

    Refused are other formats, more than 8 MiB, more pixels than ``MAX_PICTURE_PIXELS``,
    what would need more than 32 MiB when decoded, and damaged data. The bytes themselves
    are never changed.
    """
    file_format = _format_of(data)
    if not file_format or len(data) > MAX_PICTURE_BYTES or max_px < 1:
        return None
    # In entropy-coded data 0xFF is followed by 0x00 or a restart marker, so this count
    # is never too low.
    if file_format == b"jpeg" and data.count(b"\xff\xda") > _MAX_JPEG_SCANS:
        return None
    plain = _only_pixels(data) if file_format == b"png" else data
    return _decode(plain, file_format, max_px) if plain else None


def _only_pixels(data: bytes) -> bytes:
    """Return a PNG of its pixels alone; empty when a chunk is damaged or the end missing.

    Compressed texts and profiles swell a thousandfold inside Qt, each of them, and its
    allocation limit does not count them.
    """
    kept, start = [_PNG_SIGNATURE], len(_PNG_SIGNATURE)
    while start + _PNG_FRAME_BYTES <= len(data):
        end = start + _PNG_FRAME_BYTES + int.from_bytes(data[start : start + 4], "big")
        kind = data[start + 4 : start + 8]
        crc = int.from_bytes(data[end - 4 : end], "big")
        if end > len(data) or zlib.crc32(memoryview(data)[start + 4 : end - 4]) != crc:
            return b""
        if kind in _PIXEL_CHUNKS:
            kept.append(data[start:end])
        if kind == b"IEND":
            return b"".join(kept)
        start = end
    return b""


def _format_of(data: bytes) -> bytes:
    return next((name for start, name in _SIGNATURES if data.startswith(start)), b"")


@cache
def _silence_decoders() -> None:
    # A stranger's damaged picture is no news for the terminal.
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")


def _decode(data: bytes, file_format: bytes, max_px: int) -> QImage | None:
    _silence_decoders()
    QImageReader.setAllocationLimit(_ALLOCATION_LIMIT_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(file_format))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PICTURE_PIXELS[file_format]:
        return None
    if max(size.width(), size.height()) > max_px:
        # A JPEG is then never whole in memory.
        box = QSize(max_px, max_px)
        fitted = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted.expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image
