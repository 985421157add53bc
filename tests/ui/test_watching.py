"""The page of what needs attention, and end dates for a calendar."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.library_model import Role
from wallet_app.ui.pages.watch_page import WatchPage


def page_of(qtbot: QtBot, window: MainWindow) -> WatchPage:
    window.show_page("watch")
    settle(qtbot, window)
    page = window.shell.page("watch")
    assert isinstance(page, WatchPage)
    return page


@pytest.fixture
def in_may(qtbot: QtBot, open_window: OpenWindow, sample_safe: Path) -> MainWindow:
    """A window on the first of May, before the one sample with an end has ended."""
    window = open_window(sample_safe)
    clock = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    window.session.services = replace(window.session.services, now=lambda: clock)
    unlock(qtbot, window)
    return window


def test_what_needs_attention_is_named_and_opens(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = page_of(qtbot, unlocked)
    spoken = [line.accessibleName() for line in page.lines]
    verdicts = ["Not valid", "Revoked", "Suspended", "Expired"]
    assert [one.rpartition(", ")[2] for one in spoken] == verdicts
    assert "ended 31 May 2026" in spoken[3]
    assert page.lines[0].hasFocus()
    qtbot.keyClick(page.lines[0], Qt.Key.Key_Space)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"
    # The side bar counts, and the search finds, what the page names.
    unlocked.library.look_for("is:attention")
    settle(qtbot, unlocked)
    found = {row.id for row in unlocked.library.rows()}
    assert found == {line.badge_id for line in page.lines}
    assert unlocked.shell.side_bar.row("watch").accessibleName() == "Needs attention 4"


def test_a_line_shows_the_badges_own_picture_once_it_is_there(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page_of(qtbot, unlocked)
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    unlocked.pictures.forget()
    page = unlocked.shell.page("watch")
    assert isinstance(page, WatchPage)
    page.forget()
    page = page_of(qtbot, unlocked)
    own = [line for line in page.lines if unlocked.pictures.is_own_picture(line.badge_id)]
    assert own
    for line in own:
        assert line._face.art is not None
        side = line._face.art().width()
        wanted = unlocked.pictures.pixmap(line.badge_id, side, page.devicePixelRatioF())
        assert line._face.art().toImage() == wanted.toImage()


def test_a_picture_asked_for_while_locked_is_asked_for_again(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge_id = page_of(qtbot, unlocked).lines[0].badge_id
    assert unlocked.pictures.is_own_picture(badge_id)
    unlocked.lock()
    unlocked.pictures.pixmap(badge_id, 28, 1.0)
    unlock(qtbot, unlocked)
    unlocked.pictures.pixmap(badge_id, 28, 1.0)
    settle(qtbot, unlocked)
    assert unlocked.pictures.is_own_picture(badge_id)


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_how_far_to_look_ahead_is_chosen_and_kept(qtbot: QtBot, in_may: MainWindow) -> None:
    page = page_of(qtbot, in_may)
    assert any("ends 31 May 2026" in line.accessibleName() for line in page.lines)
    in_may.library.look_for("is:expiring")
    settle(qtbot, in_may)
    assert len(in_may.library.rows()) == 1
    model = in_may.library.model
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(", Ends 31 May 2026, in 30 days")
    texts = model.index(0).data(Role.TEXTS)
    assert (texts.date, texts.left) == ("Ends 31 May 2026", "in 30 days")
    in_may.library.clear()
    settle(qtbot, in_may)
    assert not [at for at in range(10) if "Ends" in model.index(at).data(Role.TEXTS).date]
    page = page_of(qtbot, in_may)
    page.ahead.click()
    menu = next(menu for menu in in_may.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Within 90 days"]
    menu.actions()[0].trigger()
    menu.close()
    settle(qtbot, in_may)
    assert in_may.settings.ahead_days == 30
    # On the first of May that is still thirty-one days away.
    assert not any("ends 31 May 2026" in line.accessibleName() for line in page.lines)


def test_end_dates_go_to_a_calendar_after_it_is_said_what_that_holds(
    qtbot: QtBot, in_may: MainWindow, tmp_path: Path
) -> None:
    page = page_of(qtbot, in_may)
    seams = seams_of(in_may)
    seams.answers.append(False)
    page.calendar.click()
    settle(qtbot, in_may)
    seams.answers.append(True)
    seams.save_to.append(tmp_path)
    page.calendar.click()
    settle(qtbot, in_may)
    assert "name" in seams.questions[-1].text
    (path,) = tmp_path.glob("*.ics")
    assert b"DTSTART;VALUE=DATE:20260531" in path.read_bytes()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_one_badge_goes_to_a_calendar_from_its_page(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    row = next(row for row in unlocked.library.rows() if row.expires_on)
    unlocked.show_badge(row.id)
    settle(qtbot, unlocked)
    seams_of(unlocked).answers.append(True)
    seams_of(unlocked).save_to.append(tmp_path)
    unlocked.detail.more.click()
    menu = next(menu for menu in unlocked.findChildren(QMenu) if menu.isVisible())
    next(one for one in menu.actions() if one.text() == "Add to a calendar").trigger()
    menu.close()
    settle(qtbot, unlocked)
    (path,) = tmp_path.glob("*.ics")
    assert path.stem == row.name


def test_nothing_to_put_into_a_calendar_is_no_button(qtbot: QtBot, unlocked: MainWindow) -> None:
    assert not page_of(qtbot, unlocked).calendar.isEnabled()


def test_a_calm_safe_says_so(qtbot: QtBot, open_window: OpenWindow, empty_safe: Path) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    page = page_of(qtbot, window)
    assert page.shows_calm
    assert page.check.hasFocus()


def test_what_ended_long_ago_is_no_matter_any_more(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe)
    clock = datetime(2028, 1, 1, tzinfo=UTC)
    window.session.services = replace(window.session.services, now=lambda: clock)
    unlock(qtbot, window)
    page = page_of(qtbot, window)
    assert page.lines
    assert all("ended 31" not in line.accessibleName() for line in page.lines)


def test_a_lock_empties_the_page(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = page_of(qtbot, unlocked)
    assert page.lines
    unlocked.lock()
    settle(qtbot, unlocked)
    assert "Laboratory" not in " ".join(
        widget.accessibleName() for widget in unlocked.findChildren(type(page))
    )
