"""The window: a gate while the safe is closed, the shell while it is open.

It owns what lives as long as the window: bridge, session, pictures, actions. Locking is done
here and always wins.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from wallet_app.errors import CoffreError
from wallet_app.ui.action_states import ActionStates
from wallet_app.ui.actions import Actions
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.context import Context, Deed
from wallet_app.ui.door import Door
from wallet_app.ui.drag_out import DragOut
from wallet_app.ui.first_show import FirstShow
from wallet_app.ui.handed_over import HandedOver
from wallet_app.ui.held_picture import HeldPicture
from wallet_app.ui.input_watch import IdleWatch
from wallet_app.ui.leaving import Leaving, do_each
from wallet_app.ui.menus import Menus
from wallet_app.ui.navigation import Navigation
from wallet_app.ui.notices import Notices
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.pictures import Pictures
from wallet_app.ui.qt_words import QtWords
from wallet_app.ui.renewal import Renewal
from wallet_app.ui.seams import Seams
from wallet_app.ui.session import Session
from wallet_app.ui.settings_in_force import SettingsInForce
from wallet_app.ui.sheet_stack import SheetStack
from wallet_app.ui.theme import apply_look
from wallet_app.ui.tray import Tray
from wallet_app.ui.undo_stack import Undoable, UndoStack
from wallet_app.ui.update_check import UpdateCheck
from wallet_app.ui.window_memory import WindowMemory
from wallet_app.ui.window_stack import WindowStack
from wallet_app.wording import Words

if TYPE_CHECKING:
    from wallet_app.app.models import BadgeRow
    from wallet_app.app.services import Services
    from wallet_app.app.settings import Settings
    from wallet_app.ui.pages.deleted import DeletedPage
    from wallet_app.ui.pages.detail import DetailPage
    from wallet_app.ui.pages.first_run import FirstRunPage
    from wallet_app.ui.pages.library import LibraryPage
    from wallet_app.ui.pages.unlock import UnlockPage
    from wallet_app.ui.screens import Screens
    from wallet_app.ui.shell import Shell
    from wallet_app.ui.tasks import Tasks

__all__ = ["MainWindow"]

_SIZE = (1280, 820)
_LEAST = (960, 640)


class MainWindow(QMainWindow):
    """Implements ``Stage`` for its screens.

    Signals:
        sources_dropped: files and addresses to take in, from a drop, a dialog or a paste.
        bytes_pasted: a badge copied as picture or text.
        share_asked: the id of a badge to show to someone.
        samples_asked: sample badges are wanted.
    """

    sources_dropped = Signal(list)
    bytes_pasted = Signal(object)
    share_asked = Signal(str)
    samples_asked = Signal()

    def __init__(
        self,
        services: "Services",
        vault_path: Path,
        settings_path: Path,
        *,
        seams: Callable[[QWidget, "MainWindow"], Seams] = Seams,
        language: str = "",
    ) -> None:
        """``seams``: the doors to the desktop. ``language`` goes first until it is changed."""
        super().__init__()
        self.preferences = SettingsInForce(self, settings_path, language)
        self.tasks: Tasks | None = None
        self.setWindowTitle("Coffre")
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        apply_look(self.settings)
        self.bridge = Bridge(self)
        self.session = Session(self.bridge, services, vault_path, self)
        self.session.allow(self.settings)
        self.pictures = Pictures(self.bridge, self.session, self)
        self.words = Words(self.preferences.spoken)
        self._qt_words = QtWords(self)
        self._qt_words.speak(self.words.language)
        self.commands = Actions(self, self.words)
        self.seams = seams(self, self)
        self.seams.guard.seconds = self.settings.clear_clipboard_s
        self.stack = WindowStack(self)
        self.setCentralWidget(self.stack)
        self.held_picture = HeldPicture(self, self.bridge, self.session)
        self.ring = FocusRing(self)
        self.renewal = Renewal(self)
        self._toast = Toast(self)
        self.sheets = SheetStack(self, self.ring, self._toast)
        self.undos = UndoStack(self)
        self.states = ActionStates(self)
        self.menus = Menus(self)
        self.memory = WindowMemory(self, settings_path.with_name("window.json"))
        self.drags = DragOut(self)
        self.tray = Tray(self)
        self.notices = Notices(self)
        self.updates = UpdateCheck(self)
        self.tray.refresh()
        self.idle = IdleWatch(self)
        self.idle.left.connect(self.lock)
        self.session.opening.connect(self._prepare_screens)
        self.session.opened.connect(self._on_opened)
        Leaving(self)
        self.door = Door(self)
        self.door.sources_given.connect(self.sources_dropped)
        self.door.bytes_given.connect(self.bytes_pasted)
        self._navigation = Navigation(self, self.door)
        self.handed_over = HandedOver(self)
        FirstShow(self)
        self.stack.show_gate_or_shell()

    # --- screens -----------------------------------------------------------------------

    @property
    def screens(self) -> "Screens":
        """The shell and its pages."""
        return self.stack.screens

    @property
    def shell(self) -> "Shell":
        """The frame of the open safe."""
        return self.screens.shell

    @property
    def library(self) -> "LibraryPage":
        """The library."""
        return self.screens.library

    @property
    def detail(self) -> "DetailPage":
        """The page of one badge."""
        return self.screens.detail

    @property
    def deleted(self) -> "DeletedPage":
        """The page of what was deleted."""
        return self.screens.deleted

    @property
    def unlock(self) -> "UnlockPage":
        """The lock screen."""
        return self.stack.unlock

    @property
    def first_run(self) -> "FirstRunPage":
        """What stands before a safe that does not exist yet."""
        return self.stack.first_run

    @property
    def gate(self) -> "UnlockPage | FirstRunPage":
        """What stands before the safe: the lock, or first run while there is no safe."""
        return self.stack.gate

    @Slot()
    def _prepare_screens(self) -> None:
        """Make the screens while the key is being derived on the safe's own thread."""
        _ = self.screens

    def renew_words(self) -> None:
        """Take the words of the language."""
        self.words = Words(self.preferences.spoken)
        self._qt_words.speak(self.words.language)
        self.commands.retranslate(self.words)
        self.menus.retranslate()

    @property
    def context(self) -> Context:
        """What screens stand on."""
        return Context(
            words=self.words,
            bridge=self.bridge,
            session=self.session,
            seams=self.seams,
            pictures=self.pictures,
            actions=self.commands,
            stage=self,
            preferences=self.preferences,
        )

    @property
    def settings(self) -> "Settings":
        """The settings in force."""
        return self.preferences.settings

    def change(self, settings: "Settings") -> None:
        """Save and apply settings at once."""
        self.preferences.change(settings)

    # --- Stage -------------------------------------------------------------------------

    def show_page(self, page_id: str) -> None:
        """Show a page of the side bar."""
        if self.session.is_open and self.shell.has_page(page_id):
            self.shell.show_page(page_id)

    @Slot(str)
    def show_badge(self, badge_id: str) -> None:
        """Open the detail of a badge."""
        if self.session.is_open:
            self.screens.way_back.show_badge(badge_id)

    def show_several(self, rows: "Sequence[BadgeRow]") -> None:
        """Open the dialog that shows several badges as one."""
        if self.tasks is not None and self.session.is_open:
            self.tasks.showing.show_several(rows)

    def open_sheet(self, sheet: Sheet) -> None:
        """Show a dialog over the window, or over the dialog that asked for it."""
        self.sheets.push(sheet)

    def toast(
        self, text: str, action_text: str = "", action: Deed | None = None, *, icon: str = "check"
    ) -> None:
        """Say that something is done."""
        self._toast.show_text(text, icon=icon, action_text=action_text, action=action)
        self.announce(text)

    def offer_undo(
        self, text: str, undo: Callable[[], None], undo_text: str = "", away: Sequence[str] = ()
    ) -> None:
        """Say what was done and keep how to undo it."""
        done = self.undos.push(text, undo, away)
        label = undo_text or self.words.text("undo.deletion")
        self.toast(text, label, lambda: self.undo(done))

    def keep_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Keep how to undo something."""
        self.undos.push(text, undo)

    def report(self, error: CoffreError) -> None:
        """Say that something could not be done."""
        sentence = error_sentence(self.words, error)
        self._toast.show_text(sentence, icon="warning")
        self.announce(sentence)

    def announce(self, text: str) -> None:
        """Tell a screen reader."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # --- locking -----------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Lock now, from anywhere."""
        self.session.lock()

    def look_again(self, *, to_restore: bool = False) -> None:
        """Show what stands before the closed safe, as its folder is found now."""
        self.stack.show_gate_or_shell()
        if to_restore and self.stack.currentWidget() is self.stack.first_run:
            self.first_run.show_restore()

    @Slot()
    def _on_opened(self) -> None:
        self.idle.start(self.settings.lock_after_minutes)
        self.stack.show_gate_or_shell()
        self.shell.show_page("safe")
        self.announce(self.words.text("ui.opened"))

    def forget_shown(self) -> None:
        """Close and empty everything that shows the safe; for ``Leaving``."""
        do_each(
            self.undos.forget,
            self.idle.stop,
            self.sheets.close_all,
            self._toast.dismiss,
            self.door.withdraw,
            self.seams.guard.clear_all,
            self.renewal.drop,
            self.stack.forget_screens,
        )

    def give_up_screens(self) -> None:
        """Show the gate; the screens of the open safe go as a whole."""
        self.stack.give_up_screens()
        self.announce(self.words.text("ui.locked"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock, wait for what is being written, and go."""
        self.memory.keep()
        self.hide()
        self.session.leave()
        self.seams.guard.clear()
        self.bridge.close()
        self.drags.forget()  # last: the safe's own thread may have been writing such a file
        super().closeEvent(event)

    # --- what the actions reach --------------------------------------------------------

    @property
    def current_page(self) -> str:
        """The id of the page that is shown, or "" while locked."""
        return self.shell.current_page if self.session.is_open else ""

    @property
    def has_sheet(self) -> bool:
        """Whether a dialog is open."""
        return len(self.sheets) > 0

    def go_back(self) -> None:
        """Go where the badge was opened from; else the message goes, then the filter."""
        if self.screens.way_back.go():
            return
        if self._toast.isVisible():
            self._toast.dismiss()
        elif self.current_page == "safe" and self.library.is_narrowed:
            self.library.clear()

    def undo(self, done: Undoable | None = None) -> None:
        """Undo ``done``, which a message tells of, else the latest change."""
        self._toast.dismiss()
        self.undos.undo(done)
