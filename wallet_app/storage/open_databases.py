"""Every open connection of this process, so that a lock can stop what runs on any of them.

A copy and a check of the vault have connections of their own, on other threads.
"""

from threading import Lock
from typing import Protocol
from weakref import WeakSet

__all__ = ["interrupt_all", "remember"]


class Interruptible(Protocol):
    """A connection."""

    def interrupt(self) -> None:
        """Stop a running query; any thread may call this, also after closing."""


_guard = Lock()
_open: WeakSet[Interruptible] = WeakSet()


def remember(database: Interruptible) -> None:
    """Let ``interrupt_all`` reach ``database`` as long as it lives."""
    with _guard:
        _open.add(database)


def interrupt_all() -> None:
    """Stop what runs on any connection; any thread may call this."""
    with _guard:
        found = list(_open)
    for database in found:
        database.interrupt()
