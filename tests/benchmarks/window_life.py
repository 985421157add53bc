"""One life of a window, told line by line; run as a program of its own.

``python -m tests.benchmarks.window_life coffre VAULT`` opens Coffre, unlocks the safe, waits for
the whole list and locks; ``... bare`` shows a QMainWindow with one label. A line is a stage that is
painted, the milliseconds of the processor until then, and what the process holds, in KiB.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.simulators.vaults import PASSPHRASE

_EVERY_MS = 2


def tell(stage: str) -> None:
    """Tell the one who counts."""
    resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    kib = resident * os.sysconf("SC_PAGE_SIZE") // 1024
    sys.stdout.write(f"{stage} {1_000 * time.process_time():.0f} {kib}\n")
    sys.stdout.flush()


def bare() -> None:
    """Show a window with one label, as little as PySide6 can do."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    label = QLabel("Coffre", window)
    window.setCentralWidget(label)
    window.resize(1280, 820)
    window.show()
    window.grab()
    tell("painted")
    QTimer.singleShot(0, application.quit)
    application.exec()


def coffre(vault: Path) -> None:
    """Run the real start of the window, and lead it through its stages."""
    from wallet_app.system.hardening import harden_process  # noqa: PLC0415 - part of the cost
    from wallet_app.ui import application  # noqa: PLC0415 - likewise

    harden_process()

    class Led(application.MainWindow):
        leader: "Leader | None" = None

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            if self.leader is None:
                self.leader = Leader(self)

    application.MainWindow = Led  # type: ignore[misc]
    application.run_window(vault, vault.parent / "settings.json")


class Leader(QObject):
    """Does the next thing as soon as the one before is on the screen."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()
        self._stages = iter(
            (
                ("unlock", self._type),
                ("first", _wait),
                ("whole", window.lock),
                ("locked", self._end),
            )
        )
        self._stage, self._act = next(self._stages)

    def _look(self) -> None:
        if self._is_there():
            self._window.grab()
            tell(self._stage)
            act = self._act
            self._stage, self._act = next(self._stages, ("", _wait))
            act()

    def _is_there(self) -> bool:
        window = self._window
        if self._stage == "locked":
            # The memory is given back last of all.
            from wallet_app.ui.leaving import Leaving  # noqa: PLC0415 - part of the cost

            return not window.findChild(Leaving).has_traces
        if self._stage == "unlock":
            return True
        if not window.session.is_open or not window.library.model.rowCount():
            return False
        return self._stage == "first" or (window.library._found.is_whole and not window.bridge.busy)

    def _type(self) -> None:
        self._window.unlock.field.edit.setText(PASSPHRASE)
        self._window.unlock.button.click()

    def _end(self) -> None:
        self._clock.stop()
        QApplication.quit()


def _wait() -> None:
    """The rest comes by itself."""


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        coffre(Path(sys.argv[2]))
