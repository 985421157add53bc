"""Appearance, and the list of hosts, in the settings."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.window_driver import seams_of, settle
from wallet_app.app.settings import Language, load_settings
from wallet_app.network.contacts import BOOK
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.pages.unlock import UnlockPage
from wallet_app.ui.theme import look


def page_of(qtbot: QtBot, window: MainWindow, section: str) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named(section)
    settle(qtbot, window)
    return page


def test_larger_text_takes_effect_at_once_and_keeps_the_focus(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.resize(960, 640)
    page = page_of(qtbot, unlocked, "appearance")
    before = page.height(), look().px(100)
    page.appearance.text_size.chosen.emit("200")
    qtbot.waitUntil(lambda: unlocked.shell.page("settings") is not page)
    settle(qtbot, unlocked)
    new = unlocked.shell.page("settings")
    assert isinstance(new, SettingsPage)
    assert look().px(100) == 2 * before[1]
    assert new.section == "appearance"
    assert new.appearance.text_size.isAncestorOf(unlocked.focusWidget())
    control = new.appearance.text_size
    qtbot.waitUntil(lambda: control.visibleRegion().boundingRect() == control.rect())
    assert load_settings(unlocked.preferences.path).text_size == 200
    new.appearance.text_size.chosen.emit("100")
    qtbot.waitUntil(lambda: unlocked.shell.page("settings") is not new)
    assert look().px(100) == before[1]


def test_half_made_screens_are_not_seen_and_a_lock_waits_for_no_picture(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page, held = page_of(qtbot, unlocked, "appearance"), unlocked.held_picture
    seen = unlocked.grab().toImage()
    try:
        page.appearance.text_size.chosen.emit("200")
        assert held.isVisible()
        assert unlocked.grab().toImage() == seen, "the old screen until the new one is there"
        qtbot.waitUntil(lambda: unlocked.shell.page("settings") is not page)
        qtbot.waitUntil(held.isHidden)
        assert unlocked.grab().toImage() != seen
        held.hold()
        assert held.isVisible()
        assert unlocked.childAt(500, 300) is not held, "what is seen takes clicks"
        held.end_soon()
        assert unlocked.childAt(500, 300) is held, "and nothing else does"
        unlocked.lock()
        assert held.isHidden()
        assert held._picture.isNull(), "nothing of the safe is kept"
    finally:
        unlocked.change(replace(unlocked.settings, text_size=100))


def test_who_presses_quickly_loses_no_press_and_a_lock_ends_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page, shell = page_of(qtbot, unlocked, "appearance"), unlocked.shell
    page.appearance.text_size.focus_current()
    try:
        for size in (125, 150, 175):
            qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Right)
            assert unlocked.settings.text_size == size
            unlocked.renewal.advance()
            assert unlocked.renewal.is_half_made
            assert unlocked.shell is shell, "until the others are ready"
        settle(qtbot, unlocked)
        new = unlocked.shell.page("settings")
        assert isinstance(new, SettingsPage)
        assert unlocked.shell is not shell
        assert new.appearance.text_size.current == "175"
        assert new.appearance.text_size.isAncestorOf(unlocked.focusWidget())
        before = unlocked.unlock
        unlocked.change(replace(unlocked.settings, text_size=200, language=Language.FRENCH))
        unlocked.renewal.advance()
        unlocked.lock()
        assert not unlocked.renewal.is_under_way
        assert not unlocked.renewal.is_half_made
        assert unlocked.unlock is not before
        assert unlocked.stack.currentWidget() is unlocked.unlock
        assert unlocked.unlock.button.text() == "Ouvrir le coffre"
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert unlocked.findChildren(SettingsPage) == []
        assert len(unlocked.findChildren(UnlockPage)) == 1
    finally:
        unlocked.change(replace(unlocked.settings, text_size=100))


def test_a_badge_that_is_opened_meanwhile_is_shown_in_the_new_screens(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page, shell = page_of(qtbot, unlocked, "appearance"), unlocked.shell
    page.appearance.text_size.focus_current()
    badge_id = unlocked.library.model.badge_id(0)
    try:
        qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Right)
        unlocked.renewal.advance()
        unlocked.show_badge(badge_id)
        settle(qtbot, unlocked)
        assert unlocked.shell is not shell
        assert (unlocked.current_page, unlocked.detail.badge_id) == ("badge", badge_id)
        unlocked.go_back()
        assert unlocked.current_page == "safe"
    finally:
        unlocked.change(replace(unlocked.settings, text_size=100))


def test_nothing_moves_if_one_says_so(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = page_of(qtbot, unlocked, "appearance")
    page.appearance.motion.chosen.emit("yes")
    assert look().duration == 0
    assert load_settings(unlocked.preferences.path).less_motion
    page.appearance.motion.chosen.emit("no")


def told(page: SettingsPage) -> list[str]:
    # Rows are shown by an event of their own.
    QCoreApplication.sendPostedEvents()
    return [label.text() for label in page.hosts.findChildren(QLabel) if label.isVisible()]


def test_every_host_is_listed_exported_and_cleared(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    BOOK.drain()
    page = page_of(qtbot, unlocked, "privacy")
    assert not page.hosts.export.isEnabled()
    for at in range(8):
        BOOK.note(f"h{at}.example", "key", at=NOW - timedelta(days=at), answered=at != 1)
    unlocked.session.changed.emit()
    settle(qtbot, unlocked)
    assert "h0.example" in told(page), "what is in view follows a check"
    page = page_of(qtbot, unlocked, "privacy")
    assert "h0.example" in told(page)
    assert "h7.example" not in told(page)
    assert any("No answer" in text for text in told(page))
    assert page.hosts.more is not None
    page.hosts.more.click()
    assert "h7.example" in told(page)
    seams_of(unlocked).save_to.append(tmp_path)
    page.hosts.export.click()
    settle(qtbot, unlocked)
    (file,) = tmp_path.glob("*.csv")
    assert "h3.example" in file.read_text("utf-8-sig")
    seams_of(unlocked).answers = [False, True]
    page.hosts.clear.click()
    settle(qtbot, unlocked)
    assert page.hosts.hosts
    page.hosts.clear.click()
    settle(qtbot, unlocked)
    assert page.hosts.hosts == ()
    unlocked.lock()


def test_hosts_are_forgotten_at_the_lock(qtbot: QtBot, unlocked: MainWindow) -> None:
    BOOK.note("h.example", "key", at=NOW, answered=True)
    page = page_of(qtbot, unlocked, "privacy")
    assert "h.example" in told(page)
    page.forget()
    assert page.hosts.hosts == ()
    assert "h.example" not in told(page)
