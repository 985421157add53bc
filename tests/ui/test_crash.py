"""A fault is told where it happened and nothing of what it was about; it goes nowhere."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import seams_of, settle
from wallet_app.app.crash_files import CrashFiles
from wallet_app.ui.crash_guard import CrashGuard
from wallet_app.ui.crash_report import crash_text, without_paths
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.crash_sheet import CrashSheet

SECRET = "sentinel-of-a-badge"


def broken(badge: str) -> None:
    told = f"{badge} cannot be read"
    raise ValueError(told) from KeyError(badge)


def caught() -> BaseException:
    try:
        broken(SECRET)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_report_says_where_and_nothing_of_what() -> None:
    text = crash_text(caught(), datetime(2026, 11, 23, 9, 41, tzinfo=UTC))
    assert SECRET not in text
    assert str(Path(__file__).parent) not in text
    assert "test_crash.py" in text
    assert "broken" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "2026-11-23 09:41 UTC" in text


def test_the_dump_of_a_hard_crash_loses_its_paths() -> None:
    dump = 'File "/home/camille/x/wallet_app/ui/main.py", line 3 in run\n'
    assert without_paths(dump) == 'File "wallet_app/ui/main.py", line 3 in run\n'
    assert without_paths('File "/home/camille/y.py", line 1') == 'File "y.py", line 1'
    library = 'Binary file "/home/camille/lib/qt.so", at f+0x1'
    assert without_paths(library) == 'Binary file "qt.so", at f+0x1'


def test_nobody_else_may_read_the_dump(tmp_path: Path) -> None:
    files = CrashFiles(tmp_path)
    (tmp_path / "crash-hard.txt").write_text("of an older version")
    (tmp_path / "crash-hard.txt").chmod(0o644)
    with files.open_dump():
        assert (tmp_path / "crash-hard.txt").stat().st_mode & 0o077 == 0
    assert files.read() == ("", "")


@pytest.fixture
def guard(unlocked: MainWindow, tmp_path: Path) -> Iterator[CrashGuard]:
    guard = CrashGuard(unlocked, tmp_path / "state")
    guard.begin()
    yield guard
    guard.end()


def fail() -> None:
    broken(SECRET)


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("thread", ["interface", "worker"])
def test_it_is_shown_on_the_interface_thread_whatever_thread_it_came_from(
    qtbot: QtBot, unlocked: MainWindow, guard: CrashGuard, tmp_path: Path, thread: str
) -> None:
    if thread == "worker":
        worker = threading.Thread(target=fail)
        worker.start()
        worker.join()
    else:
        sys.excepthook(ValueError, caught(), caught().__traceback__)
    assert not unlocked.has_sheet
    qtbot.waitUntil(unlocked._toast.isVisible)
    assert unlocked._toast._action is not None
    unlocked._toast._action()
    (sheet,) = unlocked.findChildren(CrashSheet)
    text = sheet.report.toPlainText()
    assert SECRET not in text
    assert "broken" in text
    assert CrashFiles(tmp_path / "state").read()[0] == text
    sheet.copy.click()
    assert seams_of(unlocked).copied == [text]
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.save.click()
    assert (tmp_path / "Coffre report.txt").read_text() == text
    sheet.delete_it.click()
    assert CrashFiles(tmp_path / "state").read()[0] == ""
    settle(qtbot, unlocked)


def test_what_the_last_run_left_is_shown_at_the_next_start(
    qtbot: QtBot, locked: MainWindow, tmp_path: Path
) -> None:
    program = (
        "import faulthandler, os, pathlib\n"
        "from wallet_app.app.crash_files import CrashFiles\n"
        f"faulthandler.enable(CrashFiles(pathlib.Path({str(tmp_path)!r})).open_dump())\n"
        "os.abort()\n"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, check=False)
    assert ended.returncode < 0, "it really ended hard"
    guard = CrashGuard(locked, tmp_path)
    guard.begin()
    qtbot.waitUntil(lambda: locked.has_sheet)
    (sheet,) = locked.findChildren(CrashSheet)
    assert "Fatal Python error: Aborted" in sheet.report.toPlainText()
    sheet.close_sheet()
    guard.end()
    assert CrashFiles(tmp_path).read() == ("", "")


class Dying:
    def __del__(self) -> None:
        broken(SECRET)


@pytest.mark.qt_no_exception_capture
def test_a_fault_while_something_is_destroyed_is_told_and_its_message_printed_nowhere(
    qtbot: QtBot, unlocked: MainWindow, guard: CrashGuard, capsys: pytest.CaptureFixture[str]
) -> None:
    Dying()
    assert SECRET not in "".join(capsys.readouterr())
    qtbot.waitUntil(unlocked._toast.isVisible)
    assert guard._count == 1


@pytest.mark.qt_no_exception_capture
def test_a_fault_that_repeats_is_told_a_few_times_only(
    qtbot: QtBot, unlocked: MainWindow, guard: CrashGuard
) -> None:
    told: list[str] = []
    guard._told.connect(told.append)
    for _ in range(100):
        sys.excepthook(ValueError, caught(), None)
    qtbot.waitUntil(lambda: bool(told))
    QTimer.singleShot(0, unlocked, unlocked.lock)
    qtbot.waitUntil(lambda: not unlocked.session.is_open)
    assert len(told) == 20
