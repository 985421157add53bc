"""QR codes hold the link byte for byte, in the smallest version, or are not given."""

import io
from dataclasses import replace

import pytest
import zxingcpp
from defusedxml.ElementTree import fromstring
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from qrcode.base import rs_blocks
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

from wallet_app.errors import UserError
from wallet_app.sharing.qr import (
    MAX_LINK_CHARS,
    ErrorCorrection,
    QrCode,
    Readability,
    make_qr,
    paper_qr,
    qr_png,
    qr_size,
    qr_svg,
)

QR_LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M}
HOST = "https://badges.northgate.example/public/assertions/"


def _link(length: int) -> str:
    tail = "aB3_-xYz7" * (length // 9 + 1)
    return (HOST + tail)[:length]


def _read(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as image:
        return zxingcpp.read_barcodes(image.convert("L"))[0].text


@pytest.mark.parametrize("level", ErrorCorrection)
@pytest.mark.parametrize("length", [60, 230, 530])
def test_png_is_read_back_byte_for_byte(length: int, level: ErrorCorrection) -> None:
    code = make_qr(_link(length), error_correction=level)
    assert _read(qr_png(code)) == _link(length)


@pytest.mark.parametrize(
    ("length", "level", "version"),
    [
        (120, ErrorCorrection.L, 6),
        (120, ErrorCorrection.M, 7),
        (230, ErrorCorrection.L, 9),
        (330, ErrorCorrection.Q, 17),
        (700, ErrorCorrection.M, 21),
        (921, ErrorCorrection.L, 21),
    ],
)
def test_version_is_the_smallest_that_fits(
    length: int, level: ErrorCorrection, version: int
) -> None:
    code = make_qr(_link(length), error_correction=level)
    assert code.version == version
    assert len(code.matrix) == 17 + 4 * version


@pytest.mark.parametrize("level", ErrorCorrection)
def test_link_at_the_limit_makes_version_25_and_one_more_is_refused(
    level: ErrorCorrection,
) -> None:
    limit = MAX_LINK_CHARS[level]
    assert make_qr(_link(limit), error_correction=level).version == 25
    with pytest.raises(UserError) as refused:
        make_qr(_link(limit + 1), error_correction=level)
    assert refused.value.code == "share.link_too_long"
    assert refused.value.params == {"length": limit + 1, "limit": limit}


@pytest.mark.parametrize("link", ["", "https://northgate.example/é", "a\nb", "a\x00b"])
def test_what_is_not_a_plain_link_is_refused(link: str) -> None:
    with pytest.raises(UserError) as refused:
        make_qr(link)
    assert refused.value.code == "share.link_not_plain"


def test_code_that_says_something_else_is_never_given_out() -> None:
    code = make_qr(HOST + "7f36")
    with pytest.raises(UserError) as refused:
        qr_png(replace(code, text=HOST + "7f37"))
    assert refused.value.code == "share.code_unreadable"


def test_spoiled_code_is_never_given_out() -> None:
    code = make_qr(HOST + "7f36")
    rows = tuple(
        tuple(not cell for cell in row) if y % 2 else row for y, row in enumerate(code.matrix)
    )
    with pytest.raises(UserError):
        qr_png(replace(code, matrix=rows))


def test_png_is_black_on_white_with_four_quiet_modules() -> None:
    code = make_qr(HOST + "7f36")
    with Image.open(io.BytesIO(qr_png(code, scale=5))) as image:
        gray = image.convert("L")
    assert gray.width == (len(code.matrix) + 8) * 5
    assert gray.getpixel((19, 19)) == 255
    assert gray.getpixel((20, 20)) == 0
    with pytest.raises(ValueError, match="0"):
        qr_png(code, scale=0)


def test_svg_is_well_formed_and_read_back_when_drawn(qapp: QApplication) -> None:
    code = make_qr(HOST + "7f36")
    svg = qr_svg(code)
    assert fromstring(svg).tag.endswith("svg")
    image = QImage(400, 400, QImage.Format.Format_RGBA8888)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    drawn = Image.frombytes("RGBA", (400, 400), bytes(image.constBits()))
    assert zxingcpp.read_barcodes(drawn)[0].text == code.link


def test_code_for_paper_yields_to_the_length_of_the_link() -> None:
    def level(length: int) -> str:
        code = paper_qr(_link(length))
        return code.error_correction if code else "none"

    assert (level(100), level(997), level(998), level(1_273)) == ("M", "M", "L", "L")
    assert level(1_274) == "none"
    assert paper_qr("https://northgate.example/é") is None


def test_fit_for_paper_and_screen_follows_the_version() -> None:
    def fits(length: int) -> tuple[bool, bool]:
        code: QrCode = make_qr(_link(length), error_correction=ErrorCorrection.L)
        return code.fits_paper, code.fits_screen

    assert (fits(60), fits(700), fits(1_200)) == ((True, True), (False, True), (False, False))


@pytest.mark.parametrize("on_paper", [False, True])
def test_size_told_beforehand_is_the_size_of_the_code(on_paper: bool) -> None:
    lengths = [17, 18, 251, 252, 711, 712, 929, 930, 997]
    for length in lengths:
        told = qr_size(length, on_paper=on_paper)
        link = _link(length) if length > len(HOST) else "https://a.example/0"[:length]
        assert make_qr(link, error_correction=told.error_correction).version == told.version


@pytest.mark.parametrize("on_paper", [False, True])
def test_no_version_holds_a_byte_more_than_is_told(on_paper: bool) -> None:
    level = QR_LEVELS["M" if on_paper else "L"]
    for version in range(1, 26):
        bits = 8 * sum(block.data_count for block in rs_blocks(version, level))
        room = (bits - 4 - (8 if version < 10 else 16)) // 8
        assert qr_size(room, on_paper=on_paper).version == version
        assert qr_size(room + 1, on_paper=on_paper).version != version


def test_readability_is_told_beforehand() -> None:
    screen = [qr_size(length).readability for length in (1_003, 1_004, 1_273, 1_274)]
    paper = [qr_size(length, on_paper=True).readability for length in (287, 288, 997, 998)]
    expected = [
        Readability.READABLE,
        Readability.LARGE,
        Readability.LARGE,
        Readability.TOO_LARGE,
    ]
    assert screen == expected
    assert paper == expected
    assert qr_size(1_274).version == 0
    assert qr_size(1_273).modules == 125
