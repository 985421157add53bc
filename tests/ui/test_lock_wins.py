"""Nothing stops a lock: not what runs, not what hangs, not what is open, not a second lock."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle, unlock
from wallet_app.app.drafts import Draft
from wallet_app.app.open_safe import check_backup
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.storage import running_age
from wallet_app.ui import copy_rounds
from wallet_app.ui.main_window import MainWindow

CLOSED_WITHIN_MS = 3_000
"""Half a second is promised; a test machine has more to do than this test."""
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def lock_within(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.closed, timeout=CLOSED_WITHIN_MS):
        window.lock()
    assert window.stack.currentWidget() is window.unlock


def start(window: MainWindow, work: Callable[[Safe], object]) -> threading.Event:
    """Run ``work`` on the safe's thread; the event is set when it has begun."""
    begun = threading.Event()

    def job(safe: Safe) -> object:
        begun.set()
        return work(safe)

    window.session.ask(window, "long", job, done=pytest.fail, failed=pytest.fail)
    assert begun.wait(10)
    return begun


def test_a_query_without_end(qtbot: QtBot, unlocked: MainWindow) -> None:
    start(unlocked, lambda safe: safe._vault.database.rows(ENDLESS))
    lock_within(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open


def test_work_that_waits_for_a_silent_computer(qtbot: QtBot, unlocked: MainWindow) -> None:
    release = threading.Event()
    start(unlocked, lambda _safe: release.wait(60))
    try:
        lock_within(qtbot, unlocked)
    finally:
        release.set()
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open


def test_checks_and_pictures_in_the_pool_that_wait(qtbot: QtBot, unlocked: MainWindow) -> None:
    begun, release = threading.Event(), threading.Event()

    def wait(_cancelled: CancelToken) -> bool:
        begun.set()
        return release.wait(60)

    for _ in range(4):
        unlocked.bridge.on_pool(unlocked, "silent", wait, done=pytest.fail, failed=pytest.fail)
    assert begun.wait(10)
    try:
        lock_within(qtbot, unlocked)
        assert not unlocked.bridge.is_at_rest
    finally:
        release.set()
    qtbot.waitUntil(lambda: unlocked.bridge.is_at_rest)


def test_a_running_backup_leaves_a_whole_file_or_none(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "b.coffre"
    path.parent.mkdir()
    start(unlocked, lambda safe: safe.backup(path, Secret.from_text("of a backup")))
    qtbot.waitUntil(lambda: bool(running_age._running), timeout=20_000)
    lock_within(qtbot, unlocked)
    # The process that held every badge in clear has ended, and so does the work.
    qtbot.waitUntil(lambda: unlocked.bridge.is_at_rest)
    assert not running_age._running
    left = list(path.parent.iterdir())
    assert left in ([], [path])
    if left:
        assert check_backup(path, Secret.from_text("of a backup")).badges == 10


def test_a_running_check_of_every_page(qtbot: QtBot, unlocked: MainWindow) -> None:
    def again_and_again(safe: Safe) -> None:
        while True:
            safe.integrity_problems()

    start(unlocked, again_and_again)
    lock_within(qtbot, unlocked)


def test_a_running_import_keeps_whole_badges(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    for number in range(60):
        (tmp_path / f"{number}.json").write_text(
            f'{{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"urn:{number}"}}',
            encoding="utf-8",
        )
    unlocked.sources_dropped.emit([str(path) for path in tmp_path.glob("*.json")])
    qtbot.waitUntil(lambda: unlocked.tasks is not None and unlocked.tasks.run.tally.done > 2)
    lock_within(qtbot, unlocked)
    unlock(qtbot, unlocked)
    problems: list[object] = []
    unlocked.session.ask(
        unlocked,
        "check",
        lambda safe: safe.integrity_problems(),
        done=problems.append,
        failed=unlocked.report,
    )
    settle(qtbot, unlocked)
    assert problems == [()]


def test_a_text_is_kept_while_the_thread_is_busy(qtbot: QtBot, unlocked: MainWindow) -> None:
    release = threading.Event()

    def drafts() -> list[Draft]:
        return [Draft("", "introduction", "half a sentence")]

    unlocked.session.offer_drafts_from(drafts)
    start(unlocked, lambda _safe: release.wait(60))
    try:
        lock_within(qtbot, unlocked)
    finally:
        release.set()
    unlock(qtbot, unlocked)
    kept: list[str] = []
    unlocked.session.ask(
        unlocked,
        "drafts",
        lambda safe: [offered.draft.text for offered in safe.drafts()],
        done=kept.extend,
        failed=unlocked.report,
    )
    settle(qtbot, unlocked)
    assert kept == ["half a sentence"]


def test_a_page_whose_forgetting_fails(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("a bug in a page")

    monkeypatch.setattr(unlocked.library, "forget", broken)
    library = unlocked.library
    lock_within(qtbot, unlocked)
    settle(qtbot, unlocked)
    assert unlocked.library is not library, "it is gone all the same"


def test_the_interface_answers_at_once(qtbot: QtBot, unlocked: MainWindow) -> None:
    release = threading.Event()
    start(unlocked, lambda _safe: release.wait(60))
    started = time.monotonic()
    unlocked.lock()
    took = time.monotonic() - started
    release.set()
    assert unlocked.stack.currentWidget() is unlocked.unlock
    assert took < 0.4, "the person sees the lock before the thread has ended"


def test_closing_the_window_while_its_thread_is_busy(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For the last automatic copy, which cannot begin, a window waits ten seconds: not the point.
    monkeypatch.setattr(copy_rounds, "_LAST_WAIT_MS", 1_000)
    start(unlocked, lambda safe: safe._vault.database.rows(ENDLESS))
    unlocked.close()
    assert unlocked.session._open_safe is None
    assert not (unlocked.session.vault_path / "vault.db-wal").exists()
