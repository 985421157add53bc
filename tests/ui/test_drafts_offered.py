"""What was being written is kept at the lock and offered after the unlock; the page comes back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle, unlock
from wallet_app.app.drafts import Draft
from wallet_app.ui.draft_notice import DraftNotice
from wallet_app.ui.draft_sources import DraftSources
from wallet_app.ui.main_window import MainWindow


class Editor:
    """Stands for a field that somebody writes in."""

    def __init__(self, *drafts: Draft) -> None:
        self.kept = list(drafts)

    def drafts(self) -> Sequence[Draft]:
        return self.kept


def notice_of(window: MainWindow) -> DraftNotice:
    (notice,) = window.shell.findChildren(DraftNotice)
    return notice


def lock_and_unlock(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.closed):
        window.lock()
    unlock(qtbot, window)
    settle(qtbot, window)


def test_a_note_is_offered_with_the_name_of_its_badge(qtbot: QtBot, unlocked: MainWindow) -> None:
    badge = badge_of(unlocked, "verified")
    name = next(row.name for row in unlocked.library.rows() if row.id == badge)
    editor = Editor(Draft(badge, "note", "half a sentence"))
    unlocked.session.offer_drafts_from(editor.drafts)
    assert not notice_of(unlocked).isVisible()
    lock_and_unlock(qtbot, unlocked)
    notice = notice_of(unlocked)
    assert notice.isVisible()
    assert name in notice.text.text()
    assert "half a sentence" not in notice.text.text()
    notice.go_on.click()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"
    assert unlocked.detail.badge_id == badge
    assert not notice.isVisible()


@pytest.mark.parametrize("page", ["badge", "library"])
def test_going_on_with_a_note_puts_the_cursor_in_it_and_saves_nothing(
    qtbot: QtBot, unlocked: MainWindow, page: str
) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    own = unlocked.detail.marks.own
    assert own is not None
    own.editor.text.setPlainText("half a sentence")
    lock_and_unlock(qtbot, unlocked)
    unlocked.show_page(page)
    settle(qtbot, unlocked)
    notice_of(unlocked).go_on.click()
    settle(qtbot, unlocked)
    own = unlocked.detail.marks.own
    assert own is not None
    assert unlocked.current_page == "badge"
    assert own.editor.text.toPlainText() == "half a sentence"
    assert own.editor.is_changed
    assert unlocked.focusWidget() is own.editor.text


def test_a_discarded_text_is_gone_and_the_next_one_is_offered(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge = badge_of(unlocked, "verified")
    editor = Editor(Draft(badge, "note", "one"), Draft("", "introduction", "two"))
    unlocked.session.offer_drafts_from(editor.drafts)
    lock_and_unlock(qtbot, unlocked)
    editor.kept.clear()
    notice = notice_of(unlocked)
    assert "One more text is kept." in notice.text.text()
    seen = set()
    while notice.isVisible():
        seen.add(notice.text.text())
        notice.discard.click()
        settle(qtbot, unlocked)
    assert len(seen) == 2
    lock_and_unlock(qtbot, unlocked)
    assert not notice_of(unlocked).isVisible()


def test_the_name_of_the_badge_goes_with_the_lock(qtbot: QtBot, unlocked: MainWindow) -> None:
    badge = badge_of(unlocked, "verified")
    editor = Editor(Draft(badge, "note", "one"))
    unlocked.session.offer_drafts_from(editor.drafts)
    lock_and_unlock(qtbot, unlocked)
    notice = notice_of(unlocked)
    notice.forget()
    assert notice.text.text() == ""
    assert notice.discard.accessibleName() == ""


def test_a_source_that_fails_or_is_gone_never_stops_a_lock(
    qtbot: QtBot, unlocked: MainWindow, caplog: object
) -> None:
    def broken() -> Sequence[Draft]:
        raise RuntimeError("a widget that Qt has destroyed")

    gone, editor = Editor(Draft("", "note", "gone")), Editor(Draft("", "note", "kept"))
    for source in (broken, gone.drafts, editor.drafts):
        unlocked.session.offer_drafts_from(source)
    del gone
    lock_and_unlock(qtbot, unlocked)
    assert unlocked.session.is_open
    assert notice_of(unlocked).isVisible()


def test_an_empty_text_is_no_draft_and_a_source_is_held_weakly() -> None:
    sources = DraftSources()
    editor = Editor(Draft("", "note", ""), Draft("", "note", "words"))
    sources.add(editor.drafts)
    assert [draft.text for draft in sources.collect()] == ["words"]
    del editor
    assert sources.collect() == ()


def test_the_same_page_is_shown_again(qtbot: QtBot, unlocked: MainWindow) -> None:
    badge = badge_of(unlocked, "verified")
    unlocked.show_page("history")
    lock_and_unlock(qtbot, unlocked)
    assert unlocked.current_page == "history"
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    lock_and_unlock(qtbot, unlocked)
    assert (unlocked.current_page, unlocked.detail.badge_id) == ("badge", badge)
    unlocked.show_page("safe")
    lock_and_unlock(qtbot, unlocked)
    assert unlocked.current_page == "safe"


def test_another_safe_begins_at_its_library(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    unlocked.show_page("history")
    with qtbot.waitSignal(unlocked.session.closed):
        unlocked.lock()
    unlocked.session.vault_path.rename(tmp_path / "other")
    unlocked.session.vault_path = tmp_path / "other"
    unlock(qtbot, unlocked)
    assert unlocked.current_page == "safe"


def test_every_control_of_the_notice_says_what_it_does(unlocked: MainWindow) -> None:
    for control in notice_of(unlocked).findChildren(QWidget):
        if control.isVisible() and control.focusPolicy():
            assert control.accessibleName()
