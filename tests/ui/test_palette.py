"""The palette finds what one types, by keyboard alone, and forgets it at the lock."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from tests.simulators.traces import Needle
from tests.ui.planted_badges import badge_with
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.ui.actions import ACTIONS, State
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.palette_entries import _NOT_OFFERED, badge_entries, command_entries
from wallet_app.ui.palette_search import Entry, EntryKind, find, match
from wallet_app.ui.palette_things import _ON_PAGES, _SETTINGS
from wallet_app.ui.sheets.palette_sheet import PaletteSheet
from wallet_app.wording import LANGUAGES, Words

CONTROL = Qt.KeyboardModifier.ControlModifier


def entry(text: str, also: str = "") -> Entry:
    return Entry(EntryKind.ACTION, text, "check", lambda: None, also=also)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lock", "Lock"),
        ("sc", "Save a copy"),
        ("copy save", "Save a copy"),
        ("decouv", "Découverte"),
        ("œuvre", "Oeuvres"),
        ("dark", "General"),
        ("ARCHIVE", "Back up"),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    entries = [
        entry("Unlock nothing"), entry("Lock"), entry("Show to someone"), entry("Save a copy"),
        entry("Découverte"), entry("Oeuvres"), entry("General", "theme dark light"),
        entry("Back up", "archive"),
    ]  # fmt: skip
    assert find(typed, entries)[0].text == first


def test_what_fits_nothing_finds_nothing_and_an_empty_line_finds_all() -> None:
    entries = [entry("Lock"), entry("Add")]
    assert find("zzq", entries) == []
    assert find("lock add", entries) == []
    assert find("  ", entries) == entries
    assert match("x", "lock") == 0


def opened(window: MainWindow) -> PaletteSheet:
    (sheet,) = window.findChildren(PaletteSheet)
    return sheet


def test_a_page_is_reached_by_keys_alone(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.library.search.edit.setFocus()
    qtbot.keyClick(unlocked.library.search.edit, Qt.Key.Key_K, CONTROL)
    sheet = opened(unlocked)
    assert unlocked.focusWidget() is sheet.edit
    settle(qtbot, unlocked)
    above = sheet.edit.parentWidget().geometry().top()
    assert above == sheet.body.contentsMargins().top(), "nothing blank stands above the line"
    qtbot.keyClicks(sheet.edit, "hist")
    assert sheet.results.current is not None
    assert sheet.results.current.text == "History"
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "history"
    assert not unlocked.has_sheet


def test_arrows_choose_and_escape_changes_nothing(qtbot: QtBot, unlocked: MainWindow) -> None:
    keys = CONTROL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(unlocked.library.view, Qt.Key.Key_P, keys)
    sheet = opened(unlocked)
    first = sheet.results.current
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Down)
    assert sheet.results.current is not first
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Up)
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Up)
    assert sheet.results.current is sheet.results.entries[-1], "beyond the end it goes on"
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Escape)
    assert not unlocked.has_sheet
    assert unlocked.current_page == "safe"
    assert unlocked.focusWidget() is unlocked.library.view


def test_a_badge_a_setting_and_a_collection_are_found(qtbot: QtBot, unlocked: MainWindow) -> None:
    made: list[object] = []
    unlocked.session.ask(unlocked, "make", lambda safe: safe.create_collection("Zebra letters"),
                         done=made.append, failed=unlocked.report)  # fmt: skip
    settle(qtbot, unlocked)
    unlocked.commands["palette"].trigger()
    settle(qtbot, unlocked)
    sheet = opened(unlocked)
    sheet.edit.setText("zebra")
    assert [one.text for one in sheet.results.entries] == ["Zebra letters"]
    sheet.edit.setText("hosts")
    assert {one.kind for one in sheet.results.entries} == {EntryKind.SETTING}
    sheet.edit.setText("public speak")
    qtbot.waitUntil(lambda: bool(sheet.results.entries))
    assert sheet.results.entries[0].text == "Public Speaking"
    assert sheet.results.entries[0].note == "Northgate College"
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"


def test_badges_of_one_name_are_told_apart(unlocked: MainWindow) -> None:
    one, *_ = unlocked.library.rows()
    again = replace(one, id="again", issued_on=datetime(2025, 3, 1, tzinfo=UTC))
    elsewhere = replace(one, id="other", issuer="Another School", issuer_proven=False)
    entries = badge_entries(unlocked, one.name, [one, again, elsewhere])
    notes = [entry.note for entry in entries]
    assert len(set(notes)) == 3
    assert f"{one.issuer} · 1 Mar 2025" in notes
    assert "calls itself “Another School”" in notes


def test_samples_come_to_a_safe_that_has_badges_and_go_by_one_undo(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path
) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    assert window.tasks is not None
    window.tasks.take_bytes(badge_with(Needle("nwo")))
    settle(qtbot, window)
    window.commands["palette"].trigger()
    settle(qtbot, window)
    sheet = opened(window)
    sheet.edit.setText("sample")
    assert sheet.results.entries[0].text == "Add the samples"
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    window.show_page("safe")
    settle(qtbot, window)
    assert len(window.library.rows()) == 11
    window.undo()
    settle(qtbot, window)
    assert len(window.library.rows()) == 1


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", {"dark": "Theme: light or dark", "text size": "Text size",
                "declare": "Declare a skill", "advert": "Read a job advert", "linkedin": "Shares",
                "undo": "Recently deleted", "note": "Safe", "restore": "Restore from a backup",
                "qr": "Read a QR code on screen",
                "print": "Recovery sheet", "recovery": "Recovery sheet"}),
        ("fr", {"sombre": "Thème : clair ou sombre", "taille": "Taille du texte",
                "déclarer": "Déclarer une compétence", "annonce": "Lire une annonce d’emploi",
                "annuler": "Éléments supprimés", "récupérer": "Éléments supprimés",
                "restaurer": "Restaurer une sauvegarde", "imprimer": "Feuille de secours",
                "secours": "Feuille de secours"}),
    ],
)  # fmt: skip
def test_pages_and_settings_are_found_by_what_they_hold(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, language: str, typed: dict[str, str]
) -> None:
    window = open_window(sample_safe, language=language)
    unlock(qtbot, window)
    entries = command_entries(window, State(unlocked=True))
    assert {word: plain(find(word, entries)[0].text) for word in typed} == typed


def _named() -> list[str]:
    things = (*_SETTINGS.items(), *_ON_PAGES.items())
    return [one.name or f"palette.thing.{thing}" for thing, one in things]


_MISSED = (
    ("second place", "second_place.title"),
    ("endroit", "second_place.title"),
    ("fran", "palette.thing.language"),
    ("backup", "backups_page.check"),
    ("restore", "backups_page.restore"),
    ("sauvegard", "backups_page.check"),
    ("sauvegard", "backups_page.restore"),
    ("sauvegard", "page.backups"),
    ("theft", "stolen.title"),
    ("blockch", "palette.thing.explorers"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_found_by_its_words_in_either_language_and_by_their_beginnings(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, language: str
) -> None:
    window = open_window(sample_safe, language=language)
    unlock(qtbot, window)
    able = State(unlocked=True, badge=True, badge_page=True, undo=True, library=True)
    entries = command_entries(window, able)

    def found(typed: str) -> list[str]:
        return [one.text for one in find(typed, entries)]

    names = [f"action.{spec.id}" for spec in ACTIONS if spec.id not in _NOT_OFFERED]
    for name in (*names, *SECTIONS.values(), *_named()):
        shown = window.words.text(name)
        for other in map(Words, LANGUAGES):
            for word in re.findall(r"\w{4,}", other.text(name)):
                assert shown in found(word), (shown, word)
                assert shown in found(word[:4]), (shown, word[:4])
    for typed, name in _MISSED:
        assert window.words.text(name) in found(typed), (typed, name)


def test_a_control_of_a_page_that_was_found_has_the_focus(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    for thing, one in _ON_PAGES.items():
        name = unlocked.words.text(one.name)
        next(e for e in command_entries(unlocked, State(unlocked=True)) if e.text == name).run()
        settle(qtbot, unlocked)
        assert unlocked.current_page == one.page
        if one.control is not None:
            assert one.control(unlocked.shell.page(one.page)).hasFocus(), thing


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_setting_that_was_found_has_the_focus(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.commands["palette"].trigger()
    sheet = opened(unlocked)
    sheet.edit.setText("dark")
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    page = unlocked.shell.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.section == "appearance"
    assert page.appearance.theme.isAncestorOf(unlocked.focusWidget())


def test_an_action_for_the_badge_that_one_stands_on(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.library.view.setFocus()
    current = unlocked.library.view.current_id
    unlocked.commands["palette"].trigger()
    sheet = opened(unlocked)
    sheet.edit.setText("delete")
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert current not in [row.id for row in unlocked.library.rows()]


def test_while_locked_it_offers_only_what_works(qtbot: QtBot, locked: MainWindow) -> None:
    qtbot.keyClick(locked.unlock.field.edit, Qt.Key.Key_K, CONTROL)
    sheet = opened(locked)
    assert {one.text for one in sheet.results.entries} == {
        "Lock", "Quit Coffre", "Keyboard shortcuts",
    }  # fmt: skip
    sheet.edit.setText("Public")
    qtbot.wait(120)
    assert list(sheet.results.entries) == []
    assert sheet.nothing.isVisible()


def test_a_lock_takes_it_away(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.commands["palette"].trigger()
    sheet = opened(unlocked)
    sheet.edit.setText("public")
    qtbot.waitUntil(lambda: any(one.kind is EntryKind.BADGE for one in sheet.results.entries))
    unlocked.lock()
    assert list(sheet.results.entries) == []
    assert sheet.edit.text() == ""
    assert not unlocked.has_sheet


def test_a_screen_reader_hears_where_one_is(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(sample_safe, language="fr")
    said: list[str] = []
    monkeypatch.setattr(window, "announce", said.append)
    window.commands["palette"].trigger()
    sheet = opened(window)
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Down)
    assert said[-1] == "Quitter Coffre, Ctrl Q. 2 sur 3"
    for widget in (sheet.edit, sheet.results):
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken is not None
        assert spoken.text(QAccessible.Text.Name)
