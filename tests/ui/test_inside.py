"""What a learner record holds, on its page: names, verdicts, checks, and what is hostile in it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.simulators.learner_records import many_inside, mixed_record
from tests.ui.showing_helpers import in_safe
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.check_row import CheckRow
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_delegates import CardDelegate, RowDelegate
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.pages.inside_panel import InsidePanel, InsideRow
from wallet_app.ui.pages.library_model import Role, RowTexts

Show = Callable[[bytes], InsidePanel]


@pytest.fixture
def opened(qtbot: QtBot, open_window: OpenWindow, empty_safe: object) -> MainWindow:
    window: MainWindow = open_window(empty_safe)
    unlock(qtbot, window)
    return window


@pytest.fixture
def show(qtbot: QtBot, opened: MainWindow) -> Show:
    """Put a record into an empty safe, open its page, and return what it holds."""
    window = opened

    def take(record: bytes) -> InsidePanel:
        (result,) = in_safe(qtbot, window, lambda safe: safe.import_bytes(record, "record"))
        assert result.badge is not None
        window.show_badge(result.badge.id)
        settle(qtbot, window)
        assert window.detail.checks is not None
        inside = window.detail.checks.inside
        assert inside is not None
        # Qt shows what a layout was given in a later turn, and Tab passes by what is not shown.
        qtbot.waitUntil(lambda: all(row.isVisible() for row in inside.rows))
        return inside

    return take


def texts(widget: QLabel | InsideRow | InsidePanel) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]


def verdict(row: InsideRow) -> str:
    (pill,) = row.findChildren(VerdictPill)
    return pill.text()


def test_each_badge_in_a_record_has_its_name_issuer_and_verdict_what_is_in_doubt_first(
    show: Show,
) -> None:
    panel = show(mixed_record())
    assert [(texts(row)[0], verdict(row)) for row in panel.rows] == [
        ("Doctor of Everything", "Not valid"),
        ("First aid", "Expired"),
        ("Algebra", "Verified"),
        ("Careful Reader", "Verified"),
        ("Spring term", "Verified"),
        ("Botany", "Verified"),
    ]
    assert "4 verified, 1 not valid, 1 expired" in texts(panel)
    assert texts(panel.rows[3])[1] == "calls itself “Guild of Readers”"
    assert "In “Spring term”" in texts(panel.rows[-1])
    above = panel.parentWidget()
    assert above is not None
    notices = [one.text.text() for one in above.findChildren(Notice)]
    assert any("1 badge in it is not confirmed" in one for one in notices)


def test_each_opens_into_its_own_nine_checks_and_says_so(qtbot: QtBot, show: Show) -> None:
    row = show(mixed_record()).rows[0]
    assert row.checks.button.accessibleName() == (
        "Its nine checks, Doctor of Everything, Not valid, details closed"
    )
    assert not row.findChildren(CheckRow)
    row.checks.button.click()
    checks = row.findChildren(CheckRow)
    assert len(checks) == 9
    assert "changed after signing" in checks[1].head.accessibleDescription()
    assert row.checks.button.accessibleName().endswith("details open")
    row.checks.button.click()
    assert not any(one.isVisible() for one in checks)


def test_hundreds_come_a_few_at_a_time_and_the_focus_stays_where_one_presses(
    qtbot: QtBot, show: Show
) -> None:
    panel = show(many_inside(25))
    assert len(panel.rows) == 10
    assert "1 to 10 of 25" in texts(panel)
    assert not panel.turner.previous.isEnabled()
    panel.turner.next.setFocus()
    panel.turner.next.click()
    assert "11 to 20 of 25" in texts(panel)
    assert panel.turner.next.hasFocus()
    panel.turner.next.click()
    assert "21 to 25 of 25" in texts(panel)
    assert len(panel.rows) == 5
    assert panel.turner.previous.hasFocus(), "there is no more that way"


def test_tab_goes_as_the_eye_does_and_the_warning_leads_to_what_is_meant(
    qtbot: QtBot, show: Show
) -> None:
    panel = show(many_inside(11, altered=True))
    checks = panel.parentWidget()
    window = panel.window()
    assert isinstance(window, MainWindow)
    assert isinstance(checks, CheckList)
    see = next(one for one in checks.findChildren(LinkButton) if one.text() == "What it holds")
    see.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(9 + 10 + 1):
        focused = window.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    heads = [row.head for row in checks.rows.values()]
    assert seen == [*heads, *(row.checks.button for row in panel.rows), panel.turner.next]
    qtbot.keyClick(see, Qt.Key.Key_Return)
    assert panel.rows[0].checks.button.hasFocus()
    assert not panel.rows[0].visibleRegion().isEmpty()


def test_leaving_the_page_stops_the_reading(qtbot: QtBot, show: Show) -> None:
    panel = show(mixed_record())
    window = panel.window()
    assert isinstance(window, MainWindow)
    badge_id = window.detail.badge_id
    window.show_badge(badge_id)
    qtbot.waitUntil(lambda: window.detail.checks is not None)
    window.detail.forget()
    settle(qtbot, window)
    assert not [one for one in window.findChildren(InsideRow) if one.isVisible()]


def test_a_badge_that_holds_none_has_no_such_panel(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(unlocked.library.rows()[0].id)
    settle(qtbot, unlocked)
    assert unlocked.detail.checks is not None
    assert unlocked.detail.checks.inside is None


def open_found(qtbot: QtBot, window: MainWindow, query: str) -> InsidePanel:
    """Search, and open what is found as a click does."""
    window.show_page("safe")
    window.library.look_for(query)
    settle(qtbot, window)
    window.library.view.opened.emit(window.library.model.badge_id(0))
    settle(qtbot, window)
    assert window.detail.checks is not None
    panel = window.detail.checks.inside
    assert panel is not None
    qtbot.waitUntil(lambda: bool(panel.rows) and all(row.isVisible() for row in panel.rows))
    return panel


def notices(window: MainWindow) -> list[str]:
    assert window.detail.checks is not None
    return [one.text.text() for one in window.detail.checks.findChildren(Notice)]


def test_a_search_says_what_inside_it_found_on_the_card_in_the_row_and_to_a_screen_reader(
    qtbot: QtBot, show: Show, opened: MainWindow
) -> None:
    show(mixed_record())
    opened.show_page("safe")
    opened.library.look_for("botany")
    settle(qtbot, opened)
    model = opened.library.model
    index = model.index(0)
    told = model.data(index, Role.TEXTS)
    assert isinstance(told, RowTexts)
    assert told.inside == "Inside: “Botany”"
    spoken = str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert spoken.startswith("Inside: “Botany”. What it holds has results of its own")
    for delegate, width in ((CardDelegate, 234), (RowDelegate, 700), (RowDelegate, 1100)):
        painter = delegate(opened.context.pictures, opened)
        tip = painter.tip(QRectF(0, 0, width, 262), index)
        assert "results of its own" in tip
        # All of it can be read: only what is cut is repeated.
        assert "Botany" not in tip
    opened.library.look_for("records")
    settle(qtbot, opened)
    own = opened.library.model.data(opened.library.model.index(0), Role.TEXTS)
    assert isinstance(own, RowTexts)
    assert (own.inside, own.inside_note) == ("", "")


def test_opened_from_the_search_the_page_leads_to_it_and_from_elsewhere_it_does_not(
    qtbot: QtBot, show: Show, opened: MainWindow
) -> None:
    show(many_inside(25))
    sought = "What you searched for is in what it holds: “Course 17”"
    panel = open_found(qtbot, opened, "17")
    assert sought in notices(opened)
    assert [row.is_sought for row in panel.rows].index(True) == 6
    assert "11 to 20 of 25" in texts(panel)
    assert "Found here: “Course 17”" in texts(panel.rows[6])
    see = next(one for one in opened.detail.findChildren(LinkButton) if one.text() == "Go to it")
    see.click()
    assert panel.rows[6].checks.button.hasFocus()
    panel.turner.next.click()
    see.click()
    assert [row.is_sought for row in panel.rows].index(True) == 6
    opened.detail.show_inside()
    assert "1 to 10 of 25" in texts(panel), "what is in doubt would be there"
    record = opened.detail.badge_id
    opened.show_page("watch")
    opened.show_badge(record)
    settle(qtbot, opened)
    assert sought not in notices(opened)
