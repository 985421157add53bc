"""Keys that a group of controls takes for itself."""

from typing import Final

from PySide6.QtCore import Qt

__all__ = ["ARROWS"]

ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
