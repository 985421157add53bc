"""Settings that decide what Coffre does on the desktop beside its window."""

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.context import Context
from wallet_app.ui.tray import Tray

__all__ = ["DesktopSection"]

_NO, _YES = "no", "yes"


class DesktopSection(QObject):
    """The rows and what they do."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        settings = context.preferences.settings
        self.notify = self._yes_or_no("notice.section", yes=settings.notify)
        self.notify.chosen.connect(self._change_notify)
        self.tray: Choice = self._yes_or_no("tray.section", yes=settings.tray)
        self.tray.chosen.connect(self._change_tray)

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows, in order."""
        words = self._context.words
        here = "tray.text" if Tray.is_possible() else "tray.none"
        return (
            SettingRow(words.text("notice.section"), words.text("notice.text"), self.notify),
            SettingRow(words.text("tray.section"), words.text(here), self.tray),
        )

    def _yes_or_no(self, key: str, *, yes: bool) -> Choice:
        words = self._context.words
        options = [(_NO, words.text("privacy.no")), (_YES, words.text("privacy.yes"))]
        return Choice(words.text(key), options, _YES if yes else _NO)

    @Slot(str)
    def _change_notify(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, notify=chosen == _YES))

    @Slot(str)
    def _change_tray(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, tray=chosen == _YES))
