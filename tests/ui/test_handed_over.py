"""What another start, a link or the desktop hands over: asked about, kept until the unlock."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.open_events import OpenEvents
from wallet_app.ui.sheets.open_backup_sheet import OpenBackupSheet
from wallet_app.ui.sheets.shortcuts_sheet import ShortcutsSheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LINK = "coffre:add?url=https%3A%2F%2Fissuer.example%2Fbadge.json"
BAD_LINK = "coffre:add?url=file%3A%2F%2F%2Fetc%2Fpasswd"


@pytest.fixture
def took(unlocked: MainWindow) -> list[str]:
    names: list[str] = []
    unlocked.sources_dropped.connect(names.extend)
    return names


def toast_of(window: MainWindow) -> str:
    return window._toast.label.text()


def test_a_link_is_asked_about_before_anything_is_fetched(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    seams.answers = [False]
    unlocked.handed_over.take([LINK])
    settle(qtbot, unlocked)
    (question,) = seams.questions
    assert "issuer.example" in question.text
    assert unlocked.tasks is not None
    assert unlocked.tasks.run.tally.total == 0


def test_a_link_that_was_agreed_to_is_taken_in_like_a_dropped_one(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams_of(unlocked).answers = [True]
    unlocked.handed_over.take([LINK])
    settle(qtbot, unlocked)
    assert unlocked.tasks is not None
    (result,) = unlocked.tasks.run.tally.results
    assert result.source == "https://issuer.example/badge.json"


def test_a_bad_link_is_told_and_the_files_beside_it_are_taken(
    unlocked: MainWindow, took: list[str], tmp_path: Path
) -> None:
    file = str(tmp_path / "none.json")
    unlocked.handed_over.take([BAD_LINK, file])
    assert took == [file]
    assert seams_of(unlocked).questions == []
    assert "copy the badge’s own link" in toast_of(unlocked)
    assert "passwd" not in toast_of(unlocked)


def test_no_question_comes_over_a_dialog_and_many_links_are_one_question(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    unlocked.menus.open_shortcuts()
    for number in range(30):
        unlocked.handed_over.take([LINK.replace("badge", f"badge{number}")])
    settle(qtbot, unlocked)
    assert unlocked.handed_over.waiting == 30
    assert seams.questions == []
    seams.answers = [False]
    unlocked.findChildren(ShortcutsSheet)[-1].close_sheet()
    qtbot.waitUntil(lambda: len(seams.questions) == 1)
    assert unlocked.handed_over.waiting == 0


def test_links_wait_for_the_unlock_and_the_same_one_waits_once(
    qtbot: QtBot, locked: MainWindow
) -> None:
    seams = seams_of(locked)
    for _ in range(50):
        locked.handed_over.take([LINK])
    assert locked.handed_over.waiting == 1
    assert seams.questions == []
    seams.answers = [False]
    unlock(qtbot, locked)
    qtbot.waitUntil(lambda: len(seams.questions) == 1)


def test_a_backup_is_offered_to_be_put_back_once_the_safe_is_open(
    qtbot: QtBot, locked: MainWindow, tmp_path: Path
) -> None:
    backup = tmp_path / "Coffre 2026.COFFRE"
    locked.handed_over.take([str(backup)])
    unlock(qtbot, locked)
    qtbot.waitUntil(lambda: bool(locked.findChildren(OpenBackupSheet)))
    (sheet,) = locked.findChildren(OpenBackupSheet)
    assert sheet.field.edit.isEnabled()
    assert locked.tasks is not None
    assert locked.tasks.run.tally.total == 0


def test_a_new_person_is_led_from_a_backup_to_its_restoring(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nothing"
    nowhere.mkdir()
    window = open_window(nowhere)
    window.session.vault_path.rmdir()
    window.stack.show_gate_or_shell()
    backup = tmp_path / "mine.coffre"
    window.handed_over.take([str(backup)])
    form = window.first_run.restore_form
    assert form.isVisible()
    assert form.name.text() == "mine.coffre"
    assert form.field.edit.hasFocus()
    form.field.edit.setText("four plain words here")
    assert form.take()[0] == backup
    assert window.handed_over.waiting == 0


@pytest.mark.parametrize(
    "event",
    [
        lambda path: QFileOpenEvent(str(path)),
        lambda path: QFileOpenEvent(QUrl.fromLocalFile(str(path))),
    ],
    ids=["by path", "by address"],
)
def test_the_system_may_give_a_file_by_an_event(
    unlocked: MainWindow,
    took: list[str],
    tmp_path: Path,
    event: Callable[[Path], QFileOpenEvent],
) -> None:
    application = QApplication.instance()
    assert application is not None
    watching = OpenEvents(application, unlocked)
    QApplication.sendEvent(application, event(tmp_path / "a b.json"))
    application.removeEventFilter(watching)
    assert took == [str(tmp_path / "a b.json")]


def test_the_system_may_give_a_link_by_an_event(qtbot: QtBot, unlocked: MainWindow) -> None:
    application = QApplication.instance()
    assert application is not None
    watching = OpenEvents(application, unlocked)
    seams_of(unlocked).answers = [False]
    QApplication.sendEvent(application, QFileOpenEvent(QUrl(LINK)))
    application.removeEventFilter(watching)
    settle(qtbot, unlocked)
    assert len(seams_of(unlocked).questions) == 1
