"""Ways through the window without a mouse: every key goes to what has the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.import_line import ImportLine
from wallet_app.ui.components.side_row import SideRow
from wallet_app.ui.key_places import digit_at
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.library_order import Shown
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.pages.watch_page import WatchPage
from wallet_app.ui.sheets.share_sheet import ShareSheet

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, held)


def side_row() -> str:
    row = focused()
    assert isinstance(row, SideRow)
    return row.item.id


def test_right_opens_a_group_of_the_side_bar_and_left_closes_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    bar = unlocked.shell.side_bar
    issuers = bar.row("group:issuers")
    assert issuers is not None
    issuers.setFocus()
    count = len(bar._rows)
    for key, more in ((Qt.Key.Key_Left, False), (Qt.Key.Key_Right, True), (Qt.Key.Key_Right, True)):
        qtbot.keyClick(unlocked.focusWidget(), key)
        assert (len(bar._rows) > count) is more
        assert unlocked.focusWidget() is bar.row("group:issuers")
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Left)
    assert unlocked.focusWidget() is bar.row("group:issuers")
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Left)
    assert len(bar._rows) == count


def test_the_arrows_go_through_the_shelves_of_the_side_bar_and_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    bar = unlocked.shell.side_bar
    first = bar.row("safe")
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    shown = [row.item.id for row in bar._rows if not row.isHidden()]
    assert len(bar._shelves.rows) > 1
    walked = []
    for _ in shown:
        walked.append(side_row())
        press(Key.Key_Down)
    assert walked == shown
    assert side_row() == "safe"
    press(Key.Key_Up)
    assert side_row() == "lock"
    press(Key.Key_Home)
    assert side_row() == "safe"
    press(Key.Key_End)
    assert side_row() == "lock"
    settle(qtbot, unlocked)


def open_badge_by_enter(qtbot: QtBot, window: MainWindow) -> str:
    press(Key.Key_Return)
    settle(qtbot, window)
    assert window.current_page == "badge"
    return window.detail.badge_id


def test_escape_goes_back_to_the_page_and_the_line_a_badge_was_opened_from(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = unlocked.shell.page("watch")
    assert isinstance(page, WatchPage)
    unlocked.show_page("watch")
    settle(qtbot, unlocked)
    line = page.lines[2]
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert open_badge_by_enter(qtbot, unlocked) == line.badge_id
    assert unlocked.detail.back.words == "Needs attention"
    assert unlocked.detail.back.accessibleName() == "Back to “Needs attention”"
    # One stop: the next one is not the same way back again.
    unlocked.detail.back.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Tab)
    assert focused() in (*unlocked.detail.walk.widgets, unlocked.detail.marks.star)
    press(Key.Key_Escape)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "watch"
    back = focused()
    assert isinstance(back, ImportLine)
    assert back.badge_id == line.badge_id


def test_a_badge_opened_from_a_finding_of_the_skills_leads_back_to_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = unlocked.shell.page("skills")
    assert isinstance(page, SkillsPage)
    unlocked.show_page("skills")
    settle(qtbot, unlocked)
    rows = page.mine.moves.findChildren(QAbstractButton)
    opening = next(at for at, row in enumerate(rows) if row.move_told.badge_id)
    rows[opening].setFocus(Qt.FocusReason.TabFocusReason)
    open_badge_by_enter(qtbot, unlocked)
    press(Key.Key_Return)  # on the way back itself
    settle(qtbot, unlocked)
    assert unlocked.current_page == "skills"
    assert focused() is rows[opening]


def test_walking_on_from_a_badge_of_the_safe_leads_back_to_the_last_one(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    press(Key.Key_Down)
    open_badge_by_enter(qtbot, unlocked)
    unlocked.detail.walk.go_on()
    settle(qtbot, unlocked)
    last = unlocked.detail.badge_id
    press(Key.Key_Escape)
    settle(qtbot, unlocked)
    assert unlocked.library.view.hasFocus()
    assert unlocked.library.view.current_id == last


def test_another_page_in_between_makes_the_safe_the_way_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.show_page("watch")
    settle(qtbot, unlocked)
    badge_id = open_badge_by_enter(qtbot, unlocked)
    press(Key.Key_4, held=CTRL)
    settle(qtbot, unlocked)
    unlocked.show_badge(badge_id)
    settle(qtbot, unlocked)
    press(Key.Key_Escape)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "history"
    press(Key.Key_Escape)
    assert unlocked.current_page == "history"


@pytest.mark.parametrize("way", ["escape", "Ctrl 1", "side bar"])
def test_the_whole_safe_comes_back_from_the_list_of_what_was_found(
    qtbot: QtBot, unlocked: MainWindow, way: str
) -> None:
    library = unlocked.library
    library.filters.choose(Shown.VERIFIED)
    press(Key.Key_F, held=CTRL)
    QTest.keyClicks(focused(), "is:verified")
    press(Key.Key_Escape)  # the suggestions
    settle(qtbot, unlocked)
    press(Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.view.hasFocus()
    assert library.is_narrowed
    if way == "escape":
        press(Key.Key_Escape)
    elif way == "Ctrl 1":
        press(Key.Key_1, held=CTRL)
    else:
        row = unlocked.shell.side_bar.row("safe")
        assert row is not None
        row.setFocus(Qt.FocusReason.TabFocusReason)
        press(Key.Key_Return)
    settle(qtbot, unlocked)
    assert not library.search.text
    assert not library.is_narrowed
    assert library.model.rowCount() == len(library.rows()) > 0
    assert library.view.hasFocus()


def test_going_to_the_safe_from_elsewhere_keeps_what_was_searched_there(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.library.look_for("is:verified")
    settle(qtbot, unlocked)
    press(Key.Key_4, held=CTRL)
    press(Key.Key_1, held=CTRL)
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == "is:verified"


def press_place(window: MainWindow, place: int, key: Qt.Key) -> None:
    """Press the key that lies at a place, in X11's count, and types a sign in this layout."""
    kind = QEvent.Type.KeyPress
    QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, CTRL, place, 0, 0))


def test_the_row_of_digits_leads_to_the_pages_on_a_french_keyboard_as_well(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    row = {
        11: (Key.Key_Eacute, "skills"), 12: (Key.Key_QuoteDbl, "shares"),
        13: (Key.Key_Apostrophe, "history"), 14: (Key.Key_ParenLeft, "backups"),
        15: (Key.Key_Minus, "deleted"), 16: (Key.Key_Egrave, "settings"),
        10: (Key.Key_Ampersand, "safe"),
    }  # fmt: skip
    for place, (key, page) in row.items():
        press_place(unlocked, place, key)
        settle(qtbot, unlocked)
        assert unlocked.current_page == page
    # The same sign right of the zero, as on an American keyboard, leads nowhere.
    press_place(unlocked, 20, Key.Key_Minus)
    press(Key.Key_Minus, held=CTRL)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"


@pytest.mark.parametrize(
    ("platform", "codes"),
    [
        ("xcb", [*range(9, 21)]),
        ("windows", [*range(1, 13)]),
        ("cocoa", [17, 18, 19, 20, 21, 23, 22, 26, 28, 25, 29, 27]),
    ],
)
def test_a_key_of_the_row_of_digits_is_told_by_its_place(platform: str, codes: list[int]) -> None:
    kind = QEvent.Type.KeyPress
    keys = [QKeyEvent(kind, Key.Key_Minus, CTRL, code, code, 0) for code in codes]
    assert [digit_at(key, platform) for key in keys] == [
        None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, None,
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["escape", "button"])
def test_the_setting_up_of_a_page_leads_back_to_the_badge(
    qtbot: QtBot, unlocked: MainWindow, way: str
) -> None:
    badge_id = open_badge_by_enter(qtbot, unlocked)
    press(Key.Key_Return, held=CTRL)
    settle(qtbot, unlocked)
    sheet = next(one for one in unlocked.findChildren(ShareSheet) if one.isVisible())
    sheet.show_way(ShownBy.MY_LINK)
    sheet.findChild(QAbstractButton, "share-set-up-page").setFocus()
    press(Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "settings"
    way_back = unlocked.shell.page("settings").findChild(QAbstractButton, "way-back")
    assert way_back.isVisible()
    assert way_back.accessibleName() == "Back to the badge"
    if way == "escape":
        press(Key.Key_Escape)
    else:
        way_back.click()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"
    assert unlocked.detail.badge_id == badge_id
    press(Key.Key_Escape)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"
    unlocked.show_page("settings")
    assert not way_back.isVisible(), "whoever came by themselves is led nowhere"
    settle(qtbot, unlocked)


def test_a_message_that_is_taken_away_gives_the_focus_back(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    assert unlocked.library.view.hasFocus()
    unlocked.toast("Done.", "Undo", lambda: None)
    unlocked._toast.button.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Escape)
    assert not unlocked._toast.isVisible()
    assert unlocked.library.view.hasFocus()
    settle(qtbot, unlocked)


def test_the_palette_leads_to_the_last_import_after_its_message_is_gone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.samples_asked.emit()
    settle(qtbot, unlocked)
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    press(Key.Key_K, held=CTRL)
    QTest.keyClicks(focused(), "last import")
    settle(qtbot, unlocked)
    press(Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "import"
