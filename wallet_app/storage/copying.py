"""Making one copy of a vault: out of sight, proven by reading it back, named last.

A copy is a folder ``copies/YYYY-MM-DDTHHMMSSZ-s<schema>`` inside the vault's own, with
``vault.db``, ``header.json``, ``reason`` and ``SHA256SUMS``. It is a vault of its own: the
same key opens it, in this Coffre or the one of its schema.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Final, Self

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.change_mark import content_mark, row_counts
from wallet_app.storage.connection import Database
from wallet_app.storage.files import (
    file_fault,
    make_private_folders,
    open_regular,
    read_at_most,
    sync_folder,
    write_atomic,
)
from wallet_app.storage.integrity import damage_in, find_problems, never
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME, HEADER_NAME
from wallet_app.storage.schema import schema_version
from wallet_app.storage.steps import reached
from wallet_app.storage.thinning import copy_name, parse_copy_name

__all__ = [
    "AS_IT_WAS",
    "COPIES_NAME",
    "PARTIAL_SUFFIX",
    "REASON_NAME",
    "SUMS_NAME",
    "CopySource",
    "CopyTicket",
    "check_sums",
    "make_copy",
    "sums_of",
]

COPIES_NAME: Final = "copies"
PARTIAL_SUFFIX: Final = ".partial"
AS_IT_WAS: Final = "-as-it-was"
"""Ends the name of a state that was put aside unread: never thinned, never trusted."""

SUMS_NAME: Final = "SHA256SUMS"
REASON_NAME: Final = "reason"
_SUMMED: Final = (DATABASE_NAME, HEADER_NAME, REASON_NAME)
_MAX_SUMS_BYTES: Final = 4096
_MIB: Final = 2**20
_CACHE_KIB: Final = 2_000


@dataclass(frozen=True, slots=True)
class CopySource:
    """What a copy is made from.

    Attributes:
        folder: of the vault. database: an open connection to it. key: of both.
        header: the bytes that opened this vault; not what lies on the disk by now.
    """

    folder: Path
    database: Database
    key: Secret
    header: bytes


class CopyTicket:
    """What opens a vault once more, on another thread than the one that owns it.

    The owner is then never held up, not for one step. It holds the vault's key: use it as
    a context manager, so that the key goes as soon as the work is done or stopped.
    """

    def __init__(self, folder: Path, header: bytes, key: Secret) -> None:
        """Take the key over."""
        self.folder, self.header, self.key = folder, header, key
        self._database: Database | None = None

    def open(self) -> CopySource:
        """Open the connection, on the thread that will use it; raises as ``open_database``."""
        # Writable, so that whoever closes last puts the log away; it is told not to write.
        database = open_database(self.folder / DATABASE_NAME, self.key, Access.WRITE)
        self._database = _small(database)
        database.run("PRAGMA query_only = ON")
        return CopySource(self.folder, database, self.key, self.header)

    def close(self) -> None:
        """Close the connection and wipe the key; twice does no harm."""
        if self._database is not None:
            self._database.close()
        self.key.wipe()

    def __del__(self) -> None:
        """Let no key outlive a ticket that a lock dropped on its way."""
        self.key.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def make_copy(
    source: CopySource, *, now: datetime, reason: str, stopped: Callable[[], bool] = never
) -> Path:
    """Return the folder of a new, proven copy.

    ``reason`` is a short word. A name that is taken gets the next free second.

    Raises:
        EnvironmentFault: ``copies.not_good`` when the copy does not read back as the vault,
            ``copies.no_space``, ``vault.damaged``, ``vault.interrupted`` when ``stopped``
            says so, and as ``file_fault``. Nothing is left behind, no other copy touched.
    """
    folder = source.folder / COPIES_NAME
    make_private_folders(folder)
    _remove_partials(folder)
    _refuse_without_space(source.folder / DATABASE_NAME, folder)
    target = _free_name(folder, now, schema_version(source.database))
    try:
        with _renamed_at_last(target) as part, source.database.snapshot():
            # Read first: only then does the moment begin that the copy shows.
            mark = _told_by(source.database)
            reached("copy.started")
            _copy(source, part, reason, stopped)
            reached("copy.written")
            _prove(source, part, mark, stopped)
            reached("copy.proven")
    except OSError as error:
        raise file_fault(error, target) from error
    reached("copy.renamed")
    return target


def _small(database: Database) -> Database:
    # Closing wipes every page kept in memory and stops all threads of Python for it: 200 ms
    # with the usual cache, 7 with this one (57 MiB, measured). It is read once anyway.
    database.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return database


def _free_name(folder: Path, now: datetime, schema: int) -> Path:
    # A clock that stands still, or was set back, must not let one copy replace another.
    moment = now
    while (target := folder / copy_name(moment, schema)).exists() or _part_of(target).exists():
        moment += timedelta(seconds=1)
    return target


@contextmanager
def _renamed_at_last(target: Path) -> Iterator[Path]:
    part = _part_of(target)
    part.mkdir(mode=0o700)
    # Held while it is being built: another copy, made meanwhile, must not clear it away.
    lock = FolderLock(part)
    try:
        yield part
        lock.release_and_remove(part)
        sync_folder(part)
        reached("copy.before_rename")
        part.rename(target)
    except BaseException:
        lock.release()
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(target.parent)


def _part_of(target: Path) -> Path:
    return target.with_name(target.name + PARTIAL_SUFFIX)


def _copy(source: CopySource, part: Path, reason: str, stopped: Callable[[], bool]) -> None:
    target = _small(open_database(part / DATABASE_NAME, source.key, Access.CREATE))
    try:
        # No log of its own: until it has its name it may be lost, and is made once.
        target.run("PRAGMA journal_mode = OFF")
        source.database.copy_into(target, stopped)
    finally:
        target.close()
    write_atomic(part / HEADER_NAME, source.header)
    write_atomic(part / REASON_NAME, reason.encode("ascii") + b"\n")
    write_atomic(part / SUMS_NAME, sums_of(part))


def _prove(
    source: CopySource, part: Path, mark: tuple[object, ...], stopped: Callable[[], bool]
) -> None:
    """Read the copy back as a stranger would, and compare it with the vault."""
    check_sums(part)
    if read_at_most(part / HEADER_NAME, len(source.header)) != source.header:
        raise EnvironmentFault("copies.not_good")
    copy = _small(open_database(part / DATABASE_NAME, source.key, Access.FROZEN))
    try:
        equal = _told_by(copy) == mark
        problems = damage_in(find_problems(copy, stopped)) if equal else ()
    finally:
        copy.close()
    if not equal:
        raise EnvironmentFault("copies.not_good")
    if problems:
        # A page that was damaged while it was written fails here too: ask the vault itself.
        if damage_in(find_problems(source.database, stopped)):
            source.database.distrust()
            raise EnvironmentFault("vault.damaged")
        raise EnvironmentFault("copies.not_good")


def _told_by(database: Database) -> tuple[object, ...]:
    return content_mark(database), row_counts(database)


def sums_of(folder: Path) -> bytes:
    """Return the lines of ``SHA256SUMS``, which ``sha256sum -c`` reads.

    Raises OSError, and as ``open_regular``.
    """
    lines = []
    for name in _SUMMED:
        with open_regular(folder / name) as file:
            lines.append(f"{file_digest(file, 'sha256').hexdigest()}  {name}\n")
    return "".join(lines).encode("ascii")


def check_sums(folder: Path) -> None:
    """Make sure that the files of a copy are what they were when it was made.

    Raises:
        EnvironmentFault: ``copies.not_good``, and as ``file_fault``.
    """
    stated = read_at_most(folder / SUMS_NAME, _MAX_SUMS_BYTES)
    try:
        found = sums_of(folder)
    except OSError as error:
        raise file_fault(error, folder) from error
    if stated != found:
        raise EnvironmentFault("copies.not_good")


def _remove_partials(folder: Path) -> None:
    """Clear away what copies that were cut short left, and none that is being made."""
    with suppress(OSError, EnvironmentFault):
        for found in folder.iterdir():
            if _is_partial(found):
                FolderLock(found).release()
                shutil.rmtree(found, ignore_errors=True)


def _is_partial(found: Path) -> bool:
    # Threat: ``copies`` may be a link to a folder where others keep partial things, too.
    if not found.name.endswith(PARTIAL_SUFFIX) or found.is_symlink() or not found.is_dir():
        return False
    name = found.name.removesuffix(PARTIAL_SUFFIX)
    aside = name.removesuffix(AS_IT_WAS) + "-s1"
    return parse_copy_name(aside if name.endswith(AS_IT_WAS) else name) is not None


def _refuse_without_space(database: Path, folder: Path) -> None:
    log = database.with_name(f"{database.name}-wal")
    try:
        wanted = sum(path.stat().st_size for path in (database, log) if path.exists())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise file_fault(error, folder) from error
    if free < wanted:
        missing = -(-(wanted - free) // _MIB)
        raise EnvironmentFault("copies.no_space", {"missing_mb": missing})
