"""Settings that decide what locks the safe, and how long something copied stays."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from wallet_app.app.settings import Settings
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.context import Context

__all__ = ["LockSection"]

_ON, _OFF = "on", "off"
_SECONDS: Final = (10, 30, 60, 120, 0)
_SWITCHES: Final[dict[str, tuple[Callable[[Settings], bool], Callable[..., Settings]]]] = {
    "screen": (
        lambda settings: settings.lock_on_screen_lock,
        lambda settings, *, on: replace(settings, lock_on_screen_lock=on),
    ),
    "sleep": (
        lambda settings: settings.lock_on_sleep,
        lambda settings, *, on: replace(settings, lock_on_sleep=on),
    ),
    "switch": (
        lambda settings: settings.lock_on_switch,
        lambda settings, *, on: replace(settings, lock_on_switch=on),
    ),
    "minimise": (
        lambda settings: settings.lock_on_minimise,
        lambda settings, *, on: replace(settings, lock_on_minimise=on),
    ),
}
"""Each switch: how it is read, and how it is set."""


class LockSection(QObject):
    """The rows and what they do. Closing and the end of the session have no switch: they lock."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.switches = {name: self._switch(name) for name in _SWITCHES}
        self.seconds = Choice(
            context.words.text("settings_page.lock.clipboard"),
            self._second_options(),
            str(context.preferences.settings.clear_clipboard_s),
        )
        self.seconds.chosen.connect(self._change_seconds)

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows, in order."""
        words = self._context.words
        rows = [
            SettingRow(
                words.text(f"settings_page.lock.{name}"),
                words.text(f"settings_page.lock.{name}_text"),
                choice,
            )
            for name, choice in (*self.switches.items(), ("clipboard", self.seconds))
        ]
        return tuple(rows)

    def _switch(self, name: str) -> Choice:
        words, settings = self._context.words, self._context.preferences.settings
        reads, _sets = _SWITCHES[name]
        choice = Choice(
            words.text(f"settings_page.lock.{name}"),
            [(key, words.text(f"settings_page.lock.{key}")) for key in (_ON, _OFF)],
            _ON if reads(settings) else _OFF,
        )
        choice.chosen.connect(partial(self._change, name))
        return choice

    def _second_options(self) -> list[tuple[str, str]]:
        words, held = self._context.words, self._context.preferences.settings.clear_clipboard_s
        seconds = [*_SECONDS] if held in _SECONDS else [held, *_SECONDS]
        return [
            (
                str(count),
                words.plural("settings_page.lock.seconds", count)
                if count
                else words.text("settings_page.lock.clipboard_lock"),
            )
            for count in seconds
        ]

    def _change(self, name: str, chosen: str) -> None:
        _reads, sets = _SWITCHES[name]
        preferences = self._context.preferences
        preferences.change(sets(preferences.settings, on=chosen == _ON))

    @Slot(str)
    def _change_seconds(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, clear_clipboard_s=int(chosen)))
