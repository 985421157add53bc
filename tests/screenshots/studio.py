"""A real window over a real safe, for pictures: fixed clock, no network, no questions."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.screenshots.long_badges import fill_long
from wallet_app.app.demo import sample_services
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.trust_lists import load_lists
from wallet_app.crypto.secret import Secret
from wallet_app.resources import resource_path
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.theme import look

PASSPHRASE: Final = "velvet orbit granite meadow"
NOW: Final = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
_PATIENCE_S: Final = 30.0
_STEP_S: Final = 0.005
_TURNS: Final = 4
_STILL_S: Final = 0.05


class Studio:
    """Makes the safes once; each window works on a copy."""

    def __init__(self, folder: Path, *, less_motion: bool = False) -> None:
        """``less_motion``: panels open at once, so that nobody has to wait for them."""
        self._less_motion = less_motion
        self._folder = folder
        self._clock = NOW
        self._count = 0
        self.services = Services.default(now=lambda: self._clock, offline=True)
        self._samples = folder / "samples"
        self._empty = folder / "empty"
        self._long = folder / "long"
        self._make_safes()
        self.to_import = folder / "Badges 2026"
        self._make_folder_to_import()

    def _make_safes(self) -> None:
        self._clock = NOW - timedelta(days=1, hours=2)
        with create_safe(self._samples, Secret.from_text(PASSPHRASE), self.services) as safe:
            safe.import_demo()
            self._clock = NOW - timedelta(hours=15, minutes=37)
            safe.backup(self._folder / "Coffre 2026-11-22.coffre", Secret.from_text(PASSPHRASE))
            self._clock = NOW - timedelta(minutes=12)
            for row in safe.badges():
                safe.check_again(row.id)
            self._tell_of_people(safe)
        create_safe(self._empty, Secret.from_text(PASSPHRASE), self.services).close()
        with create_safe(self._long, Secret.from_text(PASSPHRASE), self.services) as safe:
            fill_long(safe)
        self._clock = NOW

    def _tell_of_people(self, safe: Safe) -> None:
        suggested = safe.people.suggestions()
        safe.people.add_identity("camille@vasseur.example")
        identity = suggested[0].identity
        safe.people.add_identity(f"{identity.kind}:{identity.value}")
        verified = next(row.id for row in safe.badges() if row.verdict == "verified")
        safe.people.know_issuer(safe.badge(verified))
        schools = self._folder / "schools.json"
        schools.write_text('{"registry": {"did:web:a.example": {"name": "A"}}}')
        safe.people.keep_lists(load_lists(str(schools), self.services, name="European schools"))

    def _make_folder_to_import(self) -> None:
        shutil.copytree(resource_path("samples", "badges"), self.to_import)
        (self.to_import / "holiday photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        (self.to_import / "invoice.txt").write_text("Invoice 2041\n", encoding="utf-8")
        (self.to_import / "empty.json").write_bytes(b"")
        first = sorted(self.to_import.glob("*.json"))[0]
        shutil.copy(first, self.to_import / f"{first.stem} copy.json")

    def window(self, safe: str, language: str, theme: str, size: tuple[int, int]) -> MainWindow:
        """Return a shown window; ``safe`` is ``samples``, ``empty``, ``long`` or ``none``.

        Its network is the folder of documents that comes with the samples.
        """
        self._count += 1
        place = self._folder / f"window-{self._count}"
        place.mkdir()
        if safe != "none":
            shutil.copytree(self._folder / safe, place / "safe")
        settings = {
            "version": 1,
            "language": language,
            "theme": theme,
            "lock_after_minutes": 10,
            "less_motion": self._less_motion,
        }
        (place / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        window = MainWindow(sample_services(self.services), place / "safe", place / "settings.json")
        window.resize(*size)
        window.show()
        settle(window)
        return window

    def open_window(
        self, safe: str, language: str, theme: str, size: tuple[int, int]
    ) -> MainWindow:
        """Return a window whose safe is open."""
        window = self.window(safe, language, theme, size)
        window.unlock.field.edit.setText(PASSPHRASE)
        window.unlock.button.click()
        settle(window)
        return window


def close(window: MainWindow) -> None:
    """Close a window and destroy it here: left to the garbage collector, it could be
    destroyed on a worker's thread, which Qt does not survive."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def settle(window: MainWindow, *, still_s: float = _STILL_S) -> None:
    """Let the window work until it has been still for ``still_s`` seconds.

    What opens takes its time there; where nothing moves there is nothing to wait for.

    Raises:
        TimeoutError: it never comes to rest.
    """
    still_s = still_s if look().duration else min(still_s, _STILL_S)
    started = quiet_since = time.monotonic()
    turns = 0
    # On a busy computer the time passes without a turn, and a turn shows what the one before added.
    while window.bridge.busy or turns < _TURNS or time.monotonic() - quiet_since < still_s:
        QApplication.processEvents()
        turns += 1
        if window.bridge.busy:
            quiet_since, turns = time.monotonic(), 0
        if time.monotonic() - started > _PATIENCE_S:
            raise TimeoutError
        time.sleep(_STEP_S)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def wait_until(window: MainWindow, reached: Callable[[], bool]) -> None:
    """Let the window work until ``reached`` says so.

    Raises:
        TimeoutError: it never does.
    """
    started = time.monotonic()
    while not reached():
        QApplication.processEvents()
        if time.monotonic() - started > _PATIENCE_S:
            raise TimeoutError
        time.sleep(_STEP_S)
    window.update()
