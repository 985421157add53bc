"""Where the focus is, that it is seen there, and what menus do with the keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from tests.ui.test_by_keyboard import Key, focused, press
from tests.ui.window_driver import settle, unlock
from wallet_app.ui.components.focus_ring import is_ringed
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.theme import look

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_shift_f10_opens_the_menu_of_the_current_badge(unlocked: MainWindow) -> None:
    held = Qt.KeyboardModifier.ShiftModifier
    asked = QKeyEvent(QEvent.Type.KeyPress, Key.Key_F10, held)
    QApplication.sendEvent(unlocked.windowHandle(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    assert unlocked.commands["favourite"] in menu.actions()
    menu.close()


def test_a_menu_offers_what_can_be_done_with_the_badge_that_the_list_stands_on(
    unlocked: MainWindow,
) -> None:
    unlocked.commands["menu"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    menu.setFocus(Qt.FocusReason.PopupFocusReason)
    assert unlocked.commands["favourite"].isEnabled()
    menu.close()


def test_the_arrows_walk_through_the_menu_before_they_enter_one_of_its_own(
    unlocked: MainWindow,
) -> None:
    press(Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PopupMenu)
    entries = [entry for entry in menu.actions() if not entry.isSeparator()]
    assert menu.activeAction() is entries[0]
    QTest.keyClick(menu, Key.Key_Down)
    assert QApplication.activePopupWidget() is menu
    assert menu.activeAction() is entries[1]
    QTest.keyClick(menu, Key.Key_Right)
    inner = QApplication.activePopupWidget()
    assert inner is entries[1].menu()
    menu.close()


@pytest.mark.parametrize("page", ["skills", "shares", "history", "backups", "settings", "badge"])
def test_the_focus_is_seen_on_the_page_that_comes_back_after_unlocking(
    qtbot: QtBot, unlocked: MainWindow, page: str
) -> None:
    if page == "badge":
        press(Key.Key_Return)
    else:
        unlocked.show_page(page)
    settle(qtbot, unlocked)
    assert_focus_is_seen(unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    settle(qtbot, unlocked)
    assert unlocked.current_page == page
    assert_focus_is_seen(unlocked)


def test_tab_brings_a_control_of_an_inner_part_into_view(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = unlocked.shell.page("skills")
    assert isinstance(page, SkillsPage)
    unlocked.resize(960, 640)
    unlocked.show_page("skills")
    settle(qtbot, unlocked)
    walked = []
    while focused() is not page.mine.declare:
        press(Key.Key_Tab)
        walked.append(focused())
        assert len(walked) < 12
    rows = page.mine.moves.findChildren(QAbstractButton)
    assert walked[-len(rows) - 1 : -1] == rows, "as it is seen"
    assert not page.mine.declare.visibleRegion().isEmpty()


def test_a_page_arrives_with_its_title_where_its_text_is_large(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.resize(960, 640)
    unlocked.change(replace(unlocked.settings, text_size=200))
    qtbot.waitUntil(lambda: look().scale == 2)
    settle(qtbot, unlocked)
    try:
        for page in ("skills", "safe"):
            unlocked.ring.lead_by_keyboard()
            unlocked.shell.choose_page(page)
            settle(qtbot, unlocked)
            room = room_of(unlocked)
            assert isinstance(focused(), QAbstractItemView)
            qtbot.wait(50)
            assert room.verticalScrollBar().maximum() > 0
            assert room.verticalScrollBar().value() == 0, page
        QTest.keyClick(unlocked.windowHandle(), Key.Key_Down)
        assert room_of(unlocked).verticalScrollBar().value() > 0, "where one moves is seen"
    finally:
        unlocked.change(replace(unlocked.settings, text_size=100))
        settle(qtbot, unlocked)


def room_of(window: MainWindow) -> HeadedRoom:
    rooms = window.shell.page(window.current_page).findChildren(HeadedRoom)
    return next(room for room in rooms if room.isVisible())


def assert_focus_is_seen(window: MainWindow) -> None:
    stop = focused()
    assert stop.isVisible()
    assert window.shell.page(window.current_page).isAncestorOf(stop)
    if isinstance(stop, QAbstractItemView):
        assert stop.currentIndex().isValid()


def test_a_line_of_a_list_shows_the_focus_only_while_the_keyboard_leads(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.show_page("skills")
    settle(qtbot, unlocked)
    option = QStyleOptionViewItem()
    option.widget = focused()
    option.state = QStyle.StateFlag.State_HasFocus
    unlocked.ring.lead_by_keyboard()
    assert is_ringed(option)
    unlocked.ring.lead_by_pointer()
    assert not is_ringed(option)
