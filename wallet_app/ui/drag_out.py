"""A badge that is dragged out of the window leaves as its original file; inside it is filed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl, Slot

from wallet_app.app.drag_files import (
    DragFolder,
    note_dropped,
    remove_folder,
    remove_left_behind,
    write_for_drag,
)
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["DragOut"]

Files = tuple[tuple[str, Path], ...]
"""Badge ids and the files that they were written to."""
_PICTURE_PX: Final = 64


class DragOut(QObject):
    """Has the files written on the safe's thread, then begins the drag; lives as the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._folder = DragFolder()
        self._carried: tuple[str, ...] = ()
        remove_left_behind()
        window.session.locking.connect(self.forget)
        # What the safe's own thread was still writing then is whole now.
        window.session.closed.connect(self.forget)

    @Slot(object)
    def begin(self, badge_ids: Sequence[str]) -> None:
        """Drag these badges: the pointer has left the place where it was pressed."""
        if not self._window.session.is_open:
            return
        try:
            folder = self._folder.path()
        except OSError:
            return  # nowhere to write: nothing is dragged, and nothing is lost
        self._window.session.ask(
            self,
            "drag",
            partial(_export, tuple(badge_ids), folder),
            done=partial(self._start, tuple(badge_ids), folder),
            failed=partial(self._fail, folder),
        )

    @property
    def carried(self) -> tuple[str, ...]:
        """The badges that are being dragged at this moment."""
        return self._carried

    def keep(self) -> tuple[str, ...]:
        """Return what is dragged, which was dropped inside the window and does not leave it."""
        carried, self._carried = self._carried, ()
        return carried

    @Slot()
    def forget(self) -> None:
        """Remove what was dragged: the safe is locking, or the program ends."""
        self._carried = ()
        self._folder.remove()

    def _fail(self, folder: Path, error: CoffreError) -> None:
        # One of them was deleted meanwhile, or the disk is full: those before it are there.
        remove_folder(folder)
        self._window.report(error)

    def _start(self, badge_ids: tuple[str, ...], folder: Path, files: Files) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for _badge_id, path in files])
        # The drag has a loop of its own, which must not run inside the hand-over of a job.
        QTimer.singleShot(0, self, partial(self._drag, mime, badge_ids, folder, files))

    def _drag(
        self, mime: QMimeData, badge_ids: tuple[str, ...], folder: Path, files: Files
    ) -> None:
        window = self._window
        if not window.session.is_open:
            return  # locked since: the files are gone, and their names must not be carried about
        shown = window.pictures.pixmap(files[0][0], _PICTURE_PX, window.devicePixelRatioF())
        # All of them: files are written of so many only.
        self._carried = badge_ids
        taken = window.seams.drag(mime, shown)
        if self.keep() and taken:
            window.session.ask(
                self, "dropped", partial(_note, files), done=_nothing, failed=window.report
            )
            if len(files) < len(badge_ids):
                total = window.words.number(len(badge_ids))
                window.toast(window.words.plural("ui.dragged", len(files), total=total))
        else:
            remove_folder(folder)


def _export(badge_ids: tuple[str, ...], folder: Path, safe: Safe) -> Files:
    return write_for_drag(safe, badge_ids, folder)


def _note(files: Files, safe: Safe) -> None:
    note_dropped(safe, files)


def _nothing(_done: None) -> None:
    """The history tells of itself."""
