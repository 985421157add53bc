"""The application object: fonts, icon, crash guard, and the window."""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from wallet_app.app.services import Recipe, Services
from wallet_app.drawing.app_mark import app_icon
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.theme import look

__all__ = ["fitting", "run_window"]

_FRAME_PX = 40
"""Room for the title bar, which has no height before the window is shown."""

_log = logging.getLogger(__name__)


def run_window(vault_path: Path, settings_file: Path) -> int:
    """Run the event loop until the window is closed; return its exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("coffre")
    application.setApplicationDisplayName("Coffre")
    application.setDesktopFileName("coffre")
    application.setWindowIcon(app_icon())
    look()
    sys.excepthook = _log_bug
    garbage = InterfaceGarbage(application)
    window = MainWindow(Services.made_by(Recipe()), vault_path, settings_file)
    window.resize(fitting(window.size(), window.screen().availableSize()))
    window.show()
    code = application.exec()
    garbage.stop()
    return code


def fitting(wanted: QSize, available: QSize) -> QSize:
    """Return the size of a new window, so that its last row is on the screen, not below it.

    On a laptop of 1366 by 768 pixels, "Create my safe" and "Lock" would else be out of sight.
    """
    return wanted.boundedTo(available - QSize(0, _FRAME_PX))


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what a slot could not handle, without its message: it may quote a badge."""
    place = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    _log.error("unexpected %s at %s", kind.__name__, place)
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, None)
