"""The palette, shortcuts, and the list of hosts, in front of the camera."""

from collections.abc import Callable
from datetime import timedelta

from tests.screenshots.studio import NOW, settle, wait_until
from wallet_app.network.contacts import BOOK
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.palette_sheet import PaletteSheet

__all__ = ["show_hosts", "take_habits"]

Camera = Callable[[str, MainWindow], None]

_HOSTS = (
    ("badges.northgate.example", ("did", "status_list"), 14, True, 0),
    ("kestrel.example", ("key",), 9, True, 0),
    ("status.haldencloud.example", ("status_list",), 2, False, 0),
    ("boreal-institut.example", ("did", "schema", "status_list", "image"), 7, True, 0),
    ("lumen.example", ("status_list",), 1, True, 1),
    ("verity-lc.example", ("hosted_badge", "issuer"), 1, True, 11),
    ("a-very-long-name-of-a-host.certificates.of-the-region.example", ("page",), 1, True, 12),
    ("cloud.vasseur.example", ("own_place",), 31, True, 13),
)


def show_hosts(window: MainWindow) -> None:
    """Have contacted some hosts, and look at the settings anew."""
    for host, purposes, times, answered, days in _HOSTS:
        for at in range(times):
            for purpose in purposes:
                moment = NOW - timedelta(days=days, minutes=5 * at + days)
                BOOK.note(host, purpose, at=moment, answered=answered or at > 0, received=6_400)
    window.show_page("settings")
    settle(window)


def take_habits(window: MainWindow, camera: Camera) -> None:
    """Look at what is over the library."""
    window.show_page("safe")
    settle(window)
    window.library.view.setFocus()
    window.menus.open_palette()
    settle(window)
    camera("palette", window)
    (sheet,) = window.findChildren(PaletteSheet)
    for typed, name in (("pr", "palette-typed"), ("zzzz", "palette-none")):
        sheet.edit.setText(typed)
        wait_until(window, lambda: not sheet.is_waiting)
        settle(window)
        camera(name, window)
    sheet.close_sheet()
    settle(window)
    window.menus.open_shortcuts()
    settle(window)
    camera("shortcuts", window)
    for open_sheet in window.findChildren(Sheet):
        open_sheet.close_sheet()
    settle(window)
