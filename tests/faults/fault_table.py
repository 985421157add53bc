"""Break into one job in one way, look at what is left, and try the job again."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.faults import system_calls
from tests.faults.job_run import DONE, REFUSED, Run, job_named, put_back
from tests.faults.system_calls import Call, Ending
from tests.simulators.vaults import open_vault
from wallet_app.errors import CoffreError
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.presence import DATABASE_NAME, holds_vault
from wallet_app.storage.vault import Vault

__all__ = ["FAULTS", "Bench", "Tally", "break_job"]

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
        self.root = root
        self.pristine = root / "pristine"
        self.pristine.mkdir(parents=True)
        job = job_named(name)
        job.prepare(self.pristine)
        self.before = held(self.pristine / "vault", job.keys)

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
            return system_calls.calls_made(Run(self.name, folder), calls, self.root / "calls.log")

    def steps(self) -> int:
        """Count the announced steps of one undisturbed run."""
        with self.folder(0) as folder:
            ending = system_calls.plainly(Run(self.name, folder, act="count"))
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
    one = partial(_one, bench, attempt)
    if workers == 1:
        results = [one(number) for number in numbers]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            results = list(pool.map(one, numbers))
    tally = Tally(bench.name, fault, points)
    for ending, lost, wrong in results:
        tally.tries += 1
        tally.killed += ending.killed
        tally.refused += ending.status == REFUSED
        tally.done += ending.status == DONE
        tally.lost += lost
        tally.wrong += (wrong,) if wrong else ()
    return tally


def _one(bench: Bench, attempt: "Attempt", number: int) -> tuple[Ending, int, str]:
    with bench.folder(number) as folder:
        ending = attempt(folder, number)
        lost, wrong = look(bench, folder, ending)
        return ending, lost, f"at {number}: {wrong}" if wrong else ""


def _spread(points: int, limit: int) -> list[int]:
    """Return every point, or ``limit`` of them, each from the middle of its part."""
    if not limit or points <= limit:
        return list(range(1, points + 1))
    return [1 + (2 * at + 1) * points // (2 * limit) for at in range(limit)]


def look(bench: Bench, folder: Path, ending: Ending) -> tuple[int, str]:
    """Return how many credentials are lost and what else is wrong, also after a second try."""
    if not ending.killed and ending.status not in (DONE, REFUSED):
        return 0, f"ended with {ending.status}: {ending.said[-6:]}"
    told = frozenset(line for line in ending.said if len(line) == 64)
    wanted = told if job_named(bench.name).removes else bench.before | told
    lost, wrong = _state(bench, folder, wanted)
    if lost or wrong:
        return lost, wrong
    again = system_calls.plainly(Run(bench.name, folder, seconds=60))
    if again.status != DONE:
        return 0, f"tried again: {again.status} {again.said[-1:]}"
    lost, wrong = _state(bench, folder, wanted)
    return lost, wrong and f"after trying again: {wrong}"


def _state(bench: Bench, folder: Path, wanted: frozenset[str]) -> tuple[int, str]:
    put_back(folder)
    job, path = job_named(bench.name), folder / "vault"
    if not holds_vault(path):
        return len(wanted), "no vault" if bench.before else ""
    try:
        with opened(path, job.keys) as vault:
            problems = vault.integrity_problems()
            rows = (*vault.credentials.rows(), *vault.credentials.trash())
            ids = {row.id for row in rows}
            found = all(
                row in vault.credentials.rows(row.name) for row in rows if not row.deleted_at
            )
        beside = job.beside(folder)
    except CoffreError as error:
        return len(wanted), f"does not open: {error.code}"
    litter = sorted(
        entry.name
        for entry in path.iterdir()
        if entry.name not in _KEPT_NAMES and not entry.name.startswith(_KEPT_PREFIXES)
    )
    wrong = [*problems, *(["search"] if not found else []), *litter, *([beside] if beside else [])]
    return len(wanted - ids), "; ".join(wrong)


# --- the ways of breaking in ---------------------------------------------------------------

Attempt = Callable[[Path, int], Ending]
"""Breaks into a run in a folder, at the point of that number; can be sent to a process."""


def _kill(bench: Bench) -> tuple[int, Attempt]:
    made = bench.calls(system_calls.CHANGING)
    return len(made), partial(_try_kill, bench.name, made)


def _try_kill(job: str, made: Sequence[Call], folder: Path, number: int) -> Ending:
    return system_calls.killed_at(Run(job, folder), made[number - 1])


def _failing(calls: str, error: str, bench: Bench) -> tuple[int, Attempt]:
    made = bench.calls(calls)
    return len(made), partial(_try_failing, bench.name, made, error)


def _try_failing(job: str, made: Sequence[Call], error: str, folder: Path, number: int) -> Ending:
    return system_calls.failing_from(Run(job, folder), made, number, error=error)


def _at_steps(act: str, bench: Bench) -> tuple[int, Attempt]:
    return bench.steps(), partial(_try_at_step, bench.name, act)


def _try_at_step(job: str, act: str, folder: Path, number: int) -> Ending:
    return system_calls.plainly(Run(job, folder, act=act, step=number))


def _read_only(bench: Bench) -> tuple[int, Attempt]:
    return 1, partial(_try_at_step, bench.name, "read-only")


def _in_use(bench: Bench) -> tuple[int, Attempt]:
    return 1, partial(_try_in_use, bench.name)


def _try_in_use(job: str, folder: Path, _number: int) -> Ending:
    if not holds_vault(folder / "vault"):
        return system_calls.plainly(Run(job, folder))
    # The lock alone: opening would upgrade an old vault.
    lock = FolderLock(folder / "vault")
    try:
        return system_calls.plainly(Run(job, folder))
    finally:
        lock.release()


def _clock(bench: Bench) -> tuple[int, Attempt]:
    return 1, partial(_try_clock, bench.name)


def _try_clock(job: str, folder: Path, _number: int) -> Ending:
    return system_calls.plainly(Run(job, folder, seconds=-_YEAR_S))


FAULTS: Final[dict[str, Callable[[Bench], tuple[int, Attempt]]]] = {
    "kill -9": _kill,
    "disk full": partial(_failing, system_calls.WRITING, "ENOSPC"),
    "disk error": partial(_failing, system_calls.SYNCING, "EIO"),
    "folder vanishes": partial(_at_steps, "vanish"),
    "database swapped": partial(_at_steps, "swap"),
    "read-only": _read_only,
    "in use elsewhere": _in_use,
    "clock a year back": _clock,
}
"""By the name in the table."""
