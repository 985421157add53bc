from pathlib import Path

import pytest

from tests.ui.window_driver import OpenWindow
from wallet_app.app.settings import load_settings
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage

FIELDS = {
    "screen": "lock_on_screen_lock",
    "sleep": "lock_on_sleep",
    "switch": "lock_on_switch",
    "minimise": "lock_on_minimise",
}


def page_of(window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named("security")
    return page


@pytest.mark.parametrize("name", FIELDS)
def test_each_switch_is_kept_and_shown_as_it_is(
    unlocked: MainWindow, tmp_path: Path, name: str
) -> None:
    choice = page_of(unlocked).lock.switches[name]
    before = choice.current
    assert before == ("off" if name == "minimise" else "on")
    other = {"on": "off", "off": "on"}[before]
    choice.choose(other)
    choice.chosen.emit(other)
    read = load_settings(tmp_path / "settings.json")
    assert getattr(read, FIELDS[name]) is (other == "on")
    others = set(FIELDS.values()) - {FIELDS[name], "lock_on_minimise"}
    assert all(getattr(read, field) for field in others)


def test_the_time_of_the_clipboard_is_kept(unlocked: MainWindow, tmp_path: Path) -> None:
    page_of(unlocked).lock.seconds.chosen.emit("0")
    assert load_settings(tmp_path / "settings.json").clear_clipboard_s == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_first_run_says_after_how_long_it_locks(
    open_window: OpenWindow, sample_safe: Path, language: str
) -> None:
    window = open_window(sample_safe, language=language)
    text = window.words.text("lock.first_run")
    assert "10" in text
    assert window.settings.lock_after_minutes == 10
    assert text in [label.text() for label in window.first_run.findChildren(Label)]
