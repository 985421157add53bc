"""A library of thousands: the first badges at once, the others behind them, nothing half told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.simulators.large_vaults import EVERYWHERE, large_vault
from tests.ui.window_driver import PASSPHRASE, OpenWindow, settle, unlock
from wallet_app.app.models import BadgeRow
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.safe_finding import FIRST_PAGE
from wallet_app.app.search_language import folded
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages import badge_view, library, library_loading, library_order
from wallet_app.ui.pages.library_order import GRAVEST_FIRST, Order, Shown, filtered

COUNT = 700
_KEYS: dict[Order, Callable[[BadgeRow], Any]] = {
    Order.ADDED: lambda _row: 0,
    Order.NAME: lambda row: folded(row.name),
    Order.ISSUER: lambda row: (folded(row.issuer), folded(row.name)),
    Order.VERDICT: lambda row: list(GRAVEST_FIRST).index(row.verdict),
    Order.ISSUED: lambda row: (
        row.issued_on is None,
        -row.issued_on.timestamp() if row.issued_on else 0.0,
    ),
}


@pytest.fixture(scope="module")
def large_safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "safe"
    return large_vault(folder, COUNT, Secret.from_text(PASSPHRASE))


@pytest.fixture
def window(
    qtbot: QtBot, open_window: OpenWindow, large_safe: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    # Small parts, so that a few hundred go the way of a hundred thousand.
    monkeypatch.setattr(library_loading, "_PART", 64)
    monkeypatch.setattr(badge_view, "_LAID_OUT_AT_ONCE", 100)
    monkeypatch.setattr(library, "ORDERED_AT_ONCE", 50)
    monkeypatch.setattr(library_order, "_RUN", 40)
    opened = open_window(large_safe)
    unlock(qtbot, opened)
    return opened


def shown(window: MainWindow) -> list[str]:
    model = window.library.model
    return [model.badge_id(at) for at in range(model.rowCount())]


def expected(large_safe: Path, query: str = "") -> list[str]:
    secret = Secret.from_text(PASSPHRASE)
    with open_safe(large_safe, secret, Services.default(offline=True)) as safe:
        return [row.id for row in safe.badges(query)]


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.library.search.edit.setText(text)
    settle(qtbot, window)


def test_all_of_a_large_library_is_shown_and_found_in_order(
    qtbot: QtBot, window: MainWindow, large_safe: Path
) -> None:
    assert shown(window) == expected(large_safe)
    for query in ("b", EVERYWHERE, "pé", "zzz", ""):
        search(qtbot, window, query)
        found = expected(large_safe, query)
        assert shown(window) == found, query
        assert window.library.search.count == (f"{len(found)} of {COUNT}" if query else "")
        assert window.library.shows_no_match is not bool(found)


def test_filters_and_orders_hold_for_what_comes_later(qtbot: QtBot, window: MainWindow) -> None:
    library = window.library
    for order in (Order.NAME, Order.ISSUER, Order.VERDICT, Order.ISSUED, Order.ADDED):
        library.set_order(order)
        for kind in (Shown.VERIFIED, Shown.WORTH_A_LOOK, Shown.ALL):
            library.filters.choose(kind)
            search(qtbot, window, EVERYWHERE)
            search(qtbot, window, "")
            # A plain sort, which is stable as well.
            rows = sorted(filtered(library.rows(), kind), key=_KEYS[order])
            assert len(library.rows()) == COUNT
            assert shown(window) == [row.id for row in rows]


def test_a_list_that_is_looked_at_does_not_shrink_while_it_is_read_anew(
    qtbot: QtBot, window: MainWindow
) -> None:
    counts: list[int] = []
    window.library.model.modelReset.connect(lambda: counts.append(window.library.model.rowCount()))
    window.session.changed.emit()
    settle(qtbot, window)
    assert counts == [COUNT]


def test_a_newer_search_ends_an_older_one(
    qtbot: QtBot, window: MainWindow, large_safe: Path
) -> None:
    library = window.library
    for query in ("b", "ba", "bad", EVERYWHERE, "pé"):
        # No pause between two: only the last may be told of.
        library._search(query)
    settle(qtbot, window)
    assert shown(window) == expected(large_safe, "pé")


def test_a_lock_drops_what_is_still_coming(qtbot: QtBot, window: MainWindow) -> None:
    window.library.refresh()
    qtbot.waitUntil(lambda: window.library._loading._told >= FIRST_PAGE)
    window.lock()
    qtbot.waitUntil(lambda: not window.bridge.busy)
    assert window.library.model.rowCount() == 0
    assert not window.library.rows()
    assert not window.library._loading._waiting


def test_one_stays_at_a_badge_far_down_when_the_list_is_read_anew(
    qtbot: QtBot, window: MainWindow
) -> None:
    view = window.library.view
    far = window.library.rows()[600].id
    view.make_current(far)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 0)
    place = view.verticalScrollBar().value()
    window.session.changed.emit()
    settle(qtbot, window)
    assert view.current_id == far
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() == place)


def test_a_search_that_fails_is_told_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def refuse(_safe: Safe, _query: str = "") -> None:
        raise CoffreError("vault.damaged")

    window.library._loading.failed.connect(lambda error: told.append(error.code))
    monkeypatch.setattr(Safe, "found_numbers", refuse)
    search(qtbot, window, EVERYWHERE)
    assert told == ["vault.damaged"]
