"""Notices that the person is there, and when they have been away for too long.

Two clocks are compared. Monotonic time stands still while the computer sleeps, so it alone
would let a safe survive a night in a bag; wall time alone can be set back. Both are looked at
every few seconds, and before anything that the person does counts as a sign of life: the first
key after a night's sleep must not start the time anew.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

__all__ = ["IdleWatch"]

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_ARRIVING = QEvent.Type.FocusIn
_LOOK_EVERY_MS: Final = 5_000
_SLEEP_S: Final = 60.0
"""So much more on the wall clock than on the monotonic one means that the computer slept."""
_S_PER_MINUTE: Final = 60


class IdleWatch(QObject):
    """Emits, while it watches, that the safe should be locked.

    Signals:
        left: nothing was touched for the agreed minutes (0: never).
        slept: the computer was asleep and nobody said so.
    """

    left = Signal()
    slept = Signal()

    def __init__(
        self,
        parent: QObject,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Look at two clocks, both in seconds."""
        super().__init__(parent)
        self._monotonic, self._wall = monotonic, wall
        self._minutes = 0
        self._touched = self._looked = (0.0, 0.0)
        self._held_until = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_watching(self) -> bool:
        """Whether the clocks are looked at."""
        return self._timer.isActive()

    @property
    def is_counting(self) -> bool:
        """Whether the time to the lock is running."""
        return self.is_watching and self._minutes > 0

    def watch(self, window: QWindow) -> None:
        """Take the input of a native window as signs of life."""
        window.installEventFilter(self)

    def start(self, minutes: int) -> None:
        """Look at the clocks from now on; the time starts anew."""
        self._minutes = minutes
        self._touched = self._looked = self._now()
        self._timer.start()

    def stop(self) -> None:
        """The safe is closed: nothing is left to be locked."""
        self._timer.stop()
        self.release()

    def set_minutes(self, minutes: int) -> None:
        """Change the agreed time; it starts anew."""
        self._minutes = minutes
        self._touched = self._now()

    def hold(self, seconds: float) -> None:
        """Let nobody be away for so long: something is shown to another person.

        Only this clock waits, and not beyond ``seconds`` on either clock; what else locks
        still locks.
        """
        now = self._now()
        self._held_until = (now[0] + seconds, now[1] + seconds)

    def release(self) -> None:
        """Count again."""
        self._held_until = (0.0, 0.0)

    def restart(self) -> None:
        """Count from now, unless it is too late."""
        if self.is_watching and self.look():
            self._touched = self._now()

    @Slot()
    def look(self) -> bool:
        """Compare the clocks; return whether the safe may stay open."""
        if not self.is_watching:
            return False
        now, before = self._now(), self._looked
        self._looked = now
        if (now[1] - before[1]) - (now[0] - before[0]) >= _SLEEP_S:
            self.slept.emit()
        elif (
            self._minutes > 0
            and self._away(now) >= self._minutes * _S_PER_MINUTE
            and not (self._is_held(now))
        ):
            self.stop()
            self.left.emit()
        # Whoever listens stops this watch; a sleep may also be allowed.
        return self.is_watching

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start anew at every sign of life; look when the window gets the focus back."""
        if event.type() in _SIGNS_OF_LIFE:
            self.restart()
        elif event.type() == _ARRIVING:
            self.look()
        return super().eventFilter(watched, event)

    def _is_held(self, now: tuple[float, float]) -> bool:
        return now[0] < self._held_until[0] and now[1] < self._held_until[1]

    def _away(self, now: tuple[float, float]) -> float:
        return max(now[0] - self._touched[0], now[1] - self._touched[1])

    def _now(self) -> tuple[float, float]:
        return self._monotonic(), self._wall()
