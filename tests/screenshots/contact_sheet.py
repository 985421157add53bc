"""Every picture of one look on one sheet, small, each with its name."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from wallet_app.drawing.fonts import font

__all__ = ["write_contact_sheet"]

_COLUMNS: Final = 6
_WIDE: Final = 256
_HIGH: Final = 164
_GAP: Final = 12
_CAPTION: Final = 22
_GROUND: Final = "#D6D3CC"
_INK: Final = "#211E1A"
_QUALITY: Final = 78


def write_contact_sheet(pictures: Sequence[Path], to: Path) -> None:
    """Write ``to`` (JPEG) with all pictures in their order.

    Raises:
        OSError: it cannot be written.
    """
    rows = math.ceil(len(pictures) / _COLUMNS)
    step_x, step_y = _WIDE + _GAP, _HIGH + _CAPTION + _GAP
    sheet = QImage(_COLUMNS * step_x + _GAP, rows * step_y + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor(_GROUND))
    painter = QPainter(sheet)
    painter.setFont(font("hint"))
    painter.setPen(QColor(_INK))
    for number, path in enumerate(pictures):
        x, y = _GAP + number % _COLUMNS * step_x, _GAP + number // _COLUMNS * step_y
        small = QImage(str(path)).scaled(
            _WIDE, _HIGH,
            Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        small.setDevicePixelRatio(1)  # Qt takes that of "@2x" from the name of the file.
        painter.drawImage(x + (_WIDE - small.width()) // 2, y, small)
        caption = QRectF(x, y + _HIGH, _WIDE, _CAPTION)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, path.stem)
    painter.end()
    if not sheet.save(str(to), "JPEG", _QUALITY):
        raise OSError(to)
