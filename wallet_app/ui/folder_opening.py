"""Opens the folder that a file of ours lies in, in the desktop's file manager."""

import sys
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from PySide6.QtCore import QObject

from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.context import Context
from wallet_app.wording import plain_text

__all__ = ["FolderOpener", "is_opened_as_folder", "leads_to_a_network"]

_AUTOMOUNTED: Final = "/net/"
_PACKAGE_SYSTEM: Final = "darwin"


def leads_to_a_network(folder: str) -> bool:
    """Return whether a path names another computer by itself: to look at it is to call there."""
    slashed = folder.replace("\\", "/")
    return slashed.startswith(("//", _AUTOMOUNTED))


def is_opened_as_folder(folder: PurePath, system: str = sys.platform) -> bool:
    """Return whether a file manager shows what is in a folder.

    macOS starts a folder whose name ends like an application's, and hands others to the program
    that they belong to. Any ending of a letter may be one of those.
    """
    return system != _PACKAGE_SYSTEM or not folder.suffix[1:2].isalpha()


class FolderOpener(QObject):
    """Lives and dies with the widget that offers it."""

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context

    def open_of(self, file: Path) -> None:
        """Show the folder of ``file``, or say that the file is not there.

        Threat: a history may come from somebody else's backup. Only a folder with the very file
        in it is handed to the desktop, which would start whatever else the path names. Whoever
        takes ``file`` from a history asks ``leads_to_a_network`` before.
        """
        self._context.bridge.on_pool(
            self,
            "look for a file",
            partial(_looked_for, file),
            done=self._show,
            failed=self._context.stage.report,
        )

    def _show(self, found: tuple[Path, bool, bool]) -> None:
        file, is_there, may_open = found
        if is_there and may_open and self._context.seams.show_folder(file.parent):
            return
        key = "folder.not_opened" if is_there else "folder.gone"
        name = plain_text(file.name, max_chars=120)
        folder = plain_text(shown_folder(file.parent), max_chars=300)
        said = self._context.words.text(key, name=name, folder=folder)
        self._context.stage.toast(said, icon="info")


def _looked_for(file: Path, _cancelled: CancelToken) -> tuple[Path, bool, bool]:
    """Return ``file``, whether it is there, and whether its folder is opened as one."""
    try:
        # A link may have another name than what it leads to.
        folders = (file.parent, file.parent.resolve())
        return file, file.is_file(), all(map(is_opened_as_folder, folders))
    except (OSError, RuntimeError):
        # Nothing that can be looked at is nothing that can be shown.
        return file, False, False
