"""QR codes of links: the smallest that fits, proven readable before it is given out.

Rule: ISO/IEC 18004. No logo in the middle, quiet zone of four modules. ``qr_size`` tells
beforehand how large a code will be. Which links are digits decides ``link_code``.
"""

import io
from dataclasses import dataclass
from typing import Final

import qrcode
import qrcode.constants
import zxingcpp
from PIL import Image
from qrcode.util import QRData

from wallet_app.errors import UserError
from wallet_app.sharing.qr_size import (
    MAX_LINK_CHARS,
    PAPER_VERSION,
    QUIET_ZONE,
    SCREEN_VERSION,
    ErrorCorrection,
    QrSize,
    Readability,
    qr_size,
    qr_size_of,
    segments_of,
)

__all__ = [
    "MAX_LINK_CHARS",
    "ErrorCorrection",
    "QrCode",
    "QrSize",
    "Readability",
    "make_qr",
    "paper_qr",
    "qr_png",
    "qr_size",
    "qr_size_of",
    "qr_svg",
    "segments_of",
]

_CHECK_SCALE: Final = 3
_MAX_SCALE: Final = 40
_DIGITS: Final = 1
_BYTES: Final = 4
"""Modes of a segment (ISO/IEC 18004 table 2)."""

_LEVELS: Final = {
    ErrorCorrection.L: qrcode.constants.ERROR_CORRECT_L,
    ErrorCorrection.M: qrcode.constants.ERROR_CORRECT_M,
    ErrorCorrection.Q: qrcode.constants.ERROR_CORRECT_Q,
    ErrorCorrection.H: qrcode.constants.ERROR_CORRECT_H,
}


@dataclass(frozen=True, slots=True)
class QrCode:
    """A finished code.

    Attributes:
        link: what it opens, as it is sent.
        version: 1 to 25; the code is ``17 + 4 * version`` modules wide.
        matrix: rows of modules, true is dark, without the quiet zone.
        text: what a reader gets, byte for byte: ``link``, or its digits (``link_code``).
    """

    link: str
    version: int
    matrix: tuple[tuple[bool, ...], ...]
    error_correction: ErrorCorrection
    text: str

    @property
    def fits_paper(self) -> bool:
        """Whether an ordinary phone reads it from a printed page (judgement)."""
        return self.version <= PAPER_VERSION

    @property
    def fits_screen(self) -> bool:
        """Whether an ordinary phone reads it from a screen with ease (judgement)."""
        return self.version <= SCREEN_VERSION


def make_qr(link: str, *, error_correction: ErrorCorrection = ErrorCorrection.M) -> QrCode:
    """Return the smallest code of ``link``, read back and compared before it is returned.

    Takes up to 0.3 s at version 25: call it off the window's thread.

    Args:
        link: ASCII text, such as ``public_page`` gives; digits behind ``#1d``, which
            ``link_code`` makes of a verifiable link, take little room.
        error_correction: ``L`` for a clean screen, ``M`` for paper.

    Raises:
        UserError: ``share.link_too_long`` with ``length`` and ``limit``;
            ``share.link_not_plain``, empty or not ASCII; ``share.code_unreadable``.
    """
    if not link or not link.isascii() or not link.isprintable():
        raise UserError("share.link_not_plain")
    size = qr_size_of(link, error_correction)
    if not size.version:
        raise UserError("share.link_too_long", {"length": len(link), "limit": size.limit})
    maker = qrcode.QRCode(error_correction=_LEVELS[error_correction], border=0)
    for text, is_digits in segments_of(link):
        data = text.encode("ascii")
        maker.add_data(QRData(data, mode=_DIGITS) if is_digits else QRData(data, mode=_BYTES))
    maker.make(fit=True)
    matrix = tuple(tuple(bool(module) for module in row) for row in maker.get_matrix())
    code = QrCode(link, maker.version, matrix, error_correction, link)
    _check(_image(code, _CHECK_SCALE), link)
    return code


def paper_qr(link: str) -> QrCode | None:
    """Return a code of ``link`` for a printed page, or None when no code can carry it.

    At level M where that fits, else at L: a page without a code is still a page.
    """
    for level in (ErrorCorrection.M, ErrorCorrection.L):
        try:
            return make_qr(link, error_correction=level)
        except UserError:
            continue
    return None


def qr_png(code: QrCode, scale: int = 8) -> bytes:
    """Return the code as a PNG, ``scale`` pixels a module, read back before it is returned.

    Raises:
        UserError: ``share.code_unreadable``.
        ValueError: ``scale`` is not between 1 and 40.
    """
    if not 1 <= scale <= _MAX_SCALE:
        raise ValueError(scale)
    out = io.BytesIO()
    _image(code, scale).save(out, "PNG", optimize=True)
    with Image.open(io.BytesIO(out.getvalue())) as written:
        _check(written.convert("L"), code.text)
    return out.getvalue()


def qr_svg(code: QrCode) -> bytes:
    """Return the code as an SVG of one path, a unit a module, black on white."""
    across = len(code.matrix) + 2 * QUIET_ZONE
    runs = "".join(_runs(row, y + QUIET_ZONE) for y, row in enumerate(code.matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}" '
        f'width="{across * 8}" height="{across * 8}" shape-rendering="crispEdges">'
        f'<path fill="#FFFFFF" d="M0 0h{across}v{across}H0Z"/>'
        f'<path fill="#000000" d="{runs}"/></svg>\n'
    ).encode("ascii")


def _runs(row: tuple[bool, ...], y: int) -> str:
    """Return the dark runs of one row as rectangles of an SVG path."""
    parts: list[str] = []
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            length = x - start
            parts.append(f"M{start + QUIET_ZONE} {y}h{length}v1h-{length}Z")
            start = None
    return "".join(parts)


def _image(code: QrCode, scale: int) -> Image.Image:
    across = len(code.matrix) + 2 * QUIET_ZONE
    image = Image.new("1", (across, across), 1)
    for y, row in enumerate(code.matrix):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0)
    side = across * scale
    return image.resize((side, side), Image.Resampling.NEAREST)


def _check(image: Image.Image, text: str) -> None:
    """Read the code as a phone would; what cannot be read back is never shown."""
    found = zxingcpp.read_barcodes(
        image.convert("L"), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    )
    if len(found) != 1 or found[0].bytes != text.encode("ascii"):
        raise UserError("share.code_unreadable")
