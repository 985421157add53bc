"""The menus, filled from the registry: a bar where the desktop has a place for it, else a button.

Windows of this kind show no bar of their own (ADR 0085): the row "Menu" of the side bar, F10 and
the Alt key open the same menus.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QMenuBar

from wallet_app.ui.actions import Group
from wallet_app.ui.components.menu import PopupMenu, round_corners
from wallet_app.ui.sheets.shortcuts_sheet import ShortcutsSheet

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Menus"]

_ENDS_ALT = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut, QEvent.Type.FocusAboutToChange}
)


class Menus(QObject):
    """Opens the main menu, the palette and the sheet of shortcuts; also while locked."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._alt_alone = False
        self._bar: QMenuBar | None = None
        self._make_native()
        window.commands.bind("menu", self.open)
        window.commands.bind("palette", self.open_palette)
        window.commands.bind("shortcuts", self.open_shortcuts)

    @property
    def is_native(self) -> bool:
        """Whether the desktop shows the menus at a place of its own."""
        return self._bar is not None

    def watch_alt(self) -> None:
        """Open the menu on Alt; called once the window has a handle."""
        if not self.is_native:
            self._window.windowHandle().installEventFilter(self)

    def retranslate(self) -> None:
        """Take the words of a new language."""
        if self._bar is not None:
            self._bar.clear()
            self._add_groups(self._bar)

    @Slot()
    def open(self) -> None:
        """Show all menus below each other: at the row of the side bar, else at the top left."""
        menu = PopupMenu(self._window)
        self._window.states.refresh()
        self._add_groups(menu)
        menu.popup(self._place(menu))
        menu.begin()

    def _place(self, menu: QMenu) -> QPoint:
        window = self._window
        if window.session.is_open:
            row = window.shell.side_bar.row("menu")
            if row is not None:
                corner = row.mapToGlobal(QPoint(row.width(), row.height()))
                return corner - QPoint(0, menu.sizeHint().height())
        return window.mapToGlobal(QPoint(12, 12))

    @Slot()
    def open_palette(self) -> None:
        """Show the line in which one types what one wants."""
        # Loads the pages of the open safe, which the lock screen does without.
        from wallet_app.ui.sheets.palette_sheet import PaletteSheet  # noqa: PLC0415

        window = self._window
        if not window.has_sheet:
            window.states.refresh()
            window.open_sheet(PaletteSheet(window, window, window.commands.state))

    @Slot()
    def open_shortcuts(self) -> None:
        """Show every shortcut."""
        window = self._window
        if not window.has_sheet:
            window.open_sheet(ShortcutsSheet(window, window.words, window.commands))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt pressed and released with nothing between opens the menu."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            is_alt = event.key() == Qt.Key.Key_Alt
            if kind is QEvent.Type.KeyPress:
                alone = event.modifiers() in (
                    Qt.KeyboardModifier.AltModifier,
                    Qt.KeyboardModifier.NoModifier,
                )
                self._alt_alone = is_alt and alone
            elif kind is QEvent.Type.KeyRelease and is_alt and self._alt_alone:
                self._alt_alone = False
                self._window.commands["menu"].trigger()
        elif kind in _ENDS_ALT:
            self._alt_alone = False
        return super().eventFilter(watched, event)

    def _make_native(self) -> None:
        bar = QMenuBar(self._window)
        if bar.isNativeMenuBar():
            self._bar = bar
            self._add_groups(bar)
            self._window.setMenuBar(bar)
        else:
            bar.hide()
            bar.deleteLater()

    def _add_groups(self, parent: QMenu | QMenuBar) -> None:
        words, commands = self._window.words, self._window.commands
        for group in Group:
            menu = QMenu(words.text(f"menu.{group.value}"), parent)
            round_corners(menu)
            for spec in commands.in_group(group):
                if spec.apart:
                    menu.addSeparator()
                menu.addAction(commands[spec.id])
            parent.addMenu(menu)
