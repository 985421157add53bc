"""One run of a job, as the process that is broken into does it."""

import ctypes
import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.breaking import at_step, counted_steps
from tests.faults.job_model import Job, tell
from tests.faults.jobs import CARELESS, JOBS
from tests.simulators.vaults import NOW, make_vault
from wallet_app.errors import CoffreError
from wallet_app.storage.presence import DATABASE_NAME

__all__ = ["DONE", "REFUSED", "Run", "job_named", "put_back"]

DONE = 0
REFUSED = 3

_NEW_MOUNTS = 0x00020000  # Linux unshare(2), CLONE_NEWNS
_AWAY, _KEPT, _OTHER, _SALT = "taken away", "kept.db", "other.db", "other.salt"


def job_named(name: str) -> Job:
    return {**JOBS, **CARELESS}[name]


@dataclass(frozen=True)
class Run:
    """One run: ends with ``DONE``, with ``REFUSED`` for a named error, else it is a bug.

    Attributes:
        seconds: moves the clock, back when negative.
        act: what happens at the announced step ``step``: ``vanish`` (the vault's folder is
            taken away), ``swap`` (another vault's database in its place); ``count`` tells at
            the end how many steps there were; ``read-only`` before anything is done.
    """

    job: str
    folder: Path
    seconds: int = 0
    act: str = ""
    step: int = 0

    def __call__(self) -> int:
        steps = counted_steps() if self.act == "count" else []
        if self.act == "read-only":
            make_read_only(self.folder)
        elif self.act in _ACTS:
            at_step(self.step, lambda: _ACTS[self.act](self.folder))
        try:
            job_named(self.job).work(self.folder, NOW + timedelta(seconds=self.seconds))
        except CoffreError as error:
            tell(f"refused {error.code}")
            return REFUSED
        if self.act == "count":
            tell(f"steps {len(steps)}")
        return DONE


def make_read_only(folder: Path) -> None:
    """Let this process alone see its folder on a disk that cannot be written."""
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    for command in (
        ["mount", "--make-rprivate", "/"],
        ["mount", "--bind", str(folder), str(folder)],
        ["mount", "-o", "remount,ro,bind", str(folder)],
    ):
        subprocess.run(command, check=True)


def vanish(folder: Path) -> None:
    vault = folder / "vault"
    if vault.exists():
        vault.rename(folder / _AWAY)


def swap(folder: Path) -> None:
    """Put the database of another vault there, as a restored image or a synced folder may."""
    database = folder / "vault" / DATABASE_NAME
    if not database.exists():
        return
    other = folder / "other"
    make_vault(other).close()
    salt = (other / DATABASE_NAME).read_bytes()[:16]
    (folder / _SALT).write_bytes(salt)
    database.rename(folder / _KEPT)
    (other / DATABASE_NAME).rename(database)
    shutil.rmtree(other)


_ACTS = {"vanish": vanish, "swap": swap}


def put_back(folder: Path) -> None:
    """Undo what was taken away, as a person plugs the drive in again."""
    path, away, kept = folder / "vault", folder / _AWAY, folder / _KEPT
    if away.exists() and not path.exists():
        away.rename(path)
    if not kept.exists():
        return
    database = path / DATABASE_NAME
    salt = (folder / _SALT).read_bytes()
    # A job may have put a whole new database in the place of the foreign one.
    if not database.exists() or database.read_bytes()[:16] == salt:
        # Its log stays: what was stored last may lie there alone.
        kept.replace(database)
