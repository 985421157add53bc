"""Keys that controls treat alike, whatever Qt does by default."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

__all__ = ["ARROWS", "ENTER", "press_on_enter"]

ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def press_on_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a focused button on Enter, as people expect; Qt does so for Space only.

    Returns whether the key was used.
    """
    if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    # Held down, it would press what the first of its presses led to.
    if not event.isAutoRepeat():
        button.click()
    return True
