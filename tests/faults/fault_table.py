"""Break into one job in one way, look at what is left, and try the job again."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults import system_calls
from tests.faults.job_model import Job
from tests.faults.jobs import CARELESS, JOBS
from tests.faults.system_calls import Call, Ending, job_command
from tests.simulators.vaults import open_vault
from wallet_app.errors import CoffreError
from wallet_app.storage.presence import DATABASE_NAME, holds_vault
from wallet_app.storage.vault import Vault

__all__ = ["FAULTS", "Tally", "break_job"]

_DONE: Final = 0
_REFUSED: Final = 3
_YEAR_S: Final = 365 * 24 * 3600
_KEPT_NAMES: Final = frozenset({"header.json", DATABASE_NAME, "vault.lock", "copies"})
_KEPT_PREFIXES: Final = ("before-upgrade-from-",)


@dataclass
class Tally:
    """What came of breaking into one job in one way.

    Attributes:
        points: places to break in at. tries: how often it was done.
        killed, refused, done: how the job ended. lost: credentials gone.
        wrong: what else was wrong, in words.
    """

    job: str
    fault: str
    points: int
    tries: int = 0
    killed: int = 0
    refused: int = 0
    done: int = 0
    lost: int = 0
    wrong: tuple[str, ...] = ()


class Bench:
    """One job and the folder that it begins with, copied for each try."""

    def __init__(self, name: str, root: Path) -> None:
        self.name = name
        self.job: Job = {**JOBS, **CARELESS}[name]
        self.root = root
        self.pristine = root / "pristine"
        self.pristine.mkdir(parents=True)
        self.job.prepare(self.pristine)
        self.before = held(self.pristine / "vault", self.job.keys)

    @contextmanager
    def folder(self, number: int) -> Iterator[Path]:
        """A fresh copy of the beginning."""
        copy = self.root / f"try-{number}"
        shutil.copytree(self.pristine, copy)
        try:
            yield copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def calls(self, calls: str) -> list[Call]:
        """Return the calls of one undisturbed run."""
        with self.folder(0) as folder:
            log = self.root / "calls.log"
            return system_calls.calls_made(job_command(self.name, folder), calls, log)

    def steps(self) -> int:
        """Count the announced steps of one undisturbed run."""
        with self.folder(0) as folder:
            ending = system_calls.plainly(job_command(self.name, folder, step="0:count"))
        return int(ending.said[-1].removeprefix("steps "))


def held(path: Path, keys: tuple[str, ...]) -> frozenset[str]:
    """Return what a vault holds, the trash included; nothing where there is no vault."""
    if not holds_vault(path):
        return frozenset()
    # Read-only: an old vault must stay old, or there is nothing left to upgrade.
    with opened(path, keys, read_only=True) as vault:
        rows = (*vault.credentials.rows(), *vault.credentials.trash())
        return frozenset(row.id for row in rows)


@contextmanager
def opened(path: Path, keys: tuple[str, ...], *, read_only: bool = False) -> Iterator[Vault]:
    """Open a vault with whichever passphrase it has now."""
    for at, text in enumerate(keys, 1):
        try:
            vault = open_vault(path, text, read_only=read_only)
        except CoffreError as error:
            if error.code != "vault.wrong_passphrase" or at == len(keys):
                raise
            continue
        with vault:
            yield vault
        return


def break_job(
    bench: Bench, fault: str, *, limit: int = 0, only: Sequence[int] = (), workers: int = 2
) -> Tally:
    """Break into a job at each point, at ``limit`` of them evenly spread, or at ``only`` these."""
    points, attempt = FAULTS[fault](bench)
    numbers = only or _spread(points, limit)
    tally = Tally(bench.name, fault, points)

    def one(number: int) -> tuple[Ending, int, str]:
        with bench.folder(number) as folder:
            ending = attempt(folder, number)
            lost, wrong = look(bench, folder, ending)
            return ending, lost, f"at {number}: {wrong}" if wrong else ""

    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(one, numbers))
    for ending, lost, wrong in results:
        tally.tries += 1
        tally.killed += ending.killed
        tally.refused += ending.status == _REFUSED
        tally.done += ending.status == _DONE
        tally.lost += lost
        tally.wrong += (wrong,) if wrong else ()
    return tally


def _spread(points: int, limit: int) -> list[int]:
    """Return every point, or ``limit`` of them, each from the middle of its part."""
    if not limit or points <= limit:
        return list(range(1, points + 1))
    return [1 + (2 * at + 1) * points // (2 * limit) for at in range(limit)]


def look(bench: Bench, folder: Path, ending: Ending) -> tuple[int, str]:
    """Return how many credentials are lost and what else is wrong, also after a second try."""
    if not ending.killed and ending.status not in (_DONE, _REFUSED):
        return 0, f"ended with {ending.status}: {ending.said[-1:]}"
    told = frozenset(line for line in ending.said if len(line) == 64)
    wanted = told if bench.job.removes else bench.before | told
    lost, wrong = _state(bench, folder, wanted)
    if lost or wrong:
        return lost, wrong
    again = system_calls.plainly(job_command(bench.name, folder, seconds=60))
    if again.status != _DONE:
        return 0, f"tried again: {again.status} {again.said[-1:]}"
    lost, wrong = _state(bench, folder, wanted)
    return lost, wrong and f"after trying again: {wrong}"


def _state(bench: Bench, folder: Path, wanted: frozenset[str]) -> tuple[int, str]:
    _undo(folder)
    path = folder / "vault"
    if not holds_vault(path):
        return len(wanted), "no vault" if bench.before else ""
    try:
        with opened(path, bench.job.keys) as vault:
            problems = vault.integrity_problems()
            rows = (*vault.credentials.rows(), *vault.credentials.trash())
            ids = {row.id for row in rows}
            found = all(
                row in vault.credentials.rows(row.name) for row in rows if not row.deleted_at
            )
        beside = bench.job.beside(folder)
    except CoffreError as error:
        return len(wanted), f"does not open: {error.code}"
    litter = sorted(
        entry.name
        for entry in path.iterdir()
        if entry.name not in _KEPT_NAMES and not entry.name.startswith(_KEPT_PREFIXES)
    )
    wrong = [*problems, *(["search"] if not found else []), *litter, *([beside] if beside else [])]
    return len(wanted - ids), "; ".join(wrong)


def _undo(folder: Path) -> None:
    """Put back what ``job_process`` took away, as a person plugs the drive in again."""
    away, path = folder / "taken away", folder / "vault"
    if away.exists() and not path.exists():
        away.rename(path)
    kept, salt = folder / "kept.db", folder / "other.salt"
    database = path / DATABASE_NAME
    # A job may have put a whole new database in the place of the foreign one.
    foreign = salt.read_bytes() if salt.exists() else b""
    is_foreign = database.exists() and database.read_bytes()[:16] == foreign
    if kept.exists() and (is_foreign or not database.exists()):
        # Its log stays: what was stored last may lie there alone.
        kept.replace(database)


# --- the ways of breaking in ---------------------------------------------------------------

Attempt = Callable[[Path, int], Ending]


def _kill(bench: Bench) -> tuple[int, Attempt]:
    made = bench.calls(system_calls.CHANGING)
    return len(made), lambda folder, number: system_calls.killed_at(
        job_command(bench.name, folder), made[number - 1]
    )


def _failing(calls: str, error: str) -> Callable[[Bench], tuple[int, Attempt]]:
    def fault(bench: Bench) -> tuple[int, Attempt]:
        made = bench.calls(calls)
        return len(made), lambda folder, number: system_calls.failing_from(
            job_command(bench.name, folder), made, number, error=error
        )

    return fault


def _at_steps(what: str) -> Callable[[Bench], tuple[int, Attempt]]:
    def fault(bench: Bench) -> tuple[int, Attempt]:
        def attempt(folder: Path, number: int) -> Ending:
            other = folder / "other"
            if what == "swap" and (folder / "vault").exists():
                from tests.simulators.vaults import make_vault  # noqa: PLC0415

                make_vault(other).close()
                (other / DATABASE_NAME).rename(folder / "other.db")
                salt = (folder / "other.db").read_bytes()[:16]
                (folder / "other.salt").write_bytes(salt)
                shutil.rmtree(other)
            command = job_command(bench.name, folder, step=f"{number}:{what}")
            return system_calls.plainly(command)

        return bench.steps(), attempt

    return fault


def _read_only(bench: Bench) -> tuple[int, Attempt]:
    def attempt(folder: Path, _number: int) -> Ending:
        script = f'mount --bind "{folder}" "{folder}" && mount -o remount,ro,bind "{folder}"'
        command = job_command(bench.name, folder)
        return system_calls.plainly(
            ["unshare", "--mount", "sh", "-c", f'{script} && exec "$@"', "sh", *command]
        )

    return 1, attempt


def _in_use(bench: Bench) -> tuple[int, Attempt]:
    def attempt(folder: Path, _number: int) -> Ending:
        if not holds_vault(folder / "vault"):
            return system_calls.plainly(job_command(bench.name, folder))
        # The lock alone: opening would upgrade an old vault.
        from wallet_app.storage.lock import FolderLock  # noqa: PLC0415

        lock = FolderLock(folder / "vault")
        try:
            return system_calls.plainly(job_command(bench.name, folder))
        finally:
            lock.release()

    return 1, attempt


def _clock(bench: Bench) -> tuple[int, Attempt]:
    def attempt(folder: Path, _number: int) -> Ending:
        return system_calls.plainly(job_command(bench.name, folder, seconds=-_YEAR_S))

    return 1, attempt


FAULTS: Final[dict[str, Callable[[Bench], tuple[int, Attempt]]]] = {
    "kill -9": _kill,
    "disk full": _failing(system_calls.WRITING, "ENOSPC"),
    "disk error": _failing(system_calls.SYNCING, "EIO"),
    "folder vanishes": _at_steps("vanish"),
    "database swapped": _at_steps("swap"),
    "read-only": _read_only,
    "in use elsewhere": _in_use,
    "clock a year back": _clock,
}
"""By the name in the table."""
