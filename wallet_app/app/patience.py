"""How long to wait after a wrong passphrase: politeness, not protection.

Whoever has the file tries elsewhere, and only the cost of each try stops them. The wait is
for the person at this window who types in haste, and for whoever sits down at it.
"""

from collections.abc import Callable
from typing import Final

__all__ = ["Patience"]

_FREE_TRIES: Final = 3
_FIRST_S: Final = 1.0
_LONGEST_S: Final = 30.0


class Patience:
    """Counts wrong tries of one window. ``clock`` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with nothing to wait for."""
        self._clock = clock
        self._wrong = 0
        self._until = 0.0

    def failed(self) -> float:
        """Note a wrong try; return how many seconds to wait before the next one."""
        self._wrong += 1
        beyond = self._wrong - _FREE_TRIES
        wait = min(_FIRST_S * 2**beyond, _LONGEST_S) if beyond >= 0 else 0.0
        self._until = self._clock() + wait
        return wait

    def succeeded(self) -> None:
        """Forget every wrong try."""
        self._wrong, self._until = 0, 0.0

    def remaining_s(self) -> float:
        """Return how many seconds are still to wait; 0 when a try may be made."""
        return max(0.0, self._until - self._clock())
