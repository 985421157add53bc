"""Icons take the colour asked for, stay sharp, and verdicts differ by shape."""

import gc

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage

from wallet_app.drawing.icons import icon, icon_names, icon_pixmap
from wallet_app.drawing.tokens import OUTCOMES, VERDICTS
from wallet_app.resources import resource_path

NEEDED = [
    "safe",
    "skills",
    "shares",
    "history",
    "backups",
    "trash",
    "settings",
    "lock",
    "search",
    "add",
    "close",
    "back",
    "chevron-right",
    "chevron-down",
    "check",
    "link",
    "qr",
    "globe",
    "pdf",
    "print",
    "file",
    "folder",
    "profile-card",
    "copy",
    "eye",
    "eye-off",
    "key",
    "info",
    "filter",
    "sort",
    "grid",
    "list",
    "star",
    "tag",
    "share",
    "download",
    "more",
    "refresh",
]


def _colors(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


def _shape(name: str) -> bytes:
    image = icon_pixmap(name, "#000000", 20).toImage().convertToFormat(QImage.Format.Format_Alpha8)
    return bytes(image.constBits())


def test_every_icon_the_windows_need_exists() -> None:
    needed = {*NEEDED, *(f"verdict-{v}" for v in VERDICTS), *(f"outcome-{o}" for o in OUTCOMES)}
    assert needed - icon_names() == set()


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_every_icon_is_drawn_in_the_colour_asked_for_and_no_other(name: str) -> None:
    for drawn in _colors(icon_pixmap(name, "#12AB34", 40, 2.0).toImage()):
        color = QColor(drawn)
        # Overlapping strokes may round a channel by one.
        far = max(abs(color.red() - 0x12), abs(color.green() - 0xAB), abs(color.blue() - 0x34))
        assert far <= 2, drawn


@pytest.mark.parametrize("path", sorted(resource_path("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_icon_files_name_no_colour_of_their_own(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "#" not in text
    assert "currentColor" in text
    assert 'viewBox="0 0 20 20"' in text
    for element in text.split("<"):
        if 'fill="currentColor"' in element:
            # QtSvg draws filled shapes with a pen of one unit that a PDF would show.
            assert 'stroke-width="0"' in element, element


def test_every_verdict_and_outcome_has_its_own_shape() -> None:
    verdicts = {_shape(f"verdict-{verdict}") for verdict in VERDICTS}
    outcomes = {_shape(f"outcome-{outcome}") for outcome in OUTCOMES}
    assert (len(verdicts), len(outcomes)) == (len(VERDICTS), len(OUTCOMES))


def test_the_tick_of_verified_is_a_hole() -> None:
    image = icon_pixmap("verdict-verified", "#006E68", 200).toImage()
    assert image.pixelColor(88, 131).alpha() == 0
    assert image.pixelColor(40, 60).alpha() == 255


def test_icon_is_drawn_anew_at_every_size_and_fades_when_disabled() -> None:
    made = icon("safe", "#000000", on_color="#E3B757")
    assert made.pixmap(QSize(64, 64)).size() == QSize(64, 64)
    on = made.pixmap(QSize(40, 40), QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert _colors(on) == {"#E3B757"}
    disabled = made.pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    assert _colors(disabled) == set()
    assert any(disabled.pixelColor(20, y).alpha() for y in range(40))


def test_icons_outlive_the_python_objects_they_came_from() -> None:
    kept = [QIcon(icon("safe", f"#0000{n:02X}")) for n in range(200)]
    gc.collect()
    assert all(not made.pixmap(16, 16).isNull() for made in kept)
    assert QColor(kept[3].pixmap(40, 40).toImage().pixelColor(20, 6)).isValid()
    assert kept[0].pixmap(16, 16).hasAlphaChannel()


def test_unknown_icon_is_a_bug_of_the_caller() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_transparent_ground_is_left_alone() -> None:
    image = icon_pixmap("close", "#000000", 16).toImage()
    assert image.pixelColor(0, 0) == QColor(Qt.GlobalColor.transparent)
