"""The window: a gate while the safe is closed, the shell while it is open.

It owns what lives as long as the window (bridge, session, pictures, actions) and makes the
screens anew when the language changes. Locking is done here and always wins.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from wallet_app.app.safe import vault_exists
from wallet_app.app.services import Services
from wallet_app.app.settings import Settings, load_settings, save_settings, spoken_language
from wallet_app.errors import CoffreError
from wallet_app.ui.actions import Actions
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.context import Context
from wallet_app.ui.door import Door
from wallet_app.ui.input_watch import IdleWatch
from wallet_app.ui.navigation import Navigation
from wallet_app.ui.pages.deleted import DeletedPage
from wallet_app.ui.pages.detail import DetailPage
from wallet_app.ui.pages.first_run import FirstRunPage
from wallet_app.ui.pages.library import LibraryPage
from wallet_app.ui.pages.unlock import UnlockPage
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.pictures import Pictures
from wallet_app.ui.seams import Seams
from wallet_app.ui.session import Session
from wallet_app.ui.shell import Shell
from wallet_app.ui.tasks import Tasks
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["MainWindow"]

_SIZE = (1280, 820)
_LEAST = (960, 640)


class MainWindow(QMainWindow):
    """Implements ``Stage`` and ``Preferences`` for its screens.

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
        services: Services,
        vault_path: Path,
        settings_path: Path,
        *,
        seams: Callable[[QWidget, "MainWindow"], Seams] = Seams,
    ) -> None:
        """``seams`` makes the doors to the desktop; tests give their own."""
        super().__init__()
        self._settings_path = settings_path
        self._settings = load_settings(settings_path)
        self._sheet: Sheet | None = None
        self.setWindowTitle("Coffre")
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        look().choose(self._settings.theme)
        self.bridge = Bridge(self)
        self.session = Session(self.bridge, services, vault_path, self)
        self.pictures = Pictures(self.bridge, self.session, self)
        self.words = Words(spoken_language(self._settings.language))
        self.commands = Actions(self, self.words)
        self.seams = seams(self, self)
        self._root = QStackedWidget(self)
        self.setCentralWidget(self._root)
        self.ring = FocusRing(self)
        self._toast = Toast(self)
        self.idle = IdleWatch(self)
        self.idle.left.connect(self.lock)
        self.session.opened.connect(self._on_opened)
        self.session.locking.connect(self._on_locking)
        self.session.locked.connect(self._on_locked)
        self.session.changed.connect(self._count_badges)
        self._door = Door(self)
        self._door.sources_given.connect(self.sources_dropped)
        self._door.bytes_given.connect(self.bytes_pasted)
        self._navigation = Navigation(self, self._door)
        self.tasks = Tasks(self)
        self._build()

    # --- screens -----------------------------------------------------------------------

    def _build(self) -> None:
        """Make every screen in the present language."""
        context = self.context
        self.unlock = UnlockPage(context)
        self.first_run = FirstRunPage(context)
        self.shell = Shell(self.words, self.commands)
        self.library = LibraryPage(context)
        self.detail = DetailPage(context)
        self.deleted = DeletedPage(context)
        self.shell.add_page("safe", self.library)
        self.shell.add_page("badge", self.detail, row="safe")
        self.shell.add_page("deleted", self.deleted)
        self.tasks.add_pages(context, self.shell)
        self._connect_screens()
        for widget in (self.unlock, self.first_run, self.shell):
            self._root.addWidget(widget)
        self._show_gate_or_shell()

    def _connect_screens(self) -> None:
        self.shell.lock_asked.connect(self.lock)
        self.library.badge_opened.connect(self.show_badge)
        self.library.counted.connect(self._show_count)
        self.library.files_asked.connect(self._door.ask_files)
        self.library.folder_asked.connect(self._door.ask_folder)
        self.library.paste_asked.connect(self._door.paste)
        self.library.samples_asked.connect(self.samples_asked)
        self.detail.share_asked.connect(self.share_asked)

    @property
    def gate(self) -> UnlockPage | FirstRunPage:
        """What stands before the safe: the lock, or first run while there is no safe."""
        exists = vault_exists(self.session.vault_path)
        return self.unlock if exists else self.first_run

    def _show_gate_or_shell(self) -> None:
        if self.session.is_open:
            self._root.setCurrentWidget(self.shell)
        else:
            gate = self.gate
            self._root.setCurrentWidget(gate)
            gate.entered()
        self.commands.enable(unlocked=self.session.is_open)

    def _rebuild(self) -> None:
        """Make the screens again in a new language, on the same page."""
        page = self.shell.current_page
        old = (self.unlock, self.first_run, self.shell)
        self.words = Words(spoken_language(self._settings.language))
        self.commands.retranslate(self.words)
        self._build()
        for widget in old:
            self._root.removeWidget(widget)
            widget.deleteLater()
        if self.session.is_open:
            self.shell.show_page(page if page != "badge" else "safe")

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
            preferences=self,
        )

    # --- Preferences -------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def change(self, settings: Settings) -> None:
        """Save and apply settings at once."""
        before, self._settings = self._settings, settings
        try:
            save_settings(self._settings_path, settings)
        except CoffreError as error:
            self.report(error)
        look().choose(settings.theme)
        self.idle.set_minutes(settings.lock_after_minutes if self.session.is_open else 0)
        if settings.language is not before.language:
            # After the handler of the control that is about to be replaced.
            QTimer.singleShot(0, self, self._rebuild)

    # --- Stage -------------------------------------------------------------------------

    def show_page(self, page_id: str) -> None:
        """Show a page of the side bar."""
        if self.session.is_open and self.shell.has_page(page_id):
            self.shell.show_page(page_id)

    @Slot(str)
    def show_badge(self, badge_id: str) -> None:
        """Open the detail of a badge."""
        if self.session.is_open:
            self.detail.load(badge_id)
            self.shell.show_page("badge")

    def open_sheet(self, sheet: Sheet) -> None:
        """Show one dialog; another one open is closed first."""
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._sheet = sheet
        sheet.closed.connect(self._on_sheet_closed)
        sheet.open_sheet()
        self.ring.raise_()

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Say that something is done."""
        self._toast.show_text(text, action_text=action_text, action=action)
        self.announce(text)

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

    @Slot()
    def _on_opened(self) -> None:
        self.idle.set_minutes(self._settings.lock_after_minutes)
        self._show_gate_or_shell()
        self.shell.show_page("safe")
        self.announce(self.words.text("ui.opened"))

    @Slot()
    def _on_locking(self) -> None:
        if self._sheet is not None:
            self._sheet.forget()
            self._sheet.close_sheet()
        self._toast.dismiss()
        self._door.withdraw()
        self.shell.forget()
        self.idle.set_minutes(0)

    @Slot()
    def _on_locked(self) -> None:
        self._show_gate_or_shell()
        self.announce(self.words.text("ui.locked"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock, wait for what is being written, and go."""
        self.session.lock()
        self.bridge.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the native window's input from the first time it is shown."""
        super().showEvent(event)
        native = self.windowHandle()
        if native is not None:
            self.ring.follow_input(native)
            self.idle.watch(native)

    # --- adding ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take files and links while the safe is open."""
        if self._sheet is None:
            self._door.offer(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer away."""
        self._door.withdraw()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._door.take_drop(event)

    @Slot()
    def ask_files(self) -> None:
        """Let the person choose files to add."""
        self._door.ask_files()

    # --- what the actions reach --------------------------------------------------------

    @property
    def current_page(self) -> str:
        """The id of the page that is shown, or "" while locked."""
        return self.shell.current_page if self.session.is_open else ""

    @property
    def has_sheet(self) -> bool:
        """Whether a dialog is open."""
        return self._sheet is not None

    def go_back(self) -> None:
        """Leave the detail, else take the message away."""
        if self.current_page == "badge":
            self.shell.show_page("safe")
        else:
            self._toast.dismiss()

    def undo(self) -> None:
        """Do what the message at the foot offers."""
        self._toast.act()

    # -----------------------------------------------------------------------------------

    @Slot()
    def _on_sheet_closed(self) -> None:
        if self.sender() is self._sheet:
            self._sheet = None

    @Slot()
    def _count_badges(self) -> None:
        if self.shell.current_page != "safe":
            self.library.refresh()

    @Slot(object)
    def _show_count(self, count: int) -> None:
        self.shell.side_bar.set_note("safe", self.words.number(count) if count else "")
