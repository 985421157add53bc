"""Ways through the window without a mouse: every key goes to what has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.ui.components.side_row import SideRow
from wallet_app.ui.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, held)


def side_row() -> str:
    row = focused()
    assert isinstance(row, SideRow)
    return row.item.id


def test_the_arrows_go_through_the_shelves_of_the_side_bar_and_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    bar = unlocked.shell.side_bar
    first = bar.row("safe")
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    shown = [row.item.id for row in bar._rows if not row.isHidden()]
    assert len(bar._shelves.rows) > 1
    walked = []
    for _ in shown:
        walked.append(side_row())
        press(Key.Key_Down)
    assert walked == shown
    assert side_row() == "safe"
    press(Key.Key_Up)
    assert side_row() == "lock"
    press(Key.Key_Home)
    assert side_row() == "safe"
    press(Key.Key_End)
    assert side_row() == "lock"
    settle(qtbot, unlocked)
