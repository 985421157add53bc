"""Notes, tags, favourites, collections and the history, in front of the camera."""

from collections.abc import Callable

from tests.screenshots.studio import settle
from wallet_app.app.safe import Safe
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
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
    own = window.detail.own
    if own is None:
        raise RuntimeError("a badge without its owner's words")
    own.editor.text.setFocus()
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
