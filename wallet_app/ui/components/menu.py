"""A menu below a control or at a place; it goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from wallet_app.system.compositing import blends_windows

__all__ = ["PopupMenu", "round_corners"]


def round_corners(menu: QMenu) -> None:
    """Give a menu that is not shown yet round corners, where what is outside them can be clear."""
    if blends_windows():
        menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        menu.setProperty("round", True)


class PopupMenu(QMenu):
    """Opens without blocking and is deleted when it closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        round_corners(self)

    def add(self, text: str, chosen: Callable[..., object] | SignalInstance) -> QAction:
        """Append an entry; ``chosen`` is a slot or a signal."""
        action = QAction(text.replace("&", "&&"), self)
        action.triggered.connect(chosen)
        self.addAction(action)
        return action

    def add_menu(self, text: str) -> "PopupMenu":
        """Append a menu that opens beside this one."""
        inner = PopupMenu(self)
        # It goes with this one: closed, it may be opened again.
        inner.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        inner.setTitle(text.replace("&", "&&"))
        self.addMenu(inner)
        return inner

    def begin(self) -> None:
        """Stand on the first entry, by which the arrows begin; its own menu stays closed.

        ``setActiveAction`` would open that one, and Down would walk through it.
        """
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self, down)

    def open_below(self, control: QWidget) -> None:
        """Show it below a control, its right edge at the control's where the window ends."""
        window = control.window()
        left = control.mapTo(window, QPoint(0, 0)).x()
        width = self.sizeHint().width()
        aside = control.width() - width if left + width > window.width() else 0
        self.popup(control.mapToGlobal(QPoint(aside, control.height() + 4)))
