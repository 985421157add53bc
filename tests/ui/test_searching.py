"""Looking through the safe: side bar, other words, filter, orders, many at once."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import change, sheet_of
from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.app.facets import merged_facets
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.library_order import Order
from wallet_app.ui.search_hints import hint_for
from wallet_app.ui.search_words import Kind
from wallet_app.ui.sheets.facet_sheet import FacetSheet
from wallet_app.ui.shelf_rows import shelf_colors
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

_NORTHGATE = "“Northgate College”, proven for 5 of 6 6"


def rows(window: MainWindow) -> dict[str, QAbstractButton]:
    bar = window.shell.findChild(SideBar)
    assert isinstance(bar, SideBar)
    return {
        row.accessibleName(): row for row in bar.findChildren(QAbstractButton) if not row.isHidden()
    }


def marked(window: MainWindow) -> list[str]:
    return [name for name, row in rows(window).items() if row.isChecked()]


# --- side bar and filter ----------------------------------------------------------------------


def test_other_words_are_offered_beside_what_an_exact_search_finds(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    search, offered = library.search.edit, library.other_words
    search.setText("sécurité is:suspended")
    settle(qtbot, unlocked)
    assert library.shows_no_match, "it finds what was typed, and nothing else"
    told = library._no_match
    assert [one.words for one in told.others if one.isVisible()] == [
        "Search for “safety” (1 badge)"
    ]
    assert "fewer" not in told.sentence.text()
    assert not offered.isVisible(), "said once, in the middle"
    told.others[0].click()
    settle(qtbot, unlocked)
    assert library.search.text == "safety is:suspended"
    assert [row.name for row in library.rows()] == ["Laboratory Safety"]
    assert library.view.hasFocus()
    assert not offered.isVisible(), "nobody is sent back to what finds nothing"
    search.setText("sécurité")
    settle(qtbot, unlocked)
    assert [chip.accessibleName() for chip in offered.chips if chip.isVisible()] == ["safety 1"]
    search.setText("sécurité is:suspended")
    settle(qtbot, unlocked)
    unlocked.lock()
    assert not any(chip.accessibleName() for chip in offered.chips)
    assert not any(one.words for one in told.others)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("kestral", "The beginning of a word is enough."),
        ("two words", "Try fewer words."),
        ("is:revoked since:2024", "Leave out one of the conditions."),
        ("is:revoked", "No badge is like this now."),
        ("x is:famous", "“is:famous” is not understood. You can write: verified, invalid,"),
        ("since:soon", "“since:soon” is not understood. Write a year,"),
        ("is:no", "“is:no” is not finished, and leaves nothing out yet. You can write: invalid"),
    ],
)
def test_what_is_told_where_nothing_is_found_fits_what_was_typed(query: str, told: str) -> None:
    assert hint_for(Words("en"), query).startswith(told)


def test_a_group_of_the_side_bar_opens_once_while_enter_is_held_down(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    rows(unlocked)["Issuers, closed 3"].setFocus()
    for held in (False, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", held
        )
        QApplication.sendEvent(unlocked.focusWidget(), event)
        settle(qtbot, unlocked)
    assert "Issuers, open 3" in rows(unlocked)


def test_groups_of_the_side_bar_open_and_find(qtbot: QtBot, unlocked: MainWindow) -> None:
    assert _NORTHGATE not in rows(unlocked)
    rows(unlocked)["Issuers, closed 3"].click()
    assert "Issuers, open 3" in rows(unlocked)
    rows(unlocked)[_NORTHGATE].click()
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == 'issuer:"Northgate College"'
    assert {row.issuer for row in unlocked.library.rows()} == {"Northgate College"}
    assert marked(unlocked) == [_NORTHGATE]
    unlocked.show_page("history")
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    assert marked(unlocked) == [_NORTHGATE]
    rows(unlocked)["Safe 10"].click()
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == ""
    assert marked(unlocked) == ["Safe 10"]


def test_nobody_is_called_an_issuer_for_saying_so(unlocked: MainWindow) -> None:
    rows(unlocked)["Issuers, closed 3"].click()
    assert "calls itself “Atelier numérique de Bellerive” 3" in rows(unlocked)
    # One of them is forged, and files itself under the name of the school.
    assert _NORTHGATE in rows(unlocked)


def test_a_name_is_said_plainly_only_as_every_badge_proves_it() -> None:
    true_one, forged = ("Northgate College", 1, True), ("Nôrthgate COLLEGE", 9, False)
    (found,) = merged_facets([forged, true_one])
    assert (found.name, found.count, found.proven) == ("Northgate College", 10, False)
    assert merged_facets([true_one])[0].proven
    assert not merged_facets([forged])[0].proven_count


def test_many_skills_are_looked_through_in_a_sheet(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.library.shelf_filter.show_all(Kind.SKILLS)
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FacetSheet)
    qtbot.keyClicks(sheet.search.edit, "STAT")
    qtbot.waitUntil(lambda: not sheet.search.is_waiting)
    assert sheet.list.model().rowCount() == 1
    qtbot.keyClick(sheet.search.edit, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == 'skill:"Explain statistics to others"'
    assert len(unlocked.library.rows()) == 1


def test_a_name_that_nothing_bears_is_said(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.library.shelf_filter.show_all(Kind.ISSUERS)
    settle(qtbot, unlocked)
    sheet = sheet_of(unlocked, FacetSheet)
    sheet.search.edit.setText("zeppelin")
    qtbot.waitUntil(lambda: not sheet.search.is_waiting)
    assert not sheet.list.isVisible()
    assert sheet.none.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_the_filter_finds_by_result(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.library.shelf_filter.chip.click()
    menu = next(menu for menu in unlocked.findChildren(QMenu) if menu.isVisible())
    result = next(action.menu() for action in menu.actions() if action.text() == "Result")
    next(one for one in result.actions() if one.text() == "Revoked (1)").trigger()
    menu.close()
    settle(qtbot, unlocked)
    assert [row.verdict for row in unlocked.library.rows()] == [Verdict.REVOKED]
    assert unlocked.library.search.text == "is:revoked"


def test_each_collection_has_a_colour_that_stays(qtbot: QtBot) -> None:
    ids = [f"{at:02x}" * 8 for at in range(6)]
    colors = shelf_colors(ids)
    assert len(set(colors.values())) == 6
    assert shelf_colors([*reversed(ids)]) == colors
    assert set(shelf_colors([f"{at:04}" for at in range(20)]).values()) == set(
        shelf_colors([f"{at:04}" for at in range(8)]).values()
    )


# --- the search line --------------------------------------------------------------------------


def test_an_order_is_kept(qtbot: QtBot, unlocked: MainWindow, tmp_path: Path) -> None:
    unlocked.library.set_order(Order.VERDICT)
    settle(qtbot, unlocked)
    first = unlocked.library.model.selected_rows or unlocked.library.rows()
    assert first
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert kept["list_order"] == "verdict"
    shown = [unlocked.library.model.badge_id(at) for at in range(10)]
    verdicts = {row.id: row.verdict for row in unlocked.library.rows()}
    assert verdicts[shown[0]] is Verdict.FAILED
    assert verdicts[shown[-1]] is Verdict.VERIFIED


def test_copies_of_several_are_saved_and_replace_nothing(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    library = unlocked.library
    library.model.select_all()
    for _ in range(2):
        seams_of(unlocked).files.append([str(tmp_path / "out")])
        (tmp_path / "out").mkdir(exist_ok=True)
        library.view.setFocus()
        unlocked.commands["save_copy"].trigger()
        settle(qtbot, unlocked)
    files = list((tmp_path / "out").iterdir())
    assert len(files) == 20
    originals = {row.id for row in library.rows()}
    assert {sha256(file.read_bytes()).hexdigest() for file in files} == originals


def test_selected_badges_are_checked_again(qtbot: QtBot, unlocked: MainWindow) -> None:
    library, tasks = unlocked.library, unlocked.tasks
    assert tasks is not None
    library.model.toggle(0)
    library.model.toggle(1)
    with qtbot.waitSignal(tasks.rounds.finished):
        library.selection.check_again()
    assert len(library.selection.badge_ids) == 2, "a next step can follow"
    # No more is said than was done.
    assert tasks.rounds.chosen == 2
    tasks.rounds.unanswered = 0
    tasks.rounds.finished.emit(0, True)
    assert unlocked.findChild(Toast).label.text() == "2 badges checked: nothing has changed"
    tasks.rounds.finished.emit(3, True)
    assert unlocked.findChild(Toast).label.text() == "2 badges checked: 3 changes"


# --- what is left after a lock ----------------------------------------------------------------


def test_a_bar_of_icons_keeps_what_is_to_be_watched_and_opens_lists_for_the_rest(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.resize(960, 640)
    settle(qtbot, unlocked)
    shown = rows(unlocked)
    assert not shown["Needs attention 4"].visibleRegion().isEmpty()
    shown["Issuers 3"].click()
    settle(qtbot, unlocked)
    sheet_of(unlocked, FacetSheet)


def test_a_lock_takes_names_out_of_side_bar_and_suggestions(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe)
    unlock(qtbot, window)
    change(qtbot, window, lambda safe: safe.tag([window.library.rows()[0].id], add=["sentinel-x"]))
    rows(window)["Tags, closed 1"].click()
    window.library.focus_search()
    qtbot.keyClicks(window.library.search.edit, "tag:sen")
    assert window.library.search_help.list.texts == ["sentinel-x"]
    window.library.shelf_filter.show_all(Kind.TAGS)
    settle(qtbot, window)
    window.lock()
    settle(qtbot, window)
    named = [one for one in window.findChildren(QWidget) if "sentinel" in one.accessibleName()]
    assert named == []
