"""The ways of adding: files chosen, dropped or pasted, all ending in two signals."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from wallet_app.errors import UserError
from wallet_app.ui.code_reader import CodeReader
from wallet_app.ui.components.drop_target import DropTarget
from wallet_app.ui.intake import is_picture, pasted_bytes, pasted_picture, sources_of

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Door"]


class Door(QObject):
    """Gives nothing while the safe is locked.

    Signals:
        sources_given: a list of files and web addresses.
        bytes_given: a badge copied as a picture or as text.
    """

    sources_given = Signal(list)
    bytes_given = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._target = DropTarget(window)
        self.codes = CodeReader(window, self._take_codes, self)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer to take what is dragged over the window, and take what is dropped on it."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.take_drop(event)
        elif isinstance(event, QDragEnterEvent):
            if self._window.has_sheet or self._window.drags.carried:
                event.ignore()  # also for what comes from here: the safe has it already
            else:
                self.offer(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.withdraw()
        else:
            return super().eventFilter(watched, event)
        return True

    @Slot()
    def ask_files(self) -> None:
        """Let the person choose files."""
        title = self._window.words.text("welcome.choose_title")
        self._window.seams.choose_files(title, self._take_sources)

    @Slot()
    def ask_folder(self) -> None:
        """Let the person choose a folder."""
        title = self._window.words.text("welcome.choose_title")
        self._window.seams.choose_folder(title, self._take_sources)

    @Slot()
    def paste(self) -> None:
        """Take a link or a badge from the clipboard, or say that there is none."""
        if not self._take(self._window.seams.clipboard()):
            self._window.report(UserError("ui.nothing_to_paste"))

    def offer(self, event: QDragEnterEvent) -> None:
        """Say what a drop would do, or refuse what cannot be a badge."""
        mime, words = event.mimeData(), self._window.words
        sources = sources_of(mime)
        if not self._window.session.is_open or not (sources or pasted_bytes(mime)):
            event.ignore()
            return
        count = len(sources)
        self._target.offer(words.plural("ui.drop", count) if count else words.text("ui.drop_text"))
        event.acceptProposedAction()

    def withdraw(self) -> None:
        """Take the offer away."""
        self._target.hide()

    def take_drop(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.withdraw()
        if not self._window.drags.carried and self._take(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _take(self, mime: QMimeData) -> bool:
        sources = sources_of(mime)
        if sources:
            self._take_sources(sources)
            return True
        data, picture = pasted_bytes(mime), pasted_picture(mime)
        if not self._window.session.is_open:
            return False
        if is_picture(data):
            # A picture of a badge, or a screenshot that shows its code.
            self.codes.read_picture(data, self.bytes_given.emit)
        elif data:
            self.bytes_given.emit(data)
        elif not picture.isNull():
            self.codes.read_image(picture)
        return bool(data) or not picture.isNull()

    def _take_codes(self, links: list[str], badges: list[bytes]) -> None:
        if not self._window.session.is_open:
            return
        for data in badges:
            self.bytes_given.emit(data)
        self._take_sources(links)

    def _take_sources(self, sources: list[str]) -> None:
        if sources and self._window.session.is_open:
            self.sources_given.emit(sources)
