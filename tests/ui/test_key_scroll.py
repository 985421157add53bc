"""What lies below the fold is read with the keyboard, wherever the focus stands."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.share_middle import ShareMiddle
from wallet_app.ui.sheets.share_sheet import ShareSheet


def press(window: MainWindow, key: Qt.Key) -> None:
    """Send a key where the person's would go."""
    QTest.keyClick(window.focusWidget(), key)


def area_of(part: QWidget) -> QScrollArea:
    """Return the area that ``part`` lies in."""
    above = part.parentWidget()
    while not isinstance(above, QScrollArea):
        assert above is not None
        above = above.parentWidget()
    return above


def test_a_badge_is_read_from_the_way_back(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.resize(960, 640)
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    assert unlocked.focusWidget() is unlocked.detail.back
    assert unlocked.detail.life is not None
    bar = area_of(unlocked.detail.life).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(unlocked, Qt.Key.Key_PageDown)
    turned = bar.value()
    assert 0 < turned < bar.maximum()
    press(unlocked, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(unlocked, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    press(unlocked, Qt.Key.Key_Home)
    assert bar.value() == 0
    assert unlocked.focusWidget() is unlocked.detail.back, "reading moves no focus"


def test_the_middle_of_the_share_sheet_is_read_from_its_list(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.resize(960, 640)
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    unlocked.commands["show"].trigger()
    settle(qtbot, unlocked)
    (sheet,) = unlocked.findChildren(ShareSheet)
    sheet.show_way(ShownBy.PUBLIC_LINK)
    (middle,) = sheet.findChildren(ShareMiddle)
    bar = middle.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert sheet.ways.isAncestorOf(unlocked.focusWidget())
    for _ in range(4):
        press(unlocked, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    press(unlocked, Qt.Key.Key_Home)
    press(unlocked, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_a_column_keeps_no_key_that_moves_nothing_in_it(qtbot: QtBot) -> None:
    outer, inner = ScrollColumn(), ScrollColumn()
    qtbot.addWidget(outer)
    tall = QWidget()
    tall.setFixedHeight(2000)
    tall.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    short = QWidget()
    short.setFixedHeight(20)
    inner.setFixedHeight(60)
    inner.column.addWidget(short)
    outer.column.addWidget(inner)
    outer.column.addWidget(tall)
    outer.resize(200, 200)
    outer.show()
    qtbot.waitUntil(lambda: outer.verticalScrollBar().maximum() > 0)
    QTest.keyClick(short, Qt.Key.Key_PageDown)
    turned = outer.verticalScrollBar().value()
    assert turned > 0
    QTest.keyClick(short, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert outer.verticalScrollBar().value() == turned
