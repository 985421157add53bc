import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QSize
from pytestqt.qtbot import QtBot

from wallet_app.app.services import Services
from wallet_app.app.settings import (
    Language,
    Settings,
    load_settings,
    save_settings,
    spoken_language,
)
from wallet_app.errors import EnvironmentFault
from wallet_app.ui import main, platform_check
from wallet_app.ui.application import fitting
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.platform_check import missing_library, require_platform


def test_a_library_qt_cannot_load_is_named_before_qt_ends_the_process(tmp_path: Path) -> None:
    assert missing_library(tmp_path / "libxcb-cursor.so.0") == "libxcb-cursor.so.0"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is checked on Linux only")
def test_what_is_there_is_not_called_missing() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    assert missing_library(next(folder.glob("libQt6Core.so.6"))) == ""


@pytest.mark.parametrize(
    ("environment", "checked"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({}, False),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is checked on Linux only")
def test_the_platform_is_checked_only_where_it_will_be_used(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], checked: bool
) -> None:
    monkeypatch.setattr(platform_check, "missing_library", lambda _plugin: "libxcb-cursor.so.0")
    if not checked:
        require_platform(environment)
        return
    with pytest.raises(EnvironmentFault) as caught:
        require_platform(environment)
    assert caught.value.code == "window.library_missing"
    assert caught.value.params["name"] == "libxcb-cursor.so.0"


def test_a_library_missing_at_import_is_said_as_a_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Refuses:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "wallet_app.ui.application":
                raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.delitem(sys.modules, "wallet_app.ui.application", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refuses(), *sys.meta_path])
    with pytest.raises(EnvironmentFault) as caught:
        main.run(tmp_path)
    assert caught.value.params["name"] == "libEGL.so.1"


@pytest.mark.parametrize(
    ("available", "size"),
    [((1366, 768), (1280, 728)), ((1024, 600), (1024, 560)), ((2560, 1440), (1280, 820))],
)
def test_a_new_window_and_its_frame_fit_on_the_screen(
    available: tuple[int, int], size: tuple[int, int]
) -> None:
    assert fitting(QSize(1280, 820), QSize(*available)) == QSize(*size)


def test_a_start_in_another_language_holds_until_the_settings_are_changed(
    qtbot: QtBot, tmp_path: Path, services: Services
) -> None:
    file = tmp_path / "settings.json"
    save_settings(file, replace(Settings(), language=Language.ENGLISH))
    window = MainWindow(services, tmp_path / "safe", file, language="fr")
    qtbot.addWidget(window)
    assert window.words.language == window.first_run.language.current == "fr"
    window.change(replace(window.settings, text_size=125))
    qtbot.wait(1)
    assert window.words.language == "fr"
    assert load_settings(file).language is Language.ENGLISH
    window.change(replace(window.settings, language=Language.SYSTEM))
    qtbot.waitUntil(lambda: window.words.language == spoken_language(Language.SYSTEM))
    window.change(replace(window.settings, text_size=100))


def test_choosing_before_there_is_a_safe_ends_the_language_of_this_start(
    qtbot: QtBot, tmp_path: Path, services: Services
) -> None:
    file = tmp_path / "settings.json"
    save_settings(file, replace(Settings(), language=Language.FRENCH))
    window = MainWindow(services, tmp_path / "safe", file, language="en")
    qtbot.addWidget(window)
    window.first_run.language.chosen.emit("fr")
    qtbot.waitUntil(lambda: window.words.language == "fr")
