"""The window takes everything out after a warning, and brings other wallets' files in."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulators.wallets import (
    LEARNCARD_PASSWORD,
    identity,
    lcw_file,
    lcw_keys,
    lcw_profile,
    lcw_takes,
    learncard_files,
    learncard_jwks,
    zipped,
)
from tests.ui.window_driver import seams_of, settle
from wallet_app.app.moving_out import MoveOutKind
from wallet_app.app.wallet_files import open_wallet
from wallet_app.resources import resource_path
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.moving_section import MovingSection
from wallet_app.ui.sheets.move_in_sheet import MoveInSheet
from wallet_app.ui.sheets.move_out_sheet import MoveOutSheet

SAMPLE = "02-accueil-mediation.json"


def section_of(qtbot: QtBot, window: MainWindow) -> MovingSection:
    window.show_page("backups")
    settle(qtbot, window)
    page = window.shell.page("backups")
    assert isinstance(page, BackupsPage)
    (section,) = page.findChildren(MovingSection)
    return section


def take_out(qtbot: QtBot, window: MainWindow, kind: MoveOutKind) -> MoveOutSheet:
    section_of(qtbot, window).take_out.click()
    sheet = window.findChildren(MoveOutSheet)[-1]
    sheet.choice.choose(kind.value)
    sheet._choose(kind.value)
    settle(qtbot, window)
    return sheet


def bring_in(qtbot: QtBot, window: MainWindow, path: Path) -> MoveInSheet:
    seams_of(window).files.append([str(path)])
    section = section_of(qtbot, window)
    (section.bring_folder if path.is_dir() else section.bring_file).click()
    sheet = window.findChildren(MoveInSheet)[-1]
    sheet.go.click()
    settle(qtbot, window)
    return sheet


def shown(sheet: MoveInSheet | MoveOutSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(Label) if label.isVisible())


@pytest.mark.parametrize("kind", list(MoveOutKind))
def test_everything_is_written_only_after_the_warning_and_a_place(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, kind: MoveOutKind
) -> None:
    sheet = take_out(qtbot, unlocked, kind)
    said = shown(sheet)
    assert "This is not encrypted" in said
    assert ("private keys" in said) == (kind is MoveOutKind.LCW)
    assert ("Not in it" in said) == (kind is MoveOutKind.LCW)
    place = tmp_path / "out"
    place.mkdir()
    seams_of(unlocked).save_to.append(place)
    sheet.go.click()
    settle(qtbot, unlocked)
    (written,) = place.iterdir()
    assert written.name.startswith("My badges 2026-11-23")
    assert "written, read back and checked" in sheet.status.text()
    if kind is MoveOutKind.LCW:
        assert "Destroy it" in shown(sheet)
        lcw_takes(written.read_bytes())
    else:
        wallet = open_wallet(written)
        assert len(wallet.parts) == len(unlocked.library.rows())


def test_a_place_that_is_taken_is_told_and_nothing_is_replaced(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = take_out(qtbot, unlocked, MoveOutKind.ZIP)
    target = tmp_path / "mine.zip"
    target.write_bytes(b"mine")
    sheet.write(target)
    settle(qtbot, unlocked)
    assert "already something named mine.zip" in sheet.status.text()
    assert target.read_bytes() == b"mine"
    assert sheet.closable


def test_a_wallet_file_is_brought_in_and_the_person_is_told_to_destroy_it(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    badge = json.loads((resource_path("samples", "badges") / SAMPLE).read_bytes())
    path = tmp_path / "Wallet Backup.json"
    path.write_bytes(lcw_file(lcw_profile(badge)))
    sheet = bring_in(qtbot, unlocked, path)
    said = shown(sheet)
    assert "1 identity with its keys taken in" in said
    assert "in the safe already" in said
    assert "destroy it" in said
    secret = lcw_keys(identity())[0]["privateKeyMultibase"]
    assert secret not in said
    assert not sheet.go.isVisible()


def test_a_learncard_export_asks_for_its_password(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    held = identity()
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(learncard_files(("key-jwks", learncard_jwks(held)), did=held.did)))
    sheet = bring_in(qtbot, unlocked, path)
    assert sheet.field.isVisible()
    sheet.field.edit.setText("another")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert "not the password of this export" in sheet.field.error
    assert sheet.field.edit.text() == ""
    sheet.field.edit.setText(LEARNCARD_PASSWORD)
    sheet.go.click()
    settle(qtbot, unlocked)
    assert "1 identity with its keys taken in" in shown(sheet)
    assert "Keep “export.zip”" in shown(sheet)


def test_an_export_of_ours_comes_back_by_its_folder(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = take_out(qtbot, unlocked, MoveOutKind.FOLDER)
    sheet.write(tmp_path / "out")
    settle(qtbot, unlocked)
    sheet.dismiss()
    report = bring_in(qtbot, unlocked, tmp_path / "out")
    assert f"{len(unlocked.library.rows())} badges were in the safe already." in shown(report)


def test_what_is_no_wallet_is_told_and_the_dialog_stays(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    sheet = bring_in(qtbot, unlocked, tmp_path / "notes.txt")
    assert "not the file of another wallet" in sheet.text.text()
    assert sheet.go.isEnabled()


def test_it_can_be_stopped_and_says_what_was_not_looked_at(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    badges = [
        {"type": ["VerifiableCredential"], "id": f"urn:{number}", "credentialSubject": {}}
        for number in range(30)
    ]
    path = tmp_path / "w.json"
    path.write_bytes(lcw_file(lcw_profile(*badges)))
    seams_of(unlocked).files.append([str(path)])
    section_of(qtbot, unlocked).bring_file.click()
    (sheet,) = unlocked.findChildren(MoveInSheet)
    sheet.run.progressed.connect(lambda done, _total: done == 2 and sheet.cancel.click())
    sheet.go.click()
    settle(qtbot, unlocked)
    said = shown(sheet)
    assert "27 badges were not looked at." in said
    assert "Keep it where nobody else reads it" in said
    assert sheet.closable


def test_locking_drops_what_was_read_and_every_word_of_it(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(lcw_file(lcw_profile()))
    seams_of(unlocked).files.append([str(path)])
    section_of(qtbot, unlocked).bring_file.click()
    (sheet,) = unlocked.findChildren(MoveInSheet)
    wallet = open_wallet(path)
    sheet.run._wallet = wallet
    unlocked.lock()
    assert sheet.run._wallet is None
    with pytest.raises(ValueError, match="wiped"):
        wallet.keys.identities[0][1].keys[0].private.buffer()
    settle(qtbot, unlocked)


def test_every_control_has_a_name(qtbot: QtBot, unlocked: MainWindow) -> None:
    section = section_of(qtbot, unlocked)
    names = [
        b.accessibleName() for b in (section.take_out, section.bring_file, section.bring_folder)
    ]
    assert all(names)
    assert len(set(names)) == 3
    sheet = take_out(qtbot, unlocked, MoveOutKind.FOLDER)
    assert sheet.choice.accessibleName()
