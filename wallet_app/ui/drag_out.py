"""A badge that is dragged out of the window leaves as its original file."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl, Slot

from wallet_app.app.drag_files import DragFolder, export_for_drag, remove_left_behind
from wallet_app.app.safe import Safe

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["DragOut"]


class DragOut(QObject):
    """Has the files written on the safe's thread, then begins the drag; lives as the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._folder = DragFolder()
        remove_left_behind()
        window.session.locking.connect(self.forget)
        # What the safe's own thread was still writing then is whole now.
        window.session.closed.connect(self.forget)

    @Slot(object)
    def begin(self, badge_ids: Sequence[str]) -> None:
        """Drag these badges: the pointer has left the place where it was pressed."""
        try:
            folder = self._folder.path()
        except OSError:
            return  # nowhere to write: nothing is dragged, and nothing is lost
        self._window.session.ask(
            self,
            "drag",
            partial(_export, tuple(badge_ids), folder),
            done=self._start,
            failed=self._window.report,
        )

    @Slot()
    def forget(self) -> None:
        """Remove what was dragged: the safe is locking, or the program ends."""
        self._folder.remove()

    def _start(self, files: tuple[Path, ...]) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        # The drag has a loop of its own, which must not run inside the hand-over of a job.
        QTimer.singleShot(0, self, partial(self._window.seams.drag, mime))


def _export(badge_ids: tuple[str, ...], folder: Path, safe: Safe) -> tuple[Path, ...]:
    return export_for_drag(safe, badge_ids, folder)
