"""Where the window meets the desktop: questions, file dialogs, links, clipboard.

Nothing blocks: each takes a function to call with the answer. Tests put a subclass in
place that answers from a queue and fails on a question nobody expected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QRect, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from wallet_app.system.keyring_store import KeyringStore, SystemKeyring
from wallet_app.ui.clipboard_guard import ClipboardGuard
from wallet_app.ui.components.question import QuestionSheet
from wallet_app.ui.context import Stage
from wallet_app.ui.file_dialog import FileDialog, FileKind
from wallet_app.wording import Words

__all__ = ["Question", "Seams", "host_shown", "safe_link"]


@dataclass(frozen=True, slots=True)
class Question:
    """Two possible answers; ``confirm`` names what will happen."""

    title: str
    text: str
    confirm: str
    cancel: str
    danger: bool = False


class Seams(QObject):
    """The real desktop."""

    def __init__(self, window: QWidget, stage: Stage) -> None:
        super().__init__(window)
        self._window = window
        self._stage = stage
        self.guard = ClipboardGuard(self)
        self.backup_folder: Path | None = None
        stage.session.locking.connect(self._forget_folder)

    @Slot()
    def _forget_folder(self) -> None:
        self.backup_folder = None

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        """Ask over the window; closing the question is a no."""
        sheet = QuestionSheet(
            self._window,
            title=question.title,
            text=question.text,
            confirm=question.confirm,
            cancel=question.cancel,
            danger=question.danger,
        )
        sheet.answered.connect(answered)
        self._stage.open_sheet(sheet)

    def choose_files(self, title: str, chosen: Callable[[list[str]], None]) -> None:
        """Let the person pick files to read; nothing is called when they pick none."""
        dialog = FileDialog(self._window, self._stage, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.offer(chosen)

    def choose_file(
        self, title: str, folder: Path, kind: FileKind, chosen: Callable[[Path], None]
    ) -> None:
        """Let the person pick one file of a kind, beginning in ``folder``."""
        dialog = FileDialog(self._window, self._stage, title, folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.limit_to(kind)
        dialog.offer(lambda names: chosen(Path(names[0])))

    def choose_folder(self, title: str, chosen: Callable[[list[str]], None]) -> None:
        """Let the person pick one folder."""
        dialog = FileDialog(self._window, self._stage, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.offer(chosen)

    def choose_save(
        self,
        title: str,
        suggested: Path,
        name_filters: Sequence[str] | FileKind,
        chosen: Callable[[Path], None],
    ) -> None:
        """Let the person name a file to write; the dialog itself asks before replacing one."""
        dialog = FileDialog(self._window, self._stage, title, suggested.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if isinstance(name_filters, FileKind):
            dialog.limit_to(name_filters)
        else:
            dialog.setNameFilters(list(name_filters))
        dialog.selectFile(suggested.name)
        dialog.offer(lambda names: chosen(Path(names[0])))

    def open_link(
        self,
        address: str,
        words: Words,
        *,
        opened: Callable[[], None] | None = None,
        named: str = "",
    ) -> None:
        """Show where a link leads, and open it in the browser if the person agrees.

        ``opened`` is called then, and only then. ``named`` is the host that the dialog with the
        button says already: with exactly that one, encrypted and on the usual port, the button is
        the agreement.
        Only ``https`` and ``http`` are ever opened; anything else does nothing.
        """
        link = safe_link(address)
        if link is None:
            return
        opener = _LinkRelay(self, link, self.browse, opened)
        if named and link.scheme() == "https" and link.authority() == named:
            opener.forward(True)
            return
        kind = "link.secure" if link.scheme() == "https" else "link.plain"
        question = Question(
            title=words.text("link.title"),
            text=words.text(kind, host=link.host(QUrl.ComponentFormattingOption.FullyEncoded)),
            confirm=words.text("link.open"),
            cancel=words.text("ui.cancel"),
        )
        self.ask(question, opener.forward)

    def browse(self, link: QUrl) -> None:
        """Hand an agreed link to the browser."""
        QDesktopServices.openUrl(link)

    def show_folder(self, folder: Path) -> bool:
        """Show a folder in the desktop's file manager; whether there is one."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def copy_text(self, text: str) -> None:
        """Put a link or a text to be pasted on the clipboard, for a while."""
        self.guard.copy(text)

    def keyring(self, cancelled: Callable[[], bool]) -> KeyringStore:
        """Return the system's keyring, for one job; it stops waiting when that is cancelled."""
        return SystemKeyring(cancelled=cancelled)

    def can_see_screen(self) -> bool:
        """Whether this desktop lets a program see the screen: Wayland shows it to none."""
        return not QGuiApplication.platformName().startswith("wayland")

    def see_screens(self) -> list[tuple[QRect, QImage]]:
        """Return each screen's place and what is on it now, empty where that is forbidden."""
        seen = [
            (screen.geometry(), screen.grabWindow(0).toImage())
            for screen in QGuiApplication.screens()
        ]
        return [(place, picture) for place, picture in seen if not picture.isNull()]

    def step_aside(self, *, aside: bool) -> None:
        """Let what lies behind the window be seen, or show the window again.

        Neither hidden nor minimised: the safe may be set to lock then.
        """
        self._window.setWindowOpacity(0.0 if aside else 1.0)

    def show_over_screen(self, overlay: QWidget) -> None:
        """Show what covers a whole screen, and give it the keyboard."""
        overlay.showFullScreen()
        overlay.activateWindow()
        overlay.setFocus()

    def drag(self, mime: QMimeData, picture: QPixmap) -> bool:
        """Let the person drop files elsewhere, if the button is still held; whether they were."""
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return False
        carried = QDrag(self._window)
        carried.setMimeData(mime)
        carried.setPixmap(picture)
        return carried.exec(Qt.DropAction.CopyAction) is not Qt.DropAction.IgnoreAction

    def clipboard(self) -> QMimeData:
        """Return what lies on the clipboard."""
        return QGuiApplication.clipboard().mimeData()


class _LinkRelay(QObject):
    def __init__(
        self,
        parent: QObject,
        link: QUrl,
        browse: Callable[[QUrl], None],
        opened: Callable[[], None] | None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._browse = browse
        self._opened = opened

    @Slot(bool)
    def forward(self, agreed: bool) -> None:
        if agreed:
            self._browse(self._link)
            if self._opened is not None:
                self._opened()
        self.deleteLater()


def safe_link(address: str) -> QUrl | None:
    """Return a web address that may be offered to the person, or None.

    Only ``https`` and ``http`` with a host, no user name in front of it.
    """
    link = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not link.isValid() or link.scheme() not in ("https", "http"):
        return None
    return link if link.host() and not link.userInfo() else None


def host_shown(address: str) -> str:
    """Return the host of a web address as the network knows it, in ASCII; "" for none."""
    link = safe_link(address)
    return "" if link is None else link.host(QUrl.ComponentFormattingOption.FullyEncoded)
