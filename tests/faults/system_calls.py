"""Break in at one system call of a real process: ``strace`` kills it there or lets it fail.

What a program announces of itself (``steps``) is what it believes to be its steps; the
system calls are all of them, SQLite's and the other processes' included. A kill leaves
what the system has taken so far; it does not take back what the disk has not, as a power
cut may: for that there is ``fsync``, and its order is what the kills go through.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CHANGING = (
    "write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat"
)
"""Every call that changes a disk, and the calls that make it last."""

WRITING = "write,pwrite64,writev,pwritev,ftruncate,fallocate"
"""The calls that a full disk refuses."""

SYNCING = "fsync,fdatasync"

_DEADLINE_S = 120


_CALL = re.compile(r"(?P<process>\d+)\s+(?P<name>[a-z0-9_]+)\(")


@dataclass(frozen=True)
class Call:
    """One system call of a run: its name, and its number among those of its process."""

    name: str
    number: int


@dataclass(frozen=True)
class Ending:
    """How a process ended: ``killed``, or its exit status, and the lines that it said."""

    killed: bool
    status: int
    said: tuple[str, ...]


def can_break_in() -> bool:
    """Whether ``strace`` is here and allowed to trace."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    probe = [strace, "-qq", "-o", os.devnull, "-e", "trace=write", "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def calls_made(command: Sequence[str], calls: str, log: Path) -> list[Call]:
    """Run ``command`` to its end and return its ``calls`` in order, its helpers' included."""
    _run(["-f", "-qq", "-o", str(log), "-e", f"trace={calls}"], command)
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found:
            seen[found.groups()] += 1
            made.append(Call(found["name"], seen[found.groups()]))
    return made


def killed_at(command: Sequence[str], call: Call) -> Ending:
    """Run ``command`` and kill it at ``call``, before that is done."""
    return _run(_injecting([(call.name, f"signal=SIGKILL:when={call.number}")]), command)


def failing_from(
    command: Sequence[str], made: Sequence[Call], number: int, *, error: str
) -> Ending:
    """Run ``command`` and let call ``number`` (from 1) of ``made`` and all after it fail."""
    before = {call.name: 0 for call in made}
    for call in made[: number - 1]:
        before[call.name] = max(before[call.name], call.number)
    failing = [(name, f"error={error}:when={count + 1}+") for name, count in before.items()]
    return _run(_injecting(failing), command)


def plainly(command: Sequence[str]) -> Ending:
    """Run ``command`` as it is."""
    return _ended(list(command))


def _injecting(what: Sequence[tuple[str, str]]) -> list[str]:
    # Counted for each call by its name, in each process: strace knows no other count.
    names = ",".join(dict.fromkeys(name for name, _ in what))
    options = ["-f", "-qq", "-o", os.devnull, "-e", f"trace={names}"]
    for name, how in what:
        options += ["-e", f"inject={name}:{how}"]
    return options


def _run(options: Sequence[str], command: Sequence[str]) -> Ending:
    # Quicker by far, as it stops at the wanted calls alone; strace 6.1 then injects no signals.
    quick = [] if any("signal=" in option for option in options) else ["--seccomp-bpf"]
    return _ended(["strace", *quick, *options, *command])


def _ended(command: list[str]) -> Ending:
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_DEADLINE_S,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
            # No file of Python's own among those that are counted.
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    lines = tuple(done.stdout.splitlines())
    if done.stderr.strip() and not killed:
        lines += (f"stderr: {done.stderr.strip().splitlines()[-1]}",)
    return Ending(killed, done.returncode, lines)


def job_command(job: str, folder: Path, *, seconds: int = 0, step: str = "") -> list[str]:
    """Return what runs ``job`` on ``folder`` in a process of its own (``job_process``)."""
    python = [sys.executable, "-m", "tests.faults.job_process"]
    return [*python, job, str(folder), str(seconds), step]
