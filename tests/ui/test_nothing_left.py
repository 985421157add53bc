"""After a lock nothing of the safe is left: on screens, in models, in Python, on the clipboard.

One badge carries a word that nothing else has, in its name, issuer, description, criteria and
note. Every page and dialog is opened, the safe is locked in each way, and the word is looked for.
"""

import logging
import secrets
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QPixmap, QPixmapCache
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.simulators.traces import Needle, in_python, in_qt
from tests.ui.look_everywhere import look_everywhere
from tests.ui.planted_badges import badge_with, record_with, signed_badge_with
from tests.ui.window_driver import PASSPHRASE, settle, unlock
from wallet_app.app.drafts import Draft
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.storage.header_file import unlock_header
from wallet_app.system.instance_message import Ask, Verb
from wallet_app.system.lock_signals import LockReason, NoLockSignals
from wallet_app.ui.first_window import FirstWindow
from wallet_app.ui.leaving import Leaving
from wallet_app.ui.lock_triggers import LockTriggers
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.declare_sheet import DeclareSheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Records(logging.Handler):
    """Every log record of a test, at every level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture
def records() -> Iterator[Records]:
    handler, root = Records(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture
def needle() -> Needle:
    return Needle(f"zq{secrets.token_hex(8)}"[::-1])


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, services: Services, sample_safe: Path, needle: Needle
) -> Iterator[MainWindow]:
    """A window with the real desktop, open, with the badge taken in from a file."""
    shutil.copytree(sample_safe, tmp_path / "safe")
    files = [tmp_path / f"{kind}.json" for kind in ("hosted", "signed", "record")]
    files[0].write_bytes(badge_with(needle))
    files[1].write_bytes(signed_badge_with(needle))
    files[2].write_bytes(record_with(needle))
    window = MainWindow(services, tmp_path / "safe", tmp_path / "settings.json")
    LockTriggers(window, NoLockSignals())
    window.show()
    unlock(qtbot, window)
    window.sources_dropped.emit([str(file) for file in files])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 13)
    yield window
    window.close()
    window.deleteLater()


def keyboard(window: MainWindow) -> None:
    window.commands["lock"].trigger()


def idle(window: MainWindow) -> None:
    window.idle.left.emit()


def desktop(window: MainWindow) -> None:
    window.findChildren(LockTriggers)[0].hear(LockReason.SCREEN_LOCKED)


def second_process(window: MainWindow) -> None:
    first = FirstWindow(window, window.session.vault_path)
    first._handle(Ask(Verb.LOCK), lambda _answer: None)
    first.end()


WAYS: tuple[Callable[[MainWindow], None], ...] = (keyboard, idle, desktop, second_process)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_word_is_left_anywhere(
    qtbot: QtBot, window: MainWindow, needle: Needle, records: Records, way: Callable[..., None]
) -> None:
    look_everywhere(qtbot, window, needle)
    assert in_qt(needle), "what is looked for is on the screen"
    assert in_python(needle), "and in memory"
    with qtbot.waitSignal(window.session.closed):
        way(window)
    settle(qtbot, window)
    let_go(qtbot, window)
    assert in_qt(needle) == set()
    assert in_python(needle) == set()
    assert QGuiApplication.clipboard().text() == ""
    assert not QPixmapCache.find("of-a-test", QPixmap())
    assert not [text for text in records.texts if needle.is_in(text)]
    assert not window.has_sheet
    assert window.stack.currentWidget() is window.unlock


def let_go(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for work that a lock cannot stop, and for the next round of the event loop."""
    (leaving,) = window.findChildren(Leaving)
    # A job that has ended is told a moment later, and only then is the rest emptied.
    qtbot.waitUntil(lambda: window.bridge.is_at_rest and not leaving.has_traces)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_no_key_is_left_in_what_python_can_reach(
    qtbot: QtBot, window: MainWindow, needle: Needle
) -> None:
    path = window.session.vault_path
    look_everywhere(qtbot, window, needle)
    with qtbot.waitSignal(window.session.closed):
        window.lock()
    settle(qtbot, window)
    let_go(qtbot, window)
    spellings = key_spellings(path)
    for spelled in spellings:
        assert in_python(spelled) == set()


def key_spellings(path: Path) -> list["Needle"]:
    """The vault key as bytes (Latin-1, one letter each), as hex and as base64, turned round."""
    with unlock_header(path, Secret.from_text(PASSPHRASE)).opened.vault_key as key:
        raw = bytes(key.buffer())
    texts = [raw.hex(), b64encode(raw).decode()]
    return [RawNeedle(raw[::-1]), *(Needle(text[::-1]) for text in texts)]


class RawNeedle(Needle):
    """Bytes that are no text."""

    def __init__(self, turned: bytes) -> None:
        object.__setattr__(self, "turned", turned)

    def is_in(self, text: object) -> bool:
        return isinstance(text, bytes | bytearray) and self.turned[::-1] in text  # type: ignore[comparison-overlap]


def test_the_search_for_the_key_finds_one_that_is_there(tmp_path: Path, sample_safe: Path) -> None:
    (raw, in_hex, _base64) = key_spellings(sample_safe)
    kept = {"held": raw.turned[::-1], "spelled": in_hex.turned[::-1]}
    assert in_python(raw)
    assert in_python(in_hex)
    assert kept


def test_what_was_being_written_comes_back_and_nothing_else_of_it_is_kept(
    qtbot: QtBot, window: MainWindow, needle: Needle
) -> None:
    class Editor:
        text = f"half a note {needle.word}"

        def drafts(self) -> list[Draft]:
            return [Draft("", "note", self.text)]

    editor = Editor()
    window.session.offer_drafts_from(editor.drafts)
    with qtbot.waitSignal(window.session.closed):
        window.lock()
    del editor, Editor
    settle(qtbot, window)
    let_go(qtbot, window)
    assert in_python(needle) == set()
    unlock(qtbot, window)
    kept: list[str] = []
    window.session.ask(
        window,
        "drafts",
        lambda safe: [offered.draft.text for offered in safe.drafts()],
        done=kept.extend,
        failed=window.report,
    )
    settle(qtbot, window)
    assert kept == [f"half a note {needle.word}"]


def test_a_skill_that_was_being_declared_is_kept_and_nothing_else_of_it_is_left(
    qtbot: QtBot, window: MainWindow, needle: Needle
) -> None:
    window.open_sheet(DeclareSheet(window, window.context))
    settle(qtbot, window)
    for _ in range(2):
        # Typed the first time, filled in from the safe the second.
        (sheet,) = window.findChildren(DeclareSheet)
        if not sheet.kept_line.isVisible():
            QTest.keyClicks(sheet.name.edit, needle.word)
            sheet.about.insertPlainText(f"half a word on {needle.word}")
        assert needle.is_in(sheet.about.toPlainText())
        del sheet
        with qtbot.waitSignal(window.session.closed):
            window.lock()
        settle(qtbot, window)
        let_go(qtbot, window)
        assert in_qt(needle) == set()
        assert in_python(needle) == set()
        unlock(qtbot, window)
        settle(qtbot, window)
        window.screens.draft_offer.notice.go_on.click()
        settle(qtbot, window)
