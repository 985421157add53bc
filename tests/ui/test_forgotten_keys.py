"""A forgotten passphrase: where the keys go while the window helps, and what the words open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.key_steps import forgotten, has_sheet, make_code, sheet_of
from tests.ui.window_driver import PASSPHRASE, settle, unlock
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.copying import SUMS_NAME
from wallet_app.storage.vault import Vault
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet
from wallet_app.ui.sheets.key_sheets import UseCodeSheet


def type_on(keys: str) -> None:
    """Type as a person does, into whatever has the focus at each key."""
    for key in keys:
        QTest.keyClicks(QApplication.focusWidget(), key)


def test_who_goes_on_typing_presses_nothing_and_comes_back_to_the_passphrase(
    qtbot: QtBot, locked: MainWindow
) -> None:
    settle(qtbot, locked)
    link, edit = locked.unlock.others.forgotten, locked.unlock.field.edit
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    settle(qtbot, locked)
    sheet = sheet_of(locked, ForgottenSheet)
    # A press of Choose… fails in the seams of the test: nobody expects a file dialog.
    type_on("two words ")
    assert sheet.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.restore
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    type_on("two words")
    assert edit.text() == "two words"
    assert not has_sheet(locked, ForgottenSheet)
    locked.menus.open_shortcuts()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is edit


@pytest.mark.parametrize("is_full", [False, True], ids=["read_only", "full"])
def test_on_a_disk_that_cannot_be_written_the_words_open_and_it_is_said_what_stays(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch, is_full: bool
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise EnvironmentFault("vault.disk_full")

    code = make_code(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    if is_full:
        monkeypatch.setattr(Vault, "change_passphrase", refuse)
    else:
        (unlocked.session.vault_path / SUMS_NAME).touch()
    forgotten(qtbot, unlocked).use_sheet.click()
    sheet = sheet_of(unlocked, UseCodeSheet)
    sheet.code.edit.setText(code)
    for field in (sheet.new.first, sheet.new.again):
        field.edit.setText("a new passphrase of mine")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
    assert "the forgotten passphrase still stands" in unlocked._toast.label.text()
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked, PASSPHRASE)
    assert unlocked.session.is_open
