"""Steps that tests of the ways into a safe share: dialogs found, a code made, quick unlock on."""

from typing import TypeVar

from pytestqt.qtbot import QtBot

from tests.ui.test_first_run import choose, newcomer, nowhere  # noqa: F401 - fixtures
from tests.ui.window_driver import PASSPHRASE, settle
from wallet_app.app.safe_keys import ways_into
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet
from wallet_app.ui.sheets.key_sheets import QuickUnlockSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet

T = TypeVar("T", bound=Sheet)


def sheet_of(window: MainWindow, kind: type[T]) -> T:
    return next(sheet for sheet in window.findChildren(kind) if sheet.isVisible())


def has_sheet(window: MainWindow, kind: type[Sheet]) -> bool:
    return any(sheet.isVisible() for sheet in window.findChildren(kind))


def forgotten(qtbot: QtBot, window: MainWindow) -> ForgottenSheet:
    window.unlock.others.forgotten.click()
    settle(qtbot, window)
    return sheet_of(window, ForgottenSheet)


def security(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named("security")
    settle(qtbot, window)
    return page


def type_back(qtbot: QtBot, window: MainWindow, sheet: RecoveryCodeSheet) -> str:
    """Go on from the words, type three of them, and return the whole code."""
    words = [label.text() for label in sheet.showing.labels]
    sheet.go.click()
    for place, field in zip(sheet.places, sheet.fields, strict=True):
        field.edit.setText(words[place - 1].upper())
    sheet.go.click()
    settle(qtbot, window)
    return " ".join(words)


def make_code(qtbot: QtBot, window: MainWindow) -> str:
    page = security(qtbot, window)
    page.keys.make.click()
    sheet = sheet_of(window, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, window)
    return type_back(qtbot, window, sheet)


def turn_on(qtbot: QtBot, window: MainWindow) -> None:
    page = security(qtbot, window)
    page.keys._change_quick("yes")
    sheet = sheet_of(window, QuickUnlockSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, window)


def kinds(window: MainWindow) -> list[str]:
    return sorted(way.kind for way in ways_into(window.session.vault_path))


def note_of(window: MainWindow) -> str:
    bar = window.shell.side_bar
    assert isinstance(bar, SideBar)
    return next(row.note for row in bar._rows if row.item.id == "settings")
