"""What pages and settings hold, so that the palette finds it by its own name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.choice import Choice
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.palette_search import Entry, EntryKind
from wallet_app.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["also_found_by", "thing_entries"]


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting: the section it stands in, its control on the page, its name there."""

    section: str
    control: Callable[[SettingsPage], QWidget]
    name: str = ""


def _lock_switch(name: str) -> _Setting:
    return _Setting("security", lambda page: page.lock.switches[name], f"settings_page.lock.{name}")


@dataclass(frozen=True, slots=True)
class _OnPage:
    """What else a page can do: the key of its name there, and its control, where one is found.

    Without: the page puts the focus on what it found, later.
    """

    page: str
    icon: str
    name: str
    control: Callable[[Any], QWidget] | None = None


_SETTINGS: Final = {
    "language": _Setting("general", lambda page: page.language),
    "notices": _Setting("general", lambda page: page.desktop.notify, "notice.section"),
    "tray": _Setting("general", lambda page: page.desktop.tray, "tray.section"),
    "theme": _Setting("appearance", lambda page: page.appearance.theme),
    "text_size": _Setting("appearance", lambda page: page.appearance.text_size),
    "motion": _Setting("appearance", lambda page: page.appearance.motion),
    "lock_after": _Setting("security", lambda page: page.minutes),
    "clipboard": _Setting("security", lambda page: page.lock.seconds),
    "passphrase": _Setting("security", lambda page: page.change_passphrase),
    "recovery": _Setting("security", lambda page: page.keys.make),
    "quick": _Setting("security", lambda page: page.keys.quick),
    "stolen": _Setting("security", lambda page: page.keys.stolen, "stolen.title"),
    "place": _Setting("security", lambda page: page.place, "settings_page.place"),
    "watch": _Setting("privacy", lambda page: page.privacy.watch, "privacy.watch"),
    "pictures": _Setting("privacy", lambda page: page.privacy.pictures, "privacy.pictures"),
    "explorers": _Setting("privacy", lambda page: page.privacy.explorers),
    "contacted": _Setting("privacy", lambda page: page.hosts.export, "hosts.title"),
    "lists": _Setting("issuers", lambda page: page.issuers.choose, "settings_page.lists"),
    "in_step": _Setting("computers", lambda page: page.computers.start, "computers.start.title"),
    "publish": _Setting("my_page", lambda page: page.my_page.publish, "my_page.publish"),
    "lock_screen": _lock_switch("screen"),
    "lock_sleep": _lock_switch("sleep"),
    "lock_switch": _lock_switch("switch"),
    "lock_minimise": _lock_switch("minimise"),
}
"""The words are ``palette.thing.<id>`` where it has no name; ``palette.also.thing_<id>`` beside."""

_ON_PAGES: Final = {
    "check_backup": _OnPage("backups", "history", "backups_page.check", lambda page: page.check),
    "restore": _OnPage("backups", "undo", "backups_page.restore", lambda page: page.restore.choose),
    "second_place": _OnPage(
        "backups", "drive", "second_place.title", lambda page: page.second_place.choose
    ),
    "copies": _OnPage("backups", "drive", "copies_page.title", lambda page: page.copies.now),
    "bring_in": _OnPage(
        "backups", "add", "moving_page.bring_in", lambda page: page.moving.bring_file
    ),
    "take_out": _OnPage(
        "backups", "download", "moving_page.take_out", lambda page: page.moving.take_out
    ),
    "calendar": _OnPage("watch", "calendar", "watch.calendar"),
}


def thing_entries(window: "MainWindow") -> list[Entry]:
    """Return the settings by what they decide, and what pages can do."""
    words = window.words
    entries = [
        _entry(window, EntryKind.SETTING, thing, "settings", partial(_show_setting, window, one),
               words.text(SECTIONS[one.section]), one.name)
        for thing, one in _SETTINGS.items()
    ]  # fmt: skip
    entries += [
        _entry(window, EntryKind.PAGE, thing, one.icon, partial(_show_on_page, window, one),
               words.text(f"page.{one.page}"), one.name)
        for thing, one in _ON_PAGES.items()
    ]  # fmt: skip
    skills = {"advert": _show_advert, "declare": _declare}
    entries += [
        _entry(window, EntryKind.PAGE, thing, "skills", partial(go, window),
               words.text("page.skills"))
        for thing, go in skills.items()
    ]  # fmt: skip
    return entries


def also_found_by(words: Words, name: str, also: str) -> str:
    """Return what else finds what is called ``name``: words beside, all in the other language too.

    Both are keys; a person may have learned to call things in either.
    """
    said = [words.text(also)] if also in words else []
    for language in LANGUAGES:
        if language != words.language:
            other = Words(language)
            said += [other.text(key) for key in (name, also) if key in other]
    return " ".join(said)


def _entry(  # noqa: PLR0913, PLR0917  (the parts of one row)
    window: "MainWindow", kind: EntryKind, thing: str, icon: str, go: Callable[[], None],
    note: str, name: str = "",
) -> Entry:  # fmt: skip
    words, name = window.words, name or f"palette.thing.{thing}"
    also = also_found_by(words, name, f"palette.also.thing_{thing}")
    return Entry(kind, words.text(name), icon, go, note=note, also=also)


def _show_on_page(window: "MainWindow", one: _OnPage) -> None:
    window.show_page(one.page)
    control = one.control(window.shell.page(one.page)) if one.control else None
    if control is not None and control.isVisible():
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)


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
