"""Closing an open safe, whatever else it is doing. No Qt here.

First in turn: what was accepted before the lock may end on the safe's own thread, then what
was being written is kept and the safe closes. After ``PATIENCE_S`` it is closed from here.

Threat: a lock that waits. A running backup, a check of every page, or work that waits for a
silent computer would else keep the key in memory for as long as it takes.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from wallet_app.app.drafts import Draft
from wallet_app.storage.running_age import end_running

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.app.task_runner import CancelToken

__all__ = ["PATIENCE_S", "Closing", "SafeHolder"]

PATIENCE_S: Final = 0.5
"""How long work that was accepted before the lock may still take, in seconds."""

_log = logging.getLogger(__name__)


class SafeHolder:
    """Holds one safe from before it is open until it is dropped. Any thread may call it."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._guard = Lock()
        self._dropped = False
        self._safe: Safe | None = None

    @property
    def safe(self) -> "Safe | None":
        """The open safe, or None before and after."""
        return self._safe

    def put(self, safe: "Safe") -> bool:
        """Take a safe that has just opened; False, and closed again, if nobody wants it."""
        with self._guard:
            if not self._dropped:
                self._safe = safe
                return True
        safe.close()
        return False

    def drop(self) -> "Safe | None":
        """Let go of the safe, now and if it opens later; return it if it is open."""
        with self._guard:
            self._dropped = True
            safe, self._safe = self._safe, None
            return safe


class Closing:
    """One lock: ``leave`` is queued on the safe's thread, ``watch`` sees to it that it ends."""

    def __init__(
        self,
        holder: SafeHolder,
        drafts: Sequence[Draft],
        ended: Callable[[], None],
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Drop what ``holder`` holds; ``ended`` is called once, on some thread, when closed."""
        self._safe = holder.drop()
        self._drafts = tuple(drafts)
        self._tell = ended
        self._patience_s = patience_s
        self._closed = Event()
        self._guard = Lock()

    def leave(self, _cancelled: "CancelToken") -> None:
        """Close in turn; runs on the safe's own thread, behind what was accepted before."""
        safe, self._safe = self._safe, None
        try:
            if safe is not None:
                safe.leave(self._drafts)
        finally:
            self._end()

    def watch(self) -> None:
        """See to it that the safe closes in time; returns at once."""
        safe = self._safe
        if safe is not None:
            Thread(target=self._force, args=(safe,), name="lock", daemon=True).start()

    def _force(self, safe: "Safe") -> None:
        if not self._closed.wait(self._patience_s):
            _log.info("the safe was closed while its thread was busy")
            safe.shut(self._drafts)
            self._end()

    def _end(self) -> None:
        with self._guard:
            first = not self._closed.is_set()
            self._closed.set()
            self._drafts = ()
        if first:
            # A backup under way holds every badge in clear, in a process of its own.
            end_running()
            self._tell()
