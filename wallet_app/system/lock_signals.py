"""What the desktop can say that means: lock now. The window knows only this protocol."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

__all__ = ["LockReason", "LockSignals", "NoLockSignals"]


class LockReason(StrEnum):
    """Why the safe should be locked."""

    SCREEN_LOCKED = "screen_locked"
    SLEEP = "sleep"
    SESSION_LOCKED = "session_locked"
    SESSION_LEFT = "session_left"


class LockSignals(Protocol):
    """A source of reasons to lock."""

    def listen(self, heard: Callable[[LockReason], None], why: str) -> None:
        """Call ``heard`` on the interface thread from now on.

        ``why`` tells a person who looks at what holds up a suspend, for a moment, that a safe
        is being locked.
        """

    def let_sleep(self) -> None:
        """The safe is locked: the computer need not wait any longer before it sleeps."""


class NoLockSignals:
    """A system that says nothing."""

    def listen(self, heard: Callable[[LockReason], None], why: str) -> None:
        """Never call ``heard``."""

    def let_sleep(self) -> None:
        """Hold nothing up."""
