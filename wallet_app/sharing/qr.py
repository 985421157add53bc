"""QR codes of links: the smallest that fits, proven readable before it is given out.

Rule: ISO/IEC 18004. Sizes that phones and paper bear are a judgement: version 12 on
paper, 22 on a screen, never above 25. No logo in the middle, quiet zone of four modules.
``qr_size`` tells beforehand how large a code will be, at no cost.
"""

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import qrcode
import qrcode.constants
import qrcode.exceptions
import zxingcpp
from PIL import Image

from wallet_app.errors import UserError

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
    "qr_svg",
]

PAPER_VERSION: Final = 12
SCREEN_VERSION: Final = 22
_QUIET_ZONE: Final = 4
_CHECK_SCALE: Final = 3
_MAX_SCALE: Final = 40


class ErrorCorrection(StrEnum):
    """How much of a code may be dirty: L on a clean screen, M on paper."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


MAX_LINK_CHARS: Final = {
    ErrorCorrection.L: 1_273,
    ErrorCorrection.M: 997,
    ErrorCorrection.Q: 715,
    ErrorCorrection.H: 535,
}
"""Bytes that version 25 holds at each level."""

_LEVELS: Final = {
    ErrorCorrection.L: qrcode.constants.ERROR_CORRECT_L,
    ErrorCorrection.M: qrcode.constants.ERROR_CORRECT_M,
    ErrorCorrection.Q: qrcode.constants.ERROR_CORRECT_Q,
    ErrorCorrection.H: qrcode.constants.ERROR_CORRECT_H,
}


_BYTES: Final = {
    ErrorCorrection.L: (
        *(17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425),
        *(458, 520, 586, 644, 718, 792, 858, 929, 1_003, 1_091, 1_171, 1_273),
    ),
    ErrorCorrection.M: (
        *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331),
        *(362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997),
    ),
}
"""Bytes that versions 1 to 25 hold (ISO/IEC 18004 table 7), at the levels of screen and paper."""


class Readability(StrEnum):
    """How a code of some size does with an ordinary phone (judgement)."""

    READABLE = "readable"
    """With ease: up to version 12 on paper, 22 on a screen."""
    LARGE = "large"
    """With patience: up to version 25, filling the screen or the page."""
    TOO_LARGE = "too_large"
    """Not at all: no code is given."""


@dataclass(frozen=True, slots=True)
class QrSize:
    """What a code will be like, told before it is made.

    Attributes:
        version: 1 to 25, or 0 when no code is given.
        modules: how many stand side by side, quiet zone included; 0 likewise.
        limit: characters of the longest link that still has a code.
    """

    version: int
    modules: int
    readability: Readability
    error_correction: ErrorCorrection
    limit: int


def qr_size(length: int, *, on_paper: bool = False) -> QrSize:
    """Return how large the code of a link of ``length`` characters will be.

    Level L is taken on a screen, which is clean, M on paper: make the code with the level
    that is returned.
    """
    level = ErrorCorrection.M if on_paper else ErrorCorrection.L
    rows = enumerate(_BYTES[level], 1)
    version = next((version for version, holds in rows if length <= holds), 0)
    comfortable = PAPER_VERSION if on_paper else SCREEN_VERSION
    readability = Readability.READABLE if version <= comfortable else Readability.LARGE
    if not version:
        readability = Readability.TOO_LARGE
    modules = 17 + 4 * version + 2 * _QUIET_ZONE if version else 0
    return QrSize(version, modules, readability, level, MAX_LINK_CHARS[level])


@dataclass(frozen=True, slots=True)
class QrCode:
    """A finished code.

    Attributes:
        link: what a reader gets, byte for byte.
        version: 1 to 25; the code is ``17 + 4 * version`` modules wide.
        matrix: rows of modules, true is dark, without the quiet zone.
    """

    link: str
    version: int
    matrix: tuple[tuple[bool, ...], ...]
    error_correction: ErrorCorrection

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
        link: ASCII text, such as ``public_page`` gives.
        error_correction: ``L`` for a clean screen, ``M`` for paper.

    Raises:
        UserError: ``share.link_too_long`` with ``length`` and ``limit``;
            ``share.link_not_plain``, empty or not ASCII; ``share.code_unreadable``.
    """
    if not link or not link.isascii() or not link.isprintable():
        raise UserError("share.link_not_plain")
    limit = MAX_LINK_CHARS[error_correction]
    if len(link) > limit:
        raise UserError("share.link_too_long", {"length": len(link), "limit": limit})
    maker = qrcode.QRCode(error_correction=_LEVELS[error_correction], border=0)
    maker.add_data(link.encode("ascii"), optimize=0)
    maker.make(fit=True)
    matrix = tuple(tuple(bool(module) for module in row) for row in maker.get_matrix())
    code = QrCode(link, maker.version, matrix, error_correction)
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
        _check(written.convert("L"), code.link)
    return out.getvalue()


def qr_svg(code: QrCode) -> bytes:
    """Return the code as an SVG of one path, a unit a module, black on white."""
    across = len(code.matrix) + 2 * _QUIET_ZONE
    runs = "".join(_runs(row, y + _QUIET_ZONE) for y, row in enumerate(code.matrix))
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
            parts.append(f"M{start + _QUIET_ZONE} {y}h{length}v1h-{length}Z")
            start = None
    return "".join(parts)


def _image(code: QrCode, scale: int) -> Image.Image:
    across = len(code.matrix) + 2 * _QUIET_ZONE
    image = Image.new("1", (across, across), 1)
    for y, row in enumerate(code.matrix):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + _QUIET_ZONE, y + _QUIET_ZONE), 0)
    side = across * scale
    return image.resize((side, side), Image.Resampling.NEAREST)


def _check(image: Image.Image, link: str) -> None:
    """Read the code as a phone would; what cannot be read back is never shown."""
    found = zxingcpp.read_barcodes(
        image.convert("L"), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    )
    if len(found) != 1 or found[0].bytes != link.encode("ascii"):
        raise UserError("share.code_unreadable")
