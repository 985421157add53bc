"""Throw hostile bytes at every parser and at the whole way in; count faults: none, or a bug.

    python3 dev.py campaign fuzz [--inputs 1000000] [--intake 20000] [--seed 1] [--only NAME]
                                 [--keep FOLDER]

Two processes. A fault is an exception that the parser does not document, an input that takes
over two seconds of processor time, or one that raises the peak of memory by over 300 MB. With
``--keep`` each faulty input is written to a file; what was mended goes to ``found.json``.
"""

import argparse
import hashlib
import random
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from fuzz.intake import run_intake
from fuzz.mutator import mutated
from fuzz.targets import TARGETS, Target

__all__ = ["Fault", "TooSlow", "attempt", "fuzz_intake", "fuzz_target"]

INTAKE = "intake"
_PROCESSES: Final = 2
_LIMIT_S: Final = 2.0
_LIMIT_KB: Final = 300 * 1024
_ADDRESS_SPACE: Final = 6 * 1024**3
_BATCH: Final = 5_000


class TooSlow(BaseException):
    """An input took its time; no ``except Exception`` of the program may swallow this."""


@dataclass(frozen=True)
class Fault:
    """One fault: where, what, and the input (or the number of the intake)."""

    target: str
    what: str
    data: bytes


@dataclass(frozen=True)
class Batch:
    """So many inputs for one target, from one seed."""

    target: str
    count: int
    seed: int
    first: int = 0


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise ``TooSlow`` after two seconds of this process's own work, whatever others do."""

    def stop(_number: int, _frame: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def attempt(name: str, data: bytes, run: Callable[[], object]) -> Fault | None:
    """Run one input and return its fault, if it has one."""
    peak = _peak_kb()
    try:
        with _time_limit():
            run()
    except TooSlow:
        return Fault(name, f"over {_LIMIT_S} s", data)
    except (Exception, RecursionError) as error:  # anything that got this far is a fault
        step = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(step.filename).name}:{step.lineno}"
        return Fault(name, f"{type(error).__name__} at {place}: {str(error)[:200]}", data)
    grown = _peak_kb() - peak
    return Fault(name, f"{grown // 1024} MB", data) if grown > _LIMIT_KB else None


def fuzz_target(target: Target, count: int, seed: int) -> Iterator[Fault]:
    """Yield the faults of ``count`` inputs; the same for the same seed."""
    chance = random.Random(f"{target.name} {seed}")  # noqa: S311 - bytes to try
    good = target.seeds()
    for _ in range(count):
        data = mutated(good, chance)
        if fault := attempt(target.name, data, lambda data=data: target.run(data)):
            yield fault


def fuzz_intake(first: int, count: int, seed: int) -> Iterator[Fault]:
    """Yield the faults of ``count`` files taken in, from number ``first`` on."""
    for number in range(first, first + count):
        data = f"run_intake({seed}, {number})".encode()
        if fault := attempt(INTAKE, data, lambda number=number: run_intake(seed, number)):
            yield fault


def _work(batch: Batch) -> tuple[Batch, float, list[Fault], int]:
    start = time.process_time()
    if batch.target == INTAKE:
        faults = list(fuzz_intake(batch.first, batch.count, batch.seed))
    else:
        faults = list(fuzz_target(TARGETS[batch.target], batch.count, batch.seed))
    return batch, time.process_time() - start, faults, _peak_kb()


def _batches(inputs: int, intake: int, seed: int, only: Sequence[str]) -> Iterator[Batch]:
    names = [name for name in TARGETS if not only or name in only]
    each = -(-inputs // len(names)) if names else 0
    for name in names:
        for number, start in enumerate(range(0, each, _BATCH)):
            yield Batch(name, min(_BATCH, each - start), seed * 1_000 + number)
    if not only or INTAKE in only:
        for start in range(0, intake, 500):
            yield Batch(INTAKE, min(500, intake - start), seed, start)


def _start_worker() -> None:
    # What a library says on standard error about a stranger's file is a fault as well.
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


def main() -> int:
    """Run the campaign; 1 if there was any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--intake", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    started, counts, seconds = time.monotonic(), Counter[str](), Counter[str]()
    faults: dict[tuple[str, str], Fault] = {}
    peak = 0
    batches = list(_batches(options.inputs, options.intake, options.seed, options.only))
    with get_context("spawn").Pool(_PROCESSES, _start_worker) as pool:
        for batch, spent, found, used in pool.imap_unordered(_work, batches):
            counts[batch.target] += batch.count
            seconds[batch.target] += spent
            peak = max(peak, used)
            for fault in found:
                _tell(fault, faults, options.keep)
    for name, count in counts.items():
        print(f"{name:22}{count:>10} inputs {seconds[name]:>9.1f} s")
    print(
        f"{counts.total()} inputs in {time.monotonic() - started:.0f} s, "
        f"peak {peak // 1024} MB, {len(faults)} kinds of fault"
    )
    return 1 if faults else 0


def _tell(fault: Fault, known: dict[tuple[str, str], Fault], folder: Path | None) -> None:
    """Print a fault the first time its kind is met."""
    kind = fault.target, fault.what
    if kind in known:
        return
    known[kind] = fault
    print(f"FAULT {fault.target}: {fault.what}\n  {fault.data[:300]!r}", flush=True)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{fault.target}-{hashlib.sha256(fault.data).hexdigest()[:12]}"
        (folder / name).write_bytes(fault.data)


if __name__ == "__main__":
    sys.exit(main())
