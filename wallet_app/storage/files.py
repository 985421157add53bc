"""Writing files so that a crash, a full disk or a reader never meets half of one."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import Final

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.steps import reached

__all__ = [
    "file_fault",
    "make_private_folders",
    "open_regular",
    "read_at_most",
    "remove_stale_parts",
    "sync_folder",
    "write_atomic",
]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_CODES: Final = {
    errno.ENOENT: "file.not_found",
    errno.ENOTDIR: "file.not_found",
    errno.EISDIR: "file.is_a_folder",
    errno.ENAMETOOLONG: "file.name_too_long",
}


def file_fault(error: OSError, path: Path) -> EnvironmentFault:
    """Return the fault that ``error`` on ``path`` means to a person.

    Codes: ``file.disk_full``, ``file.not_permitted``, ``file.not_found``,
    ``file.is_a_folder``, ``file.name_too_long``, else ``file.failed``.
    """
    params = {"name": path.name}
    if error.errno in _FULL:
        return EnvironmentFault("file.disk_full", params)
    if error.errno in _FORBIDDEN:
        return EnvironmentFault("file.not_permitted", params)
    return EnvironmentFault(_CODES.get(error.errno or 0, "file.failed"), params)


def write_atomic(
    path: Path, data: bytes, *, check: Callable[[bytes], None] = lambda _: None
) -> None:
    """Put ``data`` at ``path`` whole or not at all, readable by its owner only (0600).

    New file beside it, written and synced, read back and compared, then renamed over
    ``path``; the old file stays until then. On failure nothing is left behind. ``check``
    is given the bytes as read back and may refuse them by raising.

    Raises:
        EnvironmentFault: as ``file_fault``, or ``file.not_as_written`` when the disk gives
            back other bytes.
    """
    part = path.with_name(_part_name(path.name, system_randomness(8).hex()))
    try:
        with _removed_on_failure(part):
            _write_new(part, data)
            reached("file.written")
            written = part.read_bytes()
            if sha256(written).digest() != sha256(data).digest():
                raise EnvironmentFault("file.not_as_written", {"name": path.name})
            check(written)
            part.replace(path)
        reached("file.renamed")
        sync_folder(path.parent)
    except OSError as error:
        raise file_fault(error, path) from error


@contextmanager
def _removed_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _write_new(path: Path, data: bytes) -> None:
    # O_EXCL and the mode at creation: nobody else's file, and never readable by others,
    # not even before the first byte.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        reached("file.created")
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _part_name(name: str, unique: str) -> str:
    # The hash keeps it short: the target's own name may already have 255 bytes.
    return f".coffre-{sha256(os.fsencode(name)).hexdigest()[:16]}-{unique}.part"


def remove_stale_parts(path: Path) -> None:
    """Remove what an interrupted ``write_atomic`` of ``path`` left behind, and only that."""
    ours = re.compile(re.escape(_part_name(path.name, "X")).replace("X", "[0-9a-f]{16}"))
    with suppress(OSError):
        for found in path.parent.iterdir():
            if ours.fullmatch(found.name):
                found.unlink()


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last through a power cut, where the system knows how."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folders(folder: Path) -> None:
    """Make ``folder`` and its missing parents, each for its owner only (0700).

    Raises:
        EnvironmentFault: as ``file_fault``.
    """
    missing = []
    try:
        for step in (folder, *folder.parents):
            if step.exists():
                break
            missing.append(step)
        for step in reversed(missing):
            step.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise file_fault(error, folder) from error


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file for reading.

    Raises:
        OSError: as ``open``.
        EnvironmentFault: ``file.failed`` for a device or a pipe, which could block for ever.
    """
    # O_NONBLOCK: opening a pipe must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise EnvironmentFault("file.failed", {"name": path.name})
        yield file


def read_at_most(path: Path, limit_bytes: int) -> bytes | None:
    """Return the content of a regular file, or None when it is longer than the limit.

    Raises:
        EnvironmentFault: as ``file_fault``, or ``file.failed`` for a device or a pipe,
            which could block for ever.
    """
    try:
        with open_regular(path) as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise file_fault(error, path) from error
    return data if len(data) <= limit_bytes else None
