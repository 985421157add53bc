"""Waits that end at the earliest moment at which they may, not at the usual one.

What a job found reaches the window as a queued call; layouts, pictures and the end of dropped
widgets follow in other turns of the event loop. Whether a wait for the one sees the others as
well is chance on a busy computer, and a test that counts on it fails once in a thousand runs.
Here it seldom sees them: such a test fails where it is written.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

__all__ = ["HastyQtBot"]

_PATIENCE_MS: Final = 20_000
"""Nothing takes so long but on a computer that does much else: the usual five seconds do not."""
_LOOKS: Final = 8
_PAUSE_SECONDS: Final = 0.002


class HastyQtBot(QtBot):
    """Between two turns of the event loop it looks for what queued calls alone bring."""

    def waitUntil(  # noqa: N802  (Qt's own way of naming)
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS
    ) -> None:
        """Wait as pytest-qt does, ``timeout`` in milliseconds."""

        def look_early() -> bool | None:
            for _ in range(_LOOKS):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
                if _is_reached(callback):
                    return True
                time.sleep(_PAUSE_SECONDS)
            return callback()

        super().waitUntil(look_early, timeout=timeout)

    def waitSignal(  # noqa: N802  (Qt's own way of naming)
        self,
        signal: SignalInstance,
        *,
        timeout: int = _PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """Wait as pytest-qt does, ``timeout`` in milliseconds."""
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )


def _is_reached(callback: Callable[[], bool | None]) -> bool:
    try:
        return callback() in (None, True)
    except AssertionError:
        return False
