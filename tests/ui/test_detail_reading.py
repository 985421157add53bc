"""What opens from the page of a badge: writings, endorsements, life, source, neighbours."""

import json
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulators.rich_badge import rich_badge
from tests.ui.showing_helpers import in_safe, top
from tests.ui.window_driver import OpenWindow, badge_of, seams_of, settle, unlock
from wallet_app.app.badge_source import PartKind, source_parts
from wallet_app.ui.components.skill_group import SkillGroup
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.verdict_pill import VerdictPill
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.endorsements_sheet import EndorsementsSheet
from wallet_app.ui.sheets.source_sheet import SourceSheet
from wallet_app.ui.sheets.writings_sheet import WritingsSheet
from wallet_app.verification.report import CheckId

S = TypeVar("S", bound=QWidget)


@pytest.fixture
def rich(qtbot: QtBot, unlocked: MainWindow) -> MainWindow:
    """The window with the page of a badge that has everything."""
    (result,) = in_safe(qtbot, unlocked, lambda safe: safe.import_bytes(rich_badge(), "rich.json"))
    assert result.badge is not None
    unlocked.library.refresh()
    settle(qtbot, unlocked)
    unlocked.show_badge(result.badge.id)
    settle(qtbot, unlocked)
    return unlocked


def opened(window: MainWindow, kind: type[S]) -> S:
    sheet = top(window)
    assert isinstance(sheet, kind)
    return sheet


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]


def test_criteria_keep_their_form_and_a_link_in_them_asks_first(
    qtbot: QtBot, rich: MainWindow
) -> None:
    rich.detail.reading.criteria()
    sheet = opened(rich, WritingsSheet)
    (prose,) = sheet.proses
    assert prose.toPlainText() == "Read the rules."
    seams_of(rich).answers = [True]
    prose.anchorClicked.emit("https://issuer.example/rules")
    assert "issuer.example" in seams_of(rich).questions[0].text
    assert seams_of(rich).browsed == ["https://issuer.example/rules"]


def test_a_skill_is_searched_for_in_the_library(qtbot: QtBot, rich: MainWindow) -> None:
    (group,) = rich.detail.findChildren(SkillGroup)
    assert [chip.words.framework for chip in group.chips] == ["", "ESCO", "ESCO"]
    group.chips[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(group.chips[1], Qt.Key.Key_Right)
    assert group.chips[2].hasFocus()
    qtbot.keyClick(group.chips[2], Qt.Key.Key_Return)
    settle(qtbot, rich)
    assert rich.current_page == "safe"
    assert "Weigh clauses" in rich.library.search.text
    assert [row.name for row in rich.library.rows()] == ["Careful Reader"]


def test_an_endorsement_of_something_else_shows_no_good_verdict(
    qtbot: QtBot, rich: MainWindow
) -> None:
    assert rich.detail.checks is not None
    row = rich.detail.checks.rows[CheckId.ENDORSEMENTS]
    row.head.click()
    rich.detail.checks.endorsements_asked.emit()
    settle(qtbot, rich)
    sheet = opened(rich, EndorsementsSheet)
    about, other = sheet.cards
    assert [pill.text() for pill in about.findChildren(VerdictPill)] == ["Verified"]
    assert other.findChildren(VerdictPill) == []
    assert any("does not count" in text for text in said(other))
    assert any("not proven" in text for text in said(about))
    about.open_checks()
    assert about.checks is not None
    assert about.checks.accessibleName().endswith("details open")
    sheet.forget()
    assert not [text for text in said(sheet) if "Institute" in text or "Good" in text]


def test_the_life_is_told_from_the_first_day_and_follows_what_happens(
    qtbot: QtBot, rich: MainWindow
) -> None:
    life = rich.detail.life
    assert life is not None
    qtbot.waitUntil(lambda: len(said(life)) > 3)
    texts = said(life)
    assert texts.index("Awarded") < texts.index("Added to your safe")
    badge_id = rich.detail.badge_id
    in_safe(qtbot, rich, lambda safe: safe.save_note(badge_id, "Mine"))
    rich.session.changed.emit()
    settle(qtbot, rich)
    qtbot.waitUntil(lambda: "You wrote a note" in said(life))


def test_a_long_life_begins_with_its_first_day_and_opens_on_demand(
    qtbot: QtBot, rich: MainWindow
) -> None:
    badge_id = rich.detail.badge_id
    for at in range(14):
        in_safe(qtbot, rich, lambda safe, at=at: safe.save_note(badge_id, f"Note {at}"))
    rich.session.changed.emit()
    settle(qtbot, rich)
    life = rich.detail.life
    assert life is not None
    qtbot.waitUntil(lambda: life.more.isVisible() and len(said(life)) > 3)
    before = said(life)
    assert "Awarded" in before
    life.more.click()
    qtbot.waitUntil(lambda: len(said(life)) > len(before))
    assert not life.more.isVisible()


def test_the_source_is_searched_copied_and_saved(qtbot: QtBot, rich: MainWindow) -> None:
    rich.detail.reading.everything()
    settle(qtbot, rich)
    sheet = opened(rich, SourceSheet)
    sheet.search.edit.setText("careful READER")
    qtbot.waitUntil(lambda: not sheet.search.is_waiting)
    assert sheet.search.count == "1 of 2"
    assert sheet.text.textCursor().selectedText() == "Careful Reader"
    qtbot.keyClick(sheet.search.edit, Qt.Key.Key_Return)
    assert sheet.search.count == "2 of 2"
    sheet.previous_place()
    assert sheet.search.count == "1 of 2"
    sheet.search.edit.setText("zeppelin")
    qtbot.waitUntil(lambda: sheet.search.count == "Not found")
    sheet.show_part(PartKind.RECEIVED)
    sheet.copy.click()
    shown = rich.detail.shown
    assert shown is not None
    assert seams_of(rich).copied == [shown.credential.original.data.decode()]
    # Qt counts an emoji twice, and Python once.
    wide = json.dumps({"name": "\U0001f393\U00020000" * 300, "id": "zeppelin"})
    secured = replace(shown.credential.secured, document=json.loads(wide))
    sheet.parts = {
        part.kind: part for part in source_parts(replace(shown.credential, secured=secured))
    }
    sheet.show_part(PartKind.DOCUMENT)
    assert sheet.text.textCursor().selectedText() == "zeppelin"
    assert sheet.text.isReadOnly()


def test_the_search_shortcut_stays_in_the_source(qtbot: QtBot, rich: MainWindow) -> None:
    rich.detail.reading.everything()
    settle(qtbot, rich)
    sheet = opened(rich, SourceSheet)
    sheet.text.setFocus()
    qtbot.keyClick(sheet.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert sheet.search.edit.hasFocus()


def test_one_walks_from_badge_to_badge_in_the_order_of_the_library(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    ids = unlocked.library.model.ids()
    unlocked.show_badge(ids[0])
    settle(qtbot, unlocked)
    walk = unlocked.detail.walk
    assert walk.place.text() == f"1 of {len(ids)}"
    assert not walk.previous.isEnabled()
    walk.next.click()
    settle(qtbot, unlocked)
    assert unlocked.detail.badge_id == ids[1]
    walk.previous.click()
    settle(qtbot, unlocked)
    assert unlocked.detail.badge_id == ids[0]


def test_every_check_names_what_it_rests_on_in_both_languages(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: object
) -> None:
    window = open_window(sample_safe, language="fr")
    unlock(qtbot, window)
    window.show_badge(badge_of(window, "verified"))
    settle(qtbot, window)
    assert window.detail.checks is not None
    rows = window.detail.checks.rows
    words = {check: " ".join(said(row.evidence)) for check, row in rows.items()}
    assert "Open Badges" in words[CheckId.FORMAT]
    assert "Méthode" in words[CheckId.SIGNATURE]
    assert "Clé de signature" in words[CheckId.ISSUER]
    assert "Premier jour" in words[CheckId.VALIDITY]
    assert "Établi pour" in words[CheckId.RECIPIENT]


@pytest.mark.parametrize("name", ["criteria", "evidence", "endorsements", "everything"])
def test_the_keyboard_goes_round_in_every_dialog_and_each_stop_has_a_name(
    qtbot: QtBot, rich: MainWindow, name: str
) -> None:
    getattr(rich.detail.reading, name)()
    settle(qtbot, rich)
    sheet = top(rich)
    stops = [stop for stop in sheet._stops() if not stop.objectName().startswith("qt_")]
    assert len(stops) >= 2
    assert all(stop.accessibleName() for stop in stops)
    sheet.setFocus()
    reached = set()
    for _ in range(len(stops) + 6):
        focused = rich.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert set(stops) <= reached, "a text with links is passed as well"
    qtbot.keyClick(rich.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, rich)
    assert not rich.has_sheet
