"""A note on a badge: written, undone, brought back, and never lost at a lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import ask, change, editor, sheet_of
from tests.ui.window_driver import badge_of, settle, unlock
from wallet_app.app.safe_marks import Note
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.note_versions import NoteVersionsSheet


def note_of(qtbot: QtBot, window: MainWindow, badge: str) -> Note:
    return ask(qtbot, window, lambda safe: safe.note(badge))


# --- the note ---------------------------------------------------------------------------------


def test_a_note_is_saved_by_its_button_and_the_saving_is_undone(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    field = editor(unlocked)
    assert field.save.isHidden()
    qtbot.keyClicks(field.text, "Bring the print")
    assert not field.save.isHidden()
    field.save.setFocus()
    qtbot.keyClick(field.save, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert field.text.hasFocus(), "another key is not for whatever stands below"
    assert note_of(qtbot, unlocked, badge).text == "Bring the print"
    assert field.state.text() == "Saved: Today, " + field.state.text()[-5:]
    assert field.save.isHidden()
    unlocked.undo()
    settle(qtbot, unlocked)
    assert field.text.toPlainText() == ""
    assert note_of(qtbot, unlocked, badge).text == ""
    assert [one.text for one in note_of(qtbot, unlocked, badge).earlier] == ["Bring the print"]


def test_ctrl_s_saves_the_note_and_no_copy_of_the_badge(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    field = editor(unlocked)
    field.text.setFocus()
    qtbot.keyClicks(field.text, "x")
    qtbot.keyClick(field.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, unlocked)
    assert note_of(qtbot, unlocked, badge).text == "x"


@pytest.mark.parametrize("way", ["back", "another badge", "settings"])
def test_leaving_the_page_saves_the_note(
    qtbot: QtBot, unlocked: MainWindow, badge: str, way: str
) -> None:
    editor(unlocked).text.setPlainText("on leaving")
    if way == "back":
        unlocked.go_back()
    elif way == "another badge":
        unlocked.show_badge(badge_of(unlocked, "expired"))
    else:
        unlocked.show_page("settings")
    settle(qtbot, unlocked)
    assert note_of(qtbot, unlocked, badge).text == "on leaving"
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    assert editor(unlocked).text.toPlainText() == "on leaving"


def test_what_is_being_written_outlives_a_new_check_of_the_badge(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    before = editor(unlocked)
    before.text.setPlainText("half a")
    unlocked.detail.check_again()
    settle(qtbot, unlocked)
    assert editor(unlocked) is not before
    assert editor(unlocked).text.toPlainText() == "half a"
    assert note_of(qtbot, unlocked, badge).text == "", "nobody asked to save it"


def test_a_lock_keeps_what_is_being_written_and_offers_it_again(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    editor(unlocked).text.setPlainText("half a sentence")
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert note_of(qtbot, unlocked, badge).text == ""
    if unlocked.current_page != "badge":
        unlocked.show_badge(badge)
        settle(qtbot, unlocked)
    field = editor(unlocked)
    assert field.text.toPlainText() == "half a sentence"
    assert not field.save.isHidden()
    field.drop.click()
    settle(qtbot, unlocked)
    assert field.text.toPlainText() == ""
    assert ask(qtbot, unlocked, lambda safe: safe.drafts()) == ()


def test_a_draft_that_is_discarded_elsewhere_leaves_the_field(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    editor(unlocked).text.setPlainText("half a sentence")
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert unlocked.current_page == "badge", "a lock leads back to where one was"
    assert editor(unlocked).text.toPlainText() == "half a sentence"
    unlocked.screens.draft_offer.notice.discard.click()
    settle(qtbot, unlocked)
    assert editor(unlocked).text.toPlainText() == ""
    assert editor(unlocked).save.isHidden()
    assert note_of(qtbot, unlocked, badge).text == ""


def test_a_note_from_elsewhere_shows_at_once_but_never_over_what_is_written(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "from elsewhere"))
    assert editor(unlocked).text.toPlainText() == "from elsewhere"
    editor(unlocked).text.setPlainText("mine")
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "again from elsewhere"))
    assert editor(unlocked).text.toPlainText() == "mine"
    editor(unlocked).save.click()
    settle(qtbot, unlocked)
    note = note_of(qtbot, unlocked, badge)
    assert note.text == "mine"
    assert [one.text for one in note.unseen] == ["again from elsewhere"]
    assert "Another computer" in editor(unlocked).state.text()


def test_a_lock_right_after_saving_loses_nothing(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    editor(unlocked).text.setPlainText("just saved")
    editor(unlocked).save_now()
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    note = note_of(qtbot, unlocked, badge).text
    drafts = [one.draft.text for one in ask(qtbot, unlocked, lambda safe: safe.drafts())]
    assert "just saved" in [note, *drafts]


def test_a_note_that_cannot_be_saved_stays_to_be_mended(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    editor(unlocked).text.setPlainText("x" * 100_001)
    unlocked.go_back()
    settle(qtbot, unlocked)
    assert note_of(qtbot, unlocked, badge).text == ""
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    assert len(editor(unlocked).text.toPlainText()) == 100_001
    editor(unlocked).text.setPlainText("shorter")
    editor(unlocked).save.click()
    settle(qtbot, unlocked)
    assert note_of(qtbot, unlocked, badge).text == "shorter"


def test_a_note_is_plain_text_whatever_is_pasted(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    hostile = "<img src='file:///etc/passwd'>\u202e\x00=1+1"
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, hostile))
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    assert "<img src=" in editor(unlocked).text.toPlainText()
    assert not editor(unlocked).is_changed, "to show a note is not to change it"


def test_an_earlier_text_is_brought_back(qtbot: QtBot, unlocked: MainWindow, badge: str) -> None:
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "first"))
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "second"))
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    editor(unlocked).earlier.click()
    sheet = sheet_of(unlocked, NoteVersionsSheet)
    (text,) = sheet.findChildren(QPlainTextEdit)
    assert text.toPlainText() == "first"
    assert text.isReadOnly()
    (back,) = [
        button
        for button in sheet.findChildren(QAbstractButton)
        if button.accessibleName().startswith("Bring back:")
    ]
    back.click()
    settle(qtbot, unlocked)
    assert editor(unlocked).text.toPlainText() == "first"
    assert note_of(qtbot, unlocked, badge).earlier[0].text == "second"
    unlocked.undo()
    settle(qtbot, unlocked)
    assert editor(unlocked).text.toPlainText() == "second"


@pytest.mark.parametrize(("begun", "width"), [("page", 960), ("page", 1000), ("list", 1000)])
def test_the_command_leads_to_the_note_and_shows_the_whole_field(
    qtbot: QtBot, unlocked: MainWindow, begun: str, width: int
) -> None:
    unlocked.resize(width, 640)
    badge = badge_of(unlocked, "verified")
    if begun == "page":
        unlocked.show_badge(badge)
        settle(qtbot, unlocked)
    else:
        unlocked.library.view.setFocus()
        unlocked.library.view.make_current(badge)
    unlocked.commands["note"].trigger()
    settle(qtbot, unlocked)
    assert unlocked.detail.badge_id == badge
    field = editor(unlocked).text
    qtbot.waitUntil(lambda: unlocked.focusWidget() is field)

    def is_whole() -> bool:
        foot = field.mapTo(unlocked, field.rect().bottomLeft()).y()
        return foot < unlocked.height() - 68

    qtbot.waitUntil(is_whole)


def test_a_note_that_tab_reaches_is_shown_whole(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    unlocked.resize(1000, 640)
    field = editor(unlocked).text
    qtbot.waitUntil(lambda: field.mapTo(unlocked, field.rect().bottomLeft()).y() > 640)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: field.mapTo(unlocked, field.rect().bottomLeft()).y() < 640 - 68)
