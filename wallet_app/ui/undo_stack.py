"""What can be undone, latest first, until the lock."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

__all__ = ["UndoStack", "Undoable"]

_KEPT: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class Undoable:
    """One change, and what takes it back.

    Attributes:
        away: ids of the badges that it would bring back; it is done when all came by another way.
    """

    what: str
    undo: Callable[[], None]
    away: frozenset[str] = frozenset()


class UndoStack(QObject):
    """Holds functions that ask the safe for the opposite of a change, never what was changed.

    Signals:
        changed: another change would be undone next, or none.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: deque[Undoable] = deque(maxlen=_KEPT)
        self._back: set[str] = set()

    @property
    def what(self) -> str:
        """The sentence that said what was done last, "" when nothing can be undone."""
        return self._done[-1].what if self._done else ""

    def push(self, what: str, undo: Callable[[], None], away: Sequence[str] = ()) -> Undoable:
        """Keep how to undo what was done just now; ``away``: the badges that it took away."""
        done = Undoable(what, undo, frozenset(away))
        self._back -= done.away
        self._done.append(done)
        self.changed.emit()
        return done

    def undo(self, done: Undoable | None = None) -> bool:
        """Undo a change, the latest without ``done``, once; returns whether it was still there."""
        found = done or (self._done[-1] if self._done else None)
        if found is None or found not in self._done:
            return False
        self._done.remove(found)
        self.changed.emit()
        found.undo()
        return True

    @Slot(object)
    def note_back(self, badge_ids: Sequence[str]) -> None:
        """Drop what would bring back only what is back, or gone for good."""
        awaited = frozenset[str]().union(*(done.away for done in self._done))
        self._back.update(awaited.intersection(badge_ids))
        left = [done for done in self._done if not done.away or done.away - self._back]
        if len(left) < len(self._done):
            self._done = deque(left, maxlen=_KEPT)
            self.changed.emit()

    def forget(self) -> None:
        """Keep nothing: the safe is locking."""
        self._done.clear()
        self._back.clear()
        self.changed.emit()
