"""The file dialog: the system's own where there is one, else Qt's in our words and colours.

It never outlives the open safe: locking closes it, and what it says afterwards is not used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QFileDialog, QWidget

from wallet_app.ui.context import Stage
from wallet_app.ui.file_columns import speak_columns

__all__ = ["FileDialog", "FileKind"]

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "file_dialog.look_in",
    QFileDialog.DialogLabel.FileName: "file_dialog.name",
    QFileDialog.DialogLabel.FileType: "file_dialog.type",
    QFileDialog.DialogLabel.Reject: "ui.cancel",
}


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of files of Coffre's own, such as backups.

    ``filters`` are what a dialog shows, the first of them at once; ``suffix`` is the ending
    that a new file gets, with its dot.
    """

    filters: tuple[str, ...]
    suffix: str


class FileDialog(QFileDialog):
    """Opens at the person's downloads, or in ``folder``; ``offer`` shows it."""

    def __init__(
        self, window: QWidget, stage: Stage, title: str, folder: Path | None = None
    ) -> None:
        super().__init__(window, title, _downloads() if folder is None else _there(folder))
        self._chosen: Callable[[list[str]], None] | None = None
        self._words = stage.words
        for label, key in _LABELS.items():
            self.setLabelText(label, stage.words.text(key))
        QShortcut(QKeySequence("Ctrl+L"), self, stage.lock)
        stage.session.locking.connect(self._withdraw)
        self.filesSelected.connect(self._forward)
        self.finished.connect(self.deleteLater)

    def offer(self, chosen: Callable[[list[str]], None]) -> None:
        """Show it; ``chosen`` is called with what the person picked, if anything."""
        self._chosen = chosen
        speak_columns(self, self._words)
        for completer in self.findChildren(QCompleter):
            # Its list is a window of its own: the style sheet finds it by this name only.
            if (popup := completer.popup()) is not None:
                popup.setObjectName("file-dialog-completions")
        self.open()

    def limit_to(self, kind: FileKind) -> None:
        """Show files of one kind first; a new one gets its ending."""
        self.setNameFilters(list(kind.filters))
        self.setDefaultSuffix(kind.suffix.removeprefix("."))

    @Slot()
    def _withdraw(self) -> None:
        # A system's dialog may still answer after it was told to close.
        self._chosen = None
        self.reject()

    @Slot(list)
    def _forward(self, names: list[str]) -> None:
        if self._chosen is not None:
            self._chosen(names)


def _downloads() -> str:
    location = QStandardPaths.StandardLocation.DownloadLocation
    return _there(Path(QStandardPaths.writableLocation(location)))


def _there(folder: Path) -> str:
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
    # Of a folder that is not there, Qt would make the name of a file.
    return next((place for place in (str(folder), home) if Path(place).is_dir()), "")
