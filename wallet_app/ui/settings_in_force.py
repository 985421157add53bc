"""The settings of the window: kept in their file, and in force at once."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wallet_app.app.settings import (
    Language,
    Settings,
    load_settings,
    save_settings,
    spoken_language,
)
from wallet_app.errors import CoffreError
from wallet_app.ui.theme import apply_look, needs_new_screens

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["SettingsInForce"]


class SettingsInForce:
    """Implements ``Preferences`` for the window that it belongs to."""

    def __init__(self, window: "MainWindow", path: Path, started_in: str = "") -> None:
        """``started_in``: the language of this start, which goes first until one is chosen."""
        self._window, self.path = window, path
        self._settings, self._started_in = load_settings(path), started_in

    @property
    def settings(self) -> Settings:
        """What the file says."""
        return self._settings

    @property
    def language(self) -> Language:
        """What was chosen, for this start or for good."""
        return Language(self._started_in) if self._started_in else self._settings.language

    @property
    def spoken(self) -> str:
        """The language of the words: ``en`` or ``fr``."""
        return spoken_language(self.language)

    def choose_language(self, language: Language) -> None:
        """Save a language and speak it, even if only this start had spoken another."""
        self._started_in = ""
        self.change(replace(self._settings, language=language))

    def remember_safe(self, folder: Path) -> None:
        """Note where the person's own safe is; without it, a safe that is gone is a first start."""
        # A start from another folder would take a relative path for another place.
        place = str(folder.absolute())
        if self._settings.safe_place == place:
            return
        self._settings = replace(self._settings, safe_place=place)
        # A folder that cannot be written is told when something is chosen there.
        with suppress(CoffreError):
            save_settings(self.path, self._settings)

    def change(self, settings: Settings) -> None:
        """Save and apply settings at once."""
        window = self._window
        before, self._settings = self._settings, settings
        try:
            save_settings(self.path, settings)
        except CoffreError as error:
            window.report(error)
        if needs_new_screens(before, settings) or before.language is not settings.language:
            window.held_picture.hold()
        apply_look(settings)
        window.session.allow(settings)
        window.tray.refresh()
        window.seams.guard.seconds = settings.clear_clipboard_s
        window.idle.set_minutes(settings.lock_after_minutes)
        if before.language is not settings.language:
            self._started_in = ""
        if needs_new_screens(before, settings) or window.words.language != self.spoken:
            window.renewal.begin()
