from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import PASSPHRASE, settle, unlock
from wallet_app.ui.main_window import MainWindow


def test_wrong_passphrase_is_refused_in_a_sentence_and_the_right_one_opens(
    qtbot: QtBot, locked: MainWindow
) -> None:
    unlock(qtbot, locked, "not the passphrase")
    assert not locked.session.is_open
    assert "does not open this safe" in locked.unlock.field.error
    assert locked.unlock.field.edit.text() == ""

    unlock(qtbot, locked)
    assert locked.session.is_open
    assert locked.current_page == "safe"
    assert locked.library.model.rowCount() == 10
    assert locked.unlock.field.edit.text() == ""


def test_empty_passphrase_asks_for_one_without_trying(locked: MainWindow) -> None:
    locked.unlock.button.click()
    assert locked.unlock.field.error == "Type your passphrase."
    assert not locked.bridge.busy


def test_enter_in_the_field_opens(qtbot: QtBot, locked: MainWindow) -> None:
    qtbot.keyClicks(locked.unlock.field.edit, PASSPHRASE)
    qtbot.keyClick(locked.unlock.field.edit, Qt.Key.Key_Return)
    settle(qtbot, locked)
    assert locked.session.is_open


def test_passphrase_is_dots_until_revealed_and_gone_for_good_afterwards(
    qtbot: QtBot, locked: MainWindow
) -> None:
    field = locked.unlock.field
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    field.reveal.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert field.reveal.accessibleName() == "Hide the passphrase"
    qtbot.keyClicks(field.edit, "secret words")
    assert field.edit.isUndoAvailable()
    assert field.take_text() == "secret words"
    assert not field.edit.isUndoAvailable()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert field.edit.text() == ""


def test_caps_lock_is_said_in_words(qtbot: QtBot, locked: MainWindow) -> None:
    field = locked.unlock.field
    qtbot.keyClick(field.edit, Qt.Key.Key_A)
    assert not field.caps_lock_shown
    qtbot.keyClick(field.edit, "A", Qt.KeyboardModifier.NoModifier)
    assert field.caps_lock_shown


def test_typing_again_takes_the_error_away(qtbot: QtBot, locked: MainWindow) -> None:
    locked.unlock.button.click()
    qtbot.keyClicks(locked.unlock.field.edit, "v")
    assert locked.unlock.field.error == ""


def test_nothing_of_the_safe_can_be_reached_while_locked(locked: MainWindow) -> None:
    locked.show_page("safe")
    locked.show_badge("0" * 64)
    assert locked.current_page == ""
    enabled = {spec for spec in ("lock", "search", "add", "paste", "delete")
               if locked.commands[spec].isEnabled()}  # fmt: skip
    assert enabled == {"lock"}
