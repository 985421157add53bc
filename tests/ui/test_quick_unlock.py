"""Quick unlock in the window: offered where there is a keyring, used by a press, or failing."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.key_steps import kinds, security, sheet_of, turn_on, type_back
from tests.ui.test_first_run import choose, newcomer, nowhere  # noqa: F401 - fixtures
from tests.ui.window_driver import PASSPHRASE, seams_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.key_sheets import QuickUnlockSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet


def test_quick_unlock_is_offered_only_where_there_is_a_keyring(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    seams_of(newcomer).store.fault = "keyring.none"
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet = sheet_of(newcomer, RecoveryCodeSheet)
    type_back(qtbot, newcomer, sheet)
    settle(qtbot, newcomer)
    assert seams_of(newcomer).questions == []
    keys = security(qtbot, newcomer).keys
    assert not keys.quick.isVisible()
    assert keys._quick.hint.text().startswith("This computer has no keyring")
    seams_of(newcomer).store.fault = "keyring.locked"
    keys = security(qtbot, newcomer).keys
    assert keys.quick.isVisible()
    assert keys._quick.hint.text().startswith("This computer’s keyring")


def test_quick_unlock_opens_only_when_the_person_presses(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not unlocked.session.is_open
    assert unlocked.unlock.others.quick.isVisible()
    qtbot.mouseClick(unlocked.unlock.others.quick, Qt.MouseButton.LeftButton)
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


def test_quick_unlock_is_turned_on_and_used_by_keys_alone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = security(qtbot, unlocked)
    page.keys.quick.focus_current()
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Right)
    sheet = sheet_of(unlocked, QuickUnlockSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    assert page.keys.quick.current == "yes"
    assert unlocked.focusWidget().objectName() == "choice-yes"
    unlocked.lock()
    settle(qtbot, unlocked)
    qtbot.keyClick(unlocked.unlock.field.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


def test_a_keyring_that_fails_leads_to_the_passphrase_with_its_reason(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    seams_of(unlocked).store.entries.clear()
    unlocked.lock()
    settle(qtbot, unlocked)
    unlocked.unlock.others.quick.click()
    settle(qtbot, unlocked)
    assert "no longer holds" in unlocked.unlock.field.error
    assert unlocked.unlock.field.edit.hasFocus()
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open
    assert kinds(unlocked) == ["keyring", "passphrase"]


def test_quick_unlock_that_could_not_be_turned_on_shows_as_off(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams_of(unlocked).store.fault = "keyring.locked"
    turn_on(qtbot, unlocked)
    sheet = sheet_of(unlocked, QuickUnlockSheet)
    assert "keyring is locked" in sheet.field.error
    sheet.dismiss()
    settle(qtbot, unlocked)
    assert kinds(unlocked) == ["passphrase"]


def test_a_keyring_that_hangs_keeps_nobody_from_typing_the_passphrase(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    store = seams_of(unlocked).store
    unlocked.lock()
    settle(qtbot, unlocked)
    store.answers.clear()
    unlocked.unlock.others.quick.click()
    assert "Waiting" in unlocked.unlock.others.quick.words
    unlocked.unlock.field.edit.setText(PASSPHRASE)
    unlocked.unlock.button.click()
    qtbot.waitUntil(lambda: unlocked.session.is_open)
    store.answers.set()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
