"""What the window shows: a gate while the safe is closed, the screens while it is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wallet_app.app.vault_paths import vault_exists
from wallet_app.ui.components.key_scroll import ReadingStack
from wallet_app.ui.pages.unlock import UnlockPage

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.pages.first_run import FirstRunPage
    from wallet_app.ui.screens import Screens

__all__ = ["WindowStack"]


class WindowStack(ReadingStack):
    """Makes each when it is first wanted, and ends the screens at the lock as a whole."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._screens: Screens | None = None
        self._unlock: UnlockPage | None = None
        self._first_run: FirstRunPage | None = None

    @property
    def screens(self) -> "Screens":
        """The shell and its pages; made when the safe is about to open, for a quick start."""
        if self._screens is None:
            self._screens = self.make_screens()
        return self._screens

    @property
    def has_screens(self) -> bool:
        """Whether the screens of the open safe are made."""
        return self._screens is not None

    def make_screens(self) -> "Screens":
        """Return new screens, which are not shown."""
        # Loads verification and storage, which the unlock screen does without.
        from wallet_app.ui.screens import Screens  # noqa: PLC0415

        made = Screens(self._window, self._window.door)
        self.addWidget(made.shell)
        return made

    @property
    def unlock(self) -> UnlockPage:
        """The lock screen."""
        if self._unlock is None:
            self._unlock = UnlockPage(self._window.context)
            self.addWidget(self._unlock)
        return self._unlock

    @property
    def first_run(self) -> "FirstRunPage":
        """What stands before a safe that does not exist yet."""
        if self._first_run is None:
            from wallet_app.ui.pages.first_run import FirstRunPage  # noqa: PLC0415 - see screens

            self._first_run = FirstRunPage(self._window.context)
            self.addWidget(self._first_run)
        return self._first_run

    @property
    def gate(self) -> "UnlockPage | FirstRunPage":
        """What stands before the safe: the lock, or first run while there is no safe."""
        return self.unlock if vault_exists(self._window.session.vault_path) else self.first_run

    def show_gate_or_shell(self) -> None:
        """Show what belongs here now: of a closed safe, as its folder is found."""
        if self._window.session.is_open:
            self.setCurrentWidget(self.screens.shell)
        else:
            gate = self.gate
            self.setCurrentWidget(gate)
            gate.entered()
        self._window.states.refresh()

    def drop_gates(self) -> None:
        """Have what stands before the safe made anew when it is next shown."""
        for gate in filter(None, (self._unlock, self._first_run)):
            gate.deleteLater()
        self._unlock = self._first_run = None

    def take_screens(self, made: "Screens | None") -> None:
        """Show new screens instead of those that there are; None while locked: a new gate."""
        old = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._screens = made
        if made is not None:
            # Laid out once: shown first, it would begin in another size.
            made.shell.resize(self.size())
        self.drop_gates()
        self.show_gate_or_shell()
        for widget in old:
            if widget is not self.currentWidget():
                self.removeWidget(widget)
                widget.deleteLater()

    def forget_screens(self) -> None:
        """Empty everything that shows the safe."""
        if self._screens is not None:
            self._screens.shell.forget()

    def give_up_screens(self) -> None:
        """Show the gate; the screens go as a whole, and with them what a page did not forget."""
        screens, self._screens = self._screens, None
        self.show_gate_or_shell()
        if screens is not None:
            self.removeWidget(screens.shell)
            screens.shell.deleteLater()
