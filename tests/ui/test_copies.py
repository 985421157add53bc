"""Automatic copies in the window: made without blocking it, looked into, gone back to."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.test_backups import page_of
from tests.ui.window_driver import PASSPHRASE, OpenWindow, seams_of, settle, unlock
from wallet_app.app.copies import copies_of
from wallet_app.app.safe import Safe
from wallet_app.ui.components.button import Button
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.copies_section import CopiesSection
from wallet_app.ui.sheets.copy_sheets import GoBackSheet, LookSheet, SalvageSheet
from wallet_app.ui.sheets.rescue_sheet import RescueSheet


def section_of(qtbot: QtBot, window: MainWindow) -> CopiesSection:
    return page_of(qtbot, window).copies


def copy_now(qtbot: QtBot, window: MainWindow) -> CopiesSection:
    section = section_of(qtbot, window)
    section.now.click()
    qtbot.waitUntil(lambda: not window.bridge.busy and section.now.isEnabled(), timeout=20_000)
    qtbot.waitUntil(lambda: bool(buttons(section, "back")))
    return section


def buttons(section: CopiesSection, name: str) -> list[Button]:
    # Rows that were replaced are hidden, and deleted a little later.
    found = section.rows.findChildren(Button, f"copy-{name}")
    return [button for button in found if button.isVisible()]


def delete_one(qtbot: QtBot, window: MainWindow) -> str:
    row = window.library.rows()[0]
    window.session.ask(
        window, "delete", lambda safe: safe.delete(row.id), done=print, failed=pytest.fail
    )
    settle(qtbot, window)
    return row.name


def test_a_copy_is_made_when_asked_and_listed(qtbot: QtBot, unlocked: MainWindow) -> None:
    assert section_of(qtbot, unlocked).headline.text() == "No automatic copy yet"
    section = copy_now(qtbot, unlocked)
    assert section.headline.text().startswith("Last good copy: today")
    assert len(buttons(section, "back")) == 1
    assert "on request" in section.rows.findChildren(type(section.text))[1].text()
    names = {button.accessibleName() for button in section.rows.findChildren(Button)}
    assert len(names) == 3
    assert all(": " in name for name in names), "each says which copy it is for"


def test_tab_goes_from_the_button_to_the_copies_below_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    section = copy_now(qtbot, unlocked)
    section.now.setFocus()
    for name in ("look", "check", "back"):
        qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Tab)
        assert unlocked.focusWidget() is buttons(section, name)[0]


def test_a_look_and_a_check_say_what_a_copy_holds(qtbot: QtBot, unlocked: MainWindow) -> None:
    section = copy_now(qtbot, unlocked)
    name = delete_one(qtbot, unlocked)
    for act, words in (("look", "This copy holds 10 badges."), ("check", "This copy is complete")):
        buttons(section, act)[0].click()
        qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=20_000)
        (sheet,) = unlocked.findChildren(LookSheet)
        assert sheet.found.text().startswith(words)
        texts = [label.text() for label in sheet.findChildren(type(sheet.found))]
        assert any(name in text for text in texts)
        sheet.dismiss()
        qtbot.waitUntil(lambda: not unlocked.findChildren(LookSheet))


def test_going_back_opens_the_safe_as_it_was(qtbot: QtBot, unlocked: MainWindow) -> None:
    copy_now(qtbot, unlocked)
    delete_one(qtbot, unlocked)
    section = section_of(qtbot, unlocked)
    qtbot.waitUntil(lambda: bool(buttons(section, "back")))
    buttons(section, "back")[0].click()
    (sheet,) = unlocked.findChildren(GoBackSheet)
    sheet.field.edit.setText("velvet orbit granite lamp")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert "does not open this safe" in sheet.field.error
    assert unlocked.session.is_open
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    qtbot.waitUntil(lambda: unlocked.session.is_open and not unlocked.bridge.busy, timeout=20_000)
    settle(qtbot, unlocked)
    assert len(unlocked.library.rows()) == 10
    section = section_of(qtbot, unlocked)
    # What it was before is kept.
    qtbot.waitUntil(lambda: len(buttons(section, "back")) == 2)


def test_a_lock_stops_a_copy_and_leaves_nothing_half(qtbot: QtBot, unlocked: MainWindow) -> None:
    section = section_of(qtbot, unlocked)
    section.now.click()
    started = time.monotonic()
    unlocked.lock()
    assert time.monotonic() - started < 1
    assert not unlocked.session.is_open
    unlocked.bridge._runner._pool.submit(int).result(timeout=20)
    found = list((unlocked.session.vault_path / "copies").glob("*.partial"))
    assert found == []


def test_a_copy_never_holds_the_window_up(qtbot: QtBot, unlocked: MainWindow) -> None:
    section = section_of(qtbot, unlocked)
    beats: list[float] = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: beats.append(time.thread_time()))
    timer.start()
    copy_now(qtbot, unlocked)
    timer.stop()
    assert section.headline.text().startswith("Last good copy")
    # In work of this thread: how long the machine itself was busy does not count.
    assert max(two - one for one, two in pairwise(beats)) < 0.05


def test_closing_the_window_leaves_a_copy(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe)
    unlock(qtbot, window)
    path = window.session.vault_path
    window.close()
    (copy,) = copies_of(path).copies
    assert (copy.reason, copy.proven) == ("changed", True)


def spoil(window: MainWindow) -> None:
    path = window.session.vault_path / "vault.db"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)


def test_damage_is_shown_and_what_can_be_read_is_saved(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, tmp_path: Path
) -> None:
    window = open_window(sample_safe)
    spoil(window)
    unlock(qtbot, window)
    section = section_of(qtbot, window)
    section.look_again.click()
    settle(qtbot, window)
    settle(qtbot, window)
    assert section.damage.isVisible()
    target = tmp_path / "elsewhere"
    target.mkdir()
    seams_of(window).files.append([str(target)])
    section.save.click()
    (sheet,) = window.findChildren(SalvageSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=30_000)
    assert "10 badges saved to the new safe" in sheet.found.text()
    (made,) = target.iterdir()
    assert (made / "vault.db").exists()
    sheet.dismiss()


def test_what_was_deleted_long_ago_goes_at_unlock_and_is_told(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    assert unlocked.tasks is not None
    told: list[int] = []
    unlocked.tasks.copies.emptied.connect(told.append)
    delete_one(qtbot, unlocked)

    def long_ago(opened: Safe) -> None:
        opened._vault.database.run(
            "UPDATE credential SET deleted_at = '2026-10-01T00:00:00.000000Z'"
            " WHERE deleted_at IS NOT NULL"
        )

    unlocked.session.ask(unlocked, "age", long_ago, done=print, failed=pytest.fail)
    settle(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    qtbot.waitUntil(lambda: told == [1])
    assert copies_of(unlocked.session.vault_path).copies[0].reason == "bulk_delete"


def test_a_safe_that_does_not_open_can_become_its_last_copy_from_the_lock_screen(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    copy_now(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not unlocked.unlock.rescue.isVisible()
    unlocked.unlock.field.edit.setText("velvet orbit granite lamp")
    unlocked.unlock.button.click()
    settle(qtbot, unlocked)
    assert not unlocked.unlock.rescue.isVisible(), "a slip of the finger is no damage"
    (unlocked.session.vault_path / "vault.db").write_bytes(b"\x00" * 8192)
    unlock(qtbot, unlocked)
    assert unlocked.unlock.rescue.isVisible()
    unlocked.unlock.rescue.click()
    (sheet,) = unlocked.findChildren(RescueSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    qtbot.waitUntil(lambda: unlocked.session.is_open, timeout=20_000)
    settle(qtbot, unlocked)
    assert len(unlocked.library.rows()) == 10
    assert any(not copy.proven for copy in copies_of(unlocked.session.vault_path).copies)


def test_the_trash_is_emptied_by_hand_after_a_question(qtbot: QtBot, unlocked: MainWindow) -> None:
    delete_one(qtbot, unlocked)
    unlocked.show_page("deleted")
    settle(qtbot, unlocked)
    bar = unlocked.deleted.bar
    seams_of(unlocked).answers = [False, True]
    bar.empty.click()
    settle(qtbot, unlocked)
    assert len(unlocked.deleted.rows()) == 1
    bar.empty.click()
    settle(qtbot, unlocked)
    assert unlocked.deleted.shows_empty
    assert not bar.empty.isVisible()
    bar.days.chosen.emit("0")
    assert unlocked.settings.trash_days == 0
