"""Notes, tags, favourites, collections and the history, in front of the camera."""

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea

from tests.screenshots.studio import settle, wait_until
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Shelves
from wallet_app.app.search_language import Field
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.search_words import named_term
from wallet_app.ui.sheets.collections_sheet import CollectionsSheet
from wallet_app.verification.report import Verdict

__all__ = ["take_marks"]

Camera = Callable[[str, MainWindow], None]

_NOTE = (
    "Asked for at the interview of 3 December: bring the printed certificate.\n\n"
    "The exam was in two parts; the report of the second is with Ms Ardent."
)
_LONG = "Applications for the regional apprenticeship programme of the year 2027, second round"


def take_marks(window: MainWindow, camera: Camera) -> None:
    """File badges, write a note, and look at every screen that shows it."""
    verified = [row.id for row in window.library.rows() if row.verdict is Verdict.VERIFIED]
    _do(window, lambda safe: _fill(safe, verified))
    window.session.changed.emit()
    window.show_badge(verified[0])
    settle(window)
    own = window.detail.marks.own
    if own is None:
        raise RuntimeError("a badge without its owner's words")
    bar = window.detail.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    settle(window)
    camera("own-words", window)
    own.editor.text.setPlainText(_NOTE + "\nAnd more.")
    settle(window)
    camera("own-words-unsaved", window)
    own.editor.save_now()
    settle(window)
    own.editor.earlier.click()
    settle(window)
    camera("note-versions", window)
    _close_sheets(window)
    window.detail.marks.tag.click()
    settle(window)
    camera("filing", window)
    _close_sheets(window)
    window.show_page("safe")
    settle(window)
    _select(window, camera)


def _select(window: MainWindow, camera: Camera) -> None:
    library = window.library
    for at in (1, 2, 5):
        library.model.toggle(at)
    settle(window)
    camera("selection-cards", window)
    library.modes.choose(Mode.LIST.value)
    settle(window)
    camera("selection-list", window)
    library.selection.ask_filing()
    settle(window)
    camera("filing-many", window)
    _close_sheets(window)
    library.model.select_none()
    library.modes.choose(Mode.CARDS.value)
    window.screens.shelves.chosen.emit(
        named_term(window.words, Field.COLLECTION, "Job applications 2027")
    )
    wait_until(window, lambda: not library.search.is_waiting)
    settle(window)
    camera("collection", window)
    library.clear()
    shelves = _shelves(window)
    window.open_sheet(CollectionsSheet(window, window.context, shelves.collections))
    settle(window)
    camera("collections", window)
    _close_sheets(window)
    window.show_page("history")
    settle(window)
    camera("history-of-marks", window)
    history = window.shell.page("history")
    if isinstance(history, HistoryPage):
        history.bar.search.edit.setText("zeppelin")
        wait_until(window, lambda: not history.bar.search.is_waiting)
        settle(window)
        camera("history-no-match", window)
        history.bar.forget()
    window.show_page("safe")
    settle(window)


def _shelves(window: MainWindow) -> Shelves:
    found: list[Shelves] = []
    window.session.ask(
        window, "shelves", lambda safe: safe.shelves(), done=found.append, failed=window.report
    )
    settle(window)
    return found[0]


def _fill(safe: Safe, badges: list[str]) -> None:
    job = safe.create_collection("Job applications 2027")
    safe.create_collection(_LONG)
    safe.create_collection("Languages")
    safe.collect(badges[:3], job.id)
    safe.tag(badges[:2], add=["work", "to show", "first aid"])
    safe.tag(badges[2:4], add=["2027"])
    safe.favourite(badges[:2])
    safe.save_note(badges[0], "Bring the printed certificate.")
    safe.save_note(badges[0], _NOTE)


def _do(window: MainWindow, work: Callable[[Safe], None]) -> None:
    window.session.ask(window, "fill", work, done=_nothing, failed=window.report)
    settle(window)


def _nothing(_done: None) -> None:
    """The pictures show it."""


def _close_sheets(window: MainWindow) -> None:
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
    settle(window)
