"""Who the owner is and whom they know, told in the window."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from simulators.certificates import Holder, europass_credential, seal, trust_list
from tests.ui.window_driver import badge_of, seams_of, settle, unlock
from wallet_app.app.models import BadgeDetail
from wallet_app.app.self_declared import OwnSkill
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.row_panel import RowPanel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.check_list import CheckList
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.verification.report import CheckId, Verdict

YOU, ISSUERS = "you", "issuers"


def settings_of(qtbot: QtBot, window: MainWindow, section: str) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named(section)
    settle(qtbot, window)
    # Rows are shown by an event of their own.
    QCoreApplication.sendPostedEvents()
    return page


def rows(panel: RowPanel) -> list[SettingRow]:
    return [row for row in panel.findChildren(SettingRow) if row.isVisible()]


def buttons(row: SettingRow) -> list[Button]:
    return row.findChildren(Button)


def press(qtbot: QtBot, window: MainWindow, button: Button) -> None:
    button.click()
    settle(qtbot, window)
    QCoreApplication.sendPostedEvents()


def open_badge(qtbot: QtBot, window: MainWindow, verdict: str = "verified") -> CheckList:
    window.show_badge(badge_of(window, verdict))
    settle(qtbot, window)
    assert window.detail.checks is not None
    return window.detail.checks


def code(window: MainWindow, check: CheckId) -> str:
    shown: BadgeDetail | None = window.detail.shown
    assert shown is not None
    return shown.report.check(check).code


def button_in(checks: CheckList, check: CheckId) -> Button:
    (button,) = checks.rows[check].evidence.findChildren(Button)
    return button


def test_a_badge_asks_who_you_are_and_knows_it_afterwards(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    checks = open_badge(qtbot, unlocked)
    assert code(unlocked, CheckId.RECIPIENT) == "recipient.no_identity"
    tell = button_in(checks, CheckId.RECIPIENT)
    assert tell.accessibleName() == "Tell Coffre which addresses are yours"
    press(qtbot, unlocked, tell)
    page = settings_of(qtbot, unlocked, YOU)
    assert unlocked.current_page == "settings"
    suggestion = rows(page.you.suggested)[0]
    value = suggestion.hint.text()
    question, unproven = (note.text() for note in suggestion.notes)
    assert "made out to it, among them “" in question
    assert "Nothing proves" in unproven
    assert suggestion.title.text() == "“Camille Vasseur”"
    (confirm,) = buttons(suggestion)
    assert confirm.accessibleName() == f"Yes, “Camille Vasseur”, {value} is me"
    assert rows(page.you.identities) == []
    press(qtbot, unlocked, confirm)
    (known,) = rows(page.you.identities)
    assert known.title.text() == value
    assert "confirmed on" in known.hint.text()
    assert value not in "".join(row.hint.text() for row in rows(page.you.suggested))
    checks = open_badge(qtbot, unlocked)
    assert code(unlocked, CheckId.RECIPIENT) == "recipient.yours"
    assert checks.rows[CheckId.RECIPIENT].evidence.findChildren(Button) == []


def test_a_badge_that_names_another_address_still_leads_to_where_yours_are_told(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = settings_of(qtbot, unlocked, YOU)
    page.you.field.edit.setText("somebody@mail.example")
    page.you.field.edit.returnPressed.emit()
    settle(qtbot, unlocked)
    checks = open_badge(qtbot, unlocked)
    assert code(unlocked, CheckId.RECIPIENT) == "recipient.not_shown"
    button_in(checks, CheckId.RECIPIENT)


def test_the_way_from_a_badge_leads_into_the_field(qtbot: QtBot, unlocked: MainWindow) -> None:
    press(qtbot, unlocked, button_in(open_badge(qtbot, unlocked), CheckId.RECIPIENT))
    page = unlocked.shell.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.you.isVisible()
    assert page.you.field.edit.hasFocus()


def test_enter_pressed_twice_on_that_is_me_takes_nothing_away_again(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    you = settings_of(qtbot, unlocked, YOU).you
    (confirm,) = buttons(rows(you.suggested)[0])
    confirm.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        focused = unlocked.focusWidget()
        QTest.keyClick(focused, Qt.Key.Key_Return)
        settle(qtbot, unlocked)
        QCoreApplication.sendPostedEvents()
    assert len(rows(you.identities)) == 1
    assert you.field.edit.hasFocus()
    assert not you.field.error
    # Tab goes on as it is seen, though the row above is younger.
    QTest.keyClick(you.field.edit, Qt.Key.Key_Backtab)
    (remove,) = buttons(rows(you.identities)[0])
    assert remove.hasFocus()
    QTest.keyClick(remove, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert you.field.edit.hasFocus()


def test_an_address_is_typed_and_removed(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(qtbot, unlocked, YOU)
    assert page.you.none.isVisible()
    page.you.field.edit.setText("me@example.com")
    page.you.field.edit.returnPressed.emit()
    settle(qtbot, unlocked)
    QCoreApplication.sendPostedEvents()
    (row,) = rows(page.you.identities)
    assert (row.title.text(), page.you.field.edit.text()) == ("me@example.com", "")
    assert row.hint.text().startswith("E-mail address, confirmed on ")
    assert not page.you.none.isVisible()
    (remove,) = buttons(row)
    assert remove.accessibleName() == "Remove me@example.com"
    press(qtbot, unlocked, remove)
    assert rows(page.you.identities) == []
    assert page.you.none.isVisible()


def test_a_key_that_coffre_made_is_not_called_confirmed(qtbot: QtBot, unlocked: MainWindow) -> None:
    declared = OwnSkill("Grant management", "Three files.", "Camille Vasseur")
    unlocked.session.ask(
        unlocked, "declare", lambda safe: safe.declare_skill(declared, new_key="Mine"),
        done=lambda _made: None, failed=unlocked.report,
    )  # fmt: skip
    settle(qtbot, unlocked)
    (row,) = rows(settings_of(qtbot, unlocked, YOU).you.identities)
    assert row.title.text().startswith("did:key:")
    assert row.hint.text().startswith("Your own key “Mine”, made here on ")


def test_what_is_no_address_is_refused_below_the_field(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(qtbot, unlocked, YOU)
    page.you.field.edit.setText("nonsense")
    press(qtbot, unlocked, page.you.add)
    assert "can compare" in page.you.field.error
    assert page.you.field.edit.text() == "nonsense", "to be mended, not typed again"
    assert rows(page.you.identities) == []


def test_at_the_lock_no_identifier_and_no_name_is_left_on_the_screen(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = settings_of(qtbot, unlocked, YOU)
    page.you.field.edit.setText("me@example.com")
    press(qtbot, unlocked, page.you.add)
    page.you.field.edit.setText("half typed@example.com")
    page.issuers.field.edit.setText("https://lists.example/")
    assert rows(page.you.identities)
    page.forget()  # the first that a lock does; then the page goes as a whole
    left = page.findChildren(SettingRow)
    assert not any("example.com" in row.title.text() for row in left if not row.isHidden())
    assert page.you.field.edit.text() == page.issuers.field.edit.text() == ""
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not isValid(page)
    unlock(qtbot, unlocked)
    page = settings_of(qtbot, unlocked, YOU)
    assert [row.title.text() for row in rows(page.you.identities)] == ["me@example.com"]


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
