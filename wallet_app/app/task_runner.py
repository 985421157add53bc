"""Work off the interface thread: one thread that owns the safe, a small pool for the rest.

No Qt here. Each finished job is handed to the one ``finished`` callback, on the worker's
thread; the window's bridge carries it home (reference: one thread owns the vault
connection, results come back through one long-lived object).
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Final

__all__ = ["CancelToken", "Finished", "Job", "TaskRunner"]

_POOL_SIZE: Final = 2
_log = logging.getLogger(__name__)


class CancelToken:
    """Asks a running job to stop; a job looks at it between two steps."""

    def __init__(self) -> None:
        """Start uncancelled."""
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    def __call__(self) -> bool:
        """Return whether the job should stop; fits every ``cancelled`` parameter."""
        return self._event.is_set()


Job = Callable[[CancelToken], object]
"""What runs on a worker: takes its cancel token, returns the result."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of one job: its result, or the exception that ended it."""

    job_id: int
    name: str
    result: object = None
    error: BaseException | None = None


class TaskRunner:
    """Runs jobs and reports their ends. Submit from one thread; ``finished`` runs on others.

    Jobs belong to a generation. ``discard()`` (called when the safe locks) cancels those
    that wait or run and drops their results: nothing decrypted comes home after a lock.
    """

    def __init__(
        self, finished: Callable[[Finished], None], dropped: Callable[[], None] = lambda: None
    ) -> None:
        """Report each end of a job to ``finished``, and of a discarded one to ``dropped``."""
        self._finished = finished
        self._dropped = dropped
        self._vault = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._pool = ThreadPoolExecutor(_POOL_SIZE, thread_name_prefix="work")
        self._ids = count(1)
        self._under_way: set[int] = set()
        self._live: dict[int, CancelToken] = {}
        self._waiting: dict[int, Future[object]] = {}
        self._guard = threading.Lock()

    def on_vault(self, name: str, job: Job) -> int:
        """Queue ``job`` on the safe's own thread, in order; return its id."""
        return self._submit(self._vault, name, job)

    def on_pool(self, name: str, job: Job) -> int:
        """Queue ``job`` on the pool: network, verification, pictures; return its id."""
        return self._submit(self._pool, name, job)

    @property
    def is_at_rest(self) -> bool:
        """Whether no job waits or runs, not even one whose end nobody awaits."""
        return not self._under_way

    def cancel(self, job_id: int) -> None:
        """Ask one job to stop; its end is still reported. An unknown id is ignored."""
        with self._guard:
            token = self._live.get(job_id)
        if token is not None:
            token.cancel()

    def discard(self) -> None:
        """Cancel all jobs and never report their ends.

        Jobs of the pool that have not begun never will. Those of the safe's own thread do: what
        was to be kept is kept.
        """
        with self._guard:
            tokens, futures = list(self._live.values()), list(self._waiting.values())
            self._live.clear()
        for token in tokens:
            token.cancel()
        for future in futures:
            future.cancel()

    def shutdown(self) -> None:
        """Discard all jobs and wait for the running ones, and all of the safe's, to end."""
        self.discard()
        self._vault.shutdown()
        self._pool.shutdown(cancel_futures=True)

    def _submit(self, executor: ThreadPoolExecutor, name: str, job: Job) -> int:
        job_id, token = next(self._ids), CancelToken()
        with self._guard:
            self._live[job_id] = token
            self._under_way.add(job_id)
            future = executor.submit(job, token)
            if executor is self._pool:
                self._waiting[job_id] = future
        future.add_done_callback(lambda done: self._report(job_id, name, done))
        return job_id

    def _report(self, job_id: int, name: str, future: "Future[object]") -> None:
        with self._guard:
            wanted = self._live.pop(job_id, None) is not None
            self._waiting.pop(job_id, None)
            self._under_way.discard(job_id)
        if not wanted or future.cancelled():
            _log.debug("result of job %s dropped", name)
            self._dropped()
            return
        error = future.exception()
        result = None if error is not None else future.result()
        self._finished(Finished(job_id, name, result, error))
