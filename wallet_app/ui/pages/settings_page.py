"""Settings: language, look, lock, owner, known issuers, what Coffre is made of. At once."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.settings import Language
from wallet_app.ui.about import about_column
from wallet_app.ui.appearance_section import AppearanceSection
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.sub_nav import SubNav
from wallet_app.ui.components.text import Label, MachineValue
from wallet_app.ui.context import Context
from wallet_app.ui.desktop_section import DesktopSection
from wallet_app.ui.keys_section import KeysSection
from wallet_app.ui.lock_section import LockSection
from wallet_app.ui.pages.computers_section import ComputersSection
from wallet_app.ui.pages.hosts_panel import HostsPanel
from wallet_app.ui.pages.issuers_section import IssuersSection
from wallet_app.ui.pages.my_page_section import MyPageSection
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.you_section import YouSection
from wallet_app.ui.privacy_section import PrivacySection
from wallet_app.ui.sheets.passphrase_sheets import ChangePassphraseSheet
from wallet_app.ui.watch_rounds import WatchRounds

__all__ = ["SECTIONS", "SettingsPage"]

SECTIONS: Final = {
    "general": "settings_page.general",
    "appearance": "appearance.section",
    "security": "settings_page.security",
    "you": "settings_page.you",
    "issuers": "settings_page.issuers",
    "privacy": "settings_page.privacy",
    "computers": "settings_page.computers",
    "my_page": "my_page.section",
    "about": "settings_page.about",
}
"""The sections in their order, with the keys of their words."""

_MINUTES: Final = (1, 5, 10, 30, 0)
_NAV_PART: Final = 0.34
"""Part of the page that its sections may have beside the settings."""


class SettingsPage(Page):
    """Sections, one shown at a time."""

    def __init__(self, context: Context, rounds: WatchRounds) -> None:
        super().__init__(context)
        self.appearance = AppearanceSection(context, self)
        self.desktop = DesktopSection(context, self)
        self.hosts = HostsPanel(context)
        self.privacy = PrivacySection(context, rounds, self)
        self.keys = KeysSection(context, self)
        self.lock = LockSection(context, self)
        words = context.words
        self.nav = SubNav(
            words.text("page.settings"),
            [words.text(key) for key in SECTIONS.values()],
        )
        self.you = YouSection(context)
        self.issuers = IssuersSection(context, rounds.start)
        self.computers = ComputersSection(context)
        self.my_page = MyPageSection(context)
        self._stack = QStackedWidget()
        sections = (
            self._general(),
            self._appearance(),
            self._security(),
            self.you,
            self.issuers,
            self._privacy(),
            self.computers,
            self.my_page,
            self._about(),
        )
        for section in sections:
            self._stack.addWidget(section)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(0)
        self._beside.addWidget(self.nav)
        self._beside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_back())
        column.addLayout(self._beside, 1)
        self.nav.chosen.connect(self.show_section)

    def _make_back(self) -> QWidget:
        """Return the way back for who was led here; Escape goes it as well."""
        self.back = Button("", Kind.QUIET, icon="back").let_wrap()
        self.back.setObjectName("way-back")
        self.back.clicked.connect(self.context.actions["back"].trigger)
        self._way_back = QWidget()
        row = QHBoxLayout(self._way_back)
        row.setContentsMargins(MARGIN - 20, 13, MARGIN, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        self._way_back.hide()
        return self._way_back

    def come_from(self, page: str) -> None:
        """Offer the way back, or none."""
        words = self.context.words
        if page == "badge":
            self.back.set_words(words.text("way_back.badge"))
        elif page:
            self.back.set_words(words.text("way_back.to", page=words.text(f"page.{page}")))
        self._way_back.setVisible(bool(page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the settings all of a narrow window, with their sections above."""
        needed, width = self.nav.needed_width, event.size().width()
        folded = needed > width * _NAV_PART
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if folded else direction.LeftToRight)
        self.nav.setFixedWidth(width if folded else needed)
        self.nav.fold(folded=folded)
        super().resizeEvent(event)

    def entered(self) -> None:
        """Put the focus on the sections."""
        self.nav.focus_current()
        path = str(self.context.session.vault_path)
        self.place.setPlainText(path)
        self.place.setAccessibleName(f"{self.context.words.text('settings_page.place')}: {path}")
        self.place.updateGeometry()
        self.keys.entered()
        self.hosts.entered()
        self.you.entered()
        self.issuers.entered()
        self.computers.entered()
        self.my_page.entered()

    def forget(self) -> None:
        """Drop the place of the safe, and what it knows of people."""
        self.place.clear()
        self.hosts.forget()
        self.you.forget()
        self.issuers.forget()
        self.computers.forget()
        self.my_page.forget()

    def show_you(self) -> None:
        """Show where the owner tells which identifiers are theirs, ready to type."""
        self.show_section(self._stack.indexOf(self.you))
        self.you.focus_first()

    @property
    def section(self) -> str:
        """The one that is shown, as in ``SECTIONS``."""
        return tuple(SECTIONS)[self._stack.currentIndex()]

    def show_changed(self, section: str) -> None:
        """Show what was changed just now, with the focus there: language, or size of the text."""
        self.show_named(section)
        changed = {"general": self.language, "appearance": self.appearance.text_size}
        if section in changed:
            changed[section].focus_current()

    def show_my_page(self) -> None:
        """Show the person's page, ready for its address."""
        self.show_section(self._stack.indexOf(self.my_page))
        self.my_page.focus_first()

    def show_named(self, section: str) -> None:
        """Show a section of ``SECTIONS``."""
        self.show_section(tuple(SECTIONS).index(section))
        self.nav.focus_current()

    @Slot(int)
    def show_section(self, at: int) -> None:
        """Show one of the sections."""
        self.nav.choose(at)
        self._stack.setCurrentIndex(at)

    # --- sections ----------------------------------------------------------------------

    def _section(self, title_key: str, text_key: str, panel: QWidget) -> ScrollColumn:
        words = self.context.words
        scroll = ScrollColumn(margins=(MARGIN, 18, MARGIN, MARGIN))
        scroll.column.addWidget(Label(words.text(title_key), "page_title", wrap=True))
        scroll.column.addSpacing(4)
        scroll.column.addWidget(Label(words.text(text_key), "body", tone="t2", wrap=True))
        scroll.column.addSpacing(18)
        scroll.column.addWidget(panel)
        scroll.column.addStretch(1)
        return scroll

    def _general(self) -> QWidget:
        words = self.context.words
        self.language = Choice(
            words.text("settings_page.language"),
            [
                (Language.SYSTEM.value, words.text("settings_page.system")),
                (Language.ENGLISH.value, "English"),
                (Language.FRENCH.value, "Français"),
            ],
            self.context.preferences.language.value,
        )
        self.language.chosen.connect(self._change_language)
        panel = _rows(
            SettingRow(words.text("settings_page.language"),
                       words.text("settings_page.language_text"), self.language, first=True),
            *self.desktop.rows(),
        )  # fmt: skip
        return self._section("settings_page.general", "settings_page.general_text", panel)

    def _appearance(self) -> QWidget:
        panel = _rows(*self.appearance.rows())
        return self._section("appearance.section", "appearance.section_text", panel)

    def _security(self) -> QWidget:
        words = self.context.words
        self.minutes = Choice(
            words.text("settings_page.lock_after"), self._minute_options(),
            str(self.context.preferences.settings.lock_after_minutes),
        )  # fmt: skip
        self.minutes.chosen.connect(self._change_minutes)
        change = Button(words.text("settings_page.change"), size=Size.SMALL)
        self.change_passphrase: Button = change
        self.change_passphrase.setObjectName("change-passphrase")
        self.change_passphrase.setAccessibleName(words.text("settings_page.change_passphrase"))
        self.change_passphrase.clicked.connect(self._open_change)
        self.place = MachineValue(words.text("settings_page.place"), "")
        self.place.setObjectName("safe-place")
        panel = _rows(
            SettingRow(words.text("settings_page.lock_after"),
                       words.text("settings_page.lock_after_text"), self.minutes, first=True),
            *self.lock.rows(),
            SettingRow(words.text("settings_page.passphrase"),
                       words.text("settings_page.passphrase_text"), self.change_passphrase),
            *self.keys.rows(),
            SettingRow(words.text("settings_page.place"),
                       words.text("settings_page.place_text"), self.place, wide=True),
        )  # fmt: skip
        return self._section("settings_page.security", "settings_page.security_text", panel)

    def _privacy(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_rows(*self.privacy.rows()))
        column.addWidget(self.hosts)
        return self._section("settings_page.privacy", "settings_page.privacy_text", both)

    def _about(self) -> QWidget:
        panel = about_column(self.context.words)
        return self._section("settings_page.about", "settings_page.about_text", panel)

    def _minute_options(self) -> list[tuple[str, str]]:
        words = self.context.words
        held = self.context.preferences.settings.lock_after_minutes
        minutes = [*_MINUTES] if held in _MINUTES else [held, *_MINUTES]
        return [
            (str(count), words.plural("settings_page.minutes", count) if count
             else words.text("settings_page.never"))
            for count in minutes
        ]  # fmt: skip

    # --- changes -----------------------------------------------------------------------

    @Slot(str)
    def _change_language(self, language: str) -> None:
        self.context.preferences.choose_language(Language(language))

    @Slot(str)
    def _change_minutes(self, minutes: str) -> None:
        preferences = self.context.preferences
        preferences.change(replace(preferences.settings, lock_after_minutes=int(minutes)))

    @Slot()
    def _open_change(self) -> None:
        self.context.stage.open_sheet(ChangePassphraseSheet(self.window(), self.context))


def _rows(*rows: SettingRow) -> Panel:
    panel = Panel()
    column = QVBoxLayout(panel)
    column.setContentsMargins(18, 2, 18, 2)
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    return panel
