"""Writing a folder or a ZIP file of plain files: whole or not at all, over nothing.

Everything is written out of sight beside the target, synced, read back and compared, and
takes its name last. What a crash leaves has an exact name and goes with the next export of
the same target. Nothing that is there is ever replaced.
"""

import os
import re
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.files import file_fault, sync_folder
from wallet_app.storage.presence import refuse_inside_vault
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.steps import reached

__all__ = [
    "PlainFiles",
    "plain_folder",
    "plain_zip",
    "refuse_file",
    "refuse_target",
    "write_new_file",
]

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = (".html", ".json", ".txt", ".jwt", ".svg", ".xml")
"""What shrinks; a picture is stored as it is."""


class PlainFiles(ABC):
    """Where the files of one export go, by paths with ``/``."""

    def __init__(self) -> None:
        """Begin without any file."""
        self.hashes: dict[str, str] = {}

    def put(self, path: str, data: bytes) -> None:
        """Write one file; the same path twice is a bug.

        Raises:
            ValueError: the path was written already.
        """
        if path in self.hashes:
            raise ValueError(path)
        self._write(path, data)
        self.hashes[path] = sha256(data).hexdigest()
        reached("move_out.file")

    def prove(self) -> None:
        """Read everything back and compare.

        Raises:
            EnvironmentFault: ``file.not_as_written``.
        """
        for path, data in self._read():
            if sha256(data).hexdigest() != self.hashes.get(path):
                raise EnvironmentFault("file.not_as_written", {"name": path})
        reached("move_out.proven")

    @abstractmethod
    def _write(self, path: str, data: bytes) -> None: ...

    @abstractmethod
    def _read(self) -> Iterator[tuple[str, bytes]]: ...


class _Folder(PlainFiles):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _write(self, path: str, data: bytes) -> None:
        place = self._folder / path
        place.parent.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(place, flags, 0o600), "wb") as file:
            file.write(data)
            if sys.platform == "win32":
                file.flush()
                os.fsync(file.fileno())

    def _read(self) -> Iterator[tuple[str, bytes]]:
        for path in self.hashes:
            yield path, (self._folder / path).read_bytes()


class _Zip(PlainFiles):
    def __init__(self, archive: ZipFile) -> None:
        super().__init__()
        self._archive = archive

    def _write(self, path: str, data: bytes) -> None:
        entry = ZipInfo(path, _FIXED_TIME)
        entry.compress_type = ZIP_DEFLATED if path.endswith(_PACKED) else ZIP_STORED
        entry.external_attr = 0o100600 << 16
        self._archive.writestr(entry, data)

    def read_from(self, archive: ZipFile) -> None:
        """Read back from the file as it was finished."""
        self._archive = archive

    def _read(self) -> Iterator[tuple[str, bytes]]:
        for path in self.hashes:
            yield path, self._archive.read(path)


@contextmanager
def plain_folder(target: Path) -> Iterator[PlainFiles]:
    """Give a place for the files of the folder ``target``, absent or empty until now.

    Raises:
        UserError: ``move_out.exists``, ``file.inside_vault``.
        EnvironmentFault: as ``file_fault``; nothing is left behind.
    """
    refuse_target(target)
    _sweep(target)
    part = _hidden(target)
    try:
        part.mkdir(mode=0o700)
        try:
            files = _Folder(part)
            yield files
            if sys.platform != "win32":
                # One for all: a sync of each of thousands of files takes minutes.
                os.sync()
            reached("move_out.synced")
            files.prove()
            refuse_target(target)
            if target.exists() and os.name == "nt":
                target.rmdir()
            # The system refuses to put a folder over one that is not empty.
            part.rename(target)
            reached("move_out.renamed")
            sync_folder(target.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise file_fault(error, target) from error


@contextmanager
def plain_zip(target: Path) -> Iterator[PlainFiles]:
    """Give a place for the files of the new ZIP file ``target``; raises as ``plain_folder``."""
    refuse_file(target)
    _sweep(target)
    part = _hidden(target)
    try:
        with _new_file(part) as file:
            with ZipFile(file, "w") as archive:
                files = _Zip(archive)
                yield files
            _settle(file)
            with ZipFile(file) as archive:
                files.read_from(archive)
                files.prove()
        _take_name(part, target)
    except BadZipFile as error:
        raise EnvironmentFault("file.not_as_written", {"name": target.name}) from error
    except OSError as error:
        raise file_fault(error, target) from error


def write_new_file(target: Path, data: bytes) -> None:
    """Write one file that was not there before; raises as ``plain_folder``."""
    refuse_file(target)
    _sweep(target)
    part = _hidden(target)
    try:
        with _new_file(part) as file:
            file.write(data)
            _settle(file)
            file.seek(0)
            if sha256(file.read()).digest() != sha256(data).digest():
                raise EnvironmentFault("file.not_as_written", {"name": target.name})
            reached("move_out.proven")
        _take_name(part, target)
    except OSError as error:
        raise file_fault(error, target) from error


def refuse_file(target: Path) -> None:
    """Refuse a place for a file where anything is, an empty folder too; as ``refuse_target``."""
    refuse_target(target)
    if target.is_dir():
        raise UserError("move_out.exists", {"name": target.name})


def refuse_target(target: Path) -> None:
    """Refuse a place where something is, or the inside of a vault; an empty folder is free.

    Raises:
        UserError: ``move_out.exists``, ``file.inside_vault``.
        EnvironmentFault: as ``file_fault``.
    """
    refuse_inside_vault(target)
    try:
        occupied = target.is_symlink() or target.is_file()
        occupied = occupied or (target.is_dir() and any(target.iterdir()))
        missing = not target.parent.is_dir()
    except OSError as error:
        raise file_fault(error, target) from error
    if occupied:
        raise UserError("move_out.exists", {"name": target.name})
    if missing:
        raise EnvironmentFault("file.not_found", {"name": target.parent.name})


@contextmanager
def _new_file(part: Path) -> Iterator[BinaryIO]:
    """Give a file for its owner only, removed when anything fails."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600), "w+b") as file:
        try:
            yield file
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    reached("move_out.synced")


def _take_name(part: Path, target: Path) -> None:
    """Give a finished file its name, over nothing: a second name fails where one is taken."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise UserError("move_out.exists", {"name": target.name}) from error
    except OSError:
        # A stick or a share that knows no second names.
        refuse_file(target)
        part.rename(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    reached("move_out.renamed")
    sync_folder(target.parent)


def _hidden(target: Path) -> Path:
    return target.with_name(_hidden_name(target, system_randomness(8).hex()))


def _hidden_name(target: Path, unique: str) -> str:
    return f".coffre-{sha256(os.fsencode(target.name)).hexdigest()[:16]}-{unique}.out"


def _sweep(target: Path) -> None:
    """Remove what an interrupted export of this target left, and only that."""
    ours = re.compile(re.escape(_hidden_name(target, "X")).replace("X", "[0-9a-f]{16}"))
    with suppress(OSError):
        for found in target.parent.iterdir():
            if ours.fullmatch(found.name):
                if found.is_dir() and not found.is_symlink():
                    shutil.rmtree(found, ignore_errors=True)
                else:
                    found.unlink()
