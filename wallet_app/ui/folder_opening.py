"""Opens the folder that a file of ours lies in, in the desktop's file manager."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.context import Context
from wallet_app.wording import plain_text

__all__ = ["FolderOpener"]


class FolderOpener(QObject):
    """Lives and dies with the widget that offers it."""

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context

    def open_of(self, file: Path) -> None:
        """Show the folder of ``file``, or say that the file is not there.

        Threat: a history may come from somebody else's backup. Only a folder with the very file
        in it is handed to the desktop, which would start whatever else the path names.
        """
        self._context.bridge.on_pool(
            self,
            "look for a file",
            partial(_looked_for, file),
            done=self._show,
            failed=self._context.stage.report,
        )

    def _show(self, found: tuple[Path, bool]) -> None:
        file, is_there = found
        if is_there and self._context.seams.show_folder(file.parent):
            return
        key = "folder.not_opened" if is_there else "folder.gone"
        name = plain_text(file.name, max_chars=120)
        folder = plain_text(shown_folder(file.parent), max_chars=300)
        said = self._context.words.text(key, name=name, folder=folder)
        self._context.stage.toast(said, icon="info")


def _looked_for(file: Path, _cancelled: CancelToken) -> tuple[Path, bool]:
    try:
        return file, file.is_file()
    except OSError:
        # Nothing that can be looked at is nothing that can be shown.
        return file, False
