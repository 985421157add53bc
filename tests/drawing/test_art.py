"""Guilloché, badge pictures, the mark and verdict marks: same seed, same drawing."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from wallet_app.drawing.app_mark import app_icon, app_mark_image
from wallet_app.drawing.badge_art import badge_art_image, badge_art_pixmap
from wallet_app.drawing.guilloche import Ink, guilloche_lines, guilloche_pixmap, paint_wave
from wallet_app.drawing.tokens import HIGH_CONTRAST, LIGHT, VERDICTS, contrast
from wallet_app.drawing.verdict_mark import PILL, PLAIN, paint_outcome, paint_verdict, verdict_size


def _canvas(width: int = 300, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#FFFFFF"))
    return image


def _bits(image: QImage) -> bytes:
    return bytes(image.constBits())


def test_guilloche_stays_in_its_circle_and_depends_on_its_seed() -> None:
    lines = guilloche_lines("badge")
    assert all(line.boundingRect().width() <= 2.001 for line in lines)
    assert lines[0] == guilloche_lines.__wrapped__("badge")[0]
    assert lines[0] != guilloche_lines("another")[0]


def test_guilloche_pixmap_is_cached_and_sharp() -> None:
    one = guilloche_pixmap(100, Ink("#B5842A"), ratio=2.0)
    assert one is guilloche_pixmap(100, Ink("#B5842A"), ratio=2.0)
    assert (one.width(), one.devicePixelRatio()) == (200, 2.0)


def test_wave_fills_its_width() -> None:
    image = _canvas(400, 20)
    painter = QPainter(image)
    paint_wave(painter, QRectF(0, 0, 400, 20), Ink("#000000", 1.0))
    painter.end()
    edge = {image.pixelColor(399, y).name() for y in range(20)}
    assert edge != {"#ffffff"}


def test_badge_art_is_the_same_for_the_same_fingerprint_only() -> None:
    drawings = [_bits(badge_art_image(f"fingerprint {n}", 48)) for n in range(60)]
    assert drawings[7] == _bits(badge_art_image("fingerprint 7", 48))
    assert len(set(drawings)) >= 58
    assert badge_art_pixmap("a", 36) is badge_art_pixmap("a", 36)


def test_badge_art_grounds_carry_white_lines() -> None:
    from wallet_app.drawing import badge_art  # noqa: PLC0415  (reads a private table)

    for ground, accent in badge_art._COLORS:
        assert contrast("#FFFFFF", ground) >= 4.5, ground
        assert contrast(accent, ground) >= 3, (ground, accent)


@pytest.mark.parametrize("size", [16, 32, 64, 256])
def test_mark_is_drawn_for_its_size(size: int) -> None:
    image = app_mark_image(size)
    assert image.pixelColor(0, 0).alpha() < 20
    middle = image.pixelColor(size // 2, size // 2)
    assert middle.red() > middle.blue() + 60, "the pivot is gold"
    assert {s.width() for s in app_icon().availableSizes()} >= {16, 32, 64, 256}


def test_verdict_takes_the_width_its_whole_word_needs() -> None:
    image = _canvas()
    painter = QPainter(image)
    for verdict in VERDICTS:
        box = paint_verdict(
            painter, QRectF(0, 0, 300, 40), verdict, "Vérification incomplète", LIGHT
        )
        assert box.size() == verdict_size("Vérification incomplète")
        assert box.height() == 24
    painter.end()


def test_verdict_aligned_right_ends_at_the_edge_and_narrow_ones_stay_inside() -> None:
    image = _canvas()
    painter = QPainter(image)
    right = paint_verdict(
        painter,
        QRectF(0, 0, 300, 40),
        "failed",
        "Not valid",
        LIGHT,
        style=PLAIN,
        align=Qt.AlignmentFlag.AlignRight,
    )
    narrow = paint_verdict(painter, QRectF(0, 0, 60, 40), "failed", "Not valid at all", LIGHT)
    painter.end()
    assert (right.right(), narrow.width()) == (300, 60)


def test_high_contrast_pill_has_an_outline_and_plain_one_no_ground() -> None:
    def edge_colors(theme: object, style: object) -> set[str]:
        image = _canvas(80, 24)
        painter = QPainter(image)
        paint_verdict(painter, QRectF(0, 0, 80, 24), "revoked", "", theme, style=style)  # type: ignore[arg-type]
        painter.end()
        return {image.pixelColor(x, 0).name().upper() for x in range(12, 24)}

    assert HIGH_CONTRAST.verdict("revoked").text in edge_colors(HIGH_CONTRAST, PILL)
    assert LIGHT.verdict("revoked").tint in edge_colors(LIGHT, PILL)
    assert edge_colors(LIGHT, PLAIN) == {"#FFFFFF"}


def test_outcome_is_painted_in_its_colour_and_unknown_words_are_refused() -> None:
    image = _canvas()
    painter = QPainter(image)
    paint_outcome(painter, QRectF(0, 0, 300, 40), "failed", "Failed", LIGHT)
    with pytest.raises(KeyError):
        paint_outcome(painter, QRectF(0, 0, 300, 40), "good", "Good", LIGHT)
    with pytest.raises(KeyError):
        paint_verdict(painter, QRectF(0, 0, 300, 40), "fine", "Fine", LIGHT)
    painter.end()
    assert image.pixelColor(3, 20).name().upper() == LIGHT.danger
