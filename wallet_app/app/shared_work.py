"""Sources worked off in their order: here at first, by processes once they run.

Most folders are done before a process could have started. Only when the rest will take some
seconds, because there is much of it or because issuers are slow, processes are started; this
one works on until they are ready, and hands over what is left.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from wallet_app.app.bulk_pool import Answer, BulkPool, Lost, usual_processes
from wallet_app.app.services import Recipe
from wallet_app.app.sources import Source, SourceKind
from wallet_app.errors import UserError
from wallet_app.network.fetch_rules import FILE_TIMEOUT_S

__all__ = ["SharedWork", "lost_error", "pool_for"]

SHARED_FROM: Final = 20
"""So many sources must be left for processes to be started."""

PATIENCE_S: Final = 0.5
"""How long this process works alone before it thinks of others."""

WORTH_S: Final = 3.0
"""So long the rest must seem to take here: a busy computer starts processes for a second."""

_SILENT_AFTER_S: Final = FILE_TIMEOUT_S + 60
"""What all fetches for a file may take together, and then a minute to work on it."""

_Result = TypeVar("_Result")


class SharedWork(Generic[_Result]):
    """Results for sources, taken one after the other; any thread, one at a time.

    Stop or close it when no more is wanted: that ends the processes, whatever they do.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        here: Callable[[Source], _Result],
        read: Callable[[Source, Answer], _Result],
        start: Callable[[], BulkPool | None],
    ) -> None:
        """Take sources; nothing begins yet.

        Args:
            sources: in the order of the results.
            here: does the work for one in this process.
            read: makes a result of what a process answered, or of why it did not.
            start: gives the processes, or None where this one is to do everything.
        """
        self._waiting = deque(sources)
        self._here, self._answered, self._start = here, read, start
        self._guard = threading.Lock()
        self._stopped = False
        self._pool: BulkPool | None = None
        self._results = self._run()

    def take(self) -> _Result | None:
        """Return the next result; None after the last, or when stopped."""
        return next(self._results, None)

    def __iter__(self) -> Iterator[_Result]:
        return self._results

    def stop(self) -> None:
        """End all work of other processes; does not wait. Twice does no harm."""
        with self._guard:
            self._stopped = True
            if self._pool is not None:
                self._pool.stop()

    def close(self) -> None:
        """As ``stop``, and wait until nothing is left of it."""
        self.stop()
        if self._pool is not None:
            self._pool.close()

    def _run(self) -> Iterator[_Result]:
        yield from self._alone()
        if self._pool is not None and self._waiting:
            yield from self._by_processes(self._pool)
        self.close()

    def _alone(self) -> Iterator[_Result]:
        spent, done, may_start = 0.0, 0, True
        while self._waiting and not self._stopped:
            rest = spent / max(done, 1) * len(self._waiting)
            is_much = len(self._waiting) >= SHARED_FROM and rest > WORTH_S
            if may_start and is_much and spent > PATIENCE_S:
                self._begin()
                may_start = False
            if self._pool is not None and self._pool.is_ready:
                return
            begun = time.monotonic()
            result = self._here(self._waiting.popleft())
            # Without what the taker does between two: storing is no work to be shared.
            spent, done = spent + time.monotonic() - begun, done + 1
            yield result

    def _begin(self) -> None:
        with self._guard:
            if not self._stopped:
                self._pool = self._start()
        if self._pool is not None:
            self._pool.warm_up()

    def _by_processes(self, pool: BulkPool) -> Iterator[_Result]:
        sources = tuple(self._waiting)
        answers = pool.answers(source.name for source in sources)
        for source, answer in zip(sources, answers, strict=True):
            if answer is Lost.CLOSED:
                return
            is_done = answer is not Lost.NOT_STARTED
            yield self._answered(source, answer) if is_done else self._here(source)


def pool_for(
    sources: Sequence[Source], recipe: Recipe | None, job: str, settings: Mapping[str, Any]
) -> BulkPool | None:
    """Return processes for sources; None where this process is to do everything."""
    processes = usual_processes()
    only_here = any(source.kind is SourceKind.STANDARD_INPUT for source in sources)
    if recipe is None or processes < 2 or only_here:
        return None
    whole = {**settings, "recipe": recipe.to_json()}
    return BulkPool(job, whole, processes=processes, silent_after_s=_SILENT_AFTER_S)


def lost_error(name: str, lost: Lost) -> UserError:
    """Return the error of a source that no process could examine."""
    if lost is Lost.SILENT:
        return UserError("bulk.too_slow", {"name": name})
    return UserError("bulk.ended", {"name": name})
