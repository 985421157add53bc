"""Keys that count by where they lie, and one that some desktops leave to the program.

Where digits are typed with Shift, as on a French keyboard, the row of digits yields other signs,
which elsewhere lie on other keys: "-" is the sixth there, and right of the zero on an American
one. So not the sign decides but the place.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from wallet_app.ui.actions import Actions

__all__ = ["KeyPlaces", "digit_at"]

_MAC: Final = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}
"""The virtual key codes of the row of digits, which are places there."""
_FIRST: Final = {"windows": 2}
"""The scan code of the key 1, else ten: the code of the kernel and eight, X11 and Wayland alike."""
_FIRST_ELSEWHERE: Final = 10
_TYPED_DIGITS: Final = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)


def digit_at(event: QKeyEvent, platform: str) -> int | None:
    """Return which key of the row of digits it is, whatever that one types; None for no such."""
    if platform == "cocoa":
        return _MAC.get(event.nativeVirtualKey())
    place = event.nativeScanCode() - _FIRST.get(platform, _FIRST_ELSEWHERE)
    return (place + 1) % 10 if 0 <= place < 10 else None


class KeyPlaces(QObject):
    """Does what ``Ctrl`` and a digit does, and opens the menu of a thing on Shift F10."""

    def __init__(self, parent: QObject, commands: "Actions") -> None:
        super().__init__(parent)
        self._commands = commands

    def watch(self, native: QWindow) -> None:
        """Look at the keys of a native window that no shortcut took."""
        native.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key that is one of those; all others go on."""
        is_press = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_press and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            return self._go_by_digit(event) or _open_menu(event)
        return super().eventFilter(watched, event)

    def _go_by_digit(self, event: QKeyEvent) -> bool:
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        digit = digit_at(event, QGuiApplication.platformName())
        if digit is None or event.key() in _TYPED_DIGITS:
            return False
        action = self._commands.by_keys(QKeySequence(f"Ctrl+{digit}"))
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True


def _open_menu(event: QKeyEvent) -> bool:
    """Ask what has the focus for its menu, as the key Menu does; Windows does so by itself."""
    is_asked = (
        event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    )
    focused = QApplication.focusWidget()
    if not is_asked or focused is None or QGuiApplication.platformName() == "windows":
        return False
    place = focused.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, focused.mapToGlobal(place))
    return QCoreApplication.sendEvent(focused, asked)
