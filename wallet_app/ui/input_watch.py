"""Notices that the person is there, and when they have been away for too long."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
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
_MS_PER_MINUTE = 60_000


class IdleWatch(QObject):
    """Emits ``left`` once nothing was touched for the agreed minutes (0: never)."""

    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.left)
        self._minutes = 0

    @property
    def is_counting(self) -> bool:
        """Whether the time is running."""
        return self._timer.isActive()

    def watch(self, window: QWindow) -> None:
        """Take the input of a native window as signs of life."""
        window.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Change the agreed time; it starts anew."""
        self._minutes = minutes
        self.restart()

    def restart(self) -> None:
        """Count from now."""
        if self._minutes > 0:
            self._timer.start(self._minutes * _MS_PER_MINUTE)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start anew at every sign of life."""
        if event.type() in _SIGNS_OF_LIFE:
            self.restart()
        return super().eventFilter(watched, event)
