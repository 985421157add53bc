"""Rounds in the window: in the background, stopped by a lock, told once; receipts; as of when."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from simulators.issuer import Issuer
from simulators.status_lists import encode_list, status_entry
from simulators.world import World
from tests.ui.window_driver import PASSPHRASE, AnsweringSeams, OpenWindow, seams_of, settle, unlock
from wallet_app.app.check_again import CheckFound, CheckRequest
from wallet_app.app.models import ExportKind
from wallet_app.app.open_safe import create_safe
from wallet_app.app.settings import Watch
from wallet_app.crypto.secret import Secret
from wallet_app.ui import watch_rounds
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.watch_rounds import WatchRounds

LIST = "https://issuer.example/status/1"


@dataclass
class Stand:
    """A window over a safe of three badges by one issuer, in a world that a test moves."""

    world: World
    issuer: Issuer
    window: MainWindow
    ids: tuple[str, ...]

    @property
    def rounds(self) -> WatchRounds:
        assert self.window.tasks is not None
        return self.window.tasks.rounds

    def withdraw(self, *indices: int) -> None:
        self.world.pass_time(timedelta(days=8))
        self.issuer.publish_status_list(LIST, encode_list(indices))

    def look_whether_due(self) -> None:
        self.rounds._look_whether_due()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_rounds, "_REST_MS", 1)


@pytest.fixture
def stand(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: OpenWindow
) -> Stand:
    world = World()
    issuer = Issuer.at_did_web(world.web)
    issuer.publish_status_list(LIST)
    folder = tmp_path / "made"
    with create_safe(folder, Secret.from_text(PASSPHRASE), world.services) as safe:
        for number in range(3):
            badge = issuer.badge(
                id=f"urn:example:{number}", credentialStatus=status_entry(LIST, str(number))
            )
            safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "badge.json")
        ids = tuple(row.id for row in reversed(safe.badges()))
    window = open_window(folder)
    window.session.services = world.services
    unlock(qtbot, window)
    return Stand(world, issuer, window, ids)


def run_round(qtbot: QtBot, stand: Stand, start: Callable[[], None]) -> tuple[int, bool]:
    with qtbot.waitSignal(stand.rounds.finished) as caught:
        start()
    settle(qtbot, stand.window)
    changes, asked = caught.args or (0, False)
    return int(changes), bool(asked)


def texts(widget: object) -> str:
    assert isinstance(widget, Notice)
    labels = widget.findChildren(type(widget.heading))
    return " ".join(label.text() for label in labels if not label.isHidden())


def test_a_round_finds_a_withdrawal_and_the_library_tells_it_until_it_is_seen(
    qtbot: QtBot, stand: Stand
) -> None:
    library = stand.window.library
    assert library.changes.isHidden()
    stand.withdraw(1)
    stand.world.web.calls.clear()
    progress: list[tuple[int, int]] = []
    stand.rounds.progressed.connect(lambda done, total: progress.append((done, total)))
    assert run_round(qtbot, stand, stand.rounds.start) == (1, True)
    assert progress == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [url for url, _ in stand.world.web.calls].count(LIST) == 1
    assert library.changes.isVisible()
    assert "1 change since you last looked" in texts(library.changes)
    assert "The issuer has withdrawn it." in texts(library.changes)

    (link,) = library.changes.findChildren(LinkButton)
    link.click()
    settle(qtbot, stand.window)
    assert stand.window.detail.badge_id == stand.ids[1]
    stand.window.show_page("safe")
    settle(qtbot, stand.window)
    library.changes.done.click()
    settle(qtbot, stand.window)
    library.refresh()
    settle(qtbot, stand.window)
    assert library.changes.isHidden()


def test_many_changes_are_counted_and_the_rest_is_named(qtbot: QtBot, stand: Stand) -> None:
    stand.withdraw(0, 1, 2)
    run_round(qtbot, stand, stand.rounds.start)
    stand.world.pass_time(timedelta(days=1))
    for url in stand.world.web.urls():
        stand.world.web.fail(url, "dns")
    stand.world.clock.now += timedelta(days=1)
    run_round(qtbot, stand, stand.rounds.start)
    shown = texts(stand.window.library.changes)
    assert "And " in shown
    assert len(stand.window.library.changes.findChildren(LinkButton)) >= 4


def test_a_round_that_is_due_runs_by_itself_and_is_not_due_again(
    qtbot: QtBot, stand: Stand
) -> None:
    assert run_round(qtbot, stand, stand.look_whether_due) == (0, False)
    with qtbot.assertNotEmitted(stand.rounds.finished, wait=100):
        stand.look_whether_due()
        settle(qtbot, stand.window)
    assert not stand.rounds.running
    stand.withdraw(2)
    assert run_round(qtbot, stand, stand.look_whether_due) == (1, False)


def test_switched_off_nothing_is_asked(qtbot: QtBot, stand: Stand) -> None:
    stand.window.change(replace(stand.window.settings, watch=Watch.NEVER))
    stand.world.web.calls.clear()
    stand.look_whether_due()
    settle(qtbot, stand.window)
    assert not stand.rounds.running
    assert stand.world.web.calls == []


def test_a_lock_ends_the_round_at_once(
    qtbot: QtBot, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[CheckRequest] = []
    run = watch_rounds.run_check

    def counted(request: CheckRequest) -> CheckFound:
        begun.append(request)
        return run(request)

    monkeypatch.setattr(watch_rounds, "run_check", counted)
    with qtbot.waitSignal(stand.rounds.stopped):
        stand.rounds.start()
        qtbot.waitUntil(lambda: stand.rounds.running)
        stand.window.lock()
    assert not stand.rounds.running
    # The one badge that is under way in the pool is dropped when it is done; no other follows.
    qtbot.wait(100)
    assert len(begun) <= 1
    assert stand.window.library.changes.isHidden()
    stand.rounds.start()
    assert not stand.rounds.running


def test_starting_twice_is_one_round(qtbot: QtBot, stand: Stand) -> None:
    def start_twice() -> None:
        stand.rounds.start()
        qtbot.waitUntil(lambda: stand.rounds.running)
        stand.rounds.start()
        stand.look_whether_due()

    stand.world.web.calls.clear()
    run_round(qtbot, stand, start_twice)
    assert [url for url, _ in stand.world.web.calls].count(LIST) == 1


def test_a_badge_deleted_meanwhile_is_skipped(qtbot: QtBot, stand: Stand) -> None:
    stand.window.session.ask(
        stand.window,
        "delete",
        lambda safe: (safe.delete(stand.ids[0]), safe.delete_forever(stand.ids[0])),
        done=lambda _nothing: None,
        failed=lambda error: pytest.fail(str(error)),
    )
    plan = (stand.ids[0], *stand.ids)
    stand.rounds._asked = True
    with qtbot.waitSignal(stand.rounds.finished):
        stand.rounds._begin(plan)
    settle(qtbot, stand.window)


def privacy(window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named("privacy")
    return page


def test_the_settings_say_how_often_and_check_all_on_demand(qtbot: QtBot, stand: Stand) -> None:
    page = privacy(stand.window)
    page.privacy.watch.chosen.emit(Watch.DAILY.value)
    assert stand.window.settings.watch is Watch.DAILY
    page.privacy.pictures.chosen.emit("yes")
    assert stand.window.settings.fetch_pictures
    assert stand.window.session.services.pictures
    page.privacy.pictures.chosen.emit("no")
    assert not stand.window.session.services.pictures

    with qtbot.waitSignal(stand.rounds.stopped):
        page.privacy.check_all.click()
        qtbot.waitUntil(lambda: page.privacy.check_all.text() == "Stop")
        page.privacy.check_all.click()
    assert page.privacy.check_all.text() == "Check all"
    run_round(qtbot, stand, page.privacy.check_all.click)
    assert page.privacy.check_all.text() == "Check all"
    # The message goes after a while; what was found stays where it was asked for.
    assert page.privacy._now.hint.text() == stand.window._toast.label.text()
    assert page.privacy._now.hint.text().startswith("All badges checked: ")


def test_with_the_network_pulled_the_result_says_of_which_day_it_is(
    qtbot: QtBot, stand: Stand
) -> None:
    for url in stand.world.web.urls():
        stand.world.web.fail(url, "dns")
    stand.world.clock.now += timedelta(days=2)
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    stand.window.detail.check_again()
    settle(qtbot, stand.window)
    checks = stand.window.detail.checks
    assert checks is not None
    assert checks.result.word.text() == "Verified as of 23 November 2026"
    assert checks.result.when.text() == "Nobody could be asked today."
    assert "it was in force" in checks.result.sentence.text()
    (notice,) = checks.findChildren(Notice)
    assert "has not answered since 23 November 2026" in notice.text.text()
    stand.world.clock.now += timedelta(days=1)
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    assert stand.window.detail.checks is not None
    when = stand.window.detail.checks.result.when.text()
    assert when == "Nobody could be asked on 25 November 2026."


def test_silence_is_not_told_as_nothing_has_changed(qtbot: QtBot, stand: Stand) -> None:
    for url in stand.world.web.urls():
        stand.world.web.fail(url, "dns")
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    for _ in range(2):
        stand.world.clock.now += timedelta(days=2)
        stand.window.detail.check_again()
        settle(qtbot, stand.window)
    checks = stand.window.detail.checks
    assert checks is not None
    (notice,) = checks.findChildren(Notice)
    assert "so nothing new is known" in notice.heading.text()


def test_a_round_that_nobody_answered_says_so(qtbot: QtBot, stand: Stand) -> None:
    for url in stand.world.web.urls():
        stand.world.web.fail(url, "dns")
    stand.world.clock.now += timedelta(days=2)
    run_round(qtbot, stand, stand.rounds.start)
    assert run_round(qtbot, stand, stand.rounds.start) == (0, True)
    assert stand.rounds.unanswered == len(stand.ids)
    assert "missing for 3 badges" in stand.window._toast.label.text()


def test_a_check_that_finds_nothing_new_says_so(qtbot: QtBot, stand: Stand) -> None:
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    stand.window.detail.check_again()
    settle(qtbot, stand.window)
    checks = stand.window.detail.checks
    assert checks is not None
    (notice,) = checks.findChildren(Notice)
    assert notice.heading.text() == "Checked again: nothing has changed"


def test_a_badge_that_was_verified_once_says_when_beside_its_verdict(
    qtbot: QtBot, stand: Stand
) -> None:
    stand.withdraw(0)
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    stand.window.detail.check_again()
    settle(qtbot, stand.window)
    checks = stand.window.detail.checks
    assert checks is not None
    assert checks.result.word.text() == "Revoked"
    shown = [notice.text.text() for notice in checks.findChildren(Notice)]
    assert "It was verified as of 23 November 2026" in shown[-1]


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [(ExportKind.RECEIPT, ".receipt.json"), (ExportKind.EVIDENCE, ".evidence.zip")],
)
def test_receipt_and_evidence_are_saved_from_the_detail(
    qtbot: QtBot, stand: Stand, tmp_path: Path, kind: ExportKind, suffix: str
) -> None:
    stand.window.detail.save_proof(kind)
    stand.window.show_badge(stand.ids[0])
    settle(qtbot, stand.window)
    folder = tmp_path / "out"
    folder.mkdir()
    seams = seams_of(stand.window)
    assert isinstance(seams, AnsweringSeams)
    seams.save_to = [folder]
    stand.window.detail.save_proof(kind)
    settle(qtbot, stand.window)
    (path,) = folder.iterdir()
    assert path.name == f"Careful Reader{suffix}"
    if kind is ExportKind.RECEIPT:
        assert json.loads(path.read_bytes())["credential"]["sha256"] == stand.ids[0]
    else:
        with ZipFile(path) as archive:
            assert "map.tsv" in archive.namelist()
    shutil.rmtree(folder)
