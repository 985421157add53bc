"""``python -m tests.ui.menus_on_x11``: a menu on X11, before and after something blends windows.

Prints one line each time: whether the menu is round, and the colour that its corner has on
the screen, or "" where it may be clear.
"""

import ctypes
import sys

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from wallet_app.drawing.tokens import LIGHT
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.stylesheet import style_sheet

_SHOWN_MS = 5_000


def main() -> int:
    """Show the menu as on a desktop without a compositing manager, and with one."""
    application = QApplication(sys.argv)
    application.setStyleSheet(style_sheet(LIGHT))
    window = QWidget()
    window.resize(400, 300)
    window.show()
    _show_menu(window)
    _blend_windows()
    _show_menu(window)
    return 0


def _show_menu(window: QWidget) -> None:
    menu = PopupMenu(window)
    menu.add("A", window.update)
    menu.popup(QPoint(40, 40))
    QTest.qWaitForWindowExposed(menu, _SHOWN_MS)
    QTest.qWait(100)
    is_round = menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    corner = menu.screen().grabWindow(0, menu.x(), menu.y(), 1, 1).toImage().pixelColor(0, 0)
    sys.stdout.write(f"{'round' if is_round else 'square'} {'' if is_round else corner.name()}\n")
    menu.close()


def _blend_windows() -> None:
    """Own what a compositing manager owns."""
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    for name in ("XInternAtom", "XCreateSimpleWindow", "XDefaultRootWindow"):
        getattr(xlib, name).restype = ctypes.c_ulong
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    root, none = ctypes.c_ulong(xlib.XDefaultRootWindow(display)), ctypes.c_ulong(0)
    owner = xlib.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, none, none)
    atom = xlib.XInternAtom(display, b"_NET_WM_CM_S0", False)
    xlib.XSetSelectionOwner(display, ctypes.c_ulong(atom), ctypes.c_ulong(owner), none)
    xlib.XSync(display, False)


if __name__ == "__main__":
    sys.exit(main())
