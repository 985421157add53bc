"""One import at a time: sources are read and checked in the pool, kept in the safe one by one.

Only keeping runs on the safe's thread, and is quick: opening a badge, a search and locking
never wait for a silent issuer. Stopping leaves whole badges only.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from wallet_app.app.bulk import prepare_all
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.preparing import Found, Prepared, prepare_bytes, prepare_part
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.shared_work import SharedWork
from wallet_app.app.sources import Source, find_sources, is_address, source_named
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.unpacking import Part
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.session import Session

__all__ = ["ImportRun", "Tally", "display_name", "inside_name", "is_file"]

_TELL_EVERY_MS: Final = 1_000
_KEPT: Final = (ImportOutcome.ADDED, ImportOutcome.NEWER)
_CARRIER = re.compile(r"^(?:zip|pdf|gzip)/")
_PICTURE = re.compile(r"/?(?:png|svg)/\w+\[\w+\]$")
_MEMBER = re.compile(r"member\[(\d{1,9})\]")
_Prepare = Callable[[Services], Callable[[CancelToken], Found | None]]
"""Makes the work on one source, with what may be asked at that moment."""


@dataclass(slots=True)
class Tally:
    """How far an import is and what became of each source so far.

    Attributes:
        total: sources found; grows while more are added.
        results: in the order in which they ended.
        current: name of the source that is being read, "" for none.
        stopped: whether the person stopped it, or ``error`` did.
        elapsed_ms: since the start.
    """

    total: int = 0
    results: list[ImportResult] = field(default_factory=list)
    current: str = ""
    stopped: bool = False
    error: CoffreError | None = None
    elapsed_ms: int = 0
    _names: dict[str, bool] = field(default_factory=dict, repr=False)
    _looked_at: int = 0
    _new: set[str] = field(default_factory=set, repr=False)

    @property
    def done(self) -> int:
        """How many sources have ended."""
        return len(self.results)

    @property
    def sources(self) -> int:
        """How many files and addresses have ended; one may hold several badges."""
        return len(self._sources())

    @property
    def only_files(self) -> bool:
        """Whether all that was looked at so far are files, not addresses or pasted text."""
        return all(self._sources().values()) and (not self.current or is_file(self.current))

    def _sources(self) -> dict[str, bool]:
        """Return each source that has ended, and whether it is a file.

        Asked for after every single one, so only the results that are new are looked at.
        """
        for result in self.results[self._looked_at :]:
            if result.source not in self._names:
                self._names[result.source] = is_file(result.source)
            if result.badge and result.outcome in _KEPT:
                self._new.add(result.badge.id)
        self._looked_at = len(self.results)
        return self._names

    @property
    def added(self) -> list[ImportResult]:
        """Those that are in the safe now and were not before."""
        return [result for result in self.results if result.outcome in _KEPT]

    def came_twice(self, result: ImportResult) -> bool:
        """Whether a badge that was there already came into the safe by this very import."""
        self._sources()
        badge = result.badge if result.outcome is ImportOutcome.DUPLICATE else None
        return badge is not None and badge.id in self._new

    def having(self, outcome: ImportOutcome) -> list[ImportResult]:
        """Those with one outcome."""
        return [result for result in self.results if result.outcome is outcome]


class ImportRun(QObject):
    """Lives as long as the window.

    Signals:
        started: the first source is about to be read.
        progressed: the tally changed.
        finished: nothing is left to do; the tally says what became of it.
    """

    started = Signal()
    progressed = Signal()
    finished = Signal()

    def __init__(self, bridge: Bridge, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._session = session
        self._waiting: deque[tuple[str, _Prepare]] = deque()
        self._finding = 0
        self._shared: list[SharedWork[Found]] = []
        self._clock = QElapsedTimer()
        self._told = QElapsedTimer()
        self.running = False
        self.tally = Tally()
        self._cut_short: tuple[int, int] | None = None
        session.locking.connect(self.forget)

    def add_sources(self, sources: Sequence[str]) -> None:
        """Take in files, folders and addresses."""
        self._begin()
        self._finding += 1

        def expand(cancelled: CancelToken) -> list[str | ImportResult]:
            return list(chain.from_iterable(_expand(source, cancelled) for source in sources))

        self._bridge.on_pool(self, "find", expand, done=self._queue_found, failed=self._stop_by)

    def add_bytes(self, data: bytes, name: str) -> None:
        """Take in one badge that came without a file."""
        self._begin()
        self._queue(name, lambda services: lambda _cancelled: prepare_bytes(data, name, services))
        self._next()

    def add_samples(self, name: str) -> None:
        """Take in the sample badges; they are few, and ours."""
        self._begin()
        self.tally.total += 1
        self.tally.current = name
        self.progressed.emit()
        self._session.ask(
            self, "samples", Safe.import_demo, done=self._take_results, failed=self._stop_by
        )

    def stop(self) -> None:
        """Leave out what has not begun; what is in the safe stays."""
        if self.running:
            self.tally.stopped = True
            self._leave_out()
            if not self.tally.current:
                self._end()

    @Slot()
    def forget(self) -> None:
        """Drop everything but two numbers: the safe is locking."""
        if self.running and self.tally.done < self.tally.total:
            self._cut_short = (self.tally.done, self.tally.total)
        self._leave_out()
        self._finding = 0
        self.running = False
        self.tally = Tally()

    def take_cut_short(self) -> tuple[int, int] | None:
        """Return, once, how many of how many were done when locking cut an import short."""
        cut, self._cut_short = self._cut_short, None
        return cut

    def _begin(self) -> None:
        if self.running:
            return
        self.running = True
        self.tally = Tally()
        self._clock.start()
        self._told.start()
        self.started.emit()

    def _queue_found(self, found: list[str | ImportResult]) -> None:
        self._finding -= 1
        wanted = [] if self.tally.stopped else found
        sources = [source_named(item) for item in wanted if isinstance(item, str)]
        work = partial(self._share, sources, [])
        for item in wanted:
            if isinstance(item, ImportResult):
                self.tally.results.append(item)
                self.tally.total += 1
            else:
                self._queue(item, work)
        self.progressed.emit()
        self._next()

    def _share(
        self, sources: Sequence[Source], begun: list[SharedWork[Found]], services: Services
    ) -> Callable[[CancelToken], Found | None]:
        """Work on all of ``sources`` together: in order, each job takes what is ready next."""
        if not begun:
            begun.append(prepare_all(sources, services))
            self._shared.append(begun[0])
        return lambda _cancelled: begun[0].take()

    def _leave_out(self) -> None:
        self._waiting.clear()
        for work in self._shared:
            work.stop()
        self._shared.clear()

    def _queue(self, name: str, prepare: _Prepare) -> None:
        self.tally.total += 1
        self._waiting.append((name, prepare))

    def _next(self) -> None:
        if self.tally.current:
            return
        if not self._waiting:
            if not self._finding:
                self._end()
            return
        name, prepare = self._waiting.popleft()
        self.tally.current = name
        self.progressed.emit()
        # As the person has it now: what may be asked outside, and the authorities they chose.
        self._session.ask(
            self,
            "prepare",
            partial(_judging, self._session.services),
            done=partial(self._start, prepare),
            failed=self._stop_by,
        )

    def _start(self, prepare: _Prepare, services: Services) -> None:
        self._bridge.on_pool(
            self, "prepare", prepare(services), done=self._take, failed=self._stop_by
        )

    def _take(self, found: Found | None) -> None:
        if found is None:  # stopped before it was its turn
            self.tally.current = ""
            self._next()
        elif isinstance(found, tuple):
            self._queue_parts(found)
        else:
            self._keep(found)

    def _queue_parts(self, parts: Sequence[Part]) -> None:
        """Put the credentials of one file in its place in the queue, as those of a folder."""
        name, self.tally.current = self.tally.current, ""
        self.tally.total -= 1
        if not self.tally.stopped:
            self.tally.total += len(parts)
            self._waiting.extendleft((name, partial(_part_job, part)) for part in reversed(parts))
        self.progressed.emit()
        self._next()

    def _keep(self, prepared: Prepared) -> None:
        self._session.ask(
            self,
            "keep",
            lambda safe: (safe.keep(prepared),),
            done=self._take_results,
            failed=self._stop_by,
        )

    def _take_results(self, results: Sequence[ImportResult]) -> None:
        tally = self.tally
        tally.current = ""
        tally.results.extend(results)
        tally.total += len(results) - 1
        tally.elapsed_ms = self._clock.elapsed()
        self.progressed.emit()
        if self._told.hasExpired(_TELL_EVERY_MS):
            self._told.restart()
            self._session.changed.emit()
        self._next()

    def _stop_by(self, error: CoffreError) -> None:
        self.tally.error = error
        self.tally.stopped = True
        self._finding = 0
        self._end()

    def _end(self) -> None:
        if not self.running:
            return
        self.running = False
        self._leave_out()
        self.tally.current = ""
        self.tally.elapsed_ms = self._clock.elapsed()
        self._session.changed.emit()
        self.finished.emit()


def _judging(services: Services, safe: Safe) -> Services:
    return safe.judging(services)


def _part_job(part: Part, services: Services) -> Callable[[CancelToken], Found]:
    return lambda _cancelled: prepare_part(part, services)


def _expand(source: str, cancelled: CancelToken) -> list[str | ImportResult]:
    if cancelled():
        return []
    try:
        return [found.name for found in find_sources(source)]
    except CoffreError as error:
        return [ImportResult(source, ImportOutcome.REFUSED, error=error)]


def is_file(source: str) -> bool:
    """Return whether a source is a file: dialogs and drops name it by its whole path."""
    return not is_address(source) and Path(source).is_absolute()


def inside_name(inside: str) -> str:
    """Return where in a file a badge lay, as it is shown: a file's name, or a number."""
    place = _CARRIER.sub("", _PICTURE.sub("", inside))
    return _MEMBER.sub(lambda found: str(int(found[1]) + 1), place)


def display_name(source: str) -> str:
    """Return a source as it is shown: an address whole, a file by its name."""
    if source.startswith(("https://", "http://")):
        return source
    return Path(source).name or source
