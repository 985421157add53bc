"""The screens about a second place and other computers; called from ``scenes``."""

from collections.abc import Callable
from pathlib import Path

from tests.screenshots.studio import PASSPHRASE, settle
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.place_sheets import JoinSheet, SecondPlaceSheet, StartSheet

__all__ = ["take_places"]

Camera = Callable[[str, MainWindow], None]


def take_places(window: MainWindow, camera: Camera) -> None:
    """Choose a second place and begin a group, with a picture of each step."""
    beside = window.session.vault_path.parent
    _second_place(window, camera, beside / "USB stick")
    _computers(window, camera, beside / "Cloud")


def _second_place(window: MainWindow, camera: Camera, stick: Path) -> None:
    window.show_page("backups")
    settle(window)
    page = window.shell.page("backups")
    if not isinstance(page, BackupsPage):
        raise TypeError(page)
    section = page.second_place
    section.choose.click()
    (sheet,) = window.findChildren(SecondPlaceSheet)
    sheet.place.kind._group.buttons()[1].click()
    settle(window)
    camera("second-place-server", window)
    sheet.place.kind._group.buttons()[0].click()
    stick.mkdir()
    sheet.place.folder.edit.setText(str(stick))
    settle(window)
    camera("second-place-folder", window)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(window)
    page._content.ensureWidgetVisible(section)
    settle(window)
    camera("second-place", window)
    stick.rename(stick.with_name("unplugged"))
    section.now.click()
    settle(window)
    page._content.ensureWidgetVisible(section)
    settle(window)
    camera("second-place-failed", window)


def _computers(window: MainWindow, camera: Camera, folder: Path) -> None:
    window.show_page("settings")
    settle(window)
    page = window.shell.page("settings")
    if not isinstance(page, SettingsPage):
        raise TypeError(page)
    page.show_named("computers")
    settle(window)
    camera("settings-computers-before", window)
    _enter(window, camera, folder)
    settle(window)
    camera("settings-computers-code", window)


def _enter(window: MainWindow, camera: Camera, folder: Path) -> None:
    page = window.shell.page("settings")
    if not isinstance(page, SettingsPage):
        raise TypeError(page)
    page.computers.join.click()
    settle(window)
    (join,) = window.findChildren(JoinSheet)
    join.code.edit.setText("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE")
    join.go.click()
    settle(window)
    camera("join-computers", window)
    join.dismiss()
    settle(window)
    folder.mkdir()
    page.computers.start.click()
    settle(window)
    sheets = [one for one in window.findChildren(Sheet) if isinstance(one, StartSheet)]
    sheet = sheets[-1]
    sheet.place.folder.edit.setText(str(folder))
    sheet.label.edit.setText("Laptop")
    sheet.go.click()
    settle(window)
