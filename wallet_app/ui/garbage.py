"""Python's garbage collector, on the interface thread only.

Left alone it runs on whichever thread allocates. A dead cycle that holds a widget is then
destroyed on a worker, which Qt does not survive: measured as a segmentation fault while
badges were being checked after a window had been dropped.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

__all__ = ["InterfaceGarbage"]

_EVERY_MS: Final = 1_000


class InterfaceGarbage(QObject):
    """Collects as often as the interpreter's own thresholds ask, at most once a second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        # What the program itself is made of never becomes garbage: looking at it each time
        # held the window up for 25 ms.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [at for at in range(len(counts)) if counts[at] > thresholds[at]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the collector back to the interpreter."""
        self._timer.stop()
        gc.enable()
