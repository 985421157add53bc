"""Settings: language, look, lock, owner, known issuers, what Coffre is made of. At once."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.ui.appearance_section import AppearanceSection
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.choice import Choice
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
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.pages.settings_sections import About, Appearance, General, Privacy, Security
from wallet_app.ui.pages.you_section import YouSection
from wallet_app.ui.privacy_section import PrivacySection
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

_Section = TypeVar("_Section", bound=SettingsSection)
_NAV_PART: Final = 0.34
"""Part of the page that its sections may have beside the settings."""


class SettingsPage(Page):
    """Sections, one shown at a time, each made when it is first wanted."""

    def __init__(self, context: Context, rounds: WatchRounds) -> None:
        super().__init__(context)
        words = context.words
        self._makers: dict[str, Callable[[], SettingsSection]] = {
            "general": partial(General, context),
            "appearance": partial(Appearance, context),
            "security": partial(Security, context),
            "you": partial(YouSection, context),
            "issuers": partial(IssuersSection, context, rounds.start),
            "privacy": partial(Privacy, context, rounds),
            "computers": partial(ComputersSection, context),
            "my_page": partial(MyPageSection, context),
            "about": partial(About, context),
        }
        self._made: dict[str, SettingsSection] = {}
        self._has_entered = False
        self.section = next(iter(SECTIONS))
        self.nav = SubNav(
            words.text("page.settings"),
            [words.text(key) for key in SECTIONS.values()],
        )
        self._stack = QStackedWidget()
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
        self.show_section(tuple(SECTIONS).index(self.section))
        self.nav.focus_current()
        self._has_entered = True
        for section in self._made.values():
            section.entered()

    def forget(self) -> None:
        """Drop the place of the safe, and what it knows of people."""
        self._has_entered = False
        for section in self._made.values():
            section.forget()

    def show_you(self) -> None:
        """Show where the owner tells which identifiers are theirs, ready to type."""
        self.show_named("you")
        self.you.focus_first()

    def show_changed(self, section: str) -> None:
        """Show what was changed just now, with the focus there: language, or size of the text."""
        self.show_named(section)
        if section == "general":
            self._made_section(section).stay_with(self.language)
        elif section == "appearance":
            self._made_section(section).stay_with(self.appearance.text_size)

    def show_my_page(self) -> None:
        """Show the person's page, ready for its address."""
        self.show_named("my_page")
        self.my_page.focus_first()

    def show_named(self, section: str) -> None:
        """Show a section of ``SECTIONS``."""
        self.show_section(tuple(SECTIONS).index(section))
        self.nav.focus_current()

    @Slot(int)
    def show_section(self, at: int) -> None:
        """Show one of the sections."""
        self.section = tuple(SECTIONS)[at]
        self.nav.choose(at)
        self._stack.setCurrentWidget(self._made_section(self.section))

    # --- sections ----------------------------------------------------------------------

    def _made_section(self, name: str) -> SettingsSection:
        """Return a section, which is made when it is first wanted."""
        if name not in self._made:
            self._made[name] = section = self._makers[name]()
            self._stack.addWidget(section)
            if self._has_entered:
                section.entered()
        return self._made[name]

    def _one(self, name: str, kind: type[_Section]) -> _Section:
        section = self._made_section(name)
        if not isinstance(section, kind):
            raise TypeError(name)
        return section

    @property
    def desktop(self) -> DesktopSection:
        """What is done beside the window."""
        return self._one("general", General).desktop

    @property
    def language(self) -> Choice:
        """The language of the window."""
        return self._one("general", General).language

    @property
    def appearance(self) -> AppearanceSection:
        """Theme, size of the text, motion."""
        return self._one("appearance", Appearance).controls

    @property
    def minutes(self) -> Choice:
        """After how many minutes the safe locks."""
        return self._one("security", Security).minutes

    @property
    def lock(self) -> LockSection:
        """What else locks it."""
        return self._one("security", Security).lock

    @property
    def change_passphrase(self) -> Button:
        """Opens the sheet for another passphrase."""
        return self._one("security", Security).change_passphrase

    @property
    def keys(self) -> KeysSection:
        """What opens the safe besides the passphrase."""
        return self._one("security", Security).keys

    @property
    def place(self) -> MachineValue:
        """Where the safe lies."""
        return self._one("security", Security).place

    @property
    def others(self) -> Label:
        """Which safes were put aside and lie beside it."""
        return self._one("security", Security).others

    @property
    def you(self) -> YouSection:
        """Who the owner is."""
        return self._one("you", YouSection)

    @property
    def issuers(self) -> IssuersSection:
        """Whom the owner knows."""
        return self._one("issuers", IssuersSection)

    @property
    def privacy(self) -> PrivacySection:
        """When anybody outside is asked."""
        return self._one("privacy", Privacy).controls

    @property
    def hosts(self) -> HostsPanel:
        """Who was asked."""
        return self._one("privacy", Privacy).hosts

    @property
    def computers(self) -> ComputersSection:
        """The owner's other computers."""
        return self._one("computers", ComputersSection)

    @property
    def my_page(self) -> MyPageSection:
        """The owner's page for others."""
        return self._one("my_page", MyPageSection)
