"""What is done with several badges at once, and where one stands afterwards."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import ask, sheet_of
from tests.ui.test_marks import selected
from tests.ui.window_driver import settle
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.filing_sheet import FilingSheet


def test_selected_badges_are_deleted_and_come_back_together(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    before = {row.id for row in library.rows()}
    library.view.make_current(library.model.badge_id(2))
    library.model.toggle(1)
    library.model.toggle(2)
    chosen = library.selection.badge_ids
    heir = library.model.badge_id(3)
    library.selection.remove.setFocus(Qt.FocusReason.TabFocusReason)
    library.selection.remove.click()
    assert library.view.hasFocus()
    settle(qtbot, unlocked)
    assert {row.id for row in library.rows()} == before - {*chosen}
    assert selected(unlocked) == []
    assert library.view.current_id == heir
    unlocked.undo()
    settle(qtbot, unlocked)
    assert {row.id for row in library.rows()} == before
    assert library.view.current_id == chosen[0]


def test_the_delete_key_takes_what_is_selected(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    library.view.setFocus()
    library.model.toggle(0)
    library.model.toggle(1)
    library.acts.delete_current()
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
    library.model.toggle(0)
    library.model.toggle(1)
    chosen = library.selection.badge_ids
    for expected, then in ((True, "No favourite"), (False, "Favourite")):
        library.selection.star.click()
        settle(qtbot, unlocked)
        assert [row.marks.favourite for row in library.rows()[:2]] == [expected] * 2
        assert library.selection.badge_ids == chosen, "something else can be done with them"
        assert library.selection.star.accessibleName() == then
    library.selection.ask_filing()
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FilingSheet)
    sheet.tags.field.edit.setText("for work")
    sheet.save.click()
    settle(qtbot, unlocked)
    assert library.selection.badge_ids == chosen
