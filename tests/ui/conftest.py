"""A real window over a real safe: the sample badges, a fixed clock, no network."""

import gc
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import (
    PASSPHRASE,
    AnsweringSeams,
    OpenWindow,
    badge_of,
    settle,
    unlock,
)
from wallet_app.app.open_safe import create_safe
from wallet_app.app.services import Recipe, Services
from wallet_app.crypto.jsonld import forget_documents
from wallet_app.crypto.secret import Secret
from wallet_app.network.contacts import BOOK
from wallet_app.ui.main_window import MainWindow

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


@pytest.fixture(scope="session")
def settled_heap() -> None:
    """Keep what the imports made out of every later collection: it lives to the end.

    Not what documents left in caches: frozen, it could never be let go, as a lock does.
    """
    forget_documents()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected_on_this_thread(settled_heap: None) -> Iterator[None]:
    """Destroy what a test left behind here, never on a worker of a later test."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def services() -> Services:
    return Services.made_by(Recipe(NOW, offline=True))


@pytest.fixture(scope="session")
def sample_safe(tmp_path_factory: pytest.TempPathFactory, services: Services) -> Path:
    """A safe with the sample badges, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("sample") / "safe"
    # Whom earlier tests asked was not asked for this safe, which would keep it.
    BOOK.drain()
    with create_safe(folder, Secret.from_text(PASSPHRASE), services) as safe:
        safe.import_demo()
    return folder


@pytest.fixture(scope="session")
def empty_safe(tmp_path_factory: pytest.TempPathFactory, services: Services) -> Path:
    """A safe with nothing in it, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("empty") / "safe"
    BOOK.drain()
    create_safe(folder, Secret.from_text(PASSPHRASE), services).close()
    return folder


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, services: Services) -> Iterator[OpenWindow]:
    """Open windows over a copy of a safe, and close them at the end as a person would."""
    opened: list[MainWindow] = []
    # What an earlier test's safe has not kept would be kept by this one.
    BOOK.drain()

    def make(safe: Path, *, language: str = "en", theme: str = "light") -> MainWindow:
        copy = tmp_path / "safe"
        if not copy.exists():
            shutil.copytree(safe, copy)
        settings = tmp_path / "settings.json"
        text = {"version": 1, "language": language, "theme": theme, "lock_after_minutes": 10}
        settings.write_text(json.dumps(text), encoding="utf-8")
        window = MainWindow(services, copy, settings, seams=AnsweringSeams)
        opened.append(window)
        window.show()
        # Shortcuts and focus belong to the active window, as on a real desktop.
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def locked(open_window: OpenWindow, sample_safe: Path) -> MainWindow:
    """The locked window over the sample badges."""
    return open_window(sample_safe)


@pytest.fixture
def unlocked(qtbot: QtBot, locked: MainWindow) -> MainWindow:
    """The open window over the sample badges, showing the library."""
    unlock(qtbot, locked)
    assert locked.session.is_open
    return locked


@pytest.fixture
def badge(qtbot: QtBot, unlocked: MainWindow) -> str:
    badge_id = badge_of(unlocked, "verified")
    unlocked.show_badge(badge_id)
    settle(qtbot, unlocked)
    return badge_id
