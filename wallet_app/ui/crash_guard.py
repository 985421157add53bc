"""Hears of every fault that nothing handled, on any thread, and says it where it can be seen."""

import faulthandler
import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from wallet_app.app.crash_files import CrashFiles
from wallet_app.errors import CoffreError
from wallet_app.ui.crash_report import crash_text, without_paths
from wallet_app.ui.sheets.crash_sheet import CrashSheet

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["CrashGuard"]

_MOST_TOLD: Final = 20
"""A fault in a painting repeats with each frame: the first few say it all."""
_log = logging.getLogger(__name__)


class CrashGuard(QObject):
    """Takes the hooks of the interpreter from ``begin`` to ``end``."""

    _told = Signal(str)

    def __init__(self, window: "MainWindow", folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._files = CrashFiles(folder)
        self._dump: TextIO | None = None
        self._count = 0
        self._busy = False
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._told.connect(self._show_message, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Listen, and offer what the last run left behind."""
        report, dump = self._files.read()
        left = "\n".join(text for text in (report, without_paths(dump)) if text.strip())
        self._listen_for_hard_crashes()
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread
        # Else the interpreter prints the message of the exception, which may quote a badge.
        sys.unraisablehook = self._hear_unraisable
        if left:
            QTimer.singleShot(0, self, lambda: self._open(left))

    def end(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._dump is not None:
            faulthandler.disable()
            self._dump.close()
            self._dump = None
            # A run that came to its end has nothing to say.
            self._files.delete_dump()

    def _listen_for_hard_crashes(self) -> None:
        try:
            self._dump = self._files.open_dump()
            faulthandler.enable(self._dump)
        except (OSError, CoffreError) as error:
            _log.info("hard crashes leave no trace: %s", type(error).__name__)

    def _hear(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, None)
            return
        # Any thread, and maybe while this very thing is told: nothing here may fail loudly.
        if self._busy or self._count >= _MOST_TOLD:
            return
        self._busy = True
        try:
            self._count += 1
            text = crash_text(error.with_traceback(trace), datetime.now(UTC))
            _log.error("unexpected %s at %s", kind.__name__, text.rstrip().rsplit("\n", 1)[-1])
            self._told.emit(text)
            self._files.write(text)
        except Exception as bug:
            # The border: a fault in telling of a fault ends here.
            _log.error("a fault could not be told: %s", type(bug).__name__)
        finally:
            self._busy = False

    def _hear_thread(self, args: "threading.ExceptHookArgs") -> None:
        if args.exc_value is not None:
            self._hear(args.exc_type, args.exc_value, args.exc_traceback)

    def _hear_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self._hear(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def _show_message(self, text: str) -> None:
        words = self._window.words
        self._window.toast(
            words.text("crash.toast"), words.text("crash.show"), lambda: self._open(text)
        )

    def _open(self, text: str) -> None:
        sheet = CrashSheet(self._window, self._window.context, text)
        sheet.seen.connect(self._files.delete_report)
        self._window.open_sheet(sheet)
