"""The page of shares: what, to whom, by which way; ended where that can be done, and only there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.simulators.verifier_plus import VerifierPlusServer, send, verifier_plus
from tests.simulators.web import NOW
from tests.ui.showing_helpers import PAGE, add_signed, in_safe, set_page, shares
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.share_models import LedgerEntry, ShareEnd, ShownBy
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.shares_list import what_words
from wallet_app.ui.pages.shares_page import SharesPage
from wallet_app.wording import Words


def open_page(qtbot: QtBot, window: MainWindow) -> SharesPage:
    window.show_page("shares")
    settle(qtbot, window)
    # What a layout is given is shown with the next events.
    QCoreApplication.processEvents()
    page = window.shell.page("shares")
    assert isinstance(page, SharesPage)
    return page


def said(page: SharesPage) -> list[str]:
    return [
        label.text() for label in page.paper.findChildren(Label) if label.isVisibleTo(page.paper)
    ]


def button(page: SharesPage, name: str) -> QAbstractButton | None:
    named = page.paper.findChildren(QAbstractButton, name)
    found = [one for one in named if one.isVisibleTo(page.paper)]
    return found[-1] if found else None


@pytest.fixture
def server() -> Iterator[VerifierPlusServer]:
    with verifier_plus() as running:
        yield running


def test_nothing_shown_yet_says_so(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = open_page(qtbot, unlocked)
    texts = [label.text() for label in page.findChildren(Label) if label.isVisible()]
    assert "You have not shown anything yet. What you show is listed here." in texts


def test_what_was_shown_is_listed_with_whom_and_how(qtbot: QtBot, unlocked: MainWindow) -> None:
    badge = badge_of(unlocked, "verified")
    in_safe(qtbot, unlocked, lambda safe: safe.share_link(badge, to="Workshop Ferrand"))
    page = open_page(qtbot, unlocked)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    line = page.model.line(0)
    assert line is not None
    assert "Workshop Ferrand" in line.spoken
    assert "link to the issuer’s page" in line.spoken
    assert "At the issuer’s site" in line.spoken
    assert any(text.startswith("Not from Coffre") for text in said(page))
    assert button(page, "share-stop") is None, "what cannot be ended offers no end"


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [("en", " and 1 more", " and 2 more"), ("fr", " et 1 autre", " et 2 autres")],
)
def test_several_badges_are_the_first_and_how_many_more(
    language: str, two: str, three: str
) -> None:
    words = Words(language)
    named = [(str(at), f"Badge {at}") for at in range(3)]
    told = [
        what_words(words, LedgerEntry("1", NOW, ShownBy.PORTFOLIO, tuple(named[:count])))
        for count in (2, 3)
    ]
    assert told == [f"Badge 0{two}", f"Badge 0{three}"]


def test_a_picture_for_a_post_is_not_called_the_original_file(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    badge = badge_of(unlocked, "verified")
    saved = tmp_path / "card.png"
    in_safe(qtbot, unlocked, lambda safe: safe.note_export("card", (badge,), saved))
    page = open_page(qtbot, unlocked)
    line = page.model.line(0)
    assert line is not None
    assert line.below == "Picture for a post"
    assert "Picture for a post" in said(page)


def test_typing_finds_a_person_and_a_badge(qtbot: QtBot, unlocked: MainWindow) -> None:
    first, second = (row.id for row in unlocked.library.rows()[:2])
    in_safe(qtbot, unlocked, lambda safe: safe.note_share(ShownBy.MY_LINK, (first,), to="Léa"))
    in_safe(qtbot, unlocked, lambda safe: safe.note_share(ShownBy.QR, (second,), to="Sam"))
    page = open_page(qtbot, unlocked)
    assert page.model.rowCount() == 2
    page.search.edit.setText("léa")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.paper.entry is not None
    assert page.paper.entry.to == "Léa"
    page.search.edit.setText("nobody")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.paper.entry is None


def test_a_link_that_is_the_badge_is_made_again_to_be_copied(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = add_signed(qtbot, unlocked)
    link = in_safe(qtbot, unlocked, lambda safe: safe.share_my_link(badge))
    page = open_page(qtbot, unlocked)
    copy = button(page, "share-copy")
    assert copy is not None
    copy.click()
    settle(qtbot, unlocked)
    assert seams_of(unlocked).copied == [link]
    assert link.startswith(PAGE)
    assert len(shares(qtbot, unlocked)) == 1, "it was given out once"


def test_a_link_that_would_be_another_is_not_copied_for_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = add_signed(qtbot, unlocked)
    in_safe(qtbot, unlocked, lambda safe: safe.share_my_link(badge))
    set_page(qtbot, unlocked, "https://elsewhere.example/")
    page = open_page(qtbot, unlocked)
    copy = button(page, "share-copy")
    assert copy is not None
    copy.click()
    settle(qtbot, unlocked)
    assert seams_of(unlocked).copied == []


def test_a_public_link_is_ended_after_a_question_that_says_it_is_for_good(
    qtbot: QtBot, unlocked: MainWindow, server: VerifierPlusServer
) -> None:
    badge = add_signed(qtbot, unlocked)
    in_safe(qtbot, unlocked, lambda safe: safe.allow_public_links(server.url))
    in_safe(qtbot, unlocked, lambda safe: safe.share_public(badge, "Sam", consent=True))
    assert len(server.shared()) == 1
    page = open_page(qtbot, unlocked)
    seams = seams_of(unlocked)
    stop = button(page, "share-stop")
    assert stop is not None
    seams.answers.append(False)
    stop.click()
    settle(qtbot, unlocked)
    assert len(server.shared()) == 1
    seams.answers.append(True)
    stop.click()
    settle(qtbot, unlocked)
    assert "cannot be undone" in seams.questions[-1].text
    assert server.shared() == []
    assert shares(qtbot, unlocked)[0].end is ShareEnd.UNSHARED
    assert button(page, "share-stop") is None
    assert any(text.startswith("Ended on") for text in said(page))


def test_an_end_that_the_server_does_not_give_is_said_and_nothing_is_written(
    qtbot: QtBot, unlocked: MainWindow, server: VerifierPlusServer
) -> None:
    badge = add_signed(qtbot, unlocked)
    in_safe(qtbot, unlocked, lambda safe: safe.allow_public_links(server.url))
    in_safe(qtbot, unlocked, lambda safe: safe.share_public(badge, consent=True))
    server.act = lambda handler, method: method == "DELETE" and send(handler, 503, {})
    page = open_page(qtbot, unlocked)
    seams_of(unlocked).answers.append(True)
    stop = button(page, "share-stop")
    assert stop is not None
    stop.click()
    settle(qtbot, unlocked)
    assert shares(qtbot, unlocked)[0].end is None
    assert button(page, "share-stop") is not None


def test_enter_opens_the_badge_and_a_badge_that_is_gone_is_not_offered(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge = badge_of(unlocked, "verified")
    in_safe(qtbot, unlocked, lambda safe: safe.share_link(badge))
    page = open_page(qtbot, unlocked)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"
    in_safe(qtbot, unlocked, lambda safe: safe.delete(badge))
    page = open_page(qtbot, unlocked)
    opener = button(page, "share-open-badge")
    assert opener is not None
    assert not opener.isEnabled()
    assert page.model.rowCount() == 1, "what was shown stays in the list"
