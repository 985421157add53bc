"""The owner's words can be reached by keyboard in both languages, however long they are."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_accessibility import StrayWindows
from tests.ui.window_driver import OpenWindow, badge_of, settle, unlock
from wallet_app.app.safe import Safe
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.search_words import Kind
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet

LONG = "Anwendungsentwicklungsvorbereitungslehrgang " * 4


def fill(safe: Safe, badge: str) -> Safe:
    made = safe.create_collection(LONG)
    safe.collect([badge], made.id)
    safe.tag([badge], add=["work", LONG[:100]])
    safe.favourite([badge])
    for text in ("first", "second", "third"):
        safe.save_note(badge, text)
    return safe


@pytest.fixture(params=["en", "fr"])
def filled(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: object, request: pytest.FixtureRequest
) -> MainWindow:
    window = open_window(sample_safe, language=request.param)
    unlock(qtbot, window)
    badge = badge_of(window, "verified")
    ask(qtbot, window, lambda safe: fill(safe, badge))
    window.session.changed.emit()
    window.show_badge(badge)
    settle(qtbot, window)
    return window


def ask(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], object]) -> None:
    done: list[object] = []
    window.session.ask(window, "test", work, done=done.append, failed=window.report)
    settle(qtbot, window)
    assert done


def open_versions(window: MainWindow) -> None:
    assert window.detail.marks.own is not None
    window.detail.marks.own.editor.earlier.click()


def open_filing(window: MainWindow) -> None:
    window.detail.marks.ask_filing()


def open_collections(window: MainWindow) -> None:
    def show(safe: Safe) -> object:
        return safe.shelves()

    def take(shelves: object) -> None:
        sheet = CollectionsSheet(window, window.context, shelves.collections)  # type: ignore[attr-defined]
        window.open_sheet(sheet)

    window.session.ask(window, "test", show, done=take, failed=window.report)


def select(window: MainWindow) -> None:
    window.show_page("safe")
    window.library.model.select_all()


def open_facets(window: MainWindow) -> None:
    window.library.shelf_filter.show_all(Kind.TAGS)


def suggest(window: MainWindow) -> None:
    window.show_page("safe")
    for kind in (Kind.TAGS, Kind.SKILLS):
        window.shell.side_bar.chosen.emit(f"group:{kind}")
    window.library.search.edit.setText("tag:")
    window.library.search.edit.textEdited.emit("tag:")
    assert window.library.search_help.list.isVisible()


def stay(_window: MainWindow) -> None:
    """Look at the badge's page itself."""


@pytest.mark.parametrize(
    "show", [stay, open_versions, open_filing, open_collections, open_facets, select, suggest]
)
def test_no_part_flashes_as_a_window_of_its_own(
    qtbot: QtBot, filled: MainWindow, show: Callable[[MainWindow], None]
) -> None:
    strays = StrayWindows()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(strays)
    filled.show_badge(badge_of(filled, "verified"))
    settle(qtbot, filled)
    show(filled)
    settle(qtbot, filled)
    application.removeEventFilter(strays)
    assert strays.seen == []
    assert filled.isActiveWindow()


@pytest.mark.parametrize("show", [open_versions, open_filing, open_collections, open_facets])
def test_tab_walks_through_a_sheet_and_escape_closes_it(
    qtbot: QtBot, filled: MainWindow, show: Callable[[MainWindow], None]
) -> None:
    show(filled)
    settle(qtbot, filled)
    (sheet,) = filled.findChildren(Sheet)
    seen = set()
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert len(seen) >= 3
    qtbot.keyClick(filled.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, filled)
    assert not filled.has_sheet
    assert filled.current_page == "badge"
