"""A safe that nobody can open makes room for another: it gets another name, and is never removed.

One rename each way, so that an interruption leaves the safe where it was or where it goes.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from os import path as os_path
from pathlib import Path

from wallet_app.app.vault_paths import shown_folder, vault_exists
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.files import file_fault, sync_folder
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.steps import reached

__all__ = ["day_aside", "put_aside", "put_back", "safes_aside"]


def put_aside(path: Path, day: date) -> Path:
    """Rename the closed safe at ``path`` to its name and ``day``; return where it lies now.

    Raises:
        UserError: ``put_aside.link``, the folder of the safe is a link.
        EnvironmentFault: ``vault.in_use``, and as ``file_fault``; the safe is where it was.
    """
    aside = _free(path.with_name(f"{path.name}-{day.isoformat()}"))
    _move(path, aside)
    return aside


def put_back(aside: Path, path: Path) -> None:
    """Give the safe that lies at ``aside`` its place ``path`` again.

    Raises:
        UserError: ``put_aside.taken``, something is at ``path``, and as ``put_aside``.
        EnvironmentFault: as ``put_aside``; the safe is where it was.
    """
    if os_path.lexists(path):
        raise UserError("put_aside.taken", {"name": shown_folder(path)})
    _move(aside, path)


def safes_aside(path: Path) -> tuple[Path, ...]:
    """Return the safes that were put aside from ``path`` and lie beside it, newest first."""
    found: list[tuple[date, int, Path]] = []
    with suppress(OSError):
        for beside in path.parent.iterdir():
            named = _named(beside.name, path.name)
            if named is not None and _is_safe(beside):
                found.append((*named, beside))
    return tuple(aside for _day, _number, aside in sorted(found, reverse=True))


def day_aside(aside: Path, path: Path) -> date:
    """Return the day in the name of a safe that ``safes_aside`` found beside ``path``."""
    named = _named(aside.name, path.name)
    if named is None:
        raise ValueError(aside)
    return named[0]


def _named(name: str, before: str) -> tuple[date, int] | None:
    """Return day and number in a name that ``put_aside`` gives to a folder ``before``."""
    if not name.startswith(f"{before}-"):
        return None
    match = re.fullmatch(
        r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([1-9][0-9]{0,5}))?", name[len(before) + 1 :]
    )
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1]), int(match[2] or 1)
    except ValueError:
        return None


def _is_safe(folder: Path) -> bool:
    with suppress(CoffreError):
        return not folder.is_symlink() and vault_exists(folder)
    return False


def _move(safe: Path, to: Path) -> None:
    if safe.is_symlink():
        # The name would go elsewhere, and the safe stay: nobody could tell which is which.
        raise UserError("put_aside.link", {"name": shown_folder(safe)})
    try:
        with _held(safe):
            reached("put_aside.before")
            safe.rename(to)
            reached("put_aside.renamed")
    except OSError as error:
        raise file_fault(error, safe) from error
    # It is done: a folder that cannot be synced must not be told as if it were not.
    with suppress(OSError):
        sync_folder(to.parent)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep other processes from opening the safe in ``folder`` meanwhile."""
    try:
        lock = FolderLock(folder)
    except OSError:
        # It cannot be written: nobody can hold it, and whoever reads it is not disturbed.
        yield
        return
    if sys.platform == "win32":
        # A folder with an open file is not renamed there, which also guards an open safe.
        lock.release()
    try:
        yield
    finally:
        lock.release()


def _free(wanted: Path) -> Path:
    """Return ``wanted``, or the first of its name with a number where nothing is."""
    tried, number = wanted, 1
    while os_path.lexists(tried):
        number += 1
        tried = wanted.with_name(f"{wanted.name}-{number}")
    return tried
