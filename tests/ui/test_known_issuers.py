"""Issuers that the person knows, lists of others, and authorities, from badge and settings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from simulators.certificates import Holder, europass_credential, seal, trust_list
from tests.ui.people_helpers import button_in, buttons, code, open_badge, press, rows, settings_of
from tests.ui.window_driver import seams_of, settle
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.main_window import MainWindow
from wallet_app.verification.report import CheckId, Verdict

ISSUERS = "issuers"


def test_an_issuer_is_known_and_forgotten_from_its_badge(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    know = button_in(open_badge(qtbot, unlocked), CheckId.TRUST)
    assert know.accessibleName() == "I know this issuer"
    press(qtbot, unlocked, know)
    assert code(unlocked, CheckId.TRUST) == "trust.known"
    checks = unlocked.detail.checks
    assert checks is not None
    row = checks.rows[CheckId.TRUST]
    assert row.head.is_open, "what was changed stays in sight"
    assert row.head.hasFocus()
    assert row.head.accessibleName() == "Issuer you know, Passed, details open"
    page = settings_of(qtbot, unlocked, ISSUERS)
    (known,) = rows(page.issuers.known)
    assert known.title.text() == "Northgate College"
    assert "On your list since" in known.hint.text()
    forget = button_in(open_badge(qtbot, unlocked), CheckId.TRUST)
    assert forget.accessibleName() == "Take this issuer off my list"
    press(qtbot, unlocked, forget)
    assert code(unlocked, CheckId.TRUST) == "trust.no_list_chosen"


def test_an_issuer_that_is_not_proven_cannot_be_known(qtbot: QtBot, unlocked: MainWindow) -> None:
    checks = open_badge(qtbot, unlocked, "failed")
    assert checks.rows[CheckId.TRUST].evidence.findChildren(Button) == []


def test_an_issuer_is_taken_off_the_list_in_the_settings(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    press(qtbot, unlocked, button_in(open_badge(qtbot, unlocked), CheckId.TRUST))
    page = settings_of(qtbot, unlocked, ISSUERS)
    (remove,) = buttons(rows(page.issuers.known)[0])
    assert remove.accessibleName() == "Remove Northgate College"
    press(qtbot, unlocked, remove)
    assert rows(page.issuers.known) == []
    assert page.issuers.none.isVisible()


def test_a_list_from_a_file_is_consulted_left_aside_and_removed(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    open_badge(qtbot, unlocked)
    shown = unlocked.detail.shown
    assert shown is not None
    issuer = shown.credential.issuer
    path = tmp_path / "schools.json"
    path.write_text(json.dumps({"registry": {issuer.id: {"name": issuer.name}}}))
    seams_of(unlocked).files.append([str(path)])
    page = settings_of(qtbot, unlocked, ISSUERS)
    press(qtbot, unlocked, page.issuers.choose)
    (row,) = rows(page.issuers.lists)
    assert row.title.text() == "schools.json"
    assert row.hint.text().startswith("1 issuer · loaded on ")
    open_badge(qtbot, unlocked)
    assert code(unlocked, CheckId.TRUST) == "trust.listed"
    page = settings_of(qtbot, unlocked, ISSUERS)
    switch, _ = buttons(rows(page.issuers.lists)[0])
    assert switch.accessibleName() == "Leave schools.json aside"
    press(qtbot, unlocked, switch)
    (row,) = rows(page.issuers.lists)
    assert row.hint.text().startswith("Left aside · ")
    switch, remove = buttons(row)
    assert switch.accessibleName() == "Consult schools.json"
    press(qtbot, unlocked, switch)
    _, remove = buttons(rows(page.issuers.lists)[0])
    press(qtbot, unlocked, remove)
    assert rows(page.issuers.lists) == []
    assert not page.issuers.no_lists.isHidden(), "no heading stands over nothing"


def test_an_address_is_asked_only_after_the_person_agrees(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = settings_of(qtbot, unlocked, ISSUERS)
    seams = seams_of(unlocked)
    page.issuers.field.edit.setText("https://lists.example/registry.json")
    seams.answers = [False, True]
    press(qtbot, unlocked, page.issuers.load)
    assert page.issuers.field.error == ""
    press(qtbot, unlocked, page.issuers.load)
    assert all("lists.example" in question.text for question in seams.questions)
    # The network of this window is the folder of the samples: nobody answers.
    assert "lists.example/registry.json" in page.issuers.field.error
    assert page.issuers.load.isEnabled()


@pytest.mark.parametrize("typed", ["", "registry.json", "https://127.0.0.1/", "ftp://a.example/"])
def test_what_may_not_be_asked_is_refused_without_a_question(
    qtbot: QtBot, unlocked: MainWindow, typed: str
) -> None:
    page = settings_of(qtbot, unlocked, ISSUERS)
    page.issuers.field.edit.setText(typed)
    press(qtbot, unlocked, page.issuers.load)
    assert "https address" in page.issuers.field.error
    assert seams_of(unlocked).questions == []


def test_no_file_chosen_changes_nothing_and_a_wrong_one_is_told(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    page = settings_of(qtbot, unlocked, ISSUERS)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    seams_of(unlocked).files += [[], [str(wrong)]]
    press(qtbot, unlocked, page.issuers.choose)
    press(qtbot, unlocked, page.issuers.choose)
    assert "not a list of issuers" in page.issuers.field.error
    assert rows(page.issuers.lists) == []


def test_a_toggle_that_fails_is_told_and_the_badge_stays(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    checks = open_badge(qtbot, unlocked)
    told: list[CoffreError] = []
    unlocked.report = told.append  # type: ignore[method-assign]
    checks.know_issuer.emit(False)
    settle(qtbot, unlocked)
    assert [error.code for error in told] == ["trust_list.unknown"]
    assert unlocked.detail.checks is checks


def test_authorities_from_a_file_are_shown_left_aside_and_removed(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "be.xml"
    path.write_bytes(trust_list(Holder.root()))
    seams_of(unlocked).files.append([str(path)])
    page = settings_of(qtbot, unlocked, ISSUERS)
    toasts: list[tuple[str, str]] = []

    def toast(text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        assert (action is None) == (not action_text)
        toasts.append((text, action_text))

    unlocked.toast = toast  # type: ignore[method-assign]
    press(qtbot, unlocked, page.issuers.choose)
    assert rows(page.issuers.lists) == []
    (row,) = rows(page.issuers.authorities)
    assert row.title.text() == "be.xml"
    assert row.hint.text() == (
        "Authority of Examples (BE) · until 1 March 2027 at the latest · added on 23 November 2026"
    )
    switch, remove = buttons(row)
    assert switch.accessibleName() == "Leave be.xml aside"
    assert remove.accessibleName() == "Remove be.xml"
    press(qtbot, unlocked, switch)
    (row,) = rows(page.issuers.authorities)
    assert row.hint.text().startswith("Left aside · ")
    switch, _ = buttons(row)
    press(qtbot, unlocked, switch)
    _, remove = buttons(rows(page.issuers.authorities)[0])
    press(qtbot, unlocked, remove)
    assert rows(page.issuers.authorities) == []
    assert len(toasts) == 4
    assert all("checked again" in text and act == "Check all" for text, act in toasts)


def test_check_all_beside_what_is_told_starts_a_round(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "root.pem"
    path.write_bytes(Holder.root().pem)
    seams_of(unlocked).files.append([str(path)])
    page = settings_of(qtbot, unlocked, ISSUERS)
    press(qtbot, unlocked, page.issuers.choose)
    assert unlocked.tasks is not None
    with qtbot.waitSignal(unlocked.tasks.rounds.progressed):
        unlocked._toast.button.click()
    unlocked.tasks.rounds.stop()
    settle(qtbot, unlocked)


def test_at_the_lock_no_authority_is_left_on_the_screen(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "root.pem"
    path.write_bytes(Holder.root().pem)
    seams_of(unlocked).files.append([str(path)])
    page = settings_of(qtbot, unlocked, ISSUERS)
    press(qtbot, unlocked, page.issuers.choose)
    assert rows(page.issuers.authorities)
    page.forget()
    left = [row for row in page.findChildren(SettingRow) if not row.isHidden()]
    assert not any("root.pem" in row.title.text() for row in left)
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not isValid(page)
    assert unlocked.session.services.anchors == ()


def test_a_diploma_that_is_added_in_the_window_is_judged_by_the_authorities(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    root = Holder.root()
    path = tmp_path / "root.pem"
    path.write_bytes(root.pem)
    seams_of(unlocked).files.append([str(path)])
    press(qtbot, unlocked, settings_of(qtbot, unlocked, ISSUERS).issuers.choose)
    college = root.certify("Seal", identifier="VATBE-0123456789")
    diploma = json.dumps(seal(europass_credential(), college)).encode()
    assert unlocked.tasks is not None
    with qtbot.waitSignal(unlocked.tasks.run.finished):
        unlocked.tasks.run.add_bytes(diploma, "diploma.json")
    (result,) = unlocked.tasks.run.tally.results
    assert result.badge is not None
    assert result.badge.verdict is Verdict.VERIFIED
    settle(qtbot, unlocked)
