"""Second place and "My computers" in the window: state shown, never in the way."""

import shutil
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.conftest import NOW
from tests.ui.window_driver import PASSPHRASE, OpenWindow, seams_of, settle
from wallet_app.app.open_safe import check_backup
from wallet_app.crypto.secret import Secret
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.passphrase_sheets import ChangePassphraseSheet
from wallet_app.ui.sheets.place_sheets import JoinSheet, SecondPlaceSheet, StartSheet

PATIENCE_MS = 60_000


def wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=PATIENCE_MS)


def backups(qtbot: QtBot, window: MainWindow) -> BackupsPage:
    window.show_page("backups")
    settle(qtbot, window)
    page = window.shell.page("backups")
    assert isinstance(page, BackupsPage)
    return page


def computers(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    settle(qtbot, window)
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def choose(qtbot: QtBot, window: MainWindow, folder: Path, passphrase: str) -> SecondPlaceSheet:
    section = backups(qtbot, window).second_place
    section.choose.click()
    (sheet,) = window.findChildren(SecondPlaceSheet)
    seams_of(window).files.append([str(folder)])
    sheet.place.choose.click()
    assert sheet.place.folder.edit.text() == str(folder)
    sheet.field.edit.setText(passphrase)
    sheet.go.click()
    wait(qtbot, window)
    return sheet


@pytest.mark.usefixtures("light_seals")
def test_a_second_place_is_chosen_filled_shown_and_left(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    section = backups(qtbot, unlocked).second_place
    assert section.headline.text() == "No second place yet"
    assert section.now.isHidden()
    choose(qtbot, unlocked, stick, PASSPHRASE)
    assert section.headline.text() == f"Last good backup: today, {NOW.astimezone():%H:%M}"
    assert str(stick) in section.where.text()
    assert section.reason.isHidden()
    (backup,) = stick.glob("*.coffre")
    assert check_backup(backup, Secret.from_text(PASSPHRASE), now=NOW)
    # A disk that is pulled out is told, and the last good backup stays named.
    stick.rename(tmp_path / "unplugged")
    section.now.click()
    wait(qtbot, unlocked)
    assert str(stick) in section.reason.text()
    assert section.headline.text().startswith("Last good backup")
    (tmp_path / "unplugged").rename(stick)
    section.now.click()
    wait(qtbot, unlocked)
    assert section.reason.isHidden()
    seams_of(unlocked).answers.append(True)
    section.off.click()
    wait(qtbot, unlocked)
    assert section.headline.text() == "No second place yet"
    assert backup.exists()


@pytest.mark.usefixtures("light_seals")
def test_a_change_of_passphrase_renews_the_key_there(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    stick, new = tmp_path / "stick", "granite lamp orchard violin"
    stick.mkdir()
    choose(qtbot, unlocked, stick, PASSPHRASE)
    (backup,) = stick.glob("*.coffre")
    page = computers(qtbot, unlocked)
    page.change_passphrase.click()
    (sheet,) = unlocked.findChildren(ChangePassphraseSheet)
    sheet.old.edit.setText(PASSPHRASE)
    sheet.new.first.edit.setText(new)
    sheet.new.again.edit.setText(new)
    sheet.go.click()
    wait(qtbot, unlocked)
    assert check_backup(backup, Secret.from_text(new), now=NOW)
    assert backups(qtbot, unlocked).second_place.key.isHidden()


def test_a_wrong_passphrase_and_a_bad_address_are_told_in_their_fields(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = choose(qtbot, unlocked, tmp_path / "stick", "wrong")
    assert sheet.field.error
    assert not (tmp_path / "stick").exists()
    sheet.place.kind._group.buttons()[1].click()
    assert not sheet.place._server.isHidden()
    sheet.place.address.edit.setText("http://dav.example/")
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    wait(qtbot, unlocked)
    assert "https://" in sheet.place.address.error
    sheet.dismiss()


@pytest.mark.usefixtures("light_seals")
def test_the_lock_wins_over_a_place_that_does_not_answer(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(qtbot, unlocked, stick, PASSPHRASE)
    hanging, release = threading.Event(), threading.Event()

    def hang(_request: object, _stopped: object) -> None:
        hanging.set()
        release.wait(30)

    monkeypatch.setattr("wallet_app.app.second_place.run_backup", hang)
    section = backups(qtbot, unlocked).second_place
    section.now.click()
    qtbot.waitUntil(hanging.is_set)
    assert not section.now.isEnabled()
    unlocked.lock()
    assert not unlocked.session.is_open
    assert not isValid(section.headline) or str(stick) not in section.where.text()
    release.set()
    settle(qtbot, unlocked)


@pytest.mark.usefixtures("light_seals")
def test_two_computers_come_in_step(
    qtbot: QtBot, unlocked: MainWindow, open_window: OpenWindow, empty_safe: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    section = computers(qtbot, unlocked).computers
    section.start.click()
    (sheet,) = unlocked.findChildren(StartSheet)
    wait(qtbot, unlocked)
    assert sheet.label.edit.text()
    sheet.place.folder.edit.setText(str(shared))
    sheet.label.edit.setText("home")
    sheet.go.click()
    wait(qtbot, unlocked)
    code = section.code.text()
    if not code:
        section.show_code.click()
        code = section.code.text()
    assert len(code) == 29
    assert list(shared.glob("*.changes"))
    unlocked.lock()
    settle(qtbot, unlocked)
    # The page went with the lock, or what it showed did.
    assert not isValid(section.code) or section.code.text() == ""
    # The other computer, with an empty safe.
    shutil.rmtree(tmp_path / "safe")
    other = open_window(empty_safe)
    other.unlock.field.edit.setText(PASSPHRASE)
    other.unlock.button.click()
    settle(qtbot, other)
    section = computers(qtbot, other).computers
    section.join.click()
    (join,) = other.findChildren(JoinSheet)
    wait(qtbot, other)
    join.place.folder.edit.setText(str(shared))
    join.code.edit.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
    join.go.click()
    wait(qtbot, other)
    assert join.code.error
    join.code.edit.setText(code.lower())
    join.go.click()
    wait(qtbot, other)
    settle(qtbot, other)
    assert len(other.library.rows()) == 10
    seams_of(other).answers.append(True)
    section.leave.click()
    wait(qtbot, other)
    assert not section.start.isHidden()
    assert len(other.library.rows()) == 10


def test_nothing_to_do_costs_nothing_and_says_nothing(qtbot: QtBot, unlocked: MainWindow) -> None:
    runs = backups(qtbot, unlocked).second_place._runs
    runs._look_whether_due()
    wait(qtbot, unlocked)
    assert not runs.backing_up
    assert not runs.syncing
