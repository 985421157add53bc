"""Keys that scroll what lies in front, when the control that has the focus has no use for them."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from wallet_app.ui.theme import look

__all__ = ["ReadingStack", "is_scroll_key", "scroll_area", "scroll_front"]

_STEP: Final = 60
_KEPT: Final = 48
"""What stays in view of a page that is turned, so that the eye finds its line again."""
_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class ReadingStack(QStackedWidget):
    """Screens of which one is in front: it scrolls by the keys that nothing on it uses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, or leave the key to the window."""
        event.setAccepted(scroll_front(self, event))


def is_scroll_key(event: QKeyEvent) -> bool:
    """Whether it is a key that scrolls, held with no other."""
    return event.key() in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def scroll_area(area: QScrollArea, key: int) -> bool:
    """Scroll as ``key`` asks; return whether anything moved."""
    bar = area.verticalScrollBar()
    before = bar.value()
    bar.setValue(_wanted(area, key))
    return bar.value() != before


def scroll_front(root: QWidget, event: QKeyEvent) -> bool:
    """Scroll the largest part of ``root`` that can still move that way; return whether one did."""
    if not is_scroll_key(event):
        return False
    areas = [area for area in root.findChildren(QScrollArea) if area.isVisible()]
    areas.sort(key=lambda area: area.width() * area.height(), reverse=True)
    return any(scroll_area(area, event.key()) for area in areas)


def _wanted(area: QScrollArea, key: int) -> int:
    bar = area.verticalScrollBar()
    step, page = look().px(_STEP), max(look().px(_STEP), bar.pageStep() - look().px(_KEPT))
    return {
        Qt.Key.Key_Up: bar.value() - step,
        Qt.Key.Key_Down: bar.value() + step,
        Qt.Key.Key_PageUp: bar.value() - page,
        Qt.Key.Key_PageDown: bar.value() + page,
        Qt.Key.Key_Home: bar.minimum(),
        Qt.Key.Key_End: bar.maximum(),
    }[Qt.Key(key)]
