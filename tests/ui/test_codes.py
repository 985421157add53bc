"""QR codes from a picture, the clipboard and the screen, all through the one door."""

import io
from pathlib import Path

import pytest
import qrcode
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.resources import resource_path
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.screen_region import ScreenRegion

LINK = "https://badges.northgate.example/public/7f36"


def code(text: str) -> bytes:
    out = io.BytesIO()
    qrcode.make(text, box_size=5, border=4).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def empty(qtbot: QtBot, open_window: OpenWindow, empty_safe: Path) -> MainWindow:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    return window


def test_a_code_in_a_picture_is_asked_about_before_anybody_is(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    picture = tmp_path / "code.png"
    picture.write_bytes(code(LINK))
    seams = seams_of(empty)
    seams.files.append([str(picture)])
    seams.answers.append(False)
    links = empty.library.welcome.findChildren(LinkButton)
    next(one for one in links if one.text() == empty.words.text("codes.picture")).click()
    settle(qtbot, empty)
    assert "badges.northgate.example" in seams.questions[-1].text
    tasks = empty.tasks
    assert tasks is not None
    assert not tasks.run.tally.done


def test_what_stands_in_the_code_itself_goes_through_the_same_door(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    # Nothing signs it, so that it is refused: as any file that says so.
    token = "eyJhbGciOiJub25lIn0.e30."
    picture = tmp_path / "code.png"
    picture.write_bytes(code(token))
    seams_of(empty).files.append([str(picture)])
    empty.library.adding.picture.emit()
    tasks = empty.tasks
    assert tasks is not None
    with qtbot.waitSignal(tasks.run.finished):
        pass
    assert tasks.run.tally.done == 1


def test_a_pasted_screenshot_leads_to_its_code_and_a_pasted_badge_stays_one(
    qtbot: QtBot, empty: MainWindow
) -> None:
    seams, tasks = seams_of(empty), empty.tasks
    assert tasks is not None
    for kind in ("image/png", "pixels"):
        seams.on_clipboard = QMimeData()
        if kind == "pixels":
            seams.on_clipboard.setImageData(QImage.fromData(code(LINK), "PNG"))
        else:
            seams.on_clipboard.setData(kind, code(LINK))
        seams.answers.append(False)
        empty.commands["paste"].trigger()
        settle(qtbot, empty)
        assert not seams.answers
    assert len(seams.questions) == 2
    baked = next(resource_path("samples", "badges").glob("*.png")).read_bytes()
    seams.on_clipboard = QMimeData()
    seams.on_clipboard.setData("image/png", baked)
    with qtbot.waitSignal(tasks.run.finished):
        empty.commands["paste"].trigger()
    assert len(tasks.run.tally.added) == 1


def screen(window: MainWindow, picture: QImage) -> list[QWidget]:
    """Put a picture on the screen of a test; return what is shown over it."""
    shown: list[QWidget] = []
    seams = seams_of(window)
    seams.see_screens = lambda: [(QRect(0, 0, 640, 480), picture)]  # type: ignore[method-assign]
    seams.can_see_screen = lambda: True  # type: ignore[method-assign]
    seams.step_aside = lambda *, aside: setattr(seams, "aside", aside)  # type: ignore[method-assign]

    def show(overlay: QWidget) -> None:
        overlay.show()
        shown.append(overlay)

    seams.show_over_screen = show  # type: ignore[method-assign]
    return shown


def on_screen() -> QImage:
    """Return a screen of twice as many pixels with a code in its right lower part."""
    picture = QImage(1280, 960, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    drawn = QImage.fromData(code(LINK), "PNG").convertToFormat(QImage.Format.Format_RGB32)
    for x in range(drawn.width()):
        for y in range(drawn.height()):
            picture.setPixel(900 + x, 600 + y, drawn.pixel(x, y))
    return picture


def is_aside(window: MainWindow) -> bool:
    return bool(getattr(seams_of(window), "aside", False))


def region(qtbot: QtBot, window: MainWindow, shown: list[QWidget]) -> ScreenRegion:
    assert window.commands["read_code"].isEnabled()
    window.commands["read_code"].trigger()
    assert is_aside(window)
    qtbot.waitUntil(lambda: bool(shown))
    assert not is_aside(window)
    overlay = shown.pop()
    assert isinstance(overlay, ScreenRegion)
    assert overlay.accessibleName()
    return overlay


def drag(qtbot: QtBot, overlay: ScreenRegion, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(overlay, end)
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=end)


def test_a_code_on_the_screen_is_framed_and_only_the_frame_is_read(
    qtbot: QtBot, empty: MainWindow
) -> None:
    seams = seams_of(empty)
    shown = screen(empty, on_screen())
    overlay = region(qtbot, empty, shown)
    drag(qtbot, overlay, QPoint(10, 10), QPoint(15, 14))
    assert overlay.isVisible()
    drag(qtbot, overlay, QPoint(10, 10), QPoint(200, 200))
    settle(qtbot, empty)
    assert not seams.questions
    overlay = region(qtbot, empty, shown)
    seams.answers.append(False)
    drag(qtbot, overlay, QPoint(430, 290), QPoint(630, 470))
    settle(qtbot, empty)
    assert "badges.northgate.example" in seams.questions[-1].text


def test_by_keyboard_the_whole_screen_is_read_or_none(qtbot: QtBot, empty: MainWindow) -> None:
    seams = seams_of(empty)
    shown = screen(empty, on_screen())
    overlay = region(qtbot, empty, shown)
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    settle(qtbot, empty)
    assert not seams.questions
    overlay = region(qtbot, empty, shown)
    seams.answers.append(False)
    qtbot.keyClick(overlay, Qt.Key.Key_Return)
    settle(qtbot, empty)
    assert seams.questions


def test_a_key_belongs_to_the_frame_before_the_desktop_says_that_it_is_active(
    qtbot: QtBot, empty: MainWindow
) -> None:
    overlay = region(qtbot, empty, screen(empty, on_screen()))
    # What a busy computer does: the frame is there, and the window below still the active one,
    # whose shortcut for Escape took the key. The frame stayed, and no second one could begin.
    empty.activateWindow()
    qtbot.waitUntil(empty.isActiveWindow)
    with qtbot.waitSignal(overlay.left):
        qtbot.keyClick(overlay, Qt.Key.Key_Escape)


def test_a_lock_while_the_window_steps_aside_brings_it_back(
    qtbot: QtBot, empty: MainWindow
) -> None:
    shown = screen(empty, on_screen())
    empty.commands["read_code"].trigger()
    assert is_aside(empty)
    empty.lock()
    assert not is_aside(empty)
    settle(qtbot, empty)
    assert not shown


def test_a_lock_takes_the_screen_away(qtbot: QtBot, empty: MainWindow) -> None:
    overlay = region(qtbot, empty, screen(empty, on_screen()))
    gone: list[bool] = []
    overlay.destroyed.connect(lambda: gone.append(True))
    empty.lock()
    qtbot.waitUntil(lambda: bool(gone))
    empty.commands["read_code"].trigger()
    assert not is_aside(empty)


def test_a_desktop_that_shows_its_screen_to_nobody_says_how_else(
    qtbot: QtBot, empty: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(seams_of(empty), "can_see_screen", lambda: False)
    monkeypatch.setattr(empty, "report", lambda error: told.append(error.code))
    empty.commands["read_code"].trigger()
    settle(qtbot, empty)
    assert told == ["codes.no_screen"]
    assert not is_aside(empty)
