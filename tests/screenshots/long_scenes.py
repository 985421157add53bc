"""Safes at both ends: one whose badges say far too much, and one with nothing in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.screenshots.studio import Studio, close, settle
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode

if TYPE_CHECKING:
    from tests.screenshots.scenes import Camera, Look

__all__ = ["take_empty", "take_long"]

PAGES: Final = ("skills", "shares", "history", "backups", "deleted")


def take_long(studio: Studio, look: "Look", camera: "Camera") -> None:
    """Show what too much text does to a screen."""
    window = studio.open_window("long", look.language, look.theme, look.size)
    camera("library-cards-long", window)
    window.library.modes.choose(Mode.LIST.value)
    settle(window)
    camera("library-list-long", window)
    badge_id = window.library.rows()[0].id
    window.show_badge(badge_id)
    settle(window)
    camera("detail-long", window)
    window.share_asked.emit(badge_id)
    settle(window)
    camera("share-long", window)
    for sheet in window.findChildren(Sheet):
        if sheet.isVisible():
            sheet.close_sheet()
    settle(window)
    _pages(window, lambda name: camera(f"{name}-long", window))
    close(window)


def take_empty(studio: Studio, look: "Look", camera: "Camera") -> None:
    """Show every page of a safe without anything."""
    window = studio.open_window("empty", look.language, look.theme, look.size)
    camera("empty-safe", window)
    _pages(window, lambda name: camera(f"{name}-empty", window))
    close(window)


def _pages(window: MainWindow, take: Callable[[str], None]) -> None:
    for name in PAGES:
        if window.shell.has_page(name):
            window.show_page(name)
            settle(window)
            take(name)
