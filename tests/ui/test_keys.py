"""The ways into the safe in the window: made, used, lost and taken away."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.test_first_run import choose, newcomer, nowhere  # noqa: F401 - fixtures
from tests.ui.window_driver import PASSPHRASE, OpenWindow, seams_of, settle, unlock
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe_keys import recovery_key, ways_into
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.key_sheets import QuickUnlockSheet, StolenSheet, UseCodeSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet

T = TypeVar("T", bound=Sheet)


def sheet_of(window: MainWindow, kind: type[T]) -> T:
    return next(sheet for sheet in window.findChildren(kind) if sheet.isVisible())


def has_sheet(window: MainWindow, kind: type[Sheet]) -> bool:
    return any(sheet.isVisible() for sheet in window.findChildren(kind))


def security(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named("security")
    settle(qtbot, window)
    return page


def type_back(qtbot: QtBot, window: MainWindow, sheet: RecoveryCodeSheet) -> str:
    """Go on from the words, type three of them, and return the whole code."""
    words = [label.text() for label in sheet._labels]
    sheet.go.click()
    for place, field in zip(sheet.places, sheet.fields, strict=True):
        field.edit.setText(words[place - 1].upper())
    sheet.go.click()
    settle(qtbot, window)
    return " ".join(words)


def make_code(qtbot: QtBot, window: MainWindow) -> str:
    page = security(qtbot, window)
    page.keys.make.click()
    sheet = sheet_of(window, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, window)
    return type_back(qtbot, window, sheet)


def turn_on(qtbot: QtBot, window: MainWindow) -> None:
    page = security(qtbot, window)
    page.keys._change_quick("yes")
    sheet = sheet_of(window, QuickUnlockSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, window)


def kinds(window: MainWindow) -> list[str]:
    return sorted(way.kind for way in ways_into(window.session.vault_path))


def note_of(window: MainWindow) -> str:
    bar = window.shell.side_bar
    assert isinstance(bar, SideBar)
    return next(row.note for row in bar._rows if row.item.id == "settings")


def test_first_run_leads_to_the_sheet_and_then_offers_quick_unlock(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet = sheet_of(newcomer, RecoveryCodeSheet)
    assert kinds(newcomer) == ["passphrase"]
    assert note_of(newcomer) == "Sheet to make"
    seams_of(newcomer).answers = [True]
    code = type_back(qtbot, newcomer, sheet)
    settle(qtbot, newcomer)
    assert newcomer.focusWidget() is newcomer.library.welcome.first
    assert kinds(newcomer) == ["keyring", "passphrase", "recovery"]
    assert note_of(newcomer) == ""
    assert sheet.given is None
    newcomer.lock()
    settle(qtbot, newcomer)
    safe = open_safe(newcomer.session.vault_path, recovery_key(code), newcomer.session.services)
    safe.close()


def test_quick_unlock_is_offered_only_where_there_is_a_keyring(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    seams_of(newcomer).store.fault = "keyring.none"
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet = sheet_of(newcomer, RecoveryCodeSheet)
    type_back(qtbot, newcomer, sheet)
    settle(qtbot, newcomer)
    assert seams_of(newcomer).questions == []
    keys = security(qtbot, newcomer).keys
    assert not keys.quick.isVisible()
    assert keys._quick.hint.text().startswith("This computer has no keyring")
    seams_of(newcomer).store.fault = "keyring.locked"
    keys = security(qtbot, newcomer).keys
    assert keys.quick.isVisible()
    assert keys._quick.hint.text().startswith("This computer’s keyring")


def test_the_sheet_can_wait_and_the_side_bar_goes_on_saying_so(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet = sheet_of(newcomer, RecoveryCodeSheet)
    sheet.aside.click()
    settle(qtbot, newcomer)
    assert kinds(newcomer) == ["passphrase"]
    newcomer.lock()
    settle(qtbot, newcomer)
    assert note_of(newcomer) == ""
    unlock(qtbot, newcomer)
    assert note_of(newcomer) == "Sheet to make"


def test_the_words_shown_once_go_only_when_the_person_says_so(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet = sheet_of(newcomer, RecoveryCodeSheet)
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert newcomer.has_sheet
    seams = seams_of(newcomer)
    assert seams.questions == []
    for agreed in (False, True):
        seams.answers.append(agreed)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        settle(qtbot, newcomer)
        assert newcomer.has_sheet is not agreed


def test_samples_in_a_safe_of_ones_own_take_the_reminder_not_away(
    qtbot: QtBot,
    newcomer: MainWindow,  # noqa: F811
) -> None:
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    sheet_of(newcomer, RecoveryCodeSheet).aside.click()
    settle(qtbot, newcomer)
    newcomer.samples_asked.emit()
    settle(qtbot, newcomer)
    qtbot.waitUntil(lambda: newcomer.library.model.rowCount() > 0)
    settle(qtbot, newcomer)
    assert note_of(newcomer) == "Sheet to make"


def test_a_word_that_differs_from_the_sheet_is_named_by_its_place_and_changes_nothing(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = security(qtbot, unlocked)
    page.keys.make.click()
    sheet = sheet_of(unlocked, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    sheet.go.click()
    settle(qtbot, unlocked)
    before = sheet.paper.geometry(), [field.geometry() for field in sheet.fields]
    sheet.go.click()
    settle(qtbot, unlocked)
    place = sheet.places[0]
    assert f"word {place}" in sheet.fields[0].error
    assert (sheet.paper.geometry(), [field.geometry() for field in sheet.fields]) == before
    assert kinds(unlocked) == ["passphrase"]
    sheet.aside.click()
    assert sheet.showing.isVisible()


def test_a_code_is_made_only_for_who_knows_the_passphrase(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = security(qtbot, unlocked)
    page.keys.make.click()
    sheet = sheet_of(unlocked, RecoveryCodeSheet)
    sheet.field.edit.setText("not the passphrase")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert "does not open this safe" in sheet.field.error
    assert not sheet.showing.isVisible()


@pytest.mark.parametrize("kind", ["pdf", "text"])
def test_the_sheet_is_saved_where_the_person_says(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, kind: str
) -> None:
    page = security(qtbot, unlocked)
    page.keys.make.click()
    sheet = sheet_of(unlocked, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    seams_of(unlocked).save_to = [tmp_path]
    (sheet.save_pdf if kind == "pdf" else sheet.save_text).click()
    settle(qtbot, unlocked)
    (saved,) = tmp_path.glob("Coffre recovery sheet.*")
    assert saved.name in sheet.saved.text()
    data = saved.read_bytes()
    assert data.startswith(b"%PDF" if kind == "pdf" else b"COFFRE")


def test_the_lock_takes_the_words_away_at_every_step(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = security(qtbot, unlocked)
    page.keys.make.click()
    sheet = sheet_of(unlocked, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    given = sheet.given
    labels = list(sheet._labels)
    assert all(label.text() for label in labels)
    unlocked.lock()
    assert not any(label.text() or label.accessibleName() for label in labels)
    assert given is not None
    with pytest.raises(ValueError, match="wiped"):
        given.buffer()


def test_the_code_opens_the_locked_safe_and_takes_a_new_passphrase(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    code = make_code(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    unlocked.unlock.others.code.click()
    sheet = sheet_of(unlocked, UseCodeSheet)
    sheet.code.edit.setText("-".join(code.split()[:13]))
    sheet.go.click()
    assert "14" in sheet.code.error
    assert sheet.typed.text().split()[-1].endswith(code.split()[12]), "all words can be read"
    sheet.code.edit.setText("-".join(code.split()))
    sheet.new.first.edit.setText("a new passphrase of mine")
    assert not sheet.go.isEnabled()
    sheet.new.again.edit.setText("a new passphrase of mine")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
    assert not has_sheet(unlocked, UseCodeSheet)
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert not unlocked.session.is_open
    unlock(qtbot, unlocked, "a new passphrase of mine")
    assert unlocked.session.is_open


def test_quick_unlock_opens_only_when_the_person_presses(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not unlocked.session.is_open
    assert unlocked.unlock.others.quick.isVisible()
    qtbot.mouseClick(unlocked.unlock.others.quick, Qt.MouseButton.LeftButton)
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


def test_quick_unlock_is_turned_on_and_used_by_keys_alone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = security(qtbot, unlocked)
    page.keys.quick.focus_current()
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Right)
    sheet = sheet_of(unlocked, QuickUnlockSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    assert page.keys.quick.current == "yes"
    assert unlocked.focusWidget().objectName() == "choice-yes"
    unlocked.lock()
    settle(qtbot, unlocked)
    qtbot.keyClick(unlocked.unlock.field.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


def test_a_keyring_that_fails_leads_to_the_passphrase_with_its_reason(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    seams_of(unlocked).store.entries.clear()
    unlocked.lock()
    settle(qtbot, unlocked)
    unlocked.unlock.others.quick.click()
    settle(qtbot, unlocked)
    assert "no longer holds" in unlocked.unlock.field.error
    assert unlocked.unlock.field.edit.hasFocus()
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open
    assert kinds(unlocked) == ["keyring", "passphrase"]


def test_what_the_safe_does_not_have_is_not_offered(locked: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, locked)
    assert not locked.unlock.others.isVisible()


def test_quick_unlock_that_could_not_be_turned_on_shows_as_off(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams_of(unlocked).store.fault = "keyring.locked"
    turn_on(qtbot, unlocked)
    sheet = sheet_of(unlocked, QuickUnlockSheet)
    assert "keyring is locked" in sheet.field.error
    sheet.dismiss()
    settle(qtbot, unlocked)
    assert kinds(unlocked) == ["passphrase"]


def test_ways_are_taken_away_again(qtbot: QtBot, unlocked: MainWindow) -> None:
    turn_on(qtbot, unlocked)
    make_code(qtbot, unlocked)
    assert kinds(unlocked) == ["keyring", "passphrase", "recovery"]
    page = security(qtbot, unlocked)
    seams_of(unlocked).answers = [True]
    page.keys.remove.click()
    settle(qtbot, unlocked)
    page.keys._change_quick("no")
    settle(qtbot, unlocked)
    assert kinds(unlocked) == ["passphrase"]
    assert seams_of(unlocked).store.entries == {}


def test_a_stolen_passphrase_is_answered_by_a_new_key_while_the_safe_stays_open(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    count = unlocked.library.model.rowCount()
    page = security(qtbot, unlocked)
    page.keys.stolen.click()
    sheet = sheet_of(unlocked, StolenSheet)
    sheet.old.edit.setText(PASSPHRASE)
    sheet.new.first.edit.setText("another passphrase")
    sheet.new.again.edit.setText("another passphrase")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert not has_sheet(unlocked, StolenSheet)
    assert unlocked.library.model.rowCount() == count
    unlocked.lock()
    settle(qtbot, unlocked)
    path, services = unlocked.session.vault_path, unlocked.session.services
    with pytest.raises(UserError):
        open_safe(path, Secret.from_text(PASSPHRASE), services)
    open_safe(path, Secret.from_text("another passphrase"), services).close()


def test_a_new_passphrase_that_cannot_be_one_is_told_at_its_own_field(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    security(qtbot, unlocked).keys.stolen.click()
    sheet = sheet_of(unlocked, StolenSheet)
    too_long = "é" * 3_000
    sheet.old.edit.setText(PASSPHRASE)
    sheet.new.first.edit.setText(too_long)
    sheet.new.again.edit.setText(too_long)
    sheet.go.click()
    settle(qtbot, unlocked)
    assert sheet.new.first.error
    assert not sheet.old.error
    assert kinds(unlocked) == ["passphrase"]


def test_wrong_tries_make_the_button_wait_and_a_right_one_forgets_them(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path
) -> None:
    window = open_window(empty_safe)
    for _ in range(3):
        unlock(qtbot, window, "wrong")
    button = window.unlock.button
    assert not button.isEnabled()
    assert "Try again in 1 second" in button.words
    qtbot.waitUntil(button.isEnabled, timeout=5_000)
    unlock(qtbot, window)
    assert window.session.is_open


def test_a_keyring_that_hangs_keeps_nobody_from_typing_the_passphrase(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    store = seams_of(unlocked).store
    unlocked.lock()
    settle(qtbot, unlocked)
    store.answers.clear()
    unlocked.unlock.others.quick.click()
    assert "Waiting" in unlocked.unlock.others.quick.words
    unlocked.unlock.field.edit.setText(PASSPHRASE)
    unlocked.unlock.button.click()
    qtbot.waitUntil(lambda: unlocked.session.is_open)
    store.answers.set()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


def test_every_control_of_the_sheets_has_a_name(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = security(qtbot, unlocked)
    for press in (
        page.keys.make.click,
        page.keys.stolen.click,
        lambda: page.keys._change_quick("yes"),
    ):
        press()
        (sheet,) = [sheet for sheet in unlocked.findChildren(Sheet) if sheet.isVisible()]
        assert [stop for stop in sheet._stops() if not stop.accessibleName()] == []
        sheet.dismiss()
        settle(qtbot, unlocked)
    row = [page.keys.make, page.keys.stolen, *page.keys.quick.findChildren(QAbstractButton)]
    assert all(control.accessibleName() for control in row)
