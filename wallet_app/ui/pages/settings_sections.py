"""The sections of the settings that are rows of controls; the others have files of their own."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from wallet_app.app.put_aside import safes_aside
from wallet_app.app.settings import Language
from wallet_app.app.task_runner import CancelToken
from wallet_app.ui.about import about_column
from wallet_app.ui.appearance_section import AppearanceSection
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import MachineValue
from wallet_app.ui.context import Context
from wallet_app.ui.desktop_section import DesktopSection
from wallet_app.ui.keys_section import KeysSection
from wallet_app.ui.lock_section import LockSection
from wallet_app.ui.pages.hosts_panel import HostsPanel
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.privacy_section import PrivacySection
from wallet_app.ui.safe_aside import aside_sentence
from wallet_app.ui.sheets.passphrase_sheets import ChangePassphraseSheet

if TYPE_CHECKING:
    from wallet_app.ui.watch_rounds import WatchRounds

__all__ = ["About", "Appearance", "General", "Privacy", "Security"]

_MINUTES: Final = (1, 5, 10, 30, 0)


class General(SettingsSection):
    """Language, and what is done on the desktop beside the window."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "settings_page.general", "settings_page.general_text")
        words = context.words
        self.desktop = DesktopSection(context, self)
        self.language = Choice(
            words.text("settings_page.language"),
            [
                (Language.SYSTEM.value, words.text("settings_page.system")),
                (Language.ENGLISH.value, "English"),
                (Language.FRENCH.value, "Français"),
            ],
            context.preferences.language.value,
        )
        self.language.chosen.connect(self._change_language)
        self.column.addWidget(_rows(
            SettingRow(words.text("settings_page.language"),
                       words.text("settings_page.language_text"), self.language, first=True),
            *self.desktop.rows(),
        ))  # fmt: skip
        self.column.addStretch(1)

    @Slot(str)
    def _change_language(self, language: str) -> None:
        self.context.preferences.choose_language(Language(language))


class Appearance(SettingsSection):
    """Theme, size of the text, and whether anything moves."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "appearance.section", "appearance.section_text")
        self.controls = AppearanceSection(context, self)
        self.column.addWidget(_rows(*self.controls.rows()))
        self.column.addStretch(1)


class Security(SettingsSection):
    """When the safe locks, what opens it, and where it lies."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "settings_page.security", "settings_page.security_text")
        words = context.words
        self.keys = KeysSection(context, self)
        self.lock = LockSection(context, self)
        self.minutes = Choice(
            words.text("settings_page.lock_after"), self._minute_options(),
            str(context.preferences.settings.lock_after_minutes),
        )  # fmt: skip
        self.minutes.chosen.connect(self._change_minutes)
        self.change_passphrase = Button(words.text("settings_page.change"), size=Size.SMALL)
        self.change_passphrase.setObjectName("change-passphrase")
        self.change_passphrase.setAccessibleName(words.text("settings_page.change_passphrase"))
        self.change_passphrase.clicked.connect(self._open_change)
        self.place = MachineValue(words.text("settings_page.place"), "")
        self.place.setObjectName("safe-place")
        self._place = SettingRow(
            words.text("settings_page.place"),
            words.text("settings_page.place_text"),
            self.place,
            wide=True,
        )
        self._place.add_note("")
        self.others = self._place.notes[-1]
        self.others.hide()
        self.column.addWidget(_rows(
            SettingRow(words.text("settings_page.lock_after"),
                       words.text("settings_page.lock_after_text"), self.minutes, first=True),
            *self.lock.rows(),
            SettingRow(words.text("settings_page.passphrase"),
                       words.text("settings_page.passphrase_text"), self.change_passphrase),
            *self.keys.rows(),
            self._place,
        ))  # fmt: skip
        self.column.addStretch(1)

    def entered(self) -> None:
        """Say where the safe lies, and read which ways it has."""
        path = str(self.context.session.vault_path)
        self.place.setPlainText(path)
        self.place.setAccessibleName(f"{self.context.words.text('settings_page.place')}: {path}")
        self.place.updateGeometry()
        self.keys.entered()
        self._look_aside()

    def forget(self) -> None:
        """Drop the place."""
        self.place.clear()
        self.others.setText("")
        self.others.hide()

    def _look_aside(self) -> None:
        path, words = self.context.session.vault_path, self.context.words

        def look(_cancelled: CancelToken) -> str:
            return aside_sentence(words, safes_aside(path), path)

        self.context.bridge.on_pool(
            self, "safes aside", look, done=self._tell_aside, failed=self.context.stage.report
        )

    def _tell_aside(self, sentence: str) -> None:
        self.others.setText(sentence)
        self.others.setVisible(bool(sentence))

    def _minute_options(self) -> list[tuple[str, str]]:
        words = self.context.words
        held = self.context.preferences.settings.lock_after_minutes
        minutes = [*_MINUTES] if held in _MINUTES else [held, *_MINUTES]
        return [
            (str(count), words.plural("settings_page.minutes", count) if count
             else words.text("settings_page.never"))
            for count in minutes
        ]  # fmt: skip

    @Slot(str)
    def _change_minutes(self, minutes: str) -> None:
        preferences = self.context.preferences
        preferences.change(replace(preferences.settings, lock_after_minutes=int(minutes)))

    @Slot()
    def _open_change(self) -> None:
        self.context.stage.open_sheet(ChangePassphraseSheet(self.window(), self.context))


class Privacy(SettingsSection):
    """When anybody outside is asked, and who was."""

    def __init__(self, context: Context, rounds: "WatchRounds") -> None:
        super().__init__(context, "settings_page.privacy", "settings_page.privacy_text")
        self.controls = PrivacySection(context, rounds, self)
        self.hosts = HostsPanel(context)
        self.column.addWidget(_rows(*self.controls.rows()))
        self.column.addSpacing(6)
        self.column.addWidget(self.hosts)
        self.column.addStretch(1)

    def entered(self) -> None:
        """Read the hosts."""
        self.hosts.entered()

    def forget(self) -> None:
        """Drop the hosts."""
        self.hosts.forget()


class About(SettingsSection):
    """What Coffre is made of."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "settings_page.about", "settings_page.about_text")
        self.column.addWidget(about_column(context.words))
        self.column.addStretch(1)


def _rows(*rows: SettingRow) -> Panel:
    panel = Panel()
    column = QVBoxLayout(panel)
    column.setContentsMargins(18, 2, 18, 2)
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    return panel
