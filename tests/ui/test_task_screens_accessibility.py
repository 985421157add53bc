"""The keyboard in the share dialog; what holds for every screen is in ``tests/screens``."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.share_sheet import ShareSheet


def top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def test_tab_stays_inside_the_share_dialog_and_visits_every_action(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.share_asked.emit(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, ShareSheet)
    walked: list[QWidget] = []
    for _ in range(30):
        focused = unlocked.focusWidget()
        if focused in walked:
            break
        assert sheet.isAncestorOf(focused)
        walked.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for wanted in (sheet.close_button, sheet.cancel, sheet.second, sheet.primary):
        assert wanted in walked
    rows = [widget for widget in walked if sheet.ways.isAncestorOf(widget)]
    assert len(rows) == 1, "the list of ways is one tab stop"


def test_arrows_choose_another_way(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.share_asked.emit(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, ShareSheet)
    first = sheet.ways.current_row()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert sheet.ways.current_row() is not first
    assert sheet.ways.current_row().hasFocus()
