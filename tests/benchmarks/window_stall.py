"""How long the window is held up while a large library is unlocked, searched and ordered.

``python -m tests.benchmarks.window_stall VAULT`` prints one line of JSON per act: the
longest time in which the interface did not answer, and what of it was its own work.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.simulators.vaults import PASSPHRASE
from wallet_app.app.services import Services
from wallet_app.system.hardening import harden_process
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.library_order import Order, Shown

_TICK_MS = 2
_KEYS = ("b", "ba", "bad", "badg", "badge", "badge c", "")


class Watchdog:
    """Ticks as often as the event loop lets it, and remembers the longest gap."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.worst_ms = self.work_ms = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.worst_ms = max(self.worst_ms, 1_000 * (now - self._last) - _TICK_MS)
        self.work_ms = max(self.work_ms, 1_000 * (worked - self._worked))
        self._last, self._worked = now, worked


def main(vault: Path) -> None:
    """Do what a person does and tell how long each act held up the window."""
    harden_process()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Services.default(offline=True), vault, Path(folder) / "settings.json")
        window.resize(1280, 820)
        window.show()
        run_for(500)
        watchdog = Watchdog()
        for name, act in acts(window):
            watchdog.reset()
            started = time.perf_counter()
            act()
            settle(window)
            took = 1_000 * (time.perf_counter() - started)
            told = {"act": name, "worst_ms": watchdog.worst_ms, "work_ms": watchdog.work_ms}
            print(json.dumps({**told, "took_ms": took}), flush=True)
        window.close()
        window.deleteLater()
    del application


def acts(window: MainWindow) -> list[tuple[str, Callable[[], None]]]:
    """Return what is done, in order."""
    library = window.library

    def unlock() -> None:
        window.unlock.field.edit.setText(PASSPHRASE)
        window.unlock.button.click()

    def type_letters() -> None:
        for key in _KEYS:
            library.search.edit.setText(key)
            run_for(130)

    def change_modes() -> None:
        for mode in (Mode.LIST, Mode.CARDS):
            library.modes.choose(mode.value)
            run_for(50)

    return [
        ("unlock and list", unlock),
        ("search, seven keys", type_letters),
        ("list and cards", change_modes),
        ("order by name", lambda: library.set_order(Order.NAME)),
        ("order by date", lambda: library.set_order(Order.ISSUED)),
        ("order by addition", lambda: library.set_order(Order.ADDED)),
        ("only the verified", lambda: library.filters.choose(Shown.VERIFIED)),
        ("all", lambda: library.filters.choose(Shown.ALL)),
        ("read anew", library.refresh),
        ("lock", window.lock),
    ]


def settle(window: MainWindow) -> None:
    """Wait until nothing is under way."""
    quiet = 0
    while quiet < 30:
        run_for(5)
        waiting = window.session.is_open and window.library.search.is_waiting
        quiet = 0 if window.bridge.busy or waiting else quiet + 1


def run_for(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
