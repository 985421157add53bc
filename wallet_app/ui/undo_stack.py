"""What can be undone, latest first, until the lock."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

__all__ = ["UndoStack"]

_KEPT: Final = 50


@dataclass(frozen=True, slots=True)
class _Undoable:
    what: str
    undo: Callable[[], None]


class UndoStack(QObject):
    """Holds functions that ask the safe for the opposite of a change, never what was changed.

    Signals:
        changed: another change would be undone next, or none.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: deque[_Undoable] = deque(maxlen=_KEPT)

    @property
    def what(self) -> str:
        """The sentence that said what was done last, "" when nothing can be undone."""
        return self._done[-1].what if self._done else ""

    def push(self, what: str, undo: Callable[[], None]) -> None:
        """Keep how to undo what was done just now."""
        self._done.append(_Undoable(what, undo))
        self.changed.emit()

    def undo(self) -> bool:
        """Undo the latest change, once; returns whether there was one."""
        if not self._done:
            return False
        latest = self._done.pop()
        self.changed.emit()
        latest.undo()
        return True

    def forget(self) -> None:
        """Keep nothing: the safe is locking."""
        self._done.clear()
        self.changed.emit()
