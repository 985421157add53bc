"""How tests reach what the settings and a badge say of people."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle
from wallet_app.app.models import BadgeDetail
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.row_panel import RowPanel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.verification.report import CheckId


def settings_of(qtbot: QtBot, window: MainWindow, section: str) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named(section)
    settle(qtbot, window)
    # Rows are shown by an event of their own.
    QCoreApplication.sendPostedEvents()
    return page


def rows(panel: RowPanel) -> list[SettingRow]:
    return [row for row in panel.findChildren(SettingRow) if row.isVisible()]


def buttons(row: SettingRow) -> list[Button]:
    return row.findChildren(Button)


def press(qtbot: QtBot, window: MainWindow, button: Button) -> None:
    button.click()
    settle(qtbot, window)
    QCoreApplication.sendPostedEvents()


def open_badge(qtbot: QtBot, window: MainWindow, verdict: str = "verified") -> CheckList:
    window.show_badge(badge_of(window, verdict))
    settle(qtbot, window)
    assert window.detail.checks is not None
    return window.detail.checks


def code(window: MainWindow, check: CheckId) -> str:
    shown: BadgeDetail | None = window.detail.shown
    assert shown is not None
    return shown.report.check(check).code


def button_in(checks: CheckList, check: CheckId) -> Button:
    (button,) = checks.rows[check].evidence.findChildren(Button)
    return button
