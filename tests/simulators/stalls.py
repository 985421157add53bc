"""How long a window does not answer, and how much of that is its own doing.

A computer that is busy with other programs lets every thread wait for a core. The kernel says how
long (``/proc/self/task/*/schedstat``): that is taken off, so that what stays is work, waiting for
Python's lock, and waiting for the disk or the network, which are the program's own.
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

__all__ = ["MOST_MS", "Stall", "StallWatch"]

MOST_MS = 50
_TICK_MS = 2
_TASKS = Path("/proc/self/task")


@dataclass(frozen=True, slots=True)
class Stall:
    """The longest turns of the event loop, in milliseconds.

    Attributes:
        wall: by the clock on the wall.
        work: of the interface thread's own processor time.
        own: by the clock, without what the threads of this program waited for a core.
    """

    wall: float = 0.0
    work: float = 0.0
    own: float = 0.0


class StallWatch(QObject):
    """Ticks as often as the event loop lets it, on the interface thread.

    Attributes:
        turns: of the event loop. slow: those whose ``own`` was longer than ``MOST_MS``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = Stall()
        self.turns = 0
        self.slow = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = self._read()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def _read(self) -> tuple[float, float, dict[int, float]]:
        return time.perf_counter(), time.thread_time(), _waits()

    def _tick(self) -> None:
        before, self._last = self._last, self._read()
        wall = 1_000 * (self._last[0] - before[0]) - _TICK_MS
        work = 1_000 * (self._last[1] - before[1])
        waits = (now - before[2].get(task, now) for task, now in self._last[2].items())
        own = max(work, wall - sum(waits))
        self.turns += 1
        self.slow += own > MOST_MS
        longest = self.longest
        self.longest = Stall(
            max(longest.wall, wall), max(longest.work, work), max(longest.own, own)
        )


def _waits() -> dict[int, float]:
    """Return for each thread how long it has waited for a core, in milliseconds."""
    if not _TASKS.is_dir():
        return {threading.get_native_id(): 0.0}
    found = {}
    for task in _TASKS.iterdir():
        with suppress(OSError):  # it may end meanwhile
            found[int(task.name)] = int((task / "schedstat").read_bytes().split()[1]) / 1e6
    return found
