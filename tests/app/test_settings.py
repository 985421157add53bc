"""Preferences survive a round trip, and nothing in the file can stop the program."""

import json
import stat
from pathlib import Path

import pytest

from wallet_app.app.settings import (
    Language,
    Settings,
    Theme,
    load_settings,
    save_settings,
    spoken_language,
)


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    chosen = Settings(Language.FRENCH, Theme.HIGH_CONTRAST, lock_after_minutes=0)
    path = tmp_path / "deep" / "settings.json"
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"fr"',
        "[" * 100_000,
        '{"language": "xx", "theme": 3, "lock_after_minutes": "10"}',
        '{"language": ["fr"], "theme": null, "lock_after_minutes": true}',
        '{"lock_after_minutes": -1}',
        '{"safe_place": ["/home"]}',
        '{"lock_after_minutes": 1441}',
        '{"lock_after_minutes": 1e400}',
    ],
)
def test_what_is_invalid_is_the_default(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path) == Settings()


def test_one_invalid_value_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "language": 7, "unknown": 1}), encoding="utf-8")
    assert load_settings(path) == Settings(theme=Theme.DARK)


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()
    assert Settings().lock_after_minutes == 10


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "fr_CA"}, "fr"),
    ],
)
def test_the_system_language_is_read_from_the_environment(
    environment: dict[str, str], expected: str
) -> None:
    assert spoken_language(Language.SYSTEM, environment) == expected
    assert spoken_language(Language.FRENCH, environment) == "fr"
