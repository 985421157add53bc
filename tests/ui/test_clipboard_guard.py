"""What Coffre copies is taken back: after a while, at the lock, at the end, and only if ours."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow
from wallet_app.crypto.secret import Secret
from wallet_app.ui.clipboard_guard import ClipboardGuard, copied_sentence
from wallet_app.ui.main_window import MainWindow
from wallet_app.wording import LANGUAGES, Words

CODE = "recovery-code-of-a-test"


@pytest.fixture
def clipboard(qapp: QObject) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def guard(qtbot: QtBot) -> Iterator[ClipboardGuard]:
    parent = QObject()
    yield ClipboardGuard(parent)
    del parent


def test_it_is_marked_for_programs_that_keep_what_is_copied(
    guard: ClipboardGuard, clipboard: QClipboard
) -> None:
    guard.copy_secret(Secret.from_text(CODE))
    mime = clipboard.mimeData()
    assert mime.text() == CODE
    assert bytes(mime.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert mime.hasFormat("application/x-nspasteboard-concealed-type")


def test_it_goes_after_the_agreed_time(
    qtbot: QtBot, guard: ClipboardGuard, clipboard: QClipboard
) -> None:
    guard.copy(CODE)
    assert guard._timer.interval() == 30_000
    guard._timer.start(1)
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert not guard.is_holding


def test_what_somebody_copied_since_stays(guard: ClipboardGuard, clipboard: QClipboard) -> None:
    guard.copy(CODE)
    clipboard.setText("a shopping list")
    guard.clear()
    assert clipboard.text() == "a shopping list"


def test_at_the_lock_only_is_possible(guard: ClipboardGuard, clipboard: QClipboard) -> None:
    guard.seconds = 0
    guard.copy(CODE)
    assert not guard._timer.isActive()
    guard.clear_all()
    assert clipboard.text() == ""


def test_the_text_itself_is_not_remembered(guard: ClipboardGuard) -> None:
    guard.copy(CODE)
    assert CODE.encode() not in repr(vars(guard)).encode()
    assert len(guard._digest) == 32


def test_a_lock_and_closing_take_it_back(
    unlocked: MainWindow, clipboard: QClipboard, open_window: OpenWindow
) -> None:
    unlocked.seams.guard.copy(CODE)
    unlocked.lock()
    assert clipboard.text() == ""


def test_closing_takes_back_what_was_copied_before_there_was_a_safe(
    locked: MainWindow, clipboard: QClipboard
) -> None:
    locked.seams.guard.copy(CODE)
    locked.close()
    assert clipboard.text() == ""


def test_the_setting_counts_at_once(unlocked: MainWindow) -> None:
    unlocked.change(replace(unlocked.settings, clear_clipboard_s=60))
    assert unlocked.seams.guard.seconds == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_when_it_goes(language: str) -> None:
    words = Words(language)
    assert "45" in copied_sentence(words, 45)
    assert copied_sentence(words, 0) == words.text("clipboard.copied_until_lock")
