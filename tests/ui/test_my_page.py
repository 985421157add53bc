"""My page in the settings: published by hand only, and the same bytes everywhere."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulators.dav import PASSWORD, USER, real_dav
from tests.ui.showing_helpers import PAGE, in_safe, set_page, top
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.button import Button
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.my_page_section import MyPageSection
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.publish_sheet import PublishSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet

FOLDER, SERVER, ZIP = 0, 1, 2


def section(qtbot: QtBot, window: MainWindow) -> MyPageSection:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_my_page()
    settle(qtbot, window)
    return page.my_page


def open_sheet(qtbot: QtBot, window: MainWindow, kind: int) -> PublishSheet:
    section(qtbot, window).publish.click()
    settle(qtbot, window)
    sheet = top(window)
    assert isinstance(sheet, PublishSheet)
    sheet.place.kind._group.buttons()[kind].click()
    return sheet


def shown_hash(qtbot: QtBot, window: MainWindow) -> str:
    return section(qtbot, window).hash.toPlainText()


def test_an_address_is_judged_kept_and_forgotten(qtbot: QtBot, unlocked: MainWindow) -> None:
    mine = section(qtbot, unlocked)
    mine.address.edit.setText("http://camille.example/")
    mine.save.click()
    settle(qtbot, unlocked)
    assert mine.address.error
    assert in_safe(qtbot, unlocked, lambda safe: safe.my_page().address) == ""
    mine.address.edit.setText(PAGE)
    mine.save.click()
    settle(qtbot, unlocked)
    assert in_safe(qtbot, unlocked, lambda safe: safe.my_page().address) == PAGE
    assert mine.check.isEnabled()
    mine.address.edit.setText("")
    mine.save.click()
    settle(qtbot, unlocked)
    assert in_safe(qtbot, unlocked, lambda safe: safe.my_page().address) == ""


def test_a_folder_gets_the_page_whose_hash_is_shown_and_no_badge(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    target = tmp_path / "web"
    target.mkdir()
    sheet = open_sheet(qtbot, unlocked, FOLDER)
    sheet.place.folder.edit.setText(str(target))
    sheet.address.edit.setText(PAGE)
    sheet.go.click()
    settle(qtbot, unlocked)
    (file,) = target.iterdir()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == shown_hash(qtbot, unlocked)
    assert in_safe(qtbot, unlocked, lambda safe: safe.my_page().address) == PAGE
    assert not unlocked.has_sheet


def test_an_empty_field_asks_for_what_goes_into_it(qtbot: QtBot, unlocked: MainWindow) -> None:
    for kind, asked in (
        (FOLDER, "Name a folder."),
        (SERVER, "Name the https address of a folder on a server."),
    ):
        sheet = open_sheet(qtbot, unlocked, kind)
        sheet.go.click()
        settle(qtbot, unlocked)
        assert asked in (sheet.place.folder.error, sheet.place.address.error)
        sheet.dismiss()
        settle(qtbot, unlocked)


def test_a_page_of_an_earlier_version_asks_to_be_published_again(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = open_sheet(qtbot, unlocked, FOLDER)
    sheet.place.folder.edit.setText(str(tmp_path))
    sheet.address.edit.setText(PAGE)
    sheet.go.click()
    settle(qtbot, unlocked)
    page = section(qtbot, unlocked)
    said = page._publish_row.hint.text()
    assert said.startswith("One file")
    assert "newer version" not in said
    published = in_safe(qtbot, unlocked, lambda safe: safe.my_page())
    page._take((replace(published, sha256="0" * 64), "", published.sha256))
    assert page._publish_row.hint.text().endswith("newer version of the page. Publish it again.")


def test_another_file_there_is_replaced_only_after_a_question(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "web").mkdir()
    taken = tmp_path / "web" / "index.html"
    taken.write_text("somebody's home page", encoding="utf-8")
    seams = seams_of(unlocked)
    for agreed in (False, True):
        sheet = open_sheet(qtbot, unlocked, FOLDER)
        sheet.place.folder.edit.setText(str(taken.parent))
        sheet.address.edit.setText(PAGE)
        seams.answers.append(agreed)
        sheet.go.click()
        settle(qtbot, unlocked)
        assert ("home page" in taken.read_text(encoding="utf-8")) is not agreed
        if not agreed:
            sheet.dismiss()
            settle(qtbot, unlocked)


def test_a_zip_holds_the_page_alone(qtbot: QtBot, unlocked: MainWindow, tmp_path: Path) -> None:
    sheet = open_sheet(qtbot, unlocked, ZIP)
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.go.click()
    settle(qtbot, unlocked)
    (made,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(made) as archive:
        contents = [archive.read(name) for name in archive.namelist()]
    assert shown_hash(qtbot, unlocked) in {hashlib.sha256(one).hexdigest() for one in contents}


def test_a_real_webdav_server_gets_it_and_gives_it_up_again(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    with real_dav(tmp_path / "dav") as address:
        sheet = open_sheet(qtbot, unlocked, SERVER)
        sheet.place.address.edit.setText(address)
        sheet.place.user.edit.setText(USER)
        sheet.place.password.edit.setText("wrong")
        sheet.address.edit.setText(PAGE)
        sheet.go.click()
        settle(qtbot, unlocked)
        assert sheet.isVisible()
        assert not list((tmp_path / "dav").iterdir())
        sheet.place.password.edit.setText(PASSWORD)
        sheet.go.click()
        settle(qtbot, unlocked)
        (file,) = (tmp_path / "dav").iterdir()
        assert hashlib.sha256(file.read_bytes()).hexdigest() == shown_hash(qtbot, unlocked)
        mine = section(qtbot, unlocked)
        seams_of(unlocked).answers.append(True)
        mine.remove.click()
        settle(qtbot, unlocked)
        assert not list((tmp_path / "dav").iterdir())
        assert not mine.remove.isVisible()


def test_nothing_asks_the_address_before_the_button_does(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    mine = section(qtbot, unlocked)
    before = mine._check_row.hint.text()
    mine.check.click()
    settle(qtbot, unlocked)
    said = mine._check_row.hint.text()
    assert said not in ("", before), "offline, it says that it could not be seen"
    assert "exactly this page" not in said


def test_public_links_are_off_and_allowed_for_one_named_service(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    mine = section(qtbot, unlocked)
    assert mine.public.current == "no"
    mine.public._group.buttons()[1].click()
    settle(qtbot, unlocked)
    server = in_safe(qtbot, unlocked, lambda safe: safe.public_server())
    assert server.rstrip("/") == "https://verifierplus.org"
    mine.public._group.buttons()[0].click()
    settle(qtbot, unlocked)
    assert in_safe(qtbot, unlocked, lambda safe: safe.public_server()) == ""


@pytest.mark.parametrize(
    ("way", "name"),
    [(ShownBy.MY_LINK, "share-set-up-page"), (ShownBy.PUBLIC_LINK, "share-open-settings")],
    ids=["page", "public"],
)
def test_the_share_dialog_leads_here_where_something_is_missing(
    qtbot: QtBot, unlocked: MainWindow, way: ShownBy, name: str
) -> None:
    unlocked.share_asked.emit(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, ShareSheet)
    sheet.show_way(way)
    assert not sheet.primary.isVisible()
    leading = sheet.findChildren(Button, name)[-1]
    leading.click()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "settings"
    page = unlocked.shell.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.my_page.isVisible()
    assert not unlocked.has_sheet
