"""One process at a time writes a vault.

The operating system holds the lock and drops it when the process ends, however it ends:
there is no stale lock to judge. The file itself stays, so that nobody locks a file that
somebody else has just removed.
"""

import os
import sys
from pathlib import Path
from typing import Final

from wallet_app.errors import EnvironmentFault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["FolderLock", "is_held"]

_LOCK_NAME: Final = "vault.lock"


def is_held(folder: Path) -> bool:
    """Return whether another process or window holds the lock of ``folder``.

    A folder that cannot be written has no lock that can be held.
    """
    try:
        FolderLock(folder).release()
    except EnvironmentFault:
        return True
    except OSError:
        return False
    return False


class FolderLock:
    """The lock on one folder, held from construction to ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of ``folder``.

        Raises:
            EnvironmentFault: ``vault.in_use``, another process or window holds it.
            OSError: the folder cannot be written.
        """
        # Not through a link: it would make a file elsewhere, or hold another vault's lock.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._descriptor = os.open(folder / _LOCK_NAME, flags, 0o600)
        try:
            self._lock()
        except OSError as error:
            os.close(self._descriptor)
            raise EnvironmentFault("vault.in_use") from error

    def _lock(self) -> None:
        if sys.platform == "win32":
            msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(self) -> None:
        # Closing is not enough: a process that another thread is just starting holds a copy
        # of the descriptor for a moment, and with it the lock.
        if sys.platform == "win32":
            msvcrt.locking(self._descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def release(self) -> None:
        """Give the lock back; once is enough and twice does no harm."""
        if self._descriptor >= 0:
            self._unlock()
            os.close(self._descriptor)
            self._descriptor = -1

    def release_and_remove(self, folder: Path) -> None:
        """Give the lock of ``folder`` back for good: nobody will lock it under this name."""
        self.release()
        (folder / _LOCK_NAME).unlink(missing_ok=True)
