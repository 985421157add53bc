"""Who the owner is, told from a badge and in the settings."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.people_helpers import button_in, buttons, code, open_badge, press, rows, settings_of
from tests.ui.window_driver import settle, unlock
from wallet_app.app.self_declared import OwnSkill
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.verification.report import CheckId

YOU = "you"


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
    assert (known.title.text(), known.hint.text()) == ("“Camille Vasseur”", value)
    since, unproven_still = (note.text() for note in known.notes)
    assert "confirmed on" in since
    assert unproven_still == unproven
    (remove,) = buttons(known)
    assert remove.accessibleName() == f"Remove “Camille Vasseur”, {value}"
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
