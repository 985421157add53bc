"""A skill that is being declared when the safe closes is there again, until signed or left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_drafts_offered import lock_and_unlock, notice_of
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.app.declared_draft import UnsignedSkill, draft_of, new_kind, read_kept
from wallet_app.app.drafts import Draft, OfferedDraft
from wallet_app.storage.drafts import MAX_CHARS
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.declare_sheet import DeclareSheet

_ABOUT = "Frames of old oak,\nfor twelve years"
_FILE = Path("/home/camille/frame \udcff.pdf")


def declare(qtbot: QtBot, window: MainWindow, name: str = "") -> DeclareSheet:
    """Open the dialog, and let it read what is kept."""
    window.open_sheet(DeclareSheet(window, window.context, name))
    return opened(qtbot, window)


def opened(qtbot: QtBot, window: MainWindow) -> DeclareSheet:
    settle(qtbot, window)
    (sheet,) = (one for one in window.findChildren(DeclareSheet) if one.isVisible())
    return sheet


def write(sheet: DeclareSheet) -> None:
    sheet.name.edit.setFocus()
    QTest.keyClicks(sheet.name.edit, "Timber framing")
    sheet.about.insertPlainText(_ABOUT)
    QTest.keyClicks(sheet.code.edit, "7115")
    sheet.files.show_paths([_FILE])


def assert_is_back(sheet: DeclareSheet) -> None:
    assert sheet.name.edit.text() == "Timber framing"
    assert sheet.about.toPlainText() == _ABOUT
    assert (sheet.code.edit.text(), sheet.code.isVisible()) == ("7115", True)
    assert sheet.files.paths == (_FILE,)
    assert sheet.kept_line.isVisible()


def by_keys(window: MainWindow) -> None:
    window.commands["lock"].trigger()


def by_the_clock(window: MainWindow) -> None:
    window.idle.left.emit()


@pytest.mark.parametrize("lock", [by_keys, by_the_clock])
def test_what_was_being_declared_at_a_lock_is_offered_and_there_again(
    qtbot: QtBot, unlocked: MainWindow, lock: Callable[[MainWindow], None]
) -> None:
    write(declare(qtbot, unlocked))
    with qtbot.waitSignal(unlocked.session.closed):
        lock(unlocked)
    unlock(qtbot, unlocked)
    settle(qtbot, unlocked)
    notice = notice_of(unlocked)
    assert notice.text.text() == unlocked.words.text("draft.declare")
    notice.go_on.click()
    assert_is_back(opened(qtbot, unlocked))
    # Untouched, it is kept by the next lock as well.
    lock_and_unlock(qtbot, unlocked)
    sheet = declare(qtbot, unlocked)
    assert_is_back(sheet)
    sheet.anew.click()
    settle(qtbot, unlocked)
    assert (sheet.name.edit.text(), sheet.files.paths) == ("", ())
    assert sheet.kept_line.isHidden()
    assert not notice_of(unlocked).isVisible(), "the safe has dropped it, too"


def test_what_was_being_declared_when_coffre_was_closed_is_there_until_it_is_signed(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe)
    unlock(qtbot, window)
    write(declare(qtbot, window))
    window.close()
    window = open_window(sample_safe)
    unlock(qtbot, window)
    other = declare(qtbot, window, "Welding")
    assert other.name.edit.text() == "Welding", "another skill is not written over"
    other.close_sheet()
    sheet = declare(qtbot, window)
    assert_is_back(sheet)
    sheet.files.show_paths([])
    sheet.agree.setChecked(True)
    sheet.go.click()
    settle(qtbot, window)
    assert any(row.name == "Timber framing" for row in window.library.rows())
    assert not notice_of(window).isVisible()
    lock_and_unlock(qtbot, window)
    assert not notice_of(window).isVisible()


def test_who_agrees_to_lose_what_was_kept_is_not_offered_it_again(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    write(declare(qtbot, unlocked))
    lock_and_unlock(qtbot, unlocked)
    sheet = declare(qtbot, unlocked)
    unlocked.seams.answers = [False, True]  # type: ignore[attr-defined]
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "what was filled in is asked about as what was typed"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, unlocked)
    assert not notice_of(unlocked).isVisible()
    assert declare(qtbot, unlocked).name.edit.text() == ""


def test_a_skill_without_end_is_cut_until_the_safe_takes_it_whole() -> None:
    class Kept:
        def drafts(self) -> tuple[OfferedDraft, ...]:
            texts = {"name": "Timber framing", "about": "é" * MAX_CHARS, "say": "said"}
            whole = draft_of(UnsignedSkill(new_kind(), texts))
            assert len(whole.text) <= MAX_CHARS
            newer = Draft("", new_kind(), '{"texts": [1], "files": 2}')
            return tuple(OfferedDraft(one, "", None) for one in (newer, whole))  # type: ignore[arg-type]

    found = read_kept("", Kept())  # type: ignore[arg-type]
    assert found is not None
    assert found.texts["name"] == "Timber framing"
    assert found.texts["say"] == "said"
    assert len(found.texts["about"]) > 10_000
