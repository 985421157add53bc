"""How tests open the dialog that shows a badge, at one of its ways."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.showing_helpers import top
from tests.ui.window_driver import settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.share_sheet import ShareSheet


def open_share(qtbot: QtBot, window: MainWindow, badge_id: str, way: ShownBy) -> ShareSheet:
    window.share_asked.emit(badge_id)
    settle(qtbot, window)
    sheet = top(window)
    assert isinstance(sheet, ShareSheet)
    show_way(qtbot, window, sheet, way)
    return sheet


def show_way(qtbot: QtBot, window: MainWindow, sheet: ShareSheet, way: ShownBy) -> None:
    sheet.show_way(way)
    settle(qtbot, window)
    # What a layout is given is shown with the next events.
    QCoreApplication.processEvents()


def said(sheet: ShareSheet) -> str:
    return " ".join(one.text() for one in sheet.findChildren(Label) if one.isVisibleTo(sheet))
