"""A real window that goes through the scenes and waits at each that is asked for.

Run by ``accessibility_campaign.py``: names what is in front on its output, waits for a line.
"""

import sys
import tempfile
import threading
from pathlib import Path

# The simulators name each other without the folder that they are in, as pytest finds them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from tests.screenshots.scenes import Look, take_all
from tests.screenshots.studio import Studio, wait_until
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow


def main(language: str, wanted: set[str]) -> int:
    application = QApplication(["coffre"])
    application.setApplicationDisplayName("Coffre")
    garbage = InterfaceGarbage(application)

    def wait(screen: str, window: MainWindow) -> None:
        if wanted and screen not in wanted:
            return
        window.activateWindow()
        sys.stdout.write(f"{screen}\n")
        sys.stdout.flush()
        read = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.readline(), read.set()), daemon=True).start()
        wait_until(window, read.is_set)

    with tempfile.TemporaryDirectory(prefix="coffre-shown-") as place:
        take_all(Studio(Path(place)), Look(language, "light"), wait, lambda _name, _png: None)
    garbage.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], set(sys.argv[2:])))
