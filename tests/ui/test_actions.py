"""One registry of actions: what it holds, when each can be done, and that all read it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, badge_of, settle, unlock
from wallet_app.ui.actions import ACTIONS, LIST_KEYS, Group, When
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.shortcuts_sheet import ShortcutsSheet, shortcut_groups
from wallet_app.wording import LANGUAGES, Words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def enabled(window: MainWindow) -> set[str]:
    return {spec.id for spec in ACTIONS if window.commands[spec.id].isEnabled()}


def possible(*whens: When) -> set[str]:
    return {spec.id for spec in ACTIONS if spec.when in whens}


def test_no_two_actions_share_a_name_or_a_key() -> None:
    ids = [spec.id for spec in ACTIONS]
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.shortcuts]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert "" not in keys, "every key is one that Qt knows"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words(language: str) -> None:
    words = Words(language)
    wanted = [f"action.{spec.id}" for spec in ACTIONS]
    wanted += [f"menu.{group.value}" for group in Group]
    wanted += [f"list_key.{key_id}" for key_id, _keys in LIST_KEYS]
    assert [key for key in wanted if key not in words] == []
    titles = [words.text(key) for key in wanted if key.startswith("action.")]
    assert len(set(titles)) == len(titles), "two entries of a menu must not read alike"


def test_every_action_does_something(unlocked: MainWindow) -> None:
    assert unlocked.commands._bound == {spec.id for spec in ACTIONS}


NOTHING = possible(When.ALWAYS, When.NO_DIALOG)
OPEN = NOTHING | possible(When.OPEN)


def test_while_there_is_no_safe_few_can_be_done(open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    window = open_window(tmp_path / "none")
    assert window.gate is window.first_run
    assert enabled(window) == NOTHING


def test_while_locked_few_can_be_done(locked: MainWindow) -> None:
    assert enabled(locked) == NOTHING
    assert {"lock", "quit", "palette", "shortcuts", "menu"} == NOTHING


def test_in_an_empty_safe_nothing_for_badges(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path
) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    assert enabled(window) == OPEN


def test_where_the_list_stands_on_a_badge_it_can_be_worked_with(unlocked: MainWindow) -> None:
    unlocked.library.view.setFocus()
    assert enabled(unlocked) == OPEN | possible(When.BADGE, When.LIBRARY)
    unlocked.library.search.edit.setFocus()
    assert enabled(unlocked) == OPEN | possible(When.LIBRARY), "Del in a line is the line's"


def test_a_selection_can_be_worked_with_from_anywhere(unlocked: MainWindow) -> None:
    unlocked.library.model.toggle(0)
    unlocked.library.search.edit.setFocus()
    assert enabled(unlocked) == OPEN | possible(When.BADGE, When.LIBRARY)
    unlocked.library.model.select_none()
    assert not unlocked.commands["delete"].isEnabled()


def test_on_the_page_of_a_badge_and_elsewhere(unlocked: MainWindow, badge: str) -> None:
    assert badge
    assert enabled(unlocked) == OPEN | possible(When.BADGE, When.BADGE_PAGE)
    unlocked.show_page("history")
    assert enabled(unlocked) == OPEN


def test_under_a_dialog_only_what_concerns_no_page(unlocked: MainWindow) -> None:
    unlocked.commands["shortcuts"].trigger()
    assert enabled(unlocked) == possible(When.ALWAYS)
    (sheet,) = unlocked.findChildren(ShortcutsSheet)
    sheet.close_sheet()
    assert possible(When.OPEN) <= enabled(unlocked)


def test_undo_names_what_it_undoes_and_forgets_at_the_lock(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    assert not unlocked.commands["undo"].isEnabled()
    undone: list[str] = []
    unlocked.offer_undo("First & foremost", lambda: undone.append("first"))
    unlocked.offer_undo("Second.", lambda: undone.append("second"))
    assert unlocked.commands["undo"].text() == "Undo: Second"
    unlocked.commands["undo"].trigger()
    assert unlocked.commands["undo"].text() == "Undo: First && foremost"
    unlocked.lock()
    assert unlocked.commands["undo"].text() == "Undo"
    assert undone == ["second"]


def menu_actions(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for entry in menu.actions():
        inner = entry.menu()
        found += menu_actions(inner) if isinstance(inner, QMenu) else [entry]
    return found


def test_every_action_is_in_the_menu_once(unlocked: MainWindow) -> None:
    unlocked.commands["menu"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    shown = [entry for entry in menu_actions(menu) if not entry.isSeparator()]
    assert shown == [unlocked.commands[spec.id] for group in Group
                     for spec in unlocked.commands.in_group(group)]  # fmt: skip
    assert len(shown) == len(ACTIONS)
    menu.close()


def test_the_menu_of_the_side_bar_and_of_the_lock_screen(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.shell.side_bar.chosen.emit("menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    unlocked.lock()
    assert QApplication.activePopupWidget() is None, "a lock closes it"
    unlocked.commands["menu"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    able = {entry.text() for entry in menu_actions(menu) if entry.isEnabled()}
    assert "Quit Coffre" in able
    assert "Show to someone" not in able
    menu.close()


def press(window: MainWindow, kind: QEvent.Type, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, held))


def test_alt_by_itself_opens_the_menu_and_alt_with_a_key_does_not(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    alt, none = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
    down, up = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    for keys in ((Qt.Key.Key_Alt, Qt.Key.Key_F),):
        press(unlocked, down, keys[0], alt)
        press(unlocked, down, keys[1], alt)
        press(unlocked, up, keys[1], alt)
        press(unlocked, up, keys[0], none)
        assert QApplication.activePopupWidget() is None
    press(unlocked, down, Qt.Key.Key_Alt, alt)
    press(unlocked, up, Qt.Key.Key_Alt, none)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    menu.close()


def test_the_menu_of_a_badge_means_that_badge(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    library.model.toggle(0)
    badge_id = badge_of(unlocked, "verified")
    other = next(row.id for row in library.rows() if row.id != library.selection.badge_ids[0])
    library.view.setFocus()
    library.view.make_current(other)
    library.view.menu_asked.emit(other, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    assert badge_id
    assert library.selection.badge_ids == []
    held = {spec.id for spec in ACTIONS if unlocked.commands[spec.id] in menu.actions()}
    assert held == {"favourite", "file", "save_copy", "check_again", "delete"}
    menu.close()
    unlocked.commands["favourite"].trigger()
    settle(qtbot, unlocked)
    assert [row.id for row in library.rows() if row.marks.favourite] == [other]


def test_help_prints_the_registry(qtbot: QtBot, unlocked: MainWindow) -> None:
    printed = dict(
        line
        for _head, lines in shortcut_groups(unlocked.words, unlocked.commands)
        for line in lines
    )
    for spec in ACTIONS:
        if spec.shortcuts:
            keys = unlocked.commands.shortcut_texts(spec.id)
            assert printed[unlocked.words.text(f"action.{spec.id}")] == keys
            assert "" not in keys
    assert unlocked.commands.shortcut_text("show") == "Ctrl Enter"
    qtbot.keyClick(unlocked, Qt.Key.Key_F1)
    (sheet,) = unlocked.findChildren(ShortcutsSheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not unlocked.has_sheet


def test_help_opens_on_the_lock_screen_too(qtbot: QtBot, locked: MainWindow) -> None:
    qtbot.keyClick(locked, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert locked.findChildren(ShortcutsSheet)
