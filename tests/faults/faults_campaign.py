"""Every way of writing, broken into in every way: the table of lost and damaged credentials.

    python3 dev.py campaign faults [--job NAME] [--fault NAME] [--limit N]

``kill -9`` ends the process at each system call that changes the disk, ``disk full`` and
``disk error`` let each of them and all after it fail, ``folder vanishes`` and ``database
swapped`` happen at each announced step. After each: the vault must open with its
passphrase, pass the full check and hold every credential; then the job is tried again and
must succeed. Without ``--limit`` every point is tried.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.fault_table import FAULTS, Bench, Tally, break_job
from tests.faults.jobs import JOBS
from tests.faults.system_calls import can_break_in

_HEAD = ("job", "fault", "points", "tries", "killed", "refused", "done", "lost", "wrong", "s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--job", action="append", choices=list(JOBS))
    parser.add_argument("--fault", action="append", choices=list(FAULTS))
    parser.add_argument("--limit", type=int, default=0, help="points of each kind at most")
    given = parser.parse_args()
    if not can_break_in():
        sys.stderr.write("This needs strace, and a system that lets it trace.\n")
        return 5
    _line(*_HEAD)
    tallies: list[Tally] = []
    for name in given.job or JOBS:
        with tempfile.TemporaryDirectory(prefix="coffre-faults-") as folder:
            bench = Bench(name, Path(folder) / "bench")
            tallies += [_row(bench, fault, given.limit) for fault in given.fault or FAULTS]
    _sums(tallies)
    return 1 if any(tally.lost or tally.wrong for tally in tallies) else 0


def _row(bench: Bench, fault: str, limit: int) -> Tally:
    started = time.monotonic()
    tally = break_job(bench, fault, limit=limit)
    _print(tally, f"{time.monotonic() - started:.0f}")
    for wrong in tally.wrong[:5]:
        sys.stdout.write(f"    {wrong}\n")
    sys.stdout.flush()
    return tally


def _sums(tallies: list[Tally]) -> None:
    for fault in dict.fromkeys(tally.fault for tally in tallies):
        whole = Tally("all", fault, 0)
        for tally in tallies:
            if tally.fault == fault:
                for name in ("points", "tries", "killed", "refused", "done", "lost", "wrong"):
                    setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        _print(whole, "")


def _print(tally: Tally, seconds: str) -> None:
    counts = (tally.points, tally.tries, tally.killed, tally.refused, tally.done, tally.lost)
    _line(tally.job, tally.fault, *map(str, counts), str(len(tally.wrong)), seconds)


def _line(job: str, fault: str, *numbers: str) -> None:
    sys.stdout.write(f"{job:20}{fault:18}" + "".join(f"{number:>8}" for number in numbers) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
