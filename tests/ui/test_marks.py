"""What the owner adds to badges: written, filed, selected, undone, and never lost at a lock."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, seams_of, settle, unlock
from wallet_app.app.history_kinds import KindGroup
from wallet_app.app.models import Marks
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Note
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.pages.library_model import Role
from wallet_app.ui.pages.note_editor import NoteEditor
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet
from wallet_app.ui.sheets.filing_sheet import FilingSheet
from wallet_app.ui.sheets.note_versions import NoteVersionsSheet

T = TypeVar("T")


def ask(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], T]) -> T:
    found: list[T] = []
    window.session.ask(window, "test", work, done=found.append, failed=window.report)
    settle(qtbot, window)
    return found[0]


def change(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], object]) -> None:
    """Change something as another part of the program would, and let the screens hear of it."""
    ask(qtbot, window, work)
    window.session.changed.emit()
    settle(qtbot, window)


@pytest.fixture
def badge(qtbot: QtBot, unlocked: MainWindow) -> str:
    badge_id = badge_of(unlocked, "verified")
    unlocked.show_badge(badge_id)
    settle(qtbot, unlocked)
    return badge_id


def editor(window: MainWindow) -> NoteEditor:
    assert window.detail.marks.own is not None
    return window.detail.marks.own.editor


def note_of(qtbot: QtBot, window: MainWindow, badge: str) -> Note:
    return ask(qtbot, window, lambda safe: safe.note(badge))


def marks_of(qtbot: QtBot, window: MainWindow, badge: str) -> Marks:
    return ask(qtbot, window, lambda safe: safe.marks(badge))


def sheet_of(window: MainWindow, kind: type[T]) -> T:
    (found,) = [one for one in window.findChildren(QWidget) if isinstance(one, kind)]
    return found


def side_rows(window: MainWindow) -> dict[str, QAbstractButton]:
    bar = window.shell.findChild(SideBar)
    assert isinstance(bar, SideBar)
    return {
        row.accessibleName(): row for row in bar.findChildren(QAbstractButton) if not row.isHidden()
    }


# --- the note ---------------------------------------------------------------------------------


def test_a_note_is_saved_by_its_button_and_the_saving_is_undone(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    field = editor(unlocked)
    assert field.save.isHidden()
    qtbot.keyClicks(field.text, "Bring the print")
    assert not field.save.isHidden()
    field.save.click()
    settle(qtbot, unlocked)
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


# --- star and filing --------------------------------------------------------------------------


def test_the_star_makes_a_favourite_that_the_side_bar_finds(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    star = unlocked.detail.marks.star
    star.click()
    settle(qtbot, unlocked)
    assert star.isChecked()
    assert star.accessibleName() == "A favourite: take it off"
    assert marks_of(qtbot, unlocked, badge).favourite
    side_rows(unlocked)["Favourites 1"].click()
    settle(qtbot, unlocked)
    assert [row.id for row in unlocked.library.rows()] == [badge]
    assert unlocked.library.search.text == "is:favourite"
    index = unlocked.library.model.index(0)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.endswith(", favourite")
    unlocked.undo()
    settle(qtbot, unlocked)
    assert not marks_of(qtbot, unlocked, badge).favourite
    assert "Favourites 1" not in side_rows(unlocked)


def before(qtbot: QtBot, window: MainWindow) -> QWidget | None:
    """Return what Shift and Tab lead to."""
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    return window.focusWidget()


def test_a_badge_is_filed_under_new_and_known_names(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    change(qtbot, unlocked, lambda safe: safe.tag([badge], add=["old"]))
    assert unlocked.detail.marks.own is not None
    unlocked.detail.marks.own.file.click()
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FilingSheet)
    (old,) = sheet.tags.findChildren(Chip)
    assert old.isChecked()
    old.click()
    sheet.tags.field.edit.setText("  R&D   2027 ")
    qtbot.keyClick(sheet.tags.field.edit, Qt.Key.Key_Return)
    assert sheet.isVisible(), "Enter adds a name and closes nothing"
    settle(qtbot, unlocked)
    for section in (sheet.tags, sheet.collections):
        section.field.edit.setFocus()
        assert before(qtbot, unlocked) in sheet.tags.stops(), "Tab goes as the eye goes"
    sheet.collections.field.edit.setText("Job")
    sheet.save.click()
    settle(qtbot, unlocked)
    expected = Marks(tags=("R&D 2027",), collections=("Job",))
    assert marks_of(qtbot, unlocked, badge) == expected
    shown = [label.text() for label in unlocked.detail.marks.own.findChildren(QLabel)]
    assert "R&D 2027" in shown
    assert "In “Job”" in shown
    assert "Job 1" in side_rows(unlocked)
    unlocked.undo()
    settle(qtbot, unlocked)
    assert marks_of(qtbot, unlocked, badge) == Marks(tags=("old",))


def test_a_name_in_the_sheet_that_nobody_touched_stays_as_it_is(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    rows = [row.id for row in unlocked.library.rows()[:2]]
    change(qtbot, unlocked, lambda safe: safe.tag(rows[:1], add=["half", "gone"]))
    unlocked.library.model.select(rows)
    unlocked.library.selection.ask_filing()
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FilingSheet)
    chips = {chip.text(): chip for chip in sheet.tags.findChildren(Chip)}
    assert chips["half"].accessibleName() == "half some"
    chips["gone"].click()
    chips["gone"].click()
    sheet.save.click()
    settle(qtbot, unlocked)
    assert [marks_of(qtbot, unlocked, one).tags for one in rows] == [("half",), ()]


# --- many at once -----------------------------------------------------------------------------


def selected(window: MainWindow) -> list[int]:
    model = window.library.model
    return [at for at in range(model.rowCount()) if model.index(at).data(Role.SELECTED)]


def test_badges_are_selected_by_keys(qtbot: QtBot, unlocked: MainWindow) -> None:
    view, library = unlocked.library.view, unlocked.library
    library.modes.choose(Mode.LIST.value)
    view.setFocus()
    view.setCurrentIndex(library.model.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert selected(unlocked) == [0]
    assert library.selection.bar.label.text() == "1 badge selected"
    view.setCurrentIndex(library.model.index(2))
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert selected(unlocked) == [0, 1, 2]
    spoken = str(library.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.endswith(", selected")
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(selected(unlocked)) == library.model.rowCount()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert selected(unlocked) == []
    assert not library.selection.bar.isVisible()
    assert unlocked.current_page == "safe"


@pytest.mark.parametrize("mode", [Mode.CARDS, Mode.LIST])
def test_badges_are_selected_by_the_pointer_and_opened_without_it(
    qtbot: QtBot, unlocked: MainWindow, mode: Mode
) -> None:
    library, view = unlocked.library, unlocked.library.view
    library.modes.choose(mode.value)
    settle(qtbot, unlocked)
    rects = [view.visualRect(library.model.index(at)) for at in range(4)]
    left = Qt.MouseButton.LeftButton

    def press(place: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.mouseClick(view.viewport(), left, held, place)

    press(rects[1].topLeft() + QPoint(24, 20))
    assert selected(unlocked) == [1]
    press(rects[3].center(), Qt.KeyboardModifier.ControlModifier)
    assert selected(unlocked) == [1, 3]
    assert unlocked.current_page == "safe"
    press(rects[0].center())
    assert unlocked.current_page == "badge"


def test_selected_badges_are_deleted_and_come_back_together(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    before = {row.id for row in library.rows()}
    library.model.toggle(0)
    library.model.toggle(2)
    chosen = set(library.selection.badge_ids)
    library.selection.remove.click()
    settle(qtbot, unlocked)
    assert {row.id for row in library.rows()} == before - chosen
    assert selected(unlocked) == []
    unlocked.undo()
    settle(qtbot, unlocked)
    assert {row.id for row in library.rows()} == before


def test_the_delete_key_takes_what_is_selected(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    library.view.setFocus()
    library.model.toggle(0)
    library.model.toggle(1)
    library.delete_current()
    settle(qtbot, unlocked)
    assert len(ask(qtbot, unlocked, lambda safe: safe.trash())) == 2


def test_a_badge_that_is_no_longer_shown_is_no_longer_selected(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.model.select_all()
    library.search.edit.setText("northgate")
    settle(qtbot, unlocked)
    shown = library.model.rowCount()
    assert 0 < shown < len(ask(qtbot, unlocked, lambda safe: safe.badges()))
    assert len(library.selection.badge_ids) == shown
    library.clear()
    settle(qtbot, unlocked)
    assert len(library.selection.badge_ids) == shown, "clearing the search selects nothing more"


def test_selected_badges_become_favourites_and_none(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    for expected in (True, False):
        library.model.toggle(0)
        library.model.toggle(1)
        library.selection.star.click()
        settle(qtbot, unlocked)
        assert [row.marks.favourite for row in library.rows()[:2]] == [expected] * 2


# --- finding again ----------------------------------------------------------------------------


def entries(window: MainWindow) -> dict[str, QAction]:
    menus = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    return {action.text(): action for action in menus[-1].actions()}


def close_menus(window: MainWindow) -> None:
    for menu in window.findChildren(QMenu):
        menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_the_filter_narrows_by_a_term_that_can_be_seen(qtbot: QtBot, unlocked: MainWindow) -> None:
    rows = [row.id for row in unlocked.library.rows()]
    change(qtbot, unlocked, lambda safe: safe.tag(rows[:2], add=['say "hi"']))
    unlocked.library.shelf_filter.chip.click()
    settle(qtbot, unlocked)
    found = entries(unlocked)
    assert not found["Tags"].isEnabled()
    found['say "hi" (2)'].trigger()
    close_menus(unlocked)
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == 'tag:"say ""hi"""'
    assert {row.id for row in unlocked.library.rows()} == set(rows[:2])
    unlocked.library.shelf_filter.chip.click()
    settle(qtbot, unlocked)
    entries(unlocked)["All badges"].trigger()
    close_menus(unlocked)
    settle(qtbot, unlocked)
    assert len(unlocked.library.rows()) == len(rows)


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_collections_are_renamed_and_removed_and_come_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    change(qtbot, unlocked, lambda safe: safe.create_collection("Job"))
    change(qtbot, unlocked, lambda safe: safe.create_collection("Taken"))
    unlocked.library.shelf_filter.chip.click()
    settle(qtbot, unlocked)
    entries(unlocked)["Change collections…"].trigger()
    close_menus(unlocked)
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, CollectionsSheet)
    job, taken = sheet.rows
    job.edit.setText("TAKEN")
    qtbot.keyClick(job.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert "already" in sheet.problem.text()
    assert sheet.isVisible()
    job.edit.setText("Poste")
    qtbot.keyClick(job.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert "Poste 0" in side_rows(unlocked)
    taken.remove.click()
    settle(qtbot, unlocked)
    assert "Taken 0" not in side_rows(unlocked)
    sheet.dismiss()
    unlocked.undo()
    settle(qtbot, unlocked)
    assert "Taken 0" in side_rows(unlocked)


# --- looking back -----------------------------------------------------------------------------


def history(window: MainWindow) -> HistoryPage:
    page = window.shell.page("history")
    assert isinstance(page, HistoryPage)
    return page


def test_the_history_is_searched_and_saved(
    qtbot: QtBot, unlocked: MainWindow, badge: str, tmp_path: Path
) -> None:
    change(qtbot, unlocked, lambda safe: safe.tag([badge], add=["work"]))
    unlocked.show_page("history")
    settle(qtbot, unlocked)
    page = history(unlocked)
    everything = page.model.rowCount()
    page.bar.search.edit.setText("work")
    qtbot.waitUntil(lambda: not page.bar.search.is_waiting)
    settle(qtbot, unlocked)
    assert page.model.rowCount() == 1
    assert str(page.model.index(0).data()).startswith("Tag “work” put on")
    seams_of(unlocked).save_to.append(tmp_path)
    page.bar.export.click()
    settle(qtbot, unlocked)
    text = (tmp_path / "Coffre history.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(text.splitlines()))) == 2
    page.bar.search.edit.clear()
    page.bar.choose(KindGroup.WRITING)
    qtbot.waitUntil(lambda: not page.bar.search.is_waiting)
    settle(qtbot, unlocked)
    assert page.model.rowCount() == 1
    page.bar.choose(None)
    settle(qtbot, unlocked)
    assert page.model.rowCount() == everything + 1, "the saving itself is told"
    page.bar.search.edit.setText("zeppelin")
    qtbot.waitUntil(lambda: not page.bar.search.is_waiting)
    settle(qtbot, unlocked)
    assert page.model.rowCount() == 0


# --- after a lock -----------------------------------------------------------------------------

SENTINELS = ("sentinel-note", "sentinel-tag", "sentinel-shelf", "sentinel-typed")


def spoken_and_shown(window: MainWindow) -> str:
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QMenu):
            found += [action.text() for action in widget.actions()]
        if isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found)


def left(window: MainWindow) -> list[str]:
    found = spoken_and_shown(window)
    return [word for word in SENTINELS if word in found]


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
@pytest.mark.parametrize(
    "open_now", ["page", "filing", "versions", "collections", "selection", "filter"]
)
def test_nothing_of_the_owners_words_is_left_after_a_lock(
    qtbot: QtBot, unlocked: MainWindow, badge: str, open_now: str
) -> None:
    change(qtbot, unlocked, lambda safe: safe.tag([badge], add=["sentinel-tag"]))
    shelf = ask(qtbot, unlocked, lambda safe: safe.create_collection("sentinel-shelf"))
    change(qtbot, unlocked, lambda safe: safe.collect([badge], shelf.id))
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "sentinel-note"))
    change(qtbot, unlocked, lambda safe: safe.save_note(badge, "sentinel-note again"))
    unlocked.show_badge(badge)
    settle(qtbot, unlocked)
    if open_now == "page":
        qtbot.keyClicks(editor(unlocked).text, "sentinel-typed")
    elif open_now == "filing":
        unlocked.detail.marks.ask_filing()
        settle(qtbot, unlocked)
        sheet_of(unlocked, FilingSheet).tags.field.edit.setText("sentinel-typed")
    elif open_now == "versions":
        editor(unlocked).earlier.click()
    elif open_now == "collections":
        shelves = ask(qtbot, unlocked, lambda safe: safe.shelves())
        unlocked.open_sheet(CollectionsSheet(unlocked, unlocked.context, shelves.collections))
    elif open_now == "filter":
        unlocked.show_page("safe")
        unlocked.library.shelf_filter.chip.click()
        settle(qtbot, unlocked)
        assert "sentinel-tag (1)" in entries(unlocked)
    else:
        unlocked.show_page("safe")
        settle(qtbot, unlocked)
        unlocked.library.model.select_all()
        unlocked.library.look_for("tag:sentinel-tag")
        settle(qtbot, unlocked)
    assert left(unlocked), "the test can fail"
    unlocked.lock()
    settle(qtbot, unlocked)
    # What is to be deleted is deleted when the event loop comes round.
    qtbot.waitUntil(lambda: not left(unlocked))
    assert not unlocked.library.selection.bar.isVisible()
    assert unlocked.library.selection.badge_ids == []
