from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.window_driver import PASSPHRASE, badge_of, seams_of, settle
from wallet_app.app.models import BackupSummary
from wallet_app.app.share_models import MyPage
from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.question import QuestionSheet
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.declare_sheet import DeclareSheet
from wallet_app.ui.sheets.key_sheets import UseCodeSheet
from wallet_app.ui.sheets.passphrase_sheets import (
    BackupSheet,
    ChangePassphraseSheet,
    CheckBackupSheet,
)
from wallet_app.ui.sheets.place_sheets import JoinSheet
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.publish_sheet import PublishSheet
from wallet_app.ui.sheets.source_sheet import SourceSheet


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


def test_what_lies_below_cannot_take_the_focus(stage: QMainWindow) -> None:
    """A page that finishes loading under the sheet asks for the focus, and must not get it."""
    below = stage.centralWidget()
    sheet = question(stage)
    sheet.open_sheet()
    held = QApplication.focusWidget()
    assert held is not None
    assert sheet.isAncestorOf(held)
    below.setFocus()
    assert QApplication.focusWidget() is held
    sheet.close_sheet()
    below.setFocus()
    assert QApplication.focusWidget() is below


def test_a_control_that_is_disabled_leaves_the_focus_in_the_sheet(stage: QMainWindow) -> None:
    sheet = question(stage)
    sheet.open_sheet()
    held = QApplication.focusWidget()
    assert held is not None
    held.setEnabled(False)
    now = QApplication.focusWidget()
    assert now is not None
    assert now is not held
    assert now is sheet or sheet.isAncestorOf(now)


def test_of_two_sheets_the_upper_one_holds_the_focus(stage: QMainWindow) -> None:
    lower, upper = question(stage), question(stage)
    lower.open_sheet()
    inside = QApplication.focusWidget()
    upper.open_sheet()
    assert inside is not None
    inside.setFocus()
    now = QApplication.focusWidget()
    assert now is not None
    assert upper.isAncestorOf(now)
    upper.close_sheet()
    assert QApplication.focusWidget() is inside


def test_tab_works_after_a_sheet_of_a_badge_was_closed(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    for _ in range(3):
        unlocked.detail.reading.everything()
        sheet = unlocked.findChild(SourceSheet)
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


def sheets_with_a_passphrase(
    window: MainWindow, tmp_path: Path
) -> tuple[BackupSheet, CheckBackupSheet, ChangePassphraseSheet]:
    return (
        BackupSheet(window, window.context, tmp_path / "a.coffre", lambda _done: None),
        CheckBackupSheet(window, window.context, tmp_path / "a.coffre"),
        ChangePassphraseSheet(window, window.context),
    )


def test_a_passphrase_sheet_starts_in_its_field_and_ends_at_the_cross(
    unlocked: MainWindow, tmp_path: Path
) -> None:
    for sheet in sheets_with_a_passphrase(unlocked, tmp_path):
        first = sheet.old if isinstance(sheet, ChangePassphraseSheet) else sheet.field
        unlocked.open_sheet(sheet)
        assert QApplication.focusWidget() is first.edit
        QTest.keyClicks(first.edit, "two words")
        assert first.edit.text() == "two words"
        assert sheet.isVisible()
        walked = []
        for _ in sheet._stops():
            focused = QApplication.focusWidget()
            assert focused is not None
            walked.append(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is first.edit
        assert walked[-1] is sheet.close_button
        assert walked.index(sheet.cancel) > len(walked) - 4
        sheet.close_sheet()


def all_in_sight(qtbot: QtBot, sheet: Sheet) -> None:
    area = sheet.findChild(ScrollColumn)
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize("at", [0, 1])
def test_a_passphrase_sheet_grows_until_all_it_says_is_in_sight(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, at: int
) -> None:
    (tmp_path / "a.coffre").write_bytes(b"nonsense")
    sheet = sheets_with_a_passphrase(unlocked, tmp_path)[at]
    assert not isinstance(sheet, ChangePassphraseSheet)
    unlocked.open_sheet(sheet)
    QApplication.processEvents()
    sheet.field.edit.setText(PASSPHRASE[:-1])
    before = sheet.paper.height()
    sheet.go.click()
    qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=30_000)
    assert sheet.field.error
    qtbot.waitUntil(lambda: sheet.paper.height() > before)
    all_in_sight(qtbot, sheet)


def test_the_result_of_a_check_is_in_sight(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = sheets_with_a_passphrase(unlocked, tmp_path)[1]
    unlocked.open_sheet(sheet)
    QApplication.processEvents()
    before = sheet.paper.height()
    sheet._finish(BackupSummary(tmp_path / "a.coffre", NOW, 10, 12, 9_000, "Coffre"))
    qtbot.waitUntil(lambda: sheet.paper.height() > before)
    all_in_sight(qtbot, sheet)


def test_a_click_on_the_paper_leaves_the_keys_where_one_types(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = sheets_with_a_passphrase(unlocked, tmp_path)[1]
    unlocked.open_sheet(sheet)
    settle(qtbot, unlocked)
    edit = sheet.field.edit
    below = edit.mapTo(unlocked, QPoint(20, edit.height() + 12))
    for place in (below, sheet.paper.mapTo(unlocked, QPoint(8, 8))):
        QTest.mouseClick(unlocked.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        assert QApplication.focusWidget() is edit


def sheets_that_are_filled_in(window: MainWindow) -> list[Sheet]:
    context = window.context
    return [
        DeclareSheet(window, context),
        PortfolioSheet(window, context, window.library.rows()[:2]),
        UseCodeSheet(window, context),
        JoinSheet(window, context, lambda: None),
        PublishSheet(window, context, MyPage(), lambda: None),
    ]


def test_words_that_are_kept_nowhere_else_are_lost_by_no_slip(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    for sheet in sheets_that_are_filled_in(unlocked):
        unlocked.open_sheet(sheet)
        settle(qtbot, unlocked)
        edits = [*sheet.findChildren(QPlainTextEdit), *sheet.findChildren(QLineEdit)]
        edit = next(one for one in edits if one.isVisible())
        QTest.keyClicks(edit, "words")
        for agreed in (False, True):
            seams.answers.append(agreed)
            QTest.keyClick(edit, Qt.Key.Key_Escape)
            assert sheet.isVisible() is not agreed, type(sheet).__name__
        assert {one.title for one in seams.questions} == {"Close without keeping it?"}
    assert not seams.answers


def test_a_sheet_in_which_nothing_is_written_asks_nothing(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    for sheet in sheets_that_are_filled_in(unlocked):
        unlocked.open_sheet(sheet)
        settle(qtbot, unlocked)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.isVisible(), type(sheet).__name__
