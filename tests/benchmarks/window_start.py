"""One start of a window, until its first paint; run as a program of its own.

``python -m tests.benchmarks.window_start coffre VAULT`` opens Coffre's unlock screen,
``... bare`` a QMainWindow with one label. Both end right after the first paint.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def bare() -> None:
    """Show a window with one label, as little as PySide6 can do."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    label = QLabel("Coffre", window)
    window.setCentralWidget(label)
    window.resize(1280, 820)
    window.show()
    window.grab()
    painted()
    QTimer.singleShot(0, application.quit)
    application.exec()


def painted() -> None:
    """Tell the one who holds the clock."""
    sys.stdout.write("painted\n")
    sys.stdout.flush()


def leave() -> None:
    """Tell that all of the window is painted, and end."""
    painted()
    QApplication.quit()


def coffre(vault: Path) -> None:
    """Run the real start of the window and leave after its first paint."""
    from wallet_app.ui import application  # noqa: PLC0415 - its imports are part of the cost

    class UntilPainted(application.MainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, leave)

    application.MainWindow = UntilPainted  # type: ignore[misc]
    application.run_window(vault, vault.parent / "settings.json")


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        coffre(Path(sys.argv[2]))
