"""What opens from the page of a badge: writings, endorsements, life, source."""

from collections.abc import Callable

from tests.screenshots.studio import settle
from tests.simulators.rich_badge import rich_badge
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.endorsements_sheet import EndorsementsSheet

__all__ = ["take_reading"]

_STILL_S = 0.2


def take_reading(window: MainWindow, camera: Callable[[str, MainWindow], None]) -> None:
    """Take a badge in, and picture all that opens from its page."""
    window.session.ask(
        window,
        "rich badge",
        lambda safe: safe.import_bytes(rich_badge(), "rich.json"),
        done=lambda _results: None,
        failed=window.report,
    )
    settle(window)
    window.library.refresh()
    settle(window)
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
