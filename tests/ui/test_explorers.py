"""Block explorers in the window: nobody is asked before the person allows it, nor after."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulators.blockcerts import Blockcerts
from simulators.world import World
from tests.ui.window_driver import PASSPHRASE, OpenWindow, settle, unlock
from wallet_app.app.explorers import USUAL_EXPLORERS
from wallet_app.app.open_safe import create_safe
from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.secret import Secret
from wallet_app.ui import watch_rounds
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.watch_rounds import WatchRounds
from wallet_app.verification.report import CheckId


@dataclass
class Stand:
    """A window over an empty safe, and sealed badges that the usual explorer knows."""

    world: World
    window: MainWindow
    badges: tuple[bytes, ...]

    @property
    def rounds(self) -> WatchRounds:
        assert self.window.tasks is not None
        return self.window.tasks.rounds

    @property
    def page(self) -> SettingsPage:
        page = self.window.shell.page("settings")
        assert isinstance(page, SettingsPage)
        return page

    def asked(self) -> int:
        """Return how often an explorer was asked since the last time."""
        calls = [url for url, purpose in self.world.web.calls if purpose is Purpose.TRANSACTION]
        self.world.web.calls.clear()
        return len(calls)

    def add(self, qtbot: QtBot, badge: bytes) -> None:
        assert self.window.tasks is not None
        with qtbot.waitSignal(self.window.tasks.run.finished):
            self.window.tasks.run.add_bytes(badge, "badge.json")
        settle(qtbot, self.window)

    def signature(self) -> str:
        shown = self.window.detail.shown
        assert shown is not None
        return shown.report.check(CheckId.SIGNATURE).code


@pytest.fixture
def stand(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: OpenWindow
) -> Stand:
    monkeypatch.setattr(watch_rounds, "_REST_MS", 1)
    world = World()
    issuer = Blockcerts(world.web)
    badges = [issuer.seal_2(issuer.assertion(id=f"urn:uuid:{number}")) for number in range(2)]
    # One explorer answers for both: its last answer holds for the first badge only, which is
    # all that these tests look at.
    issuer.publish_bitcoin(badges[0]["signature"]["merkleRoot"])
    transaction = badges[0]["signature"]["anchors"][0]["sourceId"]
    url = next(url for url in world.web.urls() if transaction in url)
    usual = USUAL_EXPLORERS[0].url.replace("{transaction}", transaction)
    world.web.serve(usual, world.web.body(url))
    world.web.forget(url)
    folder = tmp_path / "made"
    create_safe(folder, Secret.from_text(PASSPHRASE), world.services).close()
    window = open_window(folder)
    window.session.services = world.services
    unlock(qtbot, window)
    stand = Stand(world, window, tuple(json.dumps(badge).encode() for badge in badges))
    stand.add(qtbot, stand.badges[0])
    window.show_badge(window.library.rows()[0].id)
    settle(qtbot, window)
    return stand


def round_of(qtbot: QtBot, stand: Stand) -> None:
    with qtbot.waitSignal(stand.rounds.finished):
        stand.rounds.start()
    settle(qtbot, stand.window)


def check_again(qtbot: QtBot, stand: Stand) -> None:
    stand.window.detail.check_again()
    settle(qtbot, stand.window)


def test_while_it_is_off_import_check_and_watch_ask_no_explorer(qtbot: QtBot, stand: Stand) -> None:
    assert not stand.window.settings.ask_explorers
    assert stand.signature() == "anchor.unchecked"
    check_again(qtbot, stand)
    round_of(qtbot, stand)
    stand.add(qtbot, stand.badges[1])
    assert stand.asked() == 0


def test_once_allowed_all_three_ask_and_taken_back_none_does(qtbot: QtBot, stand: Stand) -> None:
    stand.asked()
    stand.page.privacy.explorers.chosen.emit("yes")
    assert stand.window.settings.ask_explorers
    assert stand.asked() == 0, "the permission alone asks nobody"
    check_again(qtbot, stand)
    assert stand.signature() == "proof.verified"
    assert stand.asked() == 1
    round_of(qtbot, stand)
    assert stand.asked() == 1
    stand.add(qtbot, stand.badges[1])
    assert stand.asked() == 1
    stand.page.privacy.explorers.chosen.emit("no")
    assert not stand.window.settings.ask_explorers
    check_again(qtbot, stand)
    round_of(qtbot, stand)
    assert stand.asked() == 0


def test_a_permission_that_is_taken_back_ends_within_a_running_round(
    qtbot: QtBot, stand: Stand
) -> None:
    stand.page.privacy.explorers.chosen.emit("yes")
    stand.add(qtbot, stand.badges[1])
    stand.asked()

    def take_back(done: int, _total: int) -> None:
        if done == 0:
            stand.page.privacy.explorers.chosen.emit("no")

    stand.rounds.progressed.connect(take_back)
    round_of(qtbot, stand)
    assert stand.asked() == 0


def test_the_setting_names_who_learns_what_and_stays(qtbot: QtBot, stand: Stand) -> None:
    assert stand.page.privacy.explorers.accessibleName().startswith("Ask a public block explorer")
    words = stand.window.words.text("privacy.explorers_text")
    hosts = ("blockstream.info", "blockscout.com")
    assert all(host in words for host in (*hosts, "IP address"))
    assert all(any(host in one.url for host in hosts) for one in USUAL_EXPLORERS)
    stand.page.privacy.explorers.chosen.emit("yes")
    window = stand.window
    again = type(window)(stand.world.services, window.session.vault_path, window.preferences.path)
    qtbot.addWidget(again)
    assert again.settings.ask_explorers
    assert again.session.services.explorers == USUAL_EXPLORERS
