"""Which Qt draws the window."""

from PySide6 import __version__
from PySide6.QtCore import qVersion

__all__ = ["qt_version"]


def qt_version() -> str:
    """Return the versions of Qt, as it runs, and of its Python binding."""
    return f"{qVersion()}, PySide6 {__version__}"
