"""The ways into the safe in the window: made, used, lost and taken away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.key_steps import (
    forgotten,
    has_sheet,
    kinds,
    make_code,
    note_of,
    security,
    sheet_of,
    turn_on,
    type_back,
)
from tests.ui.test_first_run import choose, newcomer, nowhere  # noqa: F401 - fixtures
from tests.ui.window_driver import PASSPHRASE, OpenWindow, seams_of, settle, unlock
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe_keys import recovery_key
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.sheets.key_sheets import StolenSheet, UseCodeSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet


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
    (sheet.showing.save_pdf if kind == "pdf" else sheet.showing.save_text).click()
    settle(qtbot, unlocked)
    (saved,) = tmp_path.glob("Coffre recovery sheet.*")
    assert f"Saved as “{saved.name}” in {tmp_path}." in sheet.showing.saved.text()
    sheet.showing.open_folder.click()
    settle(qtbot, unlocked)
    assert seams_of(unlocked).folders == [tmp_path]
    data = saved.read_bytes()
    assert data.startswith(b"%PDF" if kind == "pdf" else b"COFFRE")
    seams_of(unlocked).answers += [False, True]
    sheet.aside.click()
    question = seams_of(unlocked).questions[-1]
    assert "The sheet that you saved opens nothing" in question.text
    assert sheet.showing.labels[0].text(), "the words are still there"
    sheet.aside.click()
    assert not sheet.showing.labels[0].text()
    assert kinds(unlocked) == ["passphrase"], "what was said is true"


def test_the_lock_takes_the_words_away_at_every_step(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = security(qtbot, unlocked)
    page.keys.make.click()
    sheet = sheet_of(unlocked, RecoveryCodeSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(qtbot, unlocked)
    given = sheet.given
    labels = list(sheet.showing.labels)
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
    forgotten(qtbot, unlocked).use_sheet.click()
    sheet = sheet_of(unlocked, UseCodeSheet)
    sheet.code.edit.setText("-".join(code.split()[:13]))
    qtbot.keyClick(sheet.code.edit, Qt.Key.Key_Return)
    assert "14" in sheet.code.error
    assert sheet.typed.text().split()[-1].endswith(code.split()[12]), "all words can be read"
    sheet.code.edit.setText("-".join(code.split()))
    assert not sheet.go.isEnabled(), "the forgotten passphrase is not kept"
    qtbot.keyClick(sheet.code.edit, Qt.Key.Key_Return)
    assert sheet.new.first.error
    sheet.new.first.edit.setText("a new passphrase of mine")
    assert not sheet.go.isEnabled()
    sheet.new.again.edit.setText("a new passphrase of mine")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
    assert not has_sheet(unlocked, UseCodeSheet)
    unlocked.show_page("history")
    settle(qtbot, unlocked)
    page = unlocked.shell.page("history")
    assert isinstance(page, HistoryPage)
    told = [page.model.index(at, 0).data() for at in range(2)]
    assert told == ["Passphrase changed", "Opened with the recovery sheet"]
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert not unlocked.session.is_open
    unlock(qtbot, unlocked, "a new passphrase of mine")
    assert unlocked.session.is_open


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
