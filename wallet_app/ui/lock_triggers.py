"""Everything but the person that locks the safe: the desktop, the clocks, a minimised window.

Idle time is the window's own (``IdleWatch``); stopping the program is ``application``'s.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager

from wallet_app.app.settings import Settings
from wallet_app.system.lock_signals import LockReason, LockSignals

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["LockTriggers"]

_MINIMISED_MS: Final = 5_000
"""A window that is minimised by mistake comes back within this time, and the safe stays open."""


class LockTriggers(QObject):
    """Listens as long as the window lives. What is switched off in the settings is not heeded."""

    def __init__(self, window: "MainWindow", signals: LockSignals) -> None:
        super().__init__(window)
        self._window = window
        self._signals = signals
        self._minimised = QTimer(self)
        self._minimised.setSingleShot(True)
        self._minimised.setInterval(_MINIMISED_MS)
        self._minimised.timeout.connect(self._lock_if_minimised)
        window.installEventFilter(self)
        window.idle.slept.connect(self._on_slept)
        window.session.closed.connect(self._signals.let_sleep)
        signals.listen(self.hear, window.words.text("lock.why"))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._end_session)
            application.applicationStateChanged.connect(self._look)
            application.aboutToQuit.connect(window.lock)

    def hear(self, reason: LockReason) -> None:
        """Lock for a reason that the settings know."""
        if _is_heeded(self._window.settings, reason):
            self._window.lock()
        if self._window.session.is_closed:
            self._signals.let_sleep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window is minimised, or back."""
        if event.type() == QEvent.Type.WindowStateChange:
            wanted = self._window.settings.lock_on_minimise and self._window.isMinimized()
            if wanted:
                self._minimised.start()
            else:
                self._minimised.stop()
        return super().eventFilter(watched, event)

    @Slot()
    def _lock_if_minimised(self) -> None:
        if self._window.isMinimized():
            self._window.lock()

    @Slot()
    def _on_slept(self) -> None:
        self.hear(LockReason.SLEEP)

    @Slot(Qt.ApplicationState)
    def _look(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._window.idle.look()

    @Slot(QSessionManager)
    def _end_session(self, _manager: QSessionManager) -> None:
        self._window.lock()


def _is_heeded(settings: Settings, reason: LockReason) -> bool:
    return {
        LockReason.SCREEN_LOCKED: settings.lock_on_screen_lock,
        LockReason.SESSION_LOCKED: settings.lock_on_screen_lock,
        LockReason.SLEEP: settings.lock_on_sleep,
        LockReason.SESSION_LEFT: settings.lock_on_switch,
    }[reason]
