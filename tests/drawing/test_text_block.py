"""Text in a box: lines that fit, elided only when something is really cut."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from wallet_app.drawing.fonts import font
from wallet_app.drawing.text_block import text_block

NAME = "Electrical Safety for Low-Voltage Work in Public Buildings"


def test_text_that_fits_is_one_line_and_whole() -> None:
    block = text_block("First Aid", font("badge_name"), 300, 20, max_lines=2)
    assert (block.lines, block.cut, block.height) == (("First Aid",), False, 20)
    assert 0 < block.width < 300


@pytest.mark.parametrize("width", [60, 120, 184, 400])
def test_every_line_fits_its_width(width: int) -> None:
    made = font("badge_name")
    block = text_block(NAME, made, width, 20, max_lines=2)
    metrics = QFontMetricsF(made)
    assert len(block.lines) <= 2
    assert all(metrics.horizontalAdvance(line) <= width + 1 for line in block.lines)
    assert block.cut == block.lines[-1].endswith("…")


def test_uncut_text_is_there_to_the_last_word() -> None:
    block = text_block(NAME, font("badge_name"), 200, 20)
    assert " ".join(block.lines).replace("- ", "-") == NAME
    assert not block.cut


def test_word_wider_than_the_line_is_broken() -> None:
    block = text_block("x" * 200, font("body"), 100, 22, max_lines=3)
    assert len(block.lines) == 3
    assert block.cut


def test_empty_text_has_no_height() -> None:
    assert text_block("", font("body"), 100, 22).height == 0


def test_text_beyond_the_basic_plane_keeps_its_characters() -> None:
    text = "🚀🚀🚀 Rocket science 🚀 for everyone 🚀 " * 4
    made = font("body")
    block = text_block(text.strip(), made, 160, 22)
    assert " ".join(block.lines) == text.strip()
    metrics = QFontMetricsF(made)
    assert all(metrics.horizontalAdvance(line) <= 161 for line in block.lines)


def test_painting_ends_below_the_last_line() -> None:
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    block = text_block(NAME, font("badge_name"), 200, 20, max_lines=2)
    with QPainter(image) as painter:
        assert block.paint(painter, QPointF(0, 10), "#000000") == 50
    dark = [y for y in range(100) if any(image.pixelColor(x, y).red() < 90 for x in range(250))]
    assert min(dark) >= 10
    assert max(dark) < 50
