"""What opens from the page of a badge: writings, endorsements, life, source."""

from collections.abc import Callable

from tests.screenshots.studio import settle, wait_until
from tests.simulators.learner_records import mixed_record
from tests.simulators.rich_badge import rich_badge
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.sheets.endorsements_sheet import EndorsementsSheet

__all__ = ["take_reading", "take_record"]

_STILL_S = 0.2


def take_record(window: MainWindow, camera: Callable[[str, MainWindow], None]) -> None:
    """Take a learner record in, and picture what it holds, one in it with its checks open."""
    _take_in(window, mixed_record(), "record.json")
    record = next(row.id for row in window.library.rows() if row.name == "Records of two terms")
    window.show_badge(record)
    settle(window, still_s=_STILL_S)
    camera("detail-record", window)
    panel = window.detail.checks.inside if window.detail.checks is not None else None
    if panel is None:
        raise RuntimeError("no learner record")
    window.detail.show_inside()
    settle(window, still_s=_STILL_S)
    camera("detail-record-inside", window)
    panel.rows[0].checks.turn()
    settle(window, still_s=_STILL_S)
    camera("detail-record-checks", window)
    _find_inside(window, camera)


def _find_inside(window: MainWindow, camera: Callable[[str, MainWindow], None]) -> None:
    """Look for what stands inside the record alone, as cards and as a list, and open it."""
    library = window.library
    window.show_page("safe")
    library.search.edit.setText("botany readers")
    wait_until(window, lambda: not library.search.is_waiting)
    settle(window, still_s=_STILL_S)
    camera("library-found-inside", window)
    library.modes.choose(Mode.LIST.value)
    settle(window, still_s=_STILL_S)
    camera("library-found-inside-list", window)
    library.modes.choose(Mode.CARDS.value)
    library.view.opened.emit(library.rows()[0].id)
    settle(window, still_s=_STILL_S)
    camera("detail-record-found", window)
    window.detail.show_found()
    settle(window, still_s=_STILL_S)
    camera("detail-record-found-here", window)
    window.show_page("safe")
    library.clear()
    settle(window)


def _take_in(window: MainWindow, data: bytes, name: str) -> None:
    window.session.ask(
        window,
        "take in",
        lambda safe: safe.import_bytes(data, name),
        done=lambda _results: None,
        failed=window.report,
    )
    settle(window)
    window.library.refresh()
    settle(window)


def take_reading(window: MainWindow, camera: Callable[[str, MainWindow], None]) -> None:
    """Take a badge in, and picture all that opens from its page."""
    _take_in(window, rich_badge(), "rich.json")
    badge = next(row.id for row in window.library.rows() if row.name == "Careful Reader")
    window.show_badge(badge)
    settle(window, still_s=_STILL_S)
    camera("detail-everything", window)
    if window.detail.life is not None:
        window.detail.show_life()
        settle(window, still_s=_STILL_S)
        camera("detail-life", window)
    reading = window.detail.reading
    for name, ask in (
        ("detail-criteria", reading.criteria),
        ("detail-evidence", reading.evidence),
        ("detail-endorsements", reading.endorsements),
        ("detail-source", reading.everything),
    ):
        ask()
        settle(window, still_s=_STILL_S)
        sheet = [one for one in window.findChildren(Sheet) if one.isVisible()][-1]
        camera(name, window)
        if isinstance(sheet, EndorsementsSheet):
            sheet.cards[0].open_checks()
            settle(window, still_s=_STILL_S)
            camera(f"{name}-checks", window)
        sheet.dismiss()
        settle(window)
