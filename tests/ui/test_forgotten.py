"""Who has forgotten the passphrase: what is told, and how the locked safe makes room."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.key_steps import forgotten, has_sheet, security, sheet_of, turn_on
from tests.ui.test_first_run import choose
from tests.ui.window_driver import PASSPHRASE, seams_of, settle, unlock
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.put_aside import put_aside
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet


def said(sheet: Sheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(Label) if label.isVisible())


def test_what_the_safe_does_not_have_is_not_offered(locked: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, locked)
    assert not locked.unlock.others.quick.isVisible()
    sheet = forgotten(qtbot, locked)
    assert not sheet.use_sheet.isVisible()
    assert not sheet.quick_card.isVisible()
    assert "This safe has no recovery sheet." in said(sheet)


def test_nothing_is_claimed_of_a_safe_whose_ways_cannot_be_read(
    locked: MainWindow, qtbot: QtBot
) -> None:
    for header in locked.session.vault_path.glob("header.json*"):
        header.write_text("damaged")
    text = said(forgotten(qtbot, locked))
    assert "nobody can tell whether a recovery sheet opens it" in text
    assert "no recovery sheet" not in text
    assert "Nothing else" not in text


def test_quick_unlock_is_named_to_who_forgot_the_passphrase_while_it_works(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    turn_on(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    store = seams_of(unlocked).store
    store.fault = "keyring.none"
    sheet = forgotten(qtbot, unlocked)
    assert "no keyring answers" in said(sheet)
    assert not sheet.quick.isVisible()
    sheet.cancel.click()
    store.fault = ""
    store.answers.clear()
    unlocked.unlock.others.quick.click()
    unlocked.unlock.others.forgotten.click()
    qtbot.waitUntil(lambda: has_sheet(unlocked, ForgottenSheet))
    store.answers.set()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open
    assert not unlocked.has_sheet, "it opened meanwhile"
    unlocked.lock()
    settle(qtbot, unlocked)
    sheet = forgotten(qtbot, unlocked)
    assert "Quick unlock opens it" in said(sheet)
    sheet.quick.click()
    settle(qtbot, unlocked)
    assert unlocked.session.is_open


@pytest.mark.usefixtures("light_seals")
def test_a_backup_takes_the_place_of_a_safe_whose_passphrase_is_forgotten(
    qtbot: QtBot, locked: MainWindow, tmp_path: Path, services: Services
) -> None:
    path, backup = locked.session.vault_path, tmp_path / "older.coffre"
    with (
        Secret.from_text("the older one") as older,
        create_safe(tmp_path / "other", older, services) as other,
    ):
        other.backup(backup, older)
    settle(qtbot, locked)
    sheet = forgotten(qtbot, locked)
    seams_of(locked).answers = [False]
    sheet.restore.click()
    assert sheet.isVisible()
    assert path.is_dir(), "it is asked first"
    seams_of(locked).answers = [True]
    sheet.restore.click()
    settle(qtbot, locked)
    form = locked.first_run.restore_form
    assert form.isVisible()
    assert not path.exists()
    (aside,) = tmp_path.glob("safe-20*")
    assert f"Your locked safe lies in {aside}." in form.aside.notices[0].text.text()
    seams_of(locked).files.append([str(backup)])
    form.choose.click()
    for typed in ("wrong", "the older one"):
        assert not path.exists()
        form.field.edit.setText(typed)
        form.restore.click()
        settle(qtbot, locked)
    assert locked.session.is_open
    assert locked.session.vault_path == path
    sheet_of(locked, RecoveryCodeSheet).close_sheet()
    others = security(qtbot, locked).others
    assert others.isVisible()
    assert f"Another safe lies in {aside}, put aside on" in others.text()
    locked.lock()
    settle(qtbot, locked)
    assert f"Another safe lies in {aside}" in said(forgotten(qtbot, locked))
    with Secret.from_text(PASSPHRASE) as known, open_safe(aside, known, services) as kept:
        assert kept.count()


def test_a_safe_that_was_put_aside_comes_back_from_the_first_page(
    qtbot: QtBot, locked: MainWindow
) -> None:
    locked.preferences.remember_safe(locked.session.vault_path)
    sheet = forgotten(qtbot, locked)
    seams_of(locked).answers = [True]
    sheet.anew.click()
    settle(qtbot, locked)
    form = locked.first_run.create_form
    assert form.isVisible()
    assert not form.lost.isVisible(), "it is not lost"
    (button,) = form.aside.buttons
    locked.session.vault_path.mkdir()
    button.click()
    settle(qtbot, locked)
    assert "was left where it lies" in locked._toast.label.text()
    locked.session.vault_path.rmdir()
    form.aside.buttons[0].click()
    settle(qtbot, locked)
    assert locked.stack.currentWidget() is locked.unlock
    unlock(qtbot, locked)
    assert locked.session.is_open


def test_a_new_safe_knows_nothing_of_the_page_of_the_one_put_aside(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.show_badge(unlocked.library.rows()[0].id)
    settle(qtbot, unlocked)
    unlocked.lock()
    settle(qtbot, unlocked)
    qtbot.waitUntil(lambda: unlocked.session.is_closed)
    sheet = forgotten(qtbot, unlocked)
    seams_of(unlocked).answers = [True]
    sheet.anew.click()
    settle(qtbot, unlocked)
    choose(unlocked, PASSPHRASE)
    unlocked.first_run.create_form.create_button.click()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"
    assert not unlocked._toast.isVisible()


def test_a_safe_that_is_open_elsewhere_is_not_put_aside(
    qtbot: QtBot, locked: MainWindow, services: Services
) -> None:
    path = locked.session.vault_path
    sheet = forgotten(qtbot, locked)
    seams_of(locked).answers = [True]
    with Secret.from_text(PASSPHRASE) as known, open_safe(path, known, services):
        sheet.anew.click()
        settle(qtbot, locked)
    assert "Another Coffre has this safe open" in locked._toast.label.text()
    assert locked.stack.currentWidget() is locked.unlock
    assert path.is_dir()


def test_a_safe_that_somebody_else_put_aside_is_named_when_it_is_to_open(
    qtbot: QtBot, locked: MainWindow
) -> None:
    settle(qtbot, locked)
    put_aside(locked.session.vault_path, date(2026, 11, 30))
    unlock(qtbot, locked)
    assert locked.stack.currentWidget() is locked.first_run
    (notice,) = locked.first_run.create_form.aside.notices
    assert notice.heading.text() == "Put aside on 30 November 2026"
