from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle
from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.question import QuestionSheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.detail_sheets import EverythingSheet


def delete_what_waits() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def stage(qtbot: QtBot) -> QMainWindow:
    """An active window with one button below whatever is opened over it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QPushButton("below"))
    window.resize(800, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def question(stage: QMainWindow) -> QuestionSheet:
    return QuestionSheet(stage, title="Sure?", text="It goes.", confirm="Go", cancel="Stay")


def test_the_ring_lets_go_of_a_widget_that_is_deleted(
    qapp: QApplication, stage: QMainWindow
) -> None:
    ring = FocusRing(stage)
    ring.lead_by_keyboard()
    sheet = question(stage)
    sheet.open_sheet()
    assert ring.isVisible()
    qapp.focusChanged.disconnect(ring._on_focus)
    sheet.deleteLater()
    delete_what_waits()
    assert not ring.isVisible()
    stage.resize(700, 500)
    ring._on_focus(None, stage.centralWidget())
    assert ring.isVisible()


def test_tab_works_after_a_sheet_of_a_badge_was_closed(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    for _ in range(3):
        unlocked.detail.show_everything()
        sheet = unlocked.findChild(EverythingSheet)
        assert sheet is not None
        QTest.keyClick(QApplication.focusWidget() or unlocked, Qt.Key.Key_Tab)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        delete_what_waits()
        for _ in range(4):
            QTest.keyClick(QApplication.focusWidget() or unlocked, Qt.Key.Key_Tab)
    unlocked.lock()
    settle(qtbot, unlocked)


def test_a_sheet_closes_although_what_opened_it_is_gone(qtbot: QtBot, stage: QMainWindow) -> None:
    opener = QPushButton("opener", stage)
    opener.show()
    opener.setFocus()
    sheet = question(stage)
    sheet.open_sheet()
    opener.deleteLater()
    delete_what_waits()
    with qtbot.waitSignal(sheet.closed):
        sheet.close_sheet()


def test_a_sheet_after_a_file_dialog_gives_the_focus_back_to_the_window(
    qtbot: QtBot, stage: QMainWindow, tmp_path: Path
) -> None:
    below = stage.centralWidget()
    assert below is not None
    below.setFocus()
    dialog = QFileDialog(stage, "Save", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    sheet = question(stage)
    sheet.open_sheet()
    dialog.accept()
    dialog.deleteLater()
    delete_what_waits()
    sheet.close_sheet()
    assert stage.focusWidget() is below
