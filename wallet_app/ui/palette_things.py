"""What pages and settings hold, so that the palette finds it by its own name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.choice import Choice
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.palette_search import Entry, EntryKind

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["thing_entries"]


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting: the section it stands in, and its control on the page."""

    section: str
    control: Callable[[SettingsPage], QWidget]


_SETTINGS: Final = {
    "language": _Setting("general", lambda page: page.language),
    "theme": _Setting("appearance", lambda page: page.appearance.theme),
    "text_size": _Setting("appearance", lambda page: page.appearance.text_size),
    "motion": _Setting("appearance", lambda page: page.appearance.motion),
    "lock_after": _Setting("security", lambda page: page.minutes),
    "clipboard": _Setting("security", lambda page: page.lock.seconds),
    "passphrase": _Setting("security", lambda page: page.change_passphrase),
    "recovery": _Setting("security", lambda page: page.keys.make),
    "quick": _Setting("security", lambda page: page.keys.quick),
}
"""The words are ``palette.thing.<id>``, what each is found by ``palette.also.thing_<id>``."""


def thing_entries(window: "MainWindow") -> list[Entry]:
    """Return the settings by what they decide, and what the page of skills can do."""
    words = window.words
    entries = [
        _entry(window, EntryKind.SETTING, thing, "settings", partial(_show_setting, window, one),
               words.text(SECTIONS[one.section]))
        for thing, one in _SETTINGS.items()
    ]  # fmt: skip
    skills = {"advert": _show_advert, "declare": _declare}
    entries += [
        _entry(window, EntryKind.PAGE, thing, "skills", partial(go, window),
               words.text("page.skills"))
        for thing, go in skills.items()
    ]  # fmt: skip
    return entries


def _entry(  # noqa: PLR0913, PLR0917  (the parts of one row)
    window: "MainWindow", kind: EntryKind, thing: str, icon: str, go: Callable[[], None], note: str
) -> Entry:
    words = window.words
    also = words.text(f"palette.also.thing_{thing}")
    return Entry(kind, words.text(f"palette.thing.{thing}"), icon, go, note=note, also=also)


def _show_setting(window: "MainWindow", one: _Setting) -> None:
    if window.tasks is not None:
        window.tasks.tell_section(one.section)
    page = window.shell.page("settings")
    if not isinstance(page, SettingsPage):
        return
    control = one.control(page)
    if isinstance(control, Choice) and control.isVisible():
        control.focus_current()
    elif control.isVisible():
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _skills(window: "MainWindow") -> SkillsPage | None:
    window.show_page("skills")
    page = window.shell.page("skills")
    return page if isinstance(page, SkillsPage) else None


def _show_advert(window: "MainWindow") -> None:
    page = _skills(window)
    if page is not None:
        page.show_tab(1)
        page.advert.entered()


def _declare(window: "MainWindow") -> None:
    page = _skills(window)
    if page is not None:
        page.advert.declare()
