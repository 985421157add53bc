"""A painted code is read back, on paper and on a screen."""

import pytest
import qrcode
import zxingcpp
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from wallet_app.drawing.qr_painting import QUIET_ZONE, paint_qr, qr_path, qr_rect

TEXT = "https://badges.northgate.example/public/assertions/7f36"


def _matrix(text: str = TEXT) -> list[list[bool]]:
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]


def _painted(matrix: list[list[bool]], side: int, ratio: float, ground: str) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB888)
    image.fill(QColor(ground))
    painter = QPainter(image)
    paint_qr(painter, QRectF(0, 0, side, side), matrix, ratio=ratio)
    painter.end()
    return image


def _read(image: QImage) -> str:
    gray = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (image.width(), image.height())
    return zxingcpp.read_barcodes(Image.frombytes("RGBA", size, bytes(gray.constBits())))[0].text


@pytest.mark.parametrize("ground", ["#FFFFFF", "#181715"])
@pytest.mark.parametrize("ratio", [0.0, 1.0, 1.5])
def test_painted_code_is_read_back_in_light_and_dark(ratio: float, ground: str) -> None:
    assert _read(_painted(_matrix(), 240, ratio, ground)) == TEXT


def test_path_covers_exactly_the_dark_modules() -> None:
    matrix = _matrix()
    size = len(matrix)
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.fillPath(qr_path(matrix), QColor("#000000"))
    painter.end()
    seen = [[image.pixelColor(x, y).name() == "#000000" for x in range(size)] for y in range(size)]
    assert seen == matrix


def test_changed_module_changes_the_path() -> None:
    matrix = _matrix()
    before = qr_path(matrix)
    matrix[12][12] = not matrix[12][12]
    assert qr_path(matrix) != before


def test_modules_are_whole_pixels_and_the_quiet_zone_is_four() -> None:
    matrix = _matrix()
    square = qr_rect(QRectF(0, 0, 250, 250), len(matrix), ratio=1.0)
    assert square.width() % (len(matrix) + 2 * QUIET_ZONE) == 0
    image = _painted(matrix, 250, 1.0, "#777777")
    module = square.width() / (len(matrix) + 8)
    left = int(square.left())
    quiet = [image.pixelColor(left + x, 125).name() for x in range(int(4 * module))]
    assert set(quiet) == {"#ffffff"}
