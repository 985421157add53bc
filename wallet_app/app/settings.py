"""The person's preferences: a small plain file. No badge, name or secret is kept in it."""

import json
import locale
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from wallet_app.wording import DEFAULT_LANGUAGE, LANGUAGES

__all__ = [
    "AHEAD",
    "TEXT_SIZES",
    "Language",
    "ListOrder",
    "Settings",
    "Theme",
    "Updates",
    "Watch",
    "load_settings",
    "save_settings",
    "spoken_language",
]

_FORMAT: Final = 1
_MAX_BYTES: Final = 64 * 1024
_LOCK_MINUTES: Final = 10
_MAX_LOCK_MINUTES: Final = 24 * 60
_CLIPBOARD_S: Final = 30
_CLIPBOARD_RANGE: Final = range(10, 121)
_TRASH_DAYS: Final = 30
_MAX_TRASH_DAYS: Final = 3_650
AHEAD: Final = (30, 90, 180, 365)
"""How many days ahead of the end of a badge the person may want to be told."""
_AHEAD_DAYS: Final = 90

_MAX_PLACE: Final = 4096

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

TEXT_SIZES: Final = (100, 125, 150, 175, 200)
"""In per cent of what the system asks for."""


class Language(StrEnum):
    """What Coffre speaks."""

    SYSTEM = "system"
    FRENCH = "fr"
    ENGLISH = "en"


class Theme(StrEnum):
    """How the window looks."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class ListOrder(StrEnum):
    """How the library is ordered."""

    ADDED = "added"
    NAME = "name"
    ISSUER = "issuer"
    ISSUED = "issued"
    EXPIRES = "expires"
    VERDICT = "verdict"


class Updates(StrEnum):
    """Whether Coffre looks for a newer version; it asks once before it ever does."""

    UNASKED = "unasked"
    NO = "no"
    YES = "yes"


class Watch(StrEnum):
    """How often all badges are checked anew while the safe is open."""

    NEVER = "never"
    WEEKLY = "weekly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Settings:
    """All preferences.

    Attributes:
        lock_after_minutes: 0 for never, else 1 to 1440.
        lock_on_screen_lock: whether a locked screen or session locks the safe.
        lock_on_sleep: whether suspending the computer does.
        lock_on_switch: whether another person's session in front does.
        lock_on_minimise: whether a window that stays minimised does.
        clear_clipboard_s: after how many seconds what Coffre copied is taken off the clipboard;
            0 for only at the lock, else 10 to 120.
        watch: how often all badges are checked anew.
        fetch_pictures: whether a badge's picture is asked for when it is taken in.
        ask_explorers: whether public block explorers are asked about badges that are sealed
            on a chain (``allowed_explorers``).
        list_order: how the library is ordered.
        ahead_days: how many days before its end a badge counts as expiring, one of ``AHEAD``.
        trash_days: after how many days what was deleted goes for good; 0 for never.
        text_size: one of ``TEXT_SIZES``. less_motion: whether nothing moves by itself.
        notify: whether the desktop says that long work has ended while one looks elsewhere.
        tray: whether Coffre has a place beside the clock.
        updates: whether it is asked for once a week whether there is a newer version.
        updates_asked_on: when that was asked last, an ISO day.
        safe_place: the folder of the safe that was open here last, so that a folder that is gone
            is not taken for a first start; "" before.
    """

    language: Language = Language.SYSTEM
    theme: Theme = Theme.SYSTEM
    lock_after_minutes: int = _LOCK_MINUTES
    lock_on_screen_lock: bool = True
    lock_on_sleep: bool = True
    lock_on_switch: bool = True
    lock_on_minimise: bool = False
    clear_clipboard_s: int = _CLIPBOARD_S
    watch: Watch = Watch.WEEKLY
    fetch_pictures: bool = False
    ask_explorers: bool = False
    trash_days: int = _TRASH_DAYS
    list_order: ListOrder = ListOrder.ADDED
    ahead_days: int = _AHEAD_DAYS
    text_size: int = 100
    less_motion: bool = False
    notify: bool = True
    tray: bool = False
    updates: Updates = Updates.UNASKED
    updates_asked_on: str = ""
    safe_place: str = ""


def load_settings(path: Path) -> Settings:
    """Return the settings in ``path``; what is missing, unknown or invalid is the default."""
    try:
        with path.open("rb") as file:
            read = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    given: Mapping[str, object] = read if isinstance(read, dict) else {}
    return Settings(
        language=_member(Language, given.get("language"), Language.SYSTEM),
        theme=_member(Theme, given.get("theme"), Theme.SYSTEM),
        lock_after_minutes=_minutes(given.get("lock_after_minutes")),
        # A lock is lost only by a plain "false".
        lock_on_screen_lock=given.get("lock_on_screen_lock") is not False,
        lock_on_sleep=given.get("lock_on_sleep") is not False,
        lock_on_switch=given.get("lock_on_switch") is not False,
        lock_on_minimise=given.get("lock_on_minimise") is True,
        clear_clipboard_s=_clipboard_seconds(given.get("clear_clipboard_s")),
        watch=_member(Watch, given.get("watch"), Watch.WEEKLY),
        fetch_pictures=given.get("fetch_pictures") is True,
        ask_explorers=given.get("ask_explorers") is True,
        trash_days=_trash_days(given.get("trash_days")),
        list_order=_member(ListOrder, given.get("list_order"), ListOrder.ADDED),
        ahead_days=_ahead_days(given.get("ahead_days")),
        text_size=_text_size(given.get("text_size")),
        less_motion=given.get("less_motion") is True,
        notify=given.get("notify") is not False,
        tray=given.get("tray") is True,
        updates=_member(Updates, given.get("updates"), Updates.UNASKED),
        updates_asked_on=_day(given.get("updates_asked_on")),
        safe_place=_place(given.get("safe_place")),
    )


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all.

    Raises:
        EnvironmentFault: the disk refuses; the old file is untouched.
    """
    # Imported here so that reading a language at start does not load the vault's libraries.
    from wallet_app.storage.files import make_private_folders, write_atomic  # noqa: PLC0415

    text = json.dumps({"version": _FORMAT, **asdict(settings)}, indent=2)
    make_private_folders(path.parent)
    write_atomic(path, text.encode() + b"\n")


def spoken_language(language: Language, environment: Mapping[str, str] | None = None) -> str:
    """Return ``en`` or ``fr``: the chosen one, or for ``system`` that of the environment."""
    if language is not Language.SYSTEM:
        return language.value
    found = os.environ if environment is None else environment
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = found.get(variable, "")
        if value:
            return _language_of(value)
    return _language_of(locale.getlocale()[0] or "")


def _language_of(tag: str) -> str:
    code = tag[:2].lower()
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


_Member = TypeVar("_Member", bound=StrEnum)


def _member(kind: type[_Member], value: object, default: _Member) -> _Member:
    return kind(value) if isinstance(value, str) and value in set(kind) else default


def _minutes(value: object) -> int:
    valid = type(value) is int and 0 <= value <= _MAX_LOCK_MINUTES
    return value if valid and isinstance(value, int) else _LOCK_MINUTES


def _clipboard_seconds(value: object) -> int:
    valid = type(value) is int and (value == 0 or value in _CLIPBOARD_RANGE)
    return value if valid and isinstance(value, int) else _CLIPBOARD_S


def _day(value: object) -> str:
    return value if isinstance(value, str) and _DAY.fullmatch(value) else ""


def _place(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _MAX_PLACE else ""


def _text_size(value: object) -> int:
    return value if isinstance(value, int) and value in TEXT_SIZES else TEXT_SIZES[0]


def _trash_days(value: object) -> int:
    valid = type(value) is int and 0 <= value <= _MAX_TRASH_DAYS
    return value if valid and isinstance(value, int) else _TRASH_DAYS


def _ahead_days(value: object) -> int:
    return value if type(value) is int and value in AHEAD else _AHEAD_DAYS
