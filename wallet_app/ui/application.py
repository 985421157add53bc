"""The application object: fonts, icon, crash guard, and the window."""

import logging
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from wallet_app.app.services import Recipe, Services
from wallet_app.drawing.app_mark import app_icon
from wallet_app.system.lock_signals import LockSignals, NoLockSignals
from wallet_app.system.stop_signals import StopSignals
from wallet_app.ui.crash_guard import CrashGuard
from wallet_app.ui.first_window import FirstWindow, hand_over
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.lock_triggers import LockTriggers
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.open_events import OpenEvents
from wallet_app.ui.theme import look

__all__ = ["fitting", "run_window"]

_FRAME_PX = 40
"""Room for the title bar, which has no height before the window is shown."""

_SIGNALLED = 128
"""What shells add to the number of the signal that ended a program."""

_log = logging.getLogger(__name__)


def run_window(
    vault_path: Path,
    settings_file: Path,
    sources: Sequence[str] = (),
    recipe: Recipe | None = None,
    language: str = "",
) -> int:
    """Run the event loop until the window is closed; return its exit code.

    Raises:
        EnvironmentFault: ``instance.silent``: another window shows this safe and is mute.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("coffre")
    application.setApplicationDisplayName("Coffre")
    application.setDesktopFileName("coffre")
    if hand_over(vault_path, sources):
        return 0
    application.setWindowIcon(app_icon())
    look()
    garbage = InterfaceGarbage(application)
    services = Services.made_by(recipe or Recipe())
    window = MainWindow(services, vault_path, settings_file, language=language)
    guard = CrashGuard(window, settings_file.parent)
    guard.begin()
    first = FirstWindow(window, vault_path)
    OpenEvents(application, window)
    available = window.screen().availableSize()
    # With text at 150 %, a small laptop has less room than the least that looks good.
    window.setMinimumSize(fitting(window.minimumSize(), available))
    window.resize(fitting(window.size(), available))
    window.memory.put_back()
    window.show()
    if sources:
        window.handed_over.take(sources)
    stopped: list[int] = []
    signals = StopSignals(application, partial(_stop, window, stopped))
    QTimer.singleShot(0, window, partial(_listen, window))
    code = application.exec()
    # However the loop ended, the safe is closed before the program is.
    window.session.lock()
    window.bridge.close()
    signals.release()
    first.end()
    guard.end()
    garbage.stop()
    return _SIGNALLED + stopped[0] if stopped else code


def _listen(window: MainWindow) -> None:
    """Hear the desktop, after the first painting: a slow bus must not delay the lock screen."""
    signals: LockSignals = NoLockSignals()
    if sys.platform.startswith("linux"):
        from wallet_app.system.desktop_bus import DesktopBus  # noqa: PLC0415 - Linux only

        signals = DesktopBus(window)
    LockTriggers(window, signals)


def _stop(window: MainWindow, stopped: list[int], number: int) -> None:
    stopped.append(number)
    window.close()
    QApplication.quit()


def fitting(wanted: QSize, available: QSize) -> QSize:
    """Return the size of a new window, so that its last row is on the screen, not below it.

    On a laptop of 1366 by 768 pixels, "Create my safe" and "Lock" would else be out of sight.
    """
    return wanted.boundedTo(available - QSize(0, _FRAME_PX))
