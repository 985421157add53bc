from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.models import ImportResult
from wallet_app.app.safe import Safe
from wallet_app.app.self_declared import OwnSkill
from wallet_app.ui.components import check_row
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.button import Kind as ButtonKind
from wallet_app.ui.components.text import Label, ShapedText
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_paper import BadgePaper
from wallet_app.ui.search_words import Kind, found_of
from wallet_app.ui.sheets.source_sheet import SourceSheet
from wallet_app.ui.sheets.writings_sheet import WritingsSheet
from wallet_app.verification.report import CHECK_ORDER, CheckId, Verdict


def open_badge(qtbot: QtBot, window: MainWindow, verdict: str) -> None:
    window.show_badge(badge_of(window, verdict))
    settle(qtbot, window)


def words_on(window: MainWindow) -> list[str]:
    return [label.text() for label in window.detail.findChildren(Label) if label.isVisible()]


def test_every_sample_opens_with_its_verdict_in_plain_words(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    for verdict in Verdict:
        open_badge(qtbot, unlocked, verdict.value)
        checks = unlocked.detail.checks
        assert checks is not None
        assert checks.result.word.text() == unlocked.words.text(f"verdict.{verdict.value}.name")
        sentence = checks.result.sentence.text()
        assert sentence
        assert "{" not in sentence
        # Dates are said in words, not as the documents write them.
        assert "-0" not in sentence
        assert "T00" not in sentence


def test_in_the_least_window_name_and_result_are_seen_without_scrolling(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.resize(960, 640)
    for verdict in Verdict:
        open_badge(qtbot, unlocked, verdict.value)
        row = unlocked.detail.shown
        checks = unlocked.detail.checks
        assert row is not None
        assert checks is not None
        labels = [one for one in unlocked.detail.findChildren(Label) if one.isVisible()]
        (name,) = [label for label in labels if label.text() == row.row.name]
        for label in (name, checks.result.word, checks.result.sentence):
            assert label.mapTo(unlocked, label.rect().bottomLeft()).y() < 640
    unlocked.resize(1280, 820)
    assert not name.isVisible()
    assert row.row.name in words_on(unlocked)


def test_a_badge_that_cannot_be_accepted_says_what_to_do(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "failed")
    assert "What you can do" in words_on(unlocked)
    checks = unlocked.detail.checks
    assert checks is not None
    seams_of(unlocked).files.append([])
    checks.add_original.click()
    assert seams_of(unlocked).files == []
    open_badge(qtbot, unlocked, "verified")
    assert "What you can do" not in words_on(unlocked)


def test_what_the_owner_declared_is_by_you_and_not_by_a_key(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    made: list[ImportResult] = []
    for name, key in (("", "mine"), ("Camille Vasseur", "")):
        skill = OwnSkill("Grant management", "Three files.", name)
        unlocked.session.ask(
            unlocked,
            "declare",
            partial(Safe.declare_skill, skill=skill, new_key=key),
            done=made.append,
            failed=unlocked.report,
        )
        settle(qtbot, unlocked)
    unlocked.session.changed.emit()
    for result, note in zip(made, ([], ["Signed with the name “Camille Vasseur”"]), strict=True):
        assert result.badge is not None
        unlocked.show_badge(result.badge.id)
        settle(qtbot, unlocked)
        words = words_on(unlocked)
        assert "You" in words
        assert [text for text in words if "Camille" in text] == note
        assert not [text for text in words if "did:" in text]
    facets = unlocked.screens.facets.facets
    shown = [one.shown for one in found_of(unlocked.words, facets, Kind.ISSUERS, 20)]
    assert "You" in shown
    assert not [name for name in shown if "did:" in name]


def test_each_of_the_nine_checks_opens_into_its_evidence_and_closes(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "verified")
    checks = unlocked.detail.checks
    assert checks is not None
    assert tuple(checks.rows) == CHECK_ORDER
    for check, row in checks.rows.items():
        assert not row.evidence.isVisible()
        row.head.click()
        qtbot.waitUntil(row.evidence.isVisible)
        assert row.head.accessibleName().endswith("details open")
        texts = [label.text() for label in row.evidence.findChildren(Label)]
        assert texts, check
        assert not texts[0].startswith("code.")
        row.head.click()
        qtbot.waitUntil(lambda row=row: not row.evidence.isVisible())
        assert row.head.accessibleName().endswith("details closed")


def test_what_a_check_opens_is_made_when_it_is_wanted_and_tab_finds_it_there(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "verified")
    checks = unlocked.detail.checks
    assert checks is not None
    rows = list(checks.rows.values())
    assert not [label for row in rows for label in row.findChildren(Label)]
    trust = checks.rows[CheckId.TRUST]
    trust.set_open(opened=True)
    (button,) = [one for one in trust.findChildren(Button) if one.isVisible()]
    focused: QWidget | None = trust.head
    trust.head.setFocus()
    while focused is not button:
        assert focused is not None
        assert trust.isAncestorOf(focused), "Tab left the row before its button"
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        focused = unlocked.focusWidget()


def test_a_page_is_asked_for_when_it_is_shown_and_breaks_its_lines_once(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done here while the safe's thread reads waits for it, again and again."""
    asked: list[tuple[str, str]] = []
    shaped: list[str] = []
    ask, shape = unlocked.session.ask, check_row.ShapedText

    def note_ask(owner: QObject, name: str, *given: Any, **named: Any) -> int:
        asked.append((name, unlocked.current_page))
        return ask(owner, name, *given, **named)

    def note_shape(text: str, *given: Any, **named: Any) -> ShapedText:
        shaped.append(text)
        return shape(text, *given, **named)

    monkeypatch.setattr(unlocked.session, "ask", note_ask)
    monkeypatch.setattr(check_row, "ShapedText", note_shape)
    open_badge(qtbot, unlocked, "verified")
    assert ("badge", "badge") in asked
    assert len(shaped) < 9 * 20, "for a few widths, and to paint"


def test_the_check_that_decided_is_already_open(qtbot: QtBot, unlocked: MainWindow) -> None:
    open_badge(qtbot, unlocked, "revoked")
    checks = unlocked.detail.checks
    assert checks is not None
    opened = [check for check, row in checks.rows.items() if row.head.is_open]
    assert opened == [CheckId.STATUS]


def test_an_unproven_issuer_is_quoted_and_said_to_be_unproven(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "failed")
    shown = words_on(unlocked)
    assert "“Northgate College”" in shown
    assert "Northgate College" not in shown
    assert "Name written in the file, not proven" in shown


def test_a_badge_that_is_not_valid_advises_deletion_and_moves_nothing_at_the_head(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = unlocked.detail
    open_badge(qtbot, unlocked, "verified")
    assert page.checks is not None
    assert page.share.kind is ButtonKind.PRIMARY
    head = (page.walk.next, page.save, page.share, page.more)
    places = [button.geometry() for button in head]
    paper = page.findChild(BadgePaper)
    assert paper is not None
    assert paper.height() == paper.heightForWidth(paper.width()), "no blank below its words"
    open_badge(qtbot, unlocked, "failed")
    assert [button.geometry() for button in head] == places
    assert page.share.kind is ButtonKind.SECONDARY
    page.checks.remove.click()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"
    assert len(unlocked.library.rows()) == 9


def test_saved_copy_is_the_original_byte_for_byte(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    open_badge(qtbot, unlocked, "verified")
    shown = unlocked.detail.shown
    assert shown is not None
    seams_of(unlocked).save_to.append(tmp_path)
    unlocked.detail.save_copy()
    settle(qtbot, unlocked)
    written = [file for file in tmp_path.iterdir() if file.suffix in (".png", ".svg", ".json")]
    written = [file for file in written if file.name != "settings.json"]
    assert [file.read_bytes() for file in written] == [shown.credential.original.data]


def test_deleted_badge_leaves_and_undo_brings_it_back(qtbot: QtBot, unlocked: MainWindow) -> None:
    gone = badge_of(unlocked, "expired")
    unlocked.show_badge(gone)
    settle(qtbot, unlocked)
    unlocked.detail.delete()
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"
    assert unlocked.library.model.row_of(gone) == -1

    unlocked.commands["undo"].trigger()
    settle(qtbot, unlocked)
    assert unlocked.library.model.row_of(gone) >= 0


def test_check_again_without_a_network_keeps_the_badge_and_says_the_result(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "verified")
    unlocked.detail.check_again()
    settle(qtbot, unlocked)
    assert unlocked.detail.checks is not None
    assert unlocked.detail.checks.result.again.isVisible()


def test_the_file_is_shown_as_text_and_forgotten_at_lock(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "verified")
    unlocked.detail.reading.everything()
    settle(qtbot, unlocked)
    sheet = unlocked.findChild(SourceSheet)
    assert sheet is not None
    assert '"credentialSubject"' in sheet.text.toPlainText()
    sheet.forget()
    assert sheet.text.toPlainText() == ""
    sheet.close_sheet()


def test_a_link_of_the_badge_opens_only_after_its_host_was_agreed_to(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    open_badge(qtbot, unlocked, "verified")
    unlocked.detail.reading.criteria()
    sheet = unlocked.findChild(WritingsSheet)
    assert sheet is not None
    seams.answers = [False, True]
    sheet.link_asked.emit("https://badges.northgate.example/criteria")
    assert seams.browsed == []
    sheet.link_asked.emit("https://badges.northgate.example/criteria")
    assert seams.browsed == ["https://badges.northgate.example/criteria"]
    assert "badges.northgate.example" in seams.questions[0].text
    sheet.close_sheet()


def test_the_halves_stand_side_by_side_when_wide_and_stack_when_narrow(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "verified")
    checks = unlocked.detail.checks
    assert checks is not None
    qtbot.waitUntil(lambda: checks.x() > 300)
    unlocked.resize(960, 640)
    qtbot.waitUntil(lambda: checks.x() < 100)
    assert checks.y() < 100


def test_the_sentence_on_a_revoked_badge_says_once_that_it_was_withdrawn(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    open_badge(qtbot, unlocked, "revoked")
    checks = unlocked.detail.checks
    assert checks is not None
    assert checks.result.sentence.text().count("withdrawn") == 1
