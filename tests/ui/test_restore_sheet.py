"""A backup put back into the open safe: the list, the ticks, the merge, the way back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.test_backups import back_up, page_of
from tests.ui.window_driver import PASSPHRASE, seams_of, settle
from wallet_app.app.passphrases import word_list
from wallet_app.crypto.recovery_code import draw_code
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.changes_sheet import ChangesSheet
from wallet_app.ui.sheets.copy_sheets import GoBackSheet
from wallet_app.ui.sheets.open_backup_sheet import OpenBackupSheet

pytestmark = pytest.mark.usefixtures("light_seals")


def names(window: MainWindow) -> list[str]:
    return sorted(row.name for row in window.library.rows())


@pytest.fixture
def backup(qtbot: QtBot, unlocked: MainWindow, tmp_path: Path) -> Path:
    back_up(qtbot, unlocked, tmp_path, PASSPHRASE)
    (path,) = tmp_path.glob("*.coffre")
    return path


def open_list(
    qtbot: QtBot, window: MainWindow, backup: Path, passphrase: str = PASSPHRASE
) -> OpenBackupSheet:
    page = page_of(qtbot, window)
    seams_of(window).files.append([str(backup)])
    page.restore.choose.click()
    sheet = window.findChildren(OpenBackupSheet)[-1]
    sheet.field.edit.setText(passphrase)
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=30_000)
    return sheet


def changes_of(window: MainWindow) -> ChangesSheet:
    return window.findChildren(ChangesSheet)[-1]


def test_a_deleted_badge_is_offered_brought_back_and_taken_back_again(
    qtbot: QtBot, unlocked: MainWindow, backup: Path
) -> None:
    before = names(unlocked)
    gone = unlocked.library.rows()[0]
    unlocked.session.ask(
        unlocked, "delete", lambda safe: safe.delete(gone.id), done=lambda _: None,
        failed=unlocked.report,
    )  # fmt: skip
    qtbot.waitUntil(lambda: not unlocked.bridge.busy)
    open_list(qtbot, unlocked, backup)
    sheet = changes_of(unlocked)
    assert not sheet.go.isEnabled(), "nothing would change by itself"
    (box,) = sheet.ticks.values()
    assert gone.name in box.accessibleName()
    box.click()
    sheet.go.click()
    qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=30_000)
    settle(qtbot, unlocked)
    assert names(unlocked) == before
    assert sheet.ticks == {}
    sheet.undo.click()
    (back,) = unlocked.findChildren(GoBackSheet)
    back.field.edit.setText(PASSPHRASE)
    back.go.click()
    qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=30_000)
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
    assert names(unlocked) == [name for name in before if name != gone.name]


def test_a_backup_that_holds_nothing_new_says_so_and_offers_nothing(
    qtbot: QtBot, unlocked: MainWindow, backup: Path
) -> None:
    open_list(qtbot, unlocked, backup)
    sheet = changes_of(unlocked)
    texts = [label.text() for label in sheet.findChildren(Label)]
    assert "Your safe has everything that this backup holds." in texts
    assert "10 badges are the same in both" in texts
    assert not sheet.go.isEnabled()


def test_a_wrong_passphrase_is_told_at_its_field(
    qtbot: QtBot, unlocked: MainWindow, backup: Path
) -> None:
    sheet = open_list(qtbot, unlocked, backup, "another passphrase")
    assert "when the backup was made" in sheet.field.error
    words = draw_code(bytes(range(17))).words(word_list("fr"))
    sheet.field.edit.setText(" ".join(words))
    sheet.go.click()
    qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=30_000)
    assert sheet.field.error.startswith("These are the 14 words of a recovery sheet.")
    assert unlocked.findChildren(ChangesSheet) == []


def test_locking_takes_the_list_and_its_names_away(
    qtbot: QtBot, unlocked: MainWindow, backup: Path
) -> None:
    open_list(qtbot, unlocked, backup)
    sheet = changes_of(unlocked)
    sheet.forget()
    assert sheet._backup.contents.originals == {}
    unlocked.lock()
    settle(qtbot, unlocked)
    assert unlocked.findChildren(ChangesSheet) == []
