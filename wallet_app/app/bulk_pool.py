"""A few processes that work off many names, in order; a lost one costs a single name.

A thread per process writes and reads its pipes. One more thread ends a process that is
silent for too long. Names go out in small batches, so that a process never waits for the
next one, and only so many ahead that memory stays bounded.
"""

import json
import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Final, Self

from wallet_app.app.bulk_process import LENGTH_BYTES
from wallet_app.credentials.model import JsonObject
from wallet_app.own_process import own_process

__all__ = ["BULK_PROCESS_FLAG", "Answer", "BulkPool", "Lost", "usual_processes"]

BULK_PROCESS_FLAG: Final = "--bulk-process"
"""The only argument with which a frozen program starts itself as ``bulk_process``."""

_MAX_PROCESSES: Final = 4
_BATCH: Final = 8
_BATCHES_AHEAD: Final = 3
_WATCH_EVERY_S: Final = 0.2
_MAX_ANSWER_BYTES: Final = 256 * 1024 * 1024

_START: Final = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from wallet_app.app.bulk_process import main; raise SystemExit(main())"
)


class Lost(StrEnum):
    """Why a name has no answer."""

    ENDED = "ended"
    """The process ended over it."""
    SILENT = "silent"
    """The process was ended because it took too long."""
    NOT_STARTED = "not_started"
    """No process can be had here; the work is to be done another way."""
    CLOSED = "closed"
    """The pool was closed before it was the name's turn."""


Answer = bytes | Lost


def usual_processes() -> int:
    """Return how many processes keep this computer busy, and no more."""
    return min(os.cpu_count() or 1, _MAX_PROCESSES)


class BulkPool:
    """Processes for one job. Close it, or leave its ``with`` block: that ends them at once."""

    def __init__(
        self, job: str, settings: JsonObject, *, processes: int, silent_after_s: float
    ) -> None:
        """Start nothing yet.

        Args:
            job: ``module:function``, which makes a ``bulk_process.Job`` of the settings.
            settings: what it needs to know, as JSON.
            processes: how many at a time.
            silent_after_s: how long one name may take.
        """
        begin = json.dumps({"job": job, "settings": settings}).encode() + b"\n"
        self._closed = threading.Event()
        self._processes = [_Process(begin, self._closed) for _ in range(processes)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="bulk")
        self._silent_after_s = silent_after_s
        self._watcher = threading.Thread(target=self._watch, name="bulk-watch", daemon=True)
        self._watcher.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_ready(self) -> bool:
        """Whether all processes run, as far as they can be started."""
        return all(process.is_ready for process in self._processes)

    def warm_up(self) -> None:
        """Start the processes; does not wait."""
        for _ in self._processes:
            self._begin([])

    def answers(self, names: Iterable[str]) -> Iterator[Answer]:
        """Yield the answer for each name, in their order."""
        remaining, most = iter(names), _BATCHES_AHEAD * len(self._processes)
        waiting: deque[Future[list[Answer]]] = deque()
        while True:
            while len(waiting) < most and (batch := list(islice(remaining, _BATCH))):
                waiting.append(self._begin(batch))
            if not waiting:
                return
            yield from waiting.popleft().result()

    def stop(self) -> None:
        """End all processes; does not wait. Answers still missing come as ``CLOSED``."""
        self._closed.set()
        for process in self._processes:
            process.end()

    def close(self) -> None:
        """End all processes, and wait until nothing is left of them; twice does no harm."""
        self.stop()
        self._watcher.join()

    def _begin(self, batch: Sequence[str]) -> Future[list[Answer]]:
        try:
            return self._threads.submit(self._run, batch)
        except RuntimeError:  # closed meanwhile
            done: Future[list[Answer]] = Future()
            done.set_result([Lost.CLOSED] * len(batch))
            return done

    def _run(self, batch: Sequence[str]) -> list[Answer]:
        if self._closed.is_set():
            return [Lost.CLOSED] * len(batch)
        process = self._idle.get()
        try:
            return process.run(batch)
        finally:
            self._idle.put(process)

    def _watch(self) -> None:
        while not self._closed.wait(_WATCH_EVERY_S):
            for process in self._processes:
                process.end_if_silent(self._silent_after_s)
        # The threads now read the end of a pipe, whatever was being done.
        self._threads.shutdown()
        for process in self._processes:
            process.lose()


class _Process:
    """One process, started when it is first needed and again after it was lost."""

    def __init__(self, begin: bytes, closed: threading.Event) -> None:
        self._begin = begin
        self._closed = closed
        self._can_start = True
        self._greeted = False
        self._guard = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._heard: float | None = None
        self._is_silent = False

    @property
    def is_ready(self) -> bool:
        """Whether it runs, or never will."""
        return self._greeted or not self._can_start

    def run(self, batch: Sequence[str]) -> list[Answer]:
        """Return an answer for each name of a batch; for none, only start."""
        self._be_started()
        answers: list[Answer] = []
        while len(answers) < len(batch):
            if self._closed.is_set():
                return [*answers, *[Lost.CLOSED] * (len(batch) - len(answers))]
            answers.extend(self._ask(batch[len(answers) :]))
        return answers

    def end(self) -> None:
        """End the process, whatever it does."""
        with self._guard:
            if self._running is not None:
                self._running.kill()

    def end_if_silent(self, after_s: float) -> None:
        """End the process when it owes an answer for that long."""
        heard = self._heard
        if heard is not None and time.monotonic() - heard > after_s:
            self._is_silent = True
            self.end()

    def _ask(self, names: Sequence[str]) -> Iterator[Answer]:
        """Yield answers until one is lost; then the process is gone, and begins anew."""
        if not self._be_started():
            yield from [Lost.NOT_STARTED] * len(names)
            return
        self._heard = time.monotonic()
        self._write(json.dumps(names).encode() + b"\n")
        for _ in names:
            answer = self._read()
            if answer is None:
                yield self.lose()
                return
            self._heard = time.monotonic()
            yield answer
        self._heard = None

    def _be_started(self) -> bool:
        self._can_start = self._can_start and (self._running is not None or self._start())
        return self._can_start

    def _start(self) -> bool:
        self._is_silent = False
        self._heard = time.monotonic()
        try:
            process = subprocess.Popen(  # noqa: S603 - ourselves, with no word of a stranger's
                _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            return False
        with self._guard:
            self._running = process
        if self._closed.is_set():
            self.end()
        self._write(self._begin)
        if self._read() == b"":
            self._heard, self._greeted = None, True
            return True
        self.lose()
        return self._closed.is_set()

    def _write(self, line: bytes) -> None:
        if self._running is None or self._running.stdin is None:
            return
        # When it has ended, reading from it says so.
        with suppress(OSError):
            self._running.stdin.write(line)
            self._running.stdin.flush()

    def _read(self) -> bytes | None:
        if self._running is None or self._running.stdout is None:
            return None
        stream = self._running.stdout
        length = int.from_bytes(header := stream.read(LENGTH_BYTES), "big")
        if len(header) < LENGTH_BYTES or length > _MAX_ANSWER_BYTES:
            return None
        body = stream.read(length)
        return body if len(body) == length else None

    def lose(self) -> Lost:
        """Clear away a process that is gone, or is to go; return why it went."""
        with self._guard:
            lost, self._running, self._heard = self._running, None, None
        if lost is not None:
            lost.kill()
            lost.wait()
            for stream in (lost.stdin, lost.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
        return Lost.SILENT if self._is_silent else Lost.ENDED


def _command() -> list[str]:
    return own_process(BULK_PROCESS_FLAG, "-c", _START, str(Path(__file__).parents[2]))
