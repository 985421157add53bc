"""A second place: a flat folder of files somewhere else, that may be gone at any moment.

Whatever lies there is written by this program or by anybody: names are judged before they
are used, reading is bounded, and nothing counts as written before it was read back. A
WebDAV server is another ``Place`` (``network/webdav``).
"""

import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage.files import (
    file_fault,
    make_private_folders,
    read_at_most,
    sync_folder,
    write_atomic,
)
from wallet_app.storage.presence import refuse_inside_vault

__all__ = [
    "FolderPlace",
    "ListedFile",
    "Place",
    "PlaceFile",
    "is_plain_name",
    "meant_name",
    "write_proven",
]

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_PART: Final = re.compile(r"\.coffre-[0-9a-f]{16}-[0-9a-f]{16}\.part")
_STALE_S: Final = 24 * 3600
_MOST_FILES: Final = 20_000
_PUBLIC_FILE: Final = 0o644
_PUBLIC_FOLDER: Final = 0o755

_CONFLICT: Final = re.compile(
    r"(?P<stem>[A-Za-z0-9][A-Za-z0-9._-]*?)"
    r"(?: ?\([^()/\\]{1,80}\)|\.sync-conflict-[A-Za-z0-9-]{1,40}| - [^/\\]{1,40})"
    r"(?P<suffix>\.[a-z]{1,16})"
)
"""``name (1).ext``, ``name (conflicted copy …).ext``, ``name.sync-conflict-….ext``."""

_FOLDER_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "file.disk_full": "place.full",
        "file.not_permitted": "place.not_permitted",
        "file.not_found": "place.not_found",
        "file.is_a_folder": "place.refused",
        "file.name_too_long": "place.refused",
        "file.not_as_written": "place.not_as_written",
        "file.failed": "place.unreachable",
    }
)


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """One file of a place. ``size_bytes`` is what the place says, None when it does not."""

    name: str
    size_bytes: int | None = None


class ListedFile(Protocol):
    """One file as any kind of place lists it."""

    @property
    def name(self) -> str:
        """Its name, judged by nobody yet."""
        ...

    @property
    def size_bytes(self) -> int | None:
        """What the place says of its size."""
        ...


class Place(Protocol):
    """A flat folder of files, reached by name alone. Blocks; safe to use from any one thread.

    Every method raises ``EnvironmentFault`` with ``place.not_found`` (the folder or disk is
    not there), ``place.not_permitted``, ``place.full``, ``place.unreachable``,
    ``place.wrong_password``, ``place.refused`` and such; nothing was changed then, or the
    change is whole.
    """

    @property
    def where(self) -> str:
        """How the place is named to a person; no password."""
        ...

    def prepare(self) -> None:
        """Make the folder itself where it is missing, never its parents."""
        ...

    def files(self) -> Sequence[ListedFile]:
        """Return the files there, in the order of names; others' names may be anything."""
        ...

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file; ``place.no_such_file``, ``place.too_large`` beyond the limit."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put a new file there whole or not at all; ``place.exists`` where there is one."""
        ...

    def replace(self, name: str, data: bytes) -> None:
        """Put a file there whole or not at all, in place of an older one."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there does no harm."""
        ...

    def sweep(self, now: datetime) -> None:
        """Remove what interrupted writes of ours left behind a day ago or earlier."""
        ...


def is_plain_name(name: str) -> bool:
    """Return whether a file may have this name: ASCII, no folder, nothing hidden."""
    return bool(_PLAIN.fullmatch(name))


def meant_name(name: str) -> str:
    """Return the name that a file had before a synchronising program renamed its copy.

    ``a (1).changes`` gives ``a.changes``; any other name is returned as it is. Content that
    is bound to its name can be read from such a copy, and from no other.
    """
    match = _CONFLICT.fullmatch(name)
    return match["stem"] + match["suffix"] if match else name


def write_proven(place: Place, name: str, data: bytes, *, over: bool = False) -> None:
    """Write a file and read it back; it counts only when the place gives back the same.

    Args:
        place: where.
        name: a plain one.
        data: all of it.
        over: whether an older file of that name is replaced.

    Raises:
        EnvironmentFault: ``place.not_as_written``; a new file was removed again. And as
            ``Place``.
    """
    (place.replace if over else place.write)(name, data)
    try:
        same = place.read(name, len(data)) == data
    except EnvironmentFault as fault:
        if fault.code not in ("place.no_such_file", "place.too_large"):
            raise
        same = False
    if not same:
        if not over:
            with suppress(CoffreError):
                place.remove(name)
        raise EnvironmentFault("place.not_as_written", {"name": name, "place": place.where})


class FolderPlace:
    """A folder: of another disk, a network share, or kept in step by some other program."""

    def __init__(self, folder: Path, *, public: bool = False) -> None:
        """Take the folder; it may be gone just now.

        ``public``: what is put there is for everybody, such as a web server under another
        account; else for its owner alone.
        """
        self._folder = folder
        self._public = public

    @property
    def where(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def prepare(self) -> None:
        """Make the folder where it is missing; raises as ``Place``.

        Its parent must be there: a disk that is not connected must not be replaced by a
        folder of that name on another one.
        """
        try:
            refuse_inside_vault(self._folder / "any")
            if not self._folder.is_dir():
                if not self._folder.parent.is_dir():
                    raise self._fault("place.not_found")
                make_private_folders(self._folder)
                if self._public:
                    self._folder.chmod(_PUBLIC_FOLDER)
        except OSError as error:
            raise self._from(file_fault(error, self._folder)) from error
        except EnvironmentFault as fault:
            raise self._from(fault) from fault

    def files(self) -> tuple[PlaceFile, ...]:
        """Return the regular files; links and folders are not looked at."""
        found: list[PlaceFile] = []
        try:
            for path in self._folder.iterdir():
                status = path.lstat()
                if stat.S_ISREG(status.st_mode) and not path.name.startswith("."):
                    found.append(PlaceFile(path.name, status.st_size))
                if len(found) > _MOST_FILES:
                    raise self._fault("place.crowded")
        except OSError as error:
            raise self._from(file_fault(error, self._folder)) from error
        return tuple(sorted(found, key=lambda one: one.name))

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file of at most that many bytes."""
        path = self._path(name, readable=True)
        try:
            if path.is_symlink():
                raise self._fault("place.refused")
            data = read_at_most(path, limit_bytes)
        except EnvironmentFault as fault:
            if fault.code == "file.not_found":
                raise self._missing(name) from fault
            raise self._from(fault) from fault
        if data is None:
            raise EnvironmentFault("place.too_large", {"name": name, "place": self.where})
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put a new file there: 0600, synced and read back before it has its name."""
        path = self._path(name)
        if path.exists() or path.is_symlink():
            raise EnvironmentFault("place.exists", {"name": name, "place": self.where})
        self._put(path, data)

    def replace(self, name: str, data: bytes) -> None:
        """Put a file there in place of an older one, which stays until the end."""
        self._put(self._path(name), data)

    def remove(self, name: str) -> None:
        """Remove a file."""
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
            sync_folder(self._folder)
        except OSError as error:
            raise self._from(file_fault(error, path)) from error

    def sweep(self, now: datetime) -> None:
        """Remove unfinished files of ours that nobody has touched for a day."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                # Another computer may be writing one right now.
                if _PART.fullmatch(path.name) and now.timestamp() - path.stat().st_mtime > _STALE_S:
                    path.unlink()

    def _put(self, path: Path, data: bytes) -> None:
        if not self._folder.is_dir():
            raise self._fault("place.not_found")
        try:
            write_atomic(path, data)
            if self._public:
                path.chmod(_PUBLIC_FILE)
        except OSError as error:
            raise self._from(file_fault(error, path)) from error
        except EnvironmentFault as fault:
            raise self._from(fault) from fault

    def _path(self, name: str, *, readable: bool = False) -> Path:
        # A copy that some program renamed may be read; nothing is written under such a name.
        if not is_plain_name(meant_name(name) if readable else name):
            raise self._fault("place.refused")
        return self._folder / name

    def _missing(self, name: str) -> EnvironmentFault:
        if not self._folder.is_dir():
            return self._fault("place.not_found")
        return EnvironmentFault("place.no_such_file", {"name": name, "place": self.where})

    def _from(self, fault: EnvironmentFault) -> EnvironmentFault:
        code = fault.code if fault.code.startswith("place.") else _FOLDER_CODES.get(fault.code)
        return self._fault(code or "place.unreachable")

    def _fault(self, code: str) -> EnvironmentFault:
        return EnvironmentFault(code, {"place": self.where})
