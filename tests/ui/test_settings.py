from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.window_driver import PASSPHRASE, settle, unlock
from wallet_app.app.search_language import State, read_pieces
from wallet_app.app.settings import Language, Theme, load_settings
from wallet_app.drawing.tokens import DARK, HIGH_CONTRAST, LIGHT
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.library_order import Shown
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.search_words import Kind, respelled, state_term
from wallet_app.ui.settings_in_force import SettingsInForce
from wallet_app.ui.sheets.passphrase_sheets import ChangePassphraseSheet
from wallet_app.ui.theme import look
from wallet_app.wording import Words

NEW = "granite lamp orbit velvet"


def settings_of(window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    return shown_settings(window)


def shown_settings(window: MainWindow) -> SettingsPage:
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def saved(window: MainWindow) -> Path:
    return window.preferences.path


def open_change(qtbot: QtBot, window: MainWindow) -> ChangePassphraseSheet:
    page = settings_of(window)
    page.show_named("security")
    page.change_passphrase.click()
    settle(qtbot, window)
    (sheet,) = window.findChildren(ChangePassphraseSheet)
    return sheet


def fill(sheet: ChangePassphraseSheet, old: str, new: str) -> None:
    sheet.old.edit.setText(old)
    sheet.new.first.edit.setText(new)
    sheet.new.again.edit.setText(new)


def test_the_language_changes_every_word_at_once_and_is_kept(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    page = settings_of(unlocked)
    page.language.chosen.emit("fr")
    qtbot.waitUntil(lambda: settings_of(unlocked) is not page)
    titles = [label.text() for label in settings_of(unlocked).findChildren(Label)]
    assert "Général" in titles
    assert unlocked.current_page == "settings"
    assert unlocked.session.is_open, "changing the language locks nothing"
    settle(qtbot, unlocked)
    assert load_settings(saved(unlocked)).language is Language.FRENCH
    assert "Coffre 10" in side_bar_rows(unlocked), "the count is still there"


def test_the_focus_stays_where_the_language_was_changed(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(unlocked)
    page.language.choose("en")
    page.language.focus_current()
    unlocked.ring.lead_by_keyboard()
    qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shown_settings(unlocked) is not page)
    settle(qtbot, unlocked)
    language = shown_settings(unlocked).language
    assert language.current == "fr"
    focused = unlocked.focusWidget()
    assert focused is not None
    assert language.isAncestorOf(focused)
    qtbot.waitUntil(unlocked.ring.isVisible)
    QTest.keyClick(unlocked.windowHandle(), Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: shown_settings(unlocked).language is not language)
    assert shown_settings(unlocked).language.current == "en"


def test_the_language_leaves_the_safe_narrowed_as_it_was(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library, words = unlocked.library, unlocked.words
    row = unlocked.shell.side_bar.row("group:issuers")
    assert row is not None
    row.click()
    library.look_for(state_term(words, State.EXPIRED))
    library.filters.choose(Shown.WORTH_A_LOOK)
    settle(qtbot, unlocked)
    found = unlocked.library.model.ids()
    assert len(found) == 1
    unlocked.preferences.choose_language(Language.FRENCH)
    qtbot.waitUntil(lambda: unlocked.library is not library)
    settle(qtbot, unlocked)
    assert unlocked.library.search.text == state_term(unlocked.words, State.EXPIRED)
    assert unlocked.library.filters.buttons.checkedId() == Shown.WORTH_A_LOOK
    assert unlocked.library.model.ids() == found
    assert Kind.ISSUERS in unlocked.screens.shelves.opened


@pytest.mark.parametrize(
    ("typed", "french"),
    [
        ('issuer:"Kestrel ""K""" python', 'émetteur:"Kestrel ""K""" python'),
        ("not:expired since:2024 is:", "sauf:expiré depuis:2024 is:"),
        ("is:nonsense", "is:nonsense"),
    ],
)
def test_a_search_is_the_same_in_another_language(typed: str, french: str) -> None:
    words = Words("fr")
    assert respelled(words, typed) == french
    assert respelled(words, french) == french
    assert [(one.field, one.value, one.negated) for one in read_pieces(typed)] == [
        (one.field, one.value, one.negated) for one in read_pieces(french)
    ]


def test_choosing_what_the_settings_say_ends_the_language_of_this_start(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.preferences = SettingsInForce(unlocked, saved(unlocked), "fr")
    unlocked.renewal.begin()
    unlocked.renewal.finish()
    page = settings_of(unlocked)
    assert unlocked.words.language == page.language.current == "fr"
    english = page.language.findChild(QAbstractButton, "choice-en")
    assert isinstance(english, QAbstractButton)
    english.click()
    qtbot.waitUntil(lambda: unlocked.words.language == "en")
    assert shown_settings(unlocked).language.current == "en"
    assert load_settings(saved(unlocked)).language is Language.ENGLISH


def test_home_and_end_lead_through_the_sections(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(unlocked)
    page.nav.focus_current()
    for key, at in ((Qt.Key.Key_End, 8), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(unlocked.focusWidget(), key)
        assert unlocked.focusWidget().objectName() == f"section-{at}"
        assert page.section == tuple(SECTIONS)[at]


def side_bar_rows(window: MainWindow) -> list[str]:
    rows = window.shell.side_bar.findChildren(QAbstractButton)
    return [row.accessibleName() for row in rows]


@pytest.mark.parametrize(
    ("choice", "tokens"),
    [("dark", DARK), ("high_contrast", HIGH_CONTRAST), ("light", LIGHT)],
)
def test_the_theme_changes_at_once_and_is_kept(
    unlocked: MainWindow, choice: str, tokens: object
) -> None:
    page = settings_of(unlocked)
    page.appearance.theme.chosen.emit(choice)
    assert look().tokens is tokens
    assert load_settings(saved(unlocked)).theme is Theme(choice)
    look().choose(Theme.LIGHT)


def test_the_time_to_lock_is_kept(unlocked: MainWindow) -> None:
    settings_of(unlocked).minutes.chosen.emit("30")
    assert load_settings(saved(unlocked)).lock_after_minutes == 30
    settings_of(unlocked).minutes.chosen.emit("0")
    assert load_settings(saved(unlocked)).lock_after_minutes == 0


def test_the_new_passphrase_opens_the_safe_and_the_old_one_no_longer_does(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_change(qtbot, unlocked)
    fill(sheet, PASSPHRASE, NEW)
    sheet.go.click()
    settle(qtbot, unlocked)
    qtbot.waitUntil(lambda: not unlocked.findChildren(ChangePassphraseSheet))
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked, PASSPHRASE)
    assert not unlocked.session.is_open
    unlock(qtbot, unlocked, NEW)
    assert unlocked.session.is_open


def test_a_wrong_present_passphrase_changes_nothing(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_change(qtbot, unlocked)
    fill(sheet, "velvet orbit granite lamp", NEW)
    sheet.go.click()
    settle(qtbot, unlocked)
    assert sheet.isVisible()
    assert "does not open this safe" in sheet.old.error
    assert sheet.old.edit.text() == ""
    assert sheet.new.first.edit.text() == ""
    sheet.dismiss()
    unlocked.lock()
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked, PASSPHRASE)
    assert unlocked.session.is_open


def test_the_change_waits_until_both_new_ones_agree(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_change(qtbot, unlocked)
    fill(sheet, PASSPHRASE, NEW)
    sheet.new.again.edit.setText("granite lamp")
    assert not sheet.go.isEnabled()


def test_the_place_and_the_versions_are_told(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(unlocked)
    page.show_named("security")
    assert page.place.toPlainText() == str(unlocked.session.vault_path)
    page.show_named("about")
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Coffre 0.") for text in told)
    assert "6.11.3" in told
    unlocked.lock()
    settle(qtbot, unlocked)
    assert not isValid(page), "what showed it is gone"
