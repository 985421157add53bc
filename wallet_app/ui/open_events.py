"""Files and links that the system gives to a running program, as macOS does by an event."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["OpenEvents"]


class OpenEvents(QObject):
    """Takes them as if a second start had handed them over."""

    def __init__(self, application: QObject, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the event, and leave every other alone."""
        if isinstance(event, QFileOpenEvent):
            name = event.file() or event.url().toString()
            if name:
                self._window.handed_over.take([name])
            return True
        return super().eventFilter(watched, event)
