from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import ask, change
from tests.ui.window_driver import OpenWindow, badge_of, seams_of, settle, unlock
from wallet_app.ui.components.button import Button
from wallet_app.ui.main_window import MainWindow


def delete(qtbot: QtBot, window: MainWindow, verdict: str) -> str:
    badge_id = badge_of(window, verdict)
    window.show_badge(badge_id)
    settle(qtbot, window)
    window.detail.delete()
    settle(qtbot, window)
    window.show_page("deleted")
    settle(qtbot, window)
    return badge_id


def press(window: MainWindow, words: str) -> None:
    buttons = window.deleted.rows()[0].findChildren(Button)
    next(button for button in buttons if button.words == words).click()


def test_empty_trash_says_so(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_page("deleted")
    settle(qtbot, unlocked)
    assert unlocked.deleted.rows() == []
    assert unlocked.deleted.shows_empty
    focused = unlocked.focusWidget()
    assert isinstance(focused, Button)
    assert focused.words == "Back to the safe"


def test_recovered_badge_is_back_in_the_library(qtbot: QtBot, unlocked: MainWindow) -> None:
    badge_id = delete(qtbot, unlocked, "expired")
    assert len(unlocked.deleted.rows()) == 1
    press(unlocked, "Recover")
    settle(qtbot, unlocked)
    assert unlocked.deleted.shows_empty
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    assert unlocked.library.model.row_of(badge_id) >= 0


def test_recovering_one_after_the_other_keeps_the_focus_there(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    gone = {delete(qtbot, unlocked, verdict) for verdict in ("revoked", "expired")}
    recover, *_ = unlocked.deleted.rows()[0].findChildren(Button)
    recover.setFocus(Qt.FocusReason.TabFocusReason)
    for words in ("Recover", "Back to the safe"):
        before = {row.id for row in unlocked.library.rows()}
        press(unlocked, "Recover")
        settle(qtbot, unlocked)
        focused = unlocked.focusWidget()
        assert isinstance(focused, Button)
        assert focused.words == words
    assert not unlocked.commands["undo"].isEnabled(), "all that was deleted is back"
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    assert {unlocked.library.view.current_id} == gone - before, "the last one that came"


def test_what_was_deleted_together_can_be_undone_until_all_of_it_is_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    gone = [badge_of(unlocked, verdict) for verdict in ("revoked", "expired")]
    unlocked.detail.marks.work.delete(gone)
    settle(qtbot, unlocked)
    unlocked.show_page("deleted")
    settle(qtbot, unlocked)
    for can_undo in (True, False):
        press(unlocked, "Recover")
        settle(qtbot, unlocked)
        assert unlocked.commands["undo"].isEnabled() is can_undo


def test_all_that_was_deleted_comes_back_by_one_click_and_goes_again_by_one_undo(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    before = {row.id for row in unlocked.library.rows()}
    delete(qtbot, unlocked, "expired")
    bar = unlocked.deleted.bar
    assert bar.recover.isHidden(), "one has a button of its own"
    gone = {delete(qtbot, unlocked, verdict) for verdict in ("revoked", "verified")}
    assert bar.recover.words == "Recover all"
    bar.recover.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mouseClick(bar.recover, Qt.MouseButton.LeftButton)
    settle(qtbot, unlocked)
    assert unlocked.deleted.shows_empty
    assert bar.recover.isHidden()
    focused = unlocked.focusWidget()
    assert isinstance(focused, Button)
    assert focused.words == "Back to the safe"
    assert unlocked.undos.what == "3 badges are back in your safe"
    unlocked.undo()
    settle(qtbot, unlocked)
    assert len(unlocked.deleted.rows()) == 3
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    left = {row.id for row in unlocked.library.rows()}
    assert len(before - left) == 3
    assert gone <= before - left
    assert not unlocked.commands["undo"].isEnabled(), "that was one step, and the only one"


def test_where_recover_all_goes_the_focus_goes_to_what_is_left_and_not_to_emptying(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    ids = unlocked.library.model.ids()[:2]
    change(qtbot, unlocked, lambda safe: safe.delete_many(ids))
    unlocked.show_page("deleted")
    settle(qtbot, unlocked)
    unlocked.deleted.bar.recover.setFocus()
    change(qtbot, unlocked, lambda safe: safe.recover(ids[0]))
    focused = unlocked.focusWidget()
    assert isinstance(focused, Button)
    assert focused.words == "Recover"


def test_one_that_is_gone_for_good_since_does_not_keep_the_others_from_being_undone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    ids = unlocked.library.model.ids()[:3]
    ask(qtbot, unlocked, lambda safe: safe.delete_many(ids))
    work = unlocked.deleted.bar._work
    work.recover_all()
    settle(qtbot, unlocked)
    work.favourite(ids, on=True)
    settle(qtbot, unlocked)
    ask(qtbot, unlocked, lambda safe: (safe.delete(ids[0]), safe.delete_forever(ids[0])))
    unlocked.undo()
    settle(qtbot, unlocked)
    marked = ask(qtbot, unlocked, lambda safe: [safe.marks(one).favourite for one in ids[1:]])
    assert marked == [False, False]
    unlocked.undo()
    settle(qtbot, unlocked)
    trash = ask(qtbot, unlocked, lambda safe: {one.row.id for one in safe.trash()})
    assert trash == set(ids[1:])


def test_deleting_forever_asks_first_and_no_means_no(qtbot: QtBot, unlocked: MainWindow) -> None:
    delete(qtbot, unlocked, "expired")
    seams_of(unlocked).answers = [False]
    press(unlocked, "Delete forever")
    settle(qtbot, unlocked)
    assert len(unlocked.deleted.rows()) == 1

    seams_of(unlocked).answers = [True]
    press(unlocked, "Delete forever")
    settle(qtbot, unlocked)
    assert unlocked.deleted.shows_empty
    assert "automatic copies made before still hold it" in seams_of(unlocked).questions[0].text


def test_what_can_be_done_stands_in_the_same_place_in_each_row(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe, language="fr")
    unlock(qtbot, window)
    # Short and long names, short and long verdicts.
    every = {row.verdict: row.id for row in window.library.rows()}
    window.detail.marks.work.delete(list(every.values()))
    window.show_page("deleted")
    settle(qtbot, window)
    rows = window.deleted.rows()
    assert len(rows) > 3
    for width in (1280, 1120, 960):
        window.resize(width, 820)
        qtbot.waitUntil(lambda: not rows[0].grab().isNull())
        places = set()
        for row in rows:
            back, gone = row.findChildren(Button)
            at, beside = (button.mapTo(row, QPoint(0, 0)) for button in (back, gone))
            assert at.y() == beside.y()
            places.add((at.x(), beside.x(), row.width() - beside.x() - gone.width()))
        assert len(places) == 1, (width, places)


def test_hundreds_of_deleted_badges_are_shown_some_at_a_time(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    delete(qtbot, unlocked, "expired")
    page = unlocked.deleted
    (one,) = ask(qtbot, unlocked, lambda safe: safe.trash())
    many = tuple(replace(one, row=replace(one.row, name=f"Badge {at}")) for at in range(45))

    page.show_badges(many)
    assert [row.badge.name for row in page.rows()] == [f"Badge {at}" for at in range(20)]
    assert page.turner.isVisible()
    assert page.turner.place.text() == "1 to 20 of 45"
    page.turner.next.setFocus()
    page.turner.next.click()
    page.turner.next.click()
    assert [row.badge.name for row in page.rows()] == [f"Badge {at}" for at in range(40, 45)]
    assert page.turner.previous.hasFocus(), "there is no more that way"

    page.show_badges(many[:40])
    assert page.turner.place.text() == "21 to 40 of 40", "the last page went away"
    page.show_badges(many[:20])
    assert not page.turner.isVisible()
