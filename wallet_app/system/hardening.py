"""Keep secrets of the running process out of files that outlive it.

Threats: a core dump written by a crash holds the vault key; a debugger of another process of
the same user reads it; a file made by a library under a lax umask is readable by others.
What this cannot do is stated in SECURITY.md: memory, swap and a live session are not protected.
"""

import ctypes
import os
import sys
from contextlib import suppress

from wallet_app.system.memory_locks import forgo_memory_locks

__all__ = ["give_back_memory", "harden_process"]

_PR_SET_DUMPABLE = 4  # Linux prctl(2)


def harden_process() -> tuple[str, ...]:
    """Turn core dumps off and make new files private; never fails.

    Returns:
        The names of the measures that this system refused, for ``coffre doctor``.
    """
    os.umask(0o077)
    forgo_memory_locks()
    refused = []
    if not _core_dumps_off():
        refused.append("core_dumps")
    if sys.platform == "linux" and not _not_dumpable():
        refused.append("dumpable")
    return tuple(refused)


def _core_dumps_off() -> bool:
    if sys.platform == "win32":
        return True  # Windows writes no core file into the working folder
    import resource  # noqa: PLC0415 - the module does not exist on Windows

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def _not_dumpable() -> bool:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def give_back_memory() -> None:
    """Return what the C library keeps of freed memory to the system, where it can; never fails.

    What is returned can no longer be read by this process or from its dump.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)
