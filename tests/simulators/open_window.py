"""A real window in a process of its own that opens its safe by itself and tells what happens.

    python -m tests.simulators.open_window VAULT SETTINGS PASSPHRASE|- [SOURCE ...]

With ``-`` it stays locked. Standard output has one line for each thing that happens.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Self

__all__ = ["WindowProcess"]

_ROOT = Path(__file__).resolve().parents[2]


class WindowProcess:
    """Starts one and reads what it tells."""

    def __init__(self, vault: Path, settings: Path, passphrase: str, *sources: str) -> None:
        command = [sys.executable, "-m", "tests.simulators.open_window"]
        self.process = subprocess.Popen(
            [*command, str(vault), str(settings), passphrase or "-", *sources],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, wanted: str, patience_s: float = 30) -> str:
        """Return the next line that begins with ``wanted``.

        Raises:
            AssertionError: it does not come in time.
        """
        seen = []
        while True:
            try:
                line = self._lines.get(timeout=patience_s)
            except Empty:
                raise AssertionError((wanted, "never came", seen)) from None
            seen.append(line)
            if line.startswith(wanted):
                return line

    def end(self) -> int:
        """Return the exit code."""
        return self.process.wait(20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put("end")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _main(vault: str, settings: str, passphrase: str, *sources: str) -> int:
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - only in the other process

    from wallet_app.crypto.secret import Secret  # noqa: PLC0415
    from wallet_app.errors import CoffreError  # noqa: PLC0415
    from wallet_app.ui import application  # noqa: PLC0415
    from wallet_app.ui.main_window import MainWindow  # noqa: PLC0415

    class Telling(MainWindow):
        def __init__(self, *arguments: object, language: str = "") -> None:
            super().__init__(*arguments, language=language)  # type: ignore[arg-type]
            self.session.opened.connect(lambda: _tell("open"))
            self.session.locked.connect(lambda: _tell("locked"))
            self.session.closed.connect(lambda: _tell("closed"))
            self.sources_dropped.connect(lambda names: _tell(f"took {names}"))
            QTimer.singleShot(0, self, self.begin)

        def begin(self) -> None:
            if passphrase == "-":
                _tell(f"shown {self.handed_over.waiting}")
                return
            secret = Secret.from_text(passphrase)
            self.session.open(secret, failed=lambda error: _tell(f"failed {error.code}"))

    application.MainWindow = Telling  # type: ignore[misc]
    try:
        return application.run_window(Path(vault), Path(settings), sources)
    except CoffreError as error:
        _tell(f"refused {error.code}")
        return 5


if __name__ == "__main__":
    raise SystemExit(_main(*sys.argv[1:]))
