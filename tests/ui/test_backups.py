from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.showing_helpers import in_safe
from tests.ui.window_driver import PASSPHRASE, OpenWindow, all_settings, seams_of, settle
from wallet_app.app.models import HistoryEvent
from wallet_app.app.self_declared import OwnSkill
from wallet_app.ui.backup_standing import backup_standing
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.text import Label
from wallet_app.ui.event_words import event_moment, event_sentence
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.sheets.passphrase_sheets import BackupSheet, CheckBackupSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet
from wallet_app.wording import Words


def page_of(qtbot: QtBot, window: MainWindow) -> BackupsPage:
    window.show_page("backups")
    settle(qtbot, window)
    page = window.shell.page("backups")
    assert isinstance(page, BackupsPage)
    return page


def back_up(
    qtbot: QtBot, window: MainWindow, folder: Path, passphrase: str, *, keys: bool = False
) -> BackupSheet:
    page = page_of(qtbot, window)
    seams_of(window).save_to.append(folder)
    page.back_up.click()
    (sheet,) = window.findChildren(BackupSheet)
    held = in_safe(qtbot, window, lambda safe: safe.held_identities())
    assert sheet.keys.isHidden() == (not held)
    assert not sheet.keys.isChecked(), "keys go along only if asked for"
    sheet.keys.setChecked(keys)
    sheet.field.edit.setText(passphrase)
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=30_000)
    return sheet


@pytest.mark.usefixtures("light_seals")
def test_a_backup_is_made_checked_and_restored_elsewhere(
    qtbot: QtBot, unlocked: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    assert page_of(qtbot, unlocked).headline.text() == "No backup yet"
    skill = OwnSkill("Grant management", "Three files.", "Camille Vasseur", criteria="My own word.")
    in_safe(qtbot, unlocked, lambda safe: safe.declare_skill(skill, new_key="Camille"))
    held = in_safe(qtbot, unlocked, lambda safe: safe.held_identities())
    unlocked.session.changed.emit()
    settle(qtbot, unlocked)
    names = sorted(row.name for row in unlocked.library.rows())
    back_up(qtbot, unlocked, tmp_path, PASSPHRASE, keys=True)
    (backup,) = tmp_path.glob("*.coffre")
    assert b"Northgate" not in backup.read_bytes()
    said = f"Backup made in {tmp_path}, read back and compared: 11 badges."
    assert unlocked._toast.label.text() == said
    page = page_of(qtbot, unlocked)
    assert page.headline.text() == f"Last backup: today, {NOW.astimezone():%H:%M}"
    check(qtbot, unlocked, page, backup)
    restored = restore(qtbot, unlocked, open_window, backup, tmp_path / "elsewhere")
    assert sorted(row.name for row in restored.library.rows()) == names
    assert in_safe(qtbot, restored, lambda safe: safe.held_identities()) == held
    page = page_of(qtbot, restored)
    assert page.headline.text() == "Restored from the backup of 23 November 2026"
    back_up(qtbot, restored, tmp_path / "elsewhere" / "..", PASSPHRASE)
    assert page.headline.text().startswith("Last backup: today")


def test_it_is_said_where_a_backup_is_and_the_folder_can_be_opened(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    place = tmp_path / "Papers"
    place.mkdir()
    back_up(qtbot, unlocked, place, PASSPHRASE)
    toast, folders = unlocked._toast, seams_of(unlocked).folders
    shown = str(Path("~") / "Papers")
    assert toast.label.text().startswith(f"Backup made in {shown}, ")
    assert toast.act()
    settle(qtbot, unlocked)
    assert folders == [place]
    made = page_of(qtbot, unlocked).made
    assert shown in [label.text() for label in made.findChildren(Label)]
    (button,) = made.findChildren(LinkButton)
    (backup,) = place.glob("*.coffre")
    backup.unlink()
    button.click()
    settle(qtbot, unlocked)
    assert folders == [place], "a folder without the backup is not opened"
    assert toast.label.text().startswith(f"“{backup.name}” is no longer in {shown}.")


@pytest.mark.parametrize(
    "params",
    [
        {"name": "a.coffre"},
        {"name": "a.coffre", "folder": "Papers"},
        {"name": "../a.coffre", "folder": str(Path.home())},
        {"name": "", "folder": str(Path.home())},
    ],
)
def test_a_backup_of_which_no_place_is_known_has_nothing_to_open(
    qtbot: QtBot, unlocked: MainWindow, params: dict[str, str]
) -> None:
    made = page_of(qtbot, unlocked).made
    made.show_events([HistoryEvent(NOW, "backed_up", "", "", params)])
    assert made.findChildren(Label)
    assert not made.findChildren(LinkButton)


def check(qtbot: QtBot, window: MainWindow, page: BackupsPage, backup: Path) -> None:
    seams_of(window).files.append([str(backup)])
    page.check.click()
    (sheet,) = window.findChildren(CheckBackupSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=30_000)
    assert sheet.found.text() == "This backup is complete: 11 badges, made on 23 November 2026."
    sheet.dismiss()


def restore(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, backup: Path, place: Path
) -> MainWindow:
    window.lock()
    settle(qtbot, window)
    window.session.vault_path = place
    window.stack.show_gate_or_shell()
    form = window.first_run.restore_form
    window.first_run.create_form.restore.click()
    seams_of(window).files.append([str(backup)])
    form.choose.click()
    form.field.edit.setText(PASSPHRASE)
    form.restore.click()
    qtbot.waitUntil(lambda: not window.bridge.busy, timeout=30_000)
    settle(qtbot, window)
    assert window.session.is_open
    assert window.session.vault_path == place
    sheet = next(one for one in window.findChildren(RecoveryCodeSheet) if one.isVisible())
    assert sheet.showing.why.isVisible()
    assert "made before does not open this restored safe" in sheet.showing.why.text()
    assert "Quick unlock is off in it as well" in sheet.showing.why.text()
    sheet.aside.setFocus()
    qtbot.keyClick(sheet.aside, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not window.has_sheet
    assert (
        window._toast.label.text()
        == "No recovery sheet was made: the words just shown open nothing. "
        "Make one in Settings, Security."
    )
    assert window._toast._mark._icon == "info", "nothing was done: no tick"
    return window


def test_backups_that_were_not_made_leave_nothing_blank(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = page_of(qtbot, unlocked)
    between = page.second_place.y() - page.copies.geometry().bottom() - 1
    assert between == 24, "as between the other parts"


def test_what_the_history_knows_of_backups_is_said_as_it_is() -> None:
    words = Words("en")
    made = HistoryEvent(NOW - timedelta(days=60), "backed_up", "", "", {"name": "a.coffre"})
    old = HistoryEvent(NOW, "restored", "", "", {"name": "a.coffre"})
    merged = HistoryEvent(NOW, "merged", "", "", {"name": "b.coffre"})
    of = partial(backup_standing, words, now=NOW)
    assert of([]).headline == "No backup yet"
    assert of([merged]).headline == "Restored from “b.coffre”"
    assert of([merged, made]).headline.startswith("Last backup: 24 September 2026")
    assert of([old, made]).headline == "Restored from a backup on 23 November 2026"
    wrong = replace(old, params={"made": "someday"})
    assert of([wrong]).headline == of([old]).headline


def test_a_backup_gets_its_ending_and_replaces_only_what_the_person_says(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    there = tmp_path / "Coffre 30.11.2026.coffre"
    there.write_bytes(b"of before")
    page = page_of(qtbot, unlocked)
    seams = seams_of(unlocked)
    seams.answers = [False, True]
    for asked in (1, 2):
        seams.save_as = tmp_path / "Coffre 30.11.2026"
        page.back_up.click()
        assert len(seams.questions) == asked
        assert there.name in seams.questions[-1].text
    (sheet,) = unlocked.findChildren(BackupSheet)
    assert sheet._path == there
    sheet.dismiss()


def test_a_slip_in_the_passphrase_makes_no_backup(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = back_up(qtbot, unlocked, tmp_path, "velvet orbit granite lamp")
    assert "does not open this safe" in sheet.field.error
    assert list(tmp_path.glob("*.coffre")) == []
    assert page_of(qtbot, unlocked).headline.text() == "No backup yet"


def test_a_damaged_backup_is_called_damaged_in_one_sentence(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    broken = tmp_path / "old.coffre"
    broken.write_bytes(b"age-encryption.org/v1\nnonsense")
    page = page_of(qtbot, unlocked)
    seams_of(unlocked).files.append([str(broken)])
    page.check.click()
    (sheet,) = unlocked.findChildren(CheckBackupSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    qtbot.waitUntil(lambda: not unlocked.bridge.busy, timeout=30_000)
    assert sheet.field.error
    assert not sheet.found.isVisible()


def test_the_history_tells_what_happened_latest_first(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(unlocked.library.rows()[0].id)
    settle(qtbot, unlocked)
    name = unlocked.library.rows()[0].name
    unlocked.detail.delete()
    settle(qtbot, unlocked)
    unlocked.show_page("history")
    settle(qtbot, unlocked)
    page = unlocked.shell.page("history")
    assert isinstance(page, HistoryPage)
    rows = [page.model.index(at, 0).data() for at in range(page.model.rowCount())]
    assert rows[0] == f"“{name}” deleted"
    assert rows[-1] == "Safe created"
    unlocked.lock()
    assert page.model.rowCount() == 0


def test_every_kind_of_event_has_a_sentence_in_both_languages() -> None:
    kinds = ["created", "imported", "verified", "shared", "exported", "deleted"]
    kinds += ["deleted_forever", "recovered", "backed_up", "restored", "passphrase_changed"]
    for language in ("en", "fr"):
        words = Words(language)
        other = event_sentence(words, HistoryEvent(NOW, "of a later version"))
        said = {event_sentence(words, HistoryEvent(NOW, kind, "", "Knots")) for kind in kinds}
        assert len(said) == len(kinds)
        assert other not in said
        assert not any("{" in sentence for sentence in said)


def test_moments_are_said_where_the_person_is() -> None:
    words = Words("fr")
    assert event_moment(words, NOW, NOW).startswith("Aujourd’hui, ")
    assert event_moment(words, NOW - timedelta(days=1), NOW).startswith("Hier, ")
    assert event_moment(words, NOW - timedelta(days=30), NOW).startswith("24 octobre 2026, ")


def test_no_page_shows_a_hole_in_its_words(qtbot: QtBot, unlocked: MainWindow) -> None:
    for page_id in ("import", "history", "backups", "settings"):
        unlocked.show_page(page_id)
        settle(qtbot, unlocked)
        page = unlocked.shell.page(page_id)
        if page_id == "settings":
            all_settings(qtbot, unlocked)
        for label in page.findChildren(Label):
            text = label.text()
            assert "{" not in text, (page_id, text)
            assert not text.startswith(("intake.", "share.", "settings_page.", "backups_page."))
