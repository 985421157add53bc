"""Ways through the safe, terms on the search line, what needs attention, codes: for the camera."""

from collections.abc import Callable

from PySide6.QtCore import QRect

from tests.screenshots.studio import settle, wait_until
from wallet_app.app.search_language import Field, State
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.screen_region import ScreenRegion
from wallet_app.ui.search_words import Kind, field_key, named_term, not_key, state_word

__all__ = ["take_library"]

Camera = Callable[[str, MainWindow], None]


def take_library(window: MainWindow, camera: Camera) -> None:
    """Look through the safe in every way that is new here."""
    window.show_page("safe")
    settle(window)
    for kind in (Kind.TAGS, Kind.ISSUERS, Kind.SKILLS):
        window.shell.side_bar.chosen.emit(f"group:{kind}")
    settle(window)
    camera("side-bar-open", window)
    for kind in (Kind.TAGS, Kind.ISSUERS, Kind.SKILLS):
        window.shell.side_bar.chosen.emit(f"group:{kind}")
    _search(window, camera)
    window.library.shelf_filter.show_all(Kind.SKILLS)
    settle(window)
    camera("all-skills", window)
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
    window.show_page("watch")
    settle(window)
    camera("needs-attention", window)
    _frame(window)
    window.show_page("safe")
    settle(window)


def _search(window: MainWindow, camera: Camera) -> None:
    words, library = window.words, window.library
    excluded = f"{not_key(words)}:{state_word(words, State.EXPIRED)}"
    since = f"{field_key(words, Field.SINCE)}:2024"
    issuer = named_term(words, Field.ISSUER, "Northgate College")
    library.search.edit.setFocus()
    library.search.edit.setText(f"{issuer} {since} {excluded} da")
    wait_until(window, lambda: not library.search.is_waiting)
    settle(window)
    camera("search-terms", window)
    library.search.edit.setText("")
    library.search.edit.insert(f"{field_key(words, Field.STATE)}:")
    library.search.edit.textEdited.emit(library.search.edit.text())
    settle(window)
    camera("search-suggestions", window)
    library.clear()
    settle(window)


def _frame(window: MainWindow) -> None:
    """Make sure that the overlay can be drawn; it is no window of the camera's."""
    picture = window.grab().toImage()
    region = ScreenRegion(window.words, QRect(0, 0, 640, 410), picture)
    region.grab()
    region.forget()
