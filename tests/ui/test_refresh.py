"""A newer copy asked for in the window: only where it is offered, and the badge stays."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulators.issuer import Issuer
from simulators.world import World
from tests.ui.window_driver import PASSPHRASE, OpenWindow, settle, unlock
from wallet_app.app.open_safe import create_safe
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.main_window import MainWindow

OFFER = "https://issuer.example/refresh/1"
JCS = "eddsa-jcs-2022"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def services(world: World) -> Services:
    return world.services


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, issuer: Issuer, services: Services, open_window: OpenWindow
) -> MainWindow:
    """The open window over a badge with an offer, and one without."""
    offer = {"id": OFFER, "type": "1EdTechCredentialRefresh"}
    without = issuer.badge(id="urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0077")
    without["credentialSubject"]["achievement"]["name"] = "No offer"
    badges = (issuer.badge(refreshService=offer), without)
    folder = tmp_path / "made"
    with create_safe(folder, Secret.from_text(PASSPHRASE), services) as safe:
        for badge in badges:
            safe.import_bytes(json.dumps(issuer.sign(badge, JCS)).encode(), "badge.json")
    opened: MainWindow = open_window(folder)
    unlock(qtbot, opened)
    return opened


def open_badge(qtbot: QtBot, window: MainWindow, name: str) -> str:
    (badge_id,) = {row.id for row in window.library.rows() if row.name == name}
    window.show_badge(badge_id)
    settle(qtbot, window)
    return badge_id


def entries(window: MainWindow) -> list[str]:
    window.detail.more.click()
    (menu,) = window.detail.more.findChildren(PopupMenu)
    texts = [action.text() for action in menu.actions()]
    menu.close()
    return texts


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_the_menu_offers_a_newer_copy_only_where_the_issuer_does(
    qtbot: QtBot, window: MainWindow
) -> None:
    entry = window.words.text("detail.refresh")
    open_badge(qtbot, window, "No offer")
    assert entry not in entries(window)
    open_badge(qtbot, window, "Careful Reader")
    assert entry in entries(window)


def test_a_newer_copy_is_shown_and_the_earlier_badge_stays(
    qtbot: QtBot, window: MainWindow, world: World, issuer: Issuer
) -> None:
    badge_id = open_badge(qtbot, window, "Careful Reader")
    newer = issuer.badge(validFrom="2026-03-01T09:00:00Z")
    world.web.serve(OFFER, issuer.sign(newer, JCS))
    window.detail.refresh()
    window.detail.refresh()
    settle(qtbot, window)
    assert window.detail.badge_id not in ("", badge_id)
    assert window.detail.shown is not None
    assert {row.id for row in window.library.rows()} >= {badge_id, window.detail.badge_id}
    assert [url for url, _ in world.web.calls].count(OFFER) == 1


def test_a_copy_that_is_the_same_is_said_to_be_the_same(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    badge_id = open_badge(qtbot, window, "Careful Reader")
    assert window.detail.shown is not None
    world.web.serve(OFFER, window.detail.shown.credential.original.data)
    window.detail.refresh()
    settle(qtbot, window)
    assert window.detail.badge_id == badge_id
    assert len(window.library.rows()) == 2


def test_when_nothing_good_comes_the_badge_is_as_it_was_and_can_be_checked_again(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    badge_id = open_badge(qtbot, window, "Careful Reader")
    world.web.fail(OFFER, "timeout")
    window.detail.refresh()
    settle(qtbot, window)
    assert window.detail.badge_id == badge_id
    window.detail.check_again()
    settle(qtbot, window)
    assert window.detail.checks is not None
    assert window.detail.checks.result.again.isVisible()


def test_without_a_badge_nothing_is_asked(qtbot: QtBot, window: MainWindow, world: World) -> None:
    settle(qtbot, window)  # the vault's libraries load while the person would type
    window.detail.refresh()
    assert not window.bridge.busy
