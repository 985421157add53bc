"""Break in at one system call of a real process: ``strace`` kills it there or lets it fail.

What a program announces of itself (``steps``) is what it believes to be its steps; the
system calls are all of them, SQLite's and those of other processes included. A kill leaves
what the system has taken so far; it does not take back what the disk has not, as a power
cut may: for that there is ``fsync``, and its order is what the kills go through.

The process is a fork that waits until it is traced, so that only the work is counted.
"""

import mmap
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

CHANGING = (
    "write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat"
)
"""Every call that changes a disk, and the calls that make it last."""

WRITING = "write,pwrite64,writev,pwritev,ftruncate,fallocate"
"""The calls that a full disk refuses."""

SYNCING = "fsync,fdatasync"

Work = Callable[[], int]
"""What the process does; it ends with what this returns."""

_DEADLINE_S = 60
_BUG_BYTES = 8192
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
    """Whether ``strace`` is here and allowed to attach to a process of ours."""
    if shutil.which("strace") is None:
        return False
    with subprocess.Popen(["sleep", "10"]) as sleeper:
        command = ["strace", "-o", os.devnull, "-e", "trace=write", "-p", str(sleeper.pid)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            attached = "attached" in tracer.stderr.readline()
            sleeper.kill()
    return attached


def calls_made(work: Work, calls: str, log: Path) -> list[Call]:
    """Let ``work`` end and return its ``calls`` in order, its helpers' included."""
    ending = _traced(work, ["-o", str(log), "-e", f"trace={calls}"])
    if ending.status != 0:
        raise AssertionError(ending)
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found:
            seen[found["process"], found["name"]] += 1
            made.append(Call(found["name"], seen[found["process"], found["name"]]))
    return made


def killed_at(work: Work, call: Call) -> Ending:
    """Kill the process at ``call``, before that is done."""
    return _traced(work, _injecting([(call.name, f"signal=SIGKILL:when={call.number}")]))


def failing_from(work: Work, made: Sequence[Call], number: int, *, error: str) -> Ending:
    """Let call ``number`` (from 1) of ``made`` and all after it fail."""
    before = {call.name: 0 for call in made}
    for call in made[: number - 1]:
        before[call.name] = max(before[call.name], call.number)
    failing = [(name, f"error={error}:when={count + 1}+") for name, count in before.items()]
    return _traced(work, _injecting(failing))


def plainly(work: Work) -> Ending:
    """Let ``work`` be done as it is, in a process of its own."""
    with _forked(work) as child:
        return child.end()


def _injecting(what: Sequence[tuple[str, str]]) -> list[str]:
    # Counted for each call by its name, in each process: strace knows no other count.
    names = ",".join(dict.fromkeys(name for name, _ in what))
    options = ["-o", os.devnull, "-e", f"trace={names}"]
    for name, how in what:
        options += ["-e", f"inject={name}:{how}"]
    return options


def _traced(work: Work, options: Sequence[str]) -> Ending:
    with _forked(work) as child:
        command = ["strace", "-f", *options, "-p", str(child.process)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            attached = tracer.stderr.readline()
            if "attached" not in attached:
                raise AssertionError(attached)
            ending = child.end()
            tracer.wait(timeout=_DEADLINE_S)
    return ending


@dataclass
class _Child:
    process: int
    go: int
    said: IO[bytes]
    bug: mmap.mmap

    def end(self) -> Ending:
        """Let it begin, and wait for its end."""
        os.write(self.go, b"g")
        status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        self.said.seek(0)
        told = self.said.read() + self.bug[:].rstrip(b"\0")
        lines = tuple(told.decode("utf-8", "replace").splitlines())
        return Ending(status == -signal.SIGKILL, status, lines)


@contextmanager
def _forked(work: Work) -> Iterator[_Child]:
    wait, go = os.pipe()
    # In shared memory: telling of a bug must need no call that was told to fail.
    with tempfile.TemporaryFile() as said, mmap.mmap(-1, _BUG_BYTES) as bug:
        process = os.fork()
        if process == 0:
            os.close(go)
            _do(work, wait, said, bug)
        os.close(wait)
        try:
            yield _Child(process, go, said, bug)
        finally:
            os.close(go)


def _do(work: Work, wait: int, said: IO[bytes], bug: mmap.mmap) -> NoReturn:
    status = 1
    try:
        # No file of Python's own among those that are counted.
        sys.dont_write_bytecode = True
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w", closefd=False)
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w", closefd=False)
        if os.read(wait, 1):
            status = work()
    except BaseException:
        text = traceback.format_exc().encode()[-_BUG_BYTES:]
        bug[: len(text)] = text
    os._exit(status)
