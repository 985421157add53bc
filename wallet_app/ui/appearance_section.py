"""Settings that decide how Coffre looks: theme, size of the text, and whether anything moves."""

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from wallet_app.app.settings import TEXT_SIZES, Theme
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.context import Context

__all__ = ["AppearanceSection"]

_NO, _YES = "no", "yes"


class AppearanceSection(QObject):
    """The rows of the section and what they do; every change takes effect at once."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        words, settings = context.words, context.preferences.settings
        self.theme = Choice(
            words.text("settings_page.theme"),
            [(theme.value, words.text(f"settings_page.theme_of.{theme.value}")) for theme in Theme],
            settings.theme.value,
        )
        self.theme.chosen.connect(self._change_theme)
        self.text_size = Choice(
            words.text("appearance.text_size"),
            [(str(size), words.text("appearance.percent", size=size)) for size in TEXT_SIZES],
            str(settings.text_size),
        )
        self.text_size.chosen.connect(self._change_text_size)
        self.motion = Choice(
            words.text("appearance.motion"),
            [(_NO, words.text("appearance.motion_system")),
             (_YES, words.text("appearance.motion_none"))],
            _YES if settings.less_motion else _NO,
        )  # fmt: skip
        self.motion.chosen.connect(self._change_motion)

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows, in order."""
        words = self._context.words
        return (
            SettingRow(
                words.text("settings_page.theme"),
                words.text("settings_page.theme_text"),
                self.theme,
                first=True,
            ),
            SettingRow(
                words.text("appearance.text_size"),
                words.text("appearance.text_size_text"),
                self.text_size,
            ),
            SettingRow(
                words.text("appearance.motion"), words.text("appearance.motion_text"), self.motion
            ),
        )

    @Slot(str)
    def _change_theme(self, theme: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, theme=Theme(theme)))

    @Slot(str)
    def _change_text_size(self, size: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, text_size=int(size)))

    @Slot(str)
    def _change_motion(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, less_motion=chosen == _YES))
