"""The ladder of showing: verifiable link, code, file, public link with consent, and what helps."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.simulators.issuer import Issuer
from tests.simulators.sd_jwts import sd_token
from tests.simulators.verifier_plus import VerifierPlusServer, send, verifier_plus
from tests.simulators.web import WebSimulator
from tests.ui.ladder_helpers import open_share, said, show_way
from tests.ui.showing_helpers import PAGE, add_signed, codes_in, in_safe, set_page, shares, top
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.self_declared import OwnSkill
from wallet_app.app.share_models import Recall, ShownBy
from wallet_app.sharing.link_payload import read_link_text
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.share_facts import LADDER
from wallet_app.ui.sheets.share_glimpse import PageGlimpse
from wallet_app.ui.sheets.share_instead import instead_of
from wallet_app.ui.sheets.share_middle import ISSUER
from wallet_app.ui.sheets.share_sheet import ShareSheet


@pytest.fixture
def signed(qtbot: QtBot, unlocked: MainWindow) -> str:
    set_page(qtbot, unlocked)
    return add_signed(qtbot, unlocked)


@pytest.fixture
def server() -> Iterator[VerifierPlusServer]:
    with verifier_plus() as running:
        yield running


def test_the_ladder_has_every_way_once() -> None:
    assert sorted(LADDER) == sorted(ShownBy)


# --- my page -----------------------------------------------------------------------------


def test_the_link_carries_the_badge_and_its_length_is_told_before(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.MY_LINK)
    assert f"{len(sheet.facts.my_link):,} character" in said(sheet)
    sheet.whom.edit.setText("Sam, interview")
    sheet.primary.click()
    settle(qtbot, unlocked)
    (link,) = seams_of(unlocked).copied
    assert link.startswith(f"{PAGE}#")
    assert read_link_text(link.partition("#")[2]).kind == "n"
    (entry,) = shares(qtbot, unlocked)
    assert (entry.way, entry.to, entry.recall) == (ShownBy.MY_LINK, "Sam, interview", Recall.NEVER)


def test_trying_it_oneself_shows_it_to_nobody(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.MY_LINK)
    seams_of(unlocked).answers.append(True)
    sheet.second.click()
    settle(qtbot, unlocked)
    assert seams_of(unlocked).browsed == [sheet.facts.my_link]
    assert shares(qtbot, unlocked) == ()


def test_the_preview_promises_no_more_than_the_page_can_know(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.MY_LINK)
    (by_key,) = [one for one in sheet.findChildren(PageGlimpse) if one.isVisibleTo(sheet)]
    assert "Verified" in by_key.accessibleName(), "the issuer's id is its key"
    sheet.close_sheet()
    named = "Data Analysis in Practice"
    proven = next(row for row in unlocked.library.rows() if row.name == named)
    assert proven.issuer_proven
    sheet = open_share(qtbot, unlocked, proven.id, ShownBy.MY_LINK)
    glimpse = [one for one in sheet.findChildren(PageGlimpse) if one.isVisibleTo(sheet)][-1]
    name = glimpse.accessibleName()
    assert "Not fully checked" in name
    shown = [one.text() for one in glimpse.findChildren(Label)]
    assert f"“{proven.issuer}”" in shown, "proven here, not yet on the page"
    assert "Name that the signer gives itself" in shown
    assert "By itself the page can check less than Coffre" in said(sheet)


def test_the_preview_calls_a_holders_own_word_by_its_name(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    skill = OwnSkill("Grant management", "Three files.", "Camille Vasseur")
    made = in_safe(qtbot, unlocked, lambda safe: safe.declare_skill(skill, new_key="mine"))
    assert made.badge is not None
    sheet = open_share(qtbot, unlocked, made.badge.id, ShownBy.MY_LINK)
    (glimpse,) = [one for one in sheet.findChildren(PageGlimpse) if one.isVisibleTo(sheet)]
    shown = [one.text() for one in glimpse.findChildren(Label)]
    assert {"Declared by its holder", "Unaltered; nobody else vouches for it."} <= {*shown}
    assert "Verified" not in shown
    if folder := os.environ.get("COFFRE_PAGE_PICTURES", ""):
        glimpse.grab().save(str(Path(folder) / "glimpse-declared.png"))


def test_what_can_be_held_back_is_said(qtbot: QtBot, unlocked: MainWindow, signed: str) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.MY_LINK)
    assert "Nothing: the signature covers the whole badge" in said(sheet)
    sheet.close_sheet()
    served = next(row.id for row in unlocked.library.rows() if row.name == "Robot Builder")
    assert "Nothing: what proves this badge is" in said(
        open_share(qtbot, unlocked, served, ShownBy.FILE)
    )


def test_a_code_carries_the_badge_or_the_issuers_page_as_chosen(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked, "https://c.io/")
    badge = next(row.id for row in unlocked.library.rows() if row.name == "Robot Builder")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.QR)
    assert codes_in(sheet) == [sheet.facts.page], "a hosted badge has no link of its own"
    sheet.close_sheet()
    small = add_signed(qtbot, unlocked)
    sheet = open_share(qtbot, unlocked, small, ShownBy.QR)
    assert codes_in(sheet) == [sheet.facts.my_link]
    assert f"{len(sheet.facts.my_link):,} characters. " in said(sheet)
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert codes_in(top(unlocked)) == [sheet.facts.my_link]


def test_the_person_chooses_what_the_code_opens(qtbot: QtBot, unlocked: MainWindow) -> None:
    set_page(qtbot, unlocked)
    page = "https://issuer.example/badges/7"
    sheet = open_share(qtbot, unlocked, add_signed(qtbot, unlocked, badge_at=page), ShownBy.QR)
    assert "Your identifier" in said(sheet)
    source = sheet.findChild(Choice, "share-code-source")
    assert source is not None
    source._group.buttons()[1].click()
    settle(qtbot, unlocked)
    QCoreApplication.processEvents()
    assert codes_in(sheet) == [page]
    assert "Your identifier" not in said(sheet), "nothing but the address leaves"
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert codes_in(top(unlocked)) == [page]
    (entry,) = shares(qtbot, unlocked)
    assert (entry.link, entry.recall) == (page, Recall.ISSUER)


def test_a_badge_that_is_too_big_says_that_its_code_is_another(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = badge_of(unlocked, "revoked")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.QR)
    notice = sheet.findChild(Notice, "share-code-fell")
    assert notice is not None
    assert sheet._source == ISSUER
    assert codes_in(sheet) == [sheet.facts.page]


def test_a_hosted_badge_says_why_it_has_no_link_of_its_own(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = next(row.id for row in unlocked.library.rows() if row.name == "Robot Builder")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.MY_LINK)
    assert "carries no signature" in said(sheet)
    assert not sheet.primary.isVisible()
    show_way(qtbot, unlocked, sheet, ShownBy.HTML)
    assert "carries no signature" in said(sheet)


def test_the_file_to_open_is_saved_and_noted(
    qtbot: QtBot, unlocked: MainWindow, signed: str, tmp_path: Path
) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.HTML)
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.whom.edit.setText("Sam")
    sheet.primary.click()
    settle(qtbot, unlocked)
    (file,) = tmp_path.glob("*.html")
    (entry,) = shares(qtbot, unlocked)
    assert (entry.way, entry.to) == (ShownBy.HTML, "Sam")
    assert entry.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


# --- a public link -----------------------------------------------------------------------


def test_no_public_link_before_it_is_allowed_and_agreed_to(
    qtbot: QtBot, unlocked: MainWindow, signed: str, server: VerifierPlusServer
) -> None:
    sheet = open_share(qtbot, unlocked, signed, ShownBy.PUBLIC_LINK)
    assert not sheet.primary.isVisible()
    sheet.close_sheet()
    in_safe(qtbot, unlocked, lambda safe: safe.allow_public_links(server.url))
    sheet = open_share(qtbot, unlocked, signed, ShownBy.PUBLIC_LINK)
    assert not sheet.primary.isEnabled()
    sheet.whom.submitted.emit()
    settle(qtbot, unlocked)
    assert server.log == [], "Return sends nothing either"
    assert "verifierplus.org" in sheet.consent.accessibleName()
    assert "whole badge is uploaded" in sheet.consent.accessibleName()
    sheet.consent.click()
    assert sheet.primary.isEnabled()
    sheet.show_way(ShownBy.PDF)
    sheet.show_way(ShownBy.PUBLIC_LINK)
    assert not sheet.primary.isEnabled(), "agreed to once is not for ever"
    assert server.log == []


def test_a_public_link_is_uploaded_copied_and_listed(
    qtbot: QtBot, unlocked: MainWindow, signed: str, server: VerifierPlusServer
) -> None:
    in_safe(qtbot, unlocked, lambda safe: safe.allow_public_links(server.url))
    sheet = open_share(qtbot, unlocked, signed, ShownBy.PUBLIC_LINK)
    sheet.whom.edit.setText("Sam")
    sheet.consent.click()
    sheet.primary.click()
    settle(qtbot, unlocked)
    (shown,) = server.shared()
    assert "Careful Reader" in json.dumps(shown)
    (entry,) = shares(qtbot, unlocked)
    assert seams_of(unlocked).copied == [entry.link]
    assert (entry.way, entry.recall, entry.to) == (ShownBy.PUBLIC_LINK, Recall.HERE, "Sam")
    assert sheet.isVisible()
    assert sheet.primary.words == "Create the public link"


def test_a_refused_upload_is_said_and_not_listed(
    qtbot: QtBot, unlocked: MainWindow, signed: str, server: VerifierPlusServer
) -> None:
    server.act = lambda handler, method: (
        method == "POST" and send(handler, 400, {"status": "Invalid request"})
    )
    in_safe(qtbot, unlocked, lambda safe: safe.allow_public_links(server.url))
    sheet = open_share(qtbot, unlocked, signed, ShownBy.PUBLIC_LINK)
    sheet.consent.click()
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert shares(qtbot, unlocked) == ()
    assert seams_of(unlocked).copied == []
    assert sheet.closable
    assert sheet.primary.isEnabled(), "it can be tried again"


# --- LinkedIn's other half ---------------------------------------------------------------


def test_an_unticked_part_leaves_in_no_link_no_code_and_no_file(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    set_page(qtbot, unlocked)
    issuer = Issuer.at_did_key(WebSimulator())
    document = issuer.badge(awardedDate="2026-01-10T00:00:00Z")
    token = sd_token(issuer, document, concealed=["awardedDate"], shown=["awardedDate"])
    (added,) = in_safe(qtbot, unlocked, lambda safe: safe.import_bytes(token.encode(), "b.jwt"))
    assert added.badge is not None
    sheet = open_share(qtbot, unlocked, added.badge.id, ShownBy.MY_LINK)
    whole = sheet.facts.my_link
    box = sheet.findChild(TickBox, "share-part-0")
    assert box is not None
    assert box.accessibleName() == "Day of the award: 10 January 2026"
    assert box.isChecked(), "nothing is withheld before the person says so"
    box.click()
    settle(qtbot, unlocked)
    QCoreApplication.processEvents()
    assert sheet.findChildren(TickBox, "share-part-0")[-1].hasFocus()
    sheet.primary.click()
    settle(qtbot, unlocked)
    (link,) = seams_of(unlocked).copied
    assert link != whole
    assert [b"2026-01-10" in part for part in read_link_text(link.partition("#")[2]).parts] == (
        [False] * 3
    )
    show_way(qtbot, unlocked, sheet, ShownBy.QR)
    assert codes_in(sheet) == [link]
    show_way(qtbot, unlocked, sheet, ShownBy.HTML)
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.primary.click()
    settle(qtbot, unlocked)
    (file,) = tmp_path.glob("*.html")
    assert link.partition("#")[2].encode() in file.read_bytes()
    assert {entry.way for entry in shares(qtbot, unlocked)} == {ShownBy.MY_LINK, ShownBy.HTML}


# --- a way that cannot be had ------------------------------------------------------------


def buttons_of(sheet: ShareSheet) -> list[str]:
    refused = sheet.findChildren(Notice, "share-refused")[-1]
    return [one.accessibleName() for one in refused.findChildren(QAbstractButton)]


def test_each_way_that_is_refused_leads_by_a_button_to_one_that_can_be_had(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    """Every badge of the demo safe, without a page and with one."""
    refused = set()
    for page in ("", PAGE):
        if page:
            set_page(qtbot, unlocked, page)
        for row in unlocked.library.rows():
            unlocked.share_asked.emit(row.id)
            settle(qtbot, unlocked)
            sheet = top(unlocked)
            assert isinstance(sheet, ShareSheet)
            for way in (one for one in LADDER if not sheet.facts.is_possible(one)):
                refused.add(way)
                other = instead_of(sheet.facts, way)
                assert other is not None
                assert sheet.facts.is_possible(other)
                sheet.show_way(way)
                assert buttons_of(sheet), (row.name, way)
            sheet.close_sheet()
    assert refused >= {ShownBy.MY_LINK, ShownBy.QR, ShownBy.HTML, ShownBy.PUBLIC_LINK}


def test_a_badge_without_a_code_leads_to_a_file_and_names_no_link_that_is_missing(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, add_signed(qtbot, unlocked, big=True), ShownBy.QR)
    assert "too big for a code that a phone can read. A file to open carries it." in said(sheet)
    assert buttons_of(sheet) == ["Use the file to open", "Set up my page"]
    instead = sheet.findChildren(QAbstractButton, "share-instead")[-1]
    instead.click()
    settle(qtbot, unlocked)
    assert (sheet.way, sheet.primary.isVisible()) == (ShownBy.HTML, True)
    assert sheet.primary.hasFocus()
