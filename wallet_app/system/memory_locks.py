"""Let the database wipe what it frees without locking it against swap first.

SQLCipher's memory security does both, and cannot do one without the other: each allocation
and each release is a system call, three quarters of the time of an import or a restore. The
lock is no defence that could be promised: the limit is 64 kB to 8 MB, locks are per page
and do not add up, so that releasing one text unlocks the key that shares its page. Swap is
outside of Coffre's power, and SECURITY.md says so. Where locking is refused at once, the
wiping stays and the time goes (``docs/adr/0062``).
"""

import ctypes
import sys
from typing import ClassVar

__all__ = ["forgo_memory_locks"]

_CAPABILITY_VERSION = 0x20080522  # capget(2), version 3: two words of 32 bits
_CAP_IPC_LOCK = 14


class _Header(ctypes.Structure):
    _fields_: ClassVar = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Word(ctypes.Structure):
    _fields_: ClassVar = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def forgo_memory_locks() -> None:
    """Let this process lock no memory from now on; never fails, and a refusal costs only time.

    Call it before threads start: root's right to lock is one of each thread.
    """
    if sys.platform == "win32":
        return  # Windows has no such limit, and bounds the locks by the working set itself
    import resource  # noqa: PLC0415 - the module does not exist on Windows

    try:
        _least, most = resource.getrlimit(resource.RLIMIT_MEMLOCK)
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, most))
        if sys.platform == "linux":
            _drop_right_to_lock()
    except (ValueError, OSError, AttributeError):
        return


def _drop_right_to_lock() -> None:
    libc = ctypes.CDLL(None)
    header, words = _Header(_CAPABILITY_VERSION, 0), (_Word * 2)()
    if libc.capget(ctypes.byref(header), words) == 0:
        words[0].effective &= ~(1 << _CAP_IPC_LOCK)
        libc.capset(ctypes.byref(header), words)
