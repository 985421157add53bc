from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.source_sheet import SourceSheet

SENTINELS = ("Northgate", "Data Analysis", "Camille", "Premiers secours", "Robot Builder")


def texts_of(window: MainWindow) -> Iterator[str]:
    """Every text that any widget or model of the window still holds."""
    for widget in [window, *window.findChildren(QWidget)]:
        yield from (
            widget.windowTitle(),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
        )
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells_of(widget.model())
    for model in window.findChildren(QAbstractItemModel):
        yield from cells_of(model)


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    for at in range(model.rowCount()):
        yield str(model.index(at, 0).data())


def found(window: MainWindow) -> set[str]:
    return {
        sentinel for text in texts_of(window) for sentinel in SENTINELS if sentinel in str(text)
    }


def deliver_deletions(window: QObject) -> None:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_lock_leaves_no_word_of_the_safe_in_any_widget_or_model(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    qtbot.keyClicks(unlocked.library.search.edit, "Northgate")
    settle(qtbot, unlocked)
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    unlocked.detail.reading.everything()
    assert found(unlocked) >= {"Northgate", "Camille"}

    unlocked.lock()
    settle(qtbot, unlocked)
    deliver_deletions(unlocked)
    assert not unlocked.session.is_open
    assert found(unlocked) == set()
    assert unlocked.library.search.text == ""
    assert not unlocked.library.search.edit.isUndoAvailable()
    assert unlocked.pictures.kept == 0


def test_ctrl_l_locks_over_an_open_dialog(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    unlocked.detail.reading.everything()
    sheet = unlocked.findChild(SourceSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    qtbot.keyClick(sheet, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not unlocked.session.is_open
    assert not unlocked.has_sheet


def test_a_result_from_before_the_lock_never_arrives(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    unlocked.library.refresh()
    unlocked.lock()
    settle(qtbot, unlocked)
    assert unlocked.library.model.rowCount() == 0
    assert unlocked.detail.shown is None


def test_the_safe_can_be_opened_again_after_a_lock(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.lock()
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open
    assert unlocked.library.model.rowCount() == 10
    unlocked.show_badge(badge_of(unlocked, "suspended"))
    settle(qtbot, unlocked)
    assert unlocked.detail.shown is not None


def test_being_away_locks(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.idle.left.emit()
    assert not unlocked.session.is_open


def test_signs_of_life_put_the_lock_off_and_never_means_never(unlocked: MainWindow) -> None:
    assert unlocked.idle.is_counting
    unlocked.idle.set_minutes(0)
    assert not unlocked.idle.is_counting
    unlocked.idle.set_minutes(1)
    assert unlocked.idle.is_counting


def test_closing_the_window_closes_the_safe(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    unlocked.close()
    assert not unlocked.session.is_open
    assert not unlocked.bridge.busy
