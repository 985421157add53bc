"""SIGTERM, SIGINT and SIGHUP, brought to the event loop: the safe is locked before the end.

A Python signal handler runs only between two Python instructions, and an idle event loop
executes none. The interpreter therefore writes each signal's number into a pipe as it arrives,
and the event loop reads it there.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Slot

__all__ = ["StopSignals"]

_NAMES: Final = ("SIGTERM", "SIGINT", "SIGHUP")
_MOST: Final = 64


class StopSignals(QObject):
    """Calls ``stop`` with the number of the first signal. A second one ends the process at once.

    Make it on the main thread. On Windows, which has no such signals between programs, it does
    nothing: a session that ends is told by Qt.
    """

    def __init__(self, parent: QObject, stop: Callable[[int], None]) -> None:
        """Take the signals over until ``release``."""
        super().__init__(parent)
        self._stop = stop
        self._before: dict[int, Any] = {}
        self._pipe: tuple[int, int] | None = None
        if sys.platform != "win32":
            self._take_over()

    def _take_over(self) -> None:
        read_end, write_end = os.pipe()
        for end in (read_end, write_end):
            os.set_blocking(end, False)
        self._pipe = (read_end, write_end)
        self._wakeup_before = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, _only_wake_up)
        self._notifier = QSocketNotifier(read_end, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def release(self) -> None:
        """Give the signals back; twice does no harm."""
        if self._pipe is None:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        self._give_back()
        for end in self._pipe:
            os.close(end)
        self._pipe = None

    def _give_back(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    @Slot()
    def _read(self) -> None:
        if self._pipe is None:
            return
        numbers = [number for number in os.read(self._pipe[0], _MOST) if number in self._before]
        if numbers:
            # Whoever is impatient, or finds the program hanging, ends it by a second signal.
            self._give_back()
            self._stop(numbers[0])


def _only_wake_up(_number: int, _frame: object) -> None:
    """The pipe tells it; without a handler the process would end here."""
