"""Waits that end at the earliest moment at which they may, not at the usual one.

What a job found reaches the window as a queued call; layouts, pictures and the end of dropped
widgets follow in other turns of the event loop. Whether a wait for the one sees the others as
well is chance on a busy computer, and a test that counts on it fails once in a thousand runs.
Here it seldom sees them: such a test fails where it is written.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

__all__ = ["HastyQtBot"]

_LOOKS: Final = 8
_PAUSE_SECONDS: Final = 0.002


class HastyQtBot(QtBot):
    """Between two turns of the event loop it looks for what queued calls alone bring."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:  # noqa: N802  (Qt's own way of naming)
        """Wait as pytest-qt does, ``timeout`` in milliseconds."""

        def look_early() -> bool | None:
            for _ in range(_LOOKS):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
                if _is_reached(callback):
                    return True
                time.sleep(_PAUSE_SECONDS)
            return callback()

        super().waitUntil(look_early, timeout=timeout)


def _is_reached(callback: Callable[[], bool | None]) -> bool:
    try:
        return callback() in (None, True)
    except AssertionError:
        return False
