"""Star, tags, collections and selecting: filed, undone, found again, gone at a lock."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import ask, change, editor, sheet_of
from tests.ui.window_driver import seams_of, settle
from wallet_app.app.history_kinds import KindGroup
from wallet_app.app.models import Marks
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.pages.library_model import Role
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet
from wallet_app.ui.sheets.filing_sheet import FilingSheet


def marks_of(qtbot: QtBot, window: MainWindow, badge: str) -> Marks:
    return ask(qtbot, window, lambda safe: safe.marks(badge))


def side_rows(window: MainWindow) -> dict[str, QAbstractButton]:
    bar = window.shell.findChild(SideBar)
    assert isinstance(bar, SideBar)
    return {
        row.accessibleName(): row for row in bar.findChildren(QAbstractButton) if not row.isHidden()
    }


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


def test_what_is_filed_and_not_saved_is_lost_by_no_slip(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    unlocked.detail.marks.ask_filing()
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FilingSheet)
    shown = unlocked.detail.shown
    assert shown is not None
    assert sheet.subtitle.text() == f"For “{shown.row.name}”"
    field = sheet.collections.field.edit
    qtbot.keyClicks(field, "Job 2028")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert sheet.isVisible()
    seams = seams_of(unlocked)
    seams.answers.append(False)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert seams.questions[-1].title == "Close without keeping it?"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not sheet.isVisible(), "Enter in the empty field saves"
    settle(qtbot, unlocked)
    assert marks_of(qtbot, unlocked, badge).collections == ("Job 2028",)


def test_ctrl_enter_saves_what_is_typed_and_a_sheet_as_it_was_asks_nothing(
    qtbot: QtBot, unlocked: MainWindow, badge: str
) -> None:
    def opened() -> FilingSheet:
        unlocked.detail.marks.ask_filing()
        settle(qtbot, unlocked)
        return next(one for one in unlocked.findChildren(FilingSheet) if one.isVisible())

    sheet = opened()
    qtbot.keyClicks(sheet.tags.field.edit, "work")
    qtbot.keyClick(sheet.tags.field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, unlocked)
    assert marks_of(qtbot, unlocked, badge).tags == ("work",)
    sheet = opened()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not sheet.isVisible()
    sheet = opened()
    (work,) = sheet.tags.findChildren(Chip)
    work.click()
    seams_of(unlocked).answers.append(True)
    qtbot.keyClick(work, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    settle(qtbot, unlocked)
    assert marks_of(qtbot, unlocked, badge).tags == ("work",)


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


# --- finding again ----------------------------------------------------------------------------


def entries(window: MainWindow) -> dict[str, QAction]:
    menus = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    inner = [action.menu() for action in menus[-1].actions()]
    found = [*menus[-1].actions(), *(one for menu in inner if menu for one in menu.actions())]
    return {action.text(): action for action in found}


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
    assert {"Result", "Tags", "Issuers", "Skills"} <= set(found)
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
