"""What a fault leaves for the next start, beside the settings: two small files at most."""

import os
from pathlib import Path
from typing import Final, TextIO

from wallet_app.storage.files import make_private_folders, write_atomic

__all__ = ["CrashFiles", "save_text"]

_MOST_CHARS: Final = 20_000


def save_text(path: Path, text: str) -> None:
    """Write a text, whole or not at all.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    write_atomic(path, text.encode())


class CrashFiles:
    """The report of a fault that was caught, and the dump of one that ended the process."""

    def __init__(self, folder: Path) -> None:
        """Read and write in ``folder``."""
        self._folder = folder
        self._told = folder / "crash.txt"
        self._hard = folder / "crash-hard.txt"

    def write(self, text: str) -> None:
        """Leave a report; raises as ``save_text``."""
        make_private_folders(self._folder)
        save_text(self._told, text)

    def open_dump(self) -> TextIO:
        """Return the file that a hard crash is written to.

        Raises:
            OSError, EnvironmentFault: the disk refuses.
        """
        make_private_folders(self._folder)
        # Anew, and for its owner only, whoever may look into the folder.
        self._hard.unlink(missing_ok=True)
        return os.fdopen(
            os.open(self._hard, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        )

    def read(self) -> tuple[str, str]:
        """Return report and dump that were left, "" for what was not."""
        return _text(self._told), _text(self._hard)

    def delete_report(self) -> None:
        """Leave no report."""
        self._told.unlink(missing_ok=True)

    def delete_dump(self) -> None:
        """Leave no dump; its file is closed."""
        self._hard.unlink(missing_ok=True)


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_MOST_CHARS)
    except OSError:
        return ""
