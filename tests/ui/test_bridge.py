import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.bridge import Bridge


class Owner(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[str] = []
        self.threads: list[threading.Thread] = []

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(threading.current_thread())

    def fail(self, error: CoffreError) -> None:
        self.errors.append(error.code)


@pytest.fixture
def bridge(qtbot: QtBot):  # noqa: ANN201
    made = Bridge()
    yield made
    made.close()


def wait(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: not bridge.busy)


def test_three_hundred_results_all_come_home_in_order_on_the_interface_thread(
    qtbot: QtBot, bridge: Bridge
) -> None:
    owner = Owner()
    for at in range(300):
        bridge.on_vault(owner, "count", lambda _, at=at: at, done=owner.take, failed=owner.fail)
    wait(qtbot, bridge)
    assert owner.results == list(range(300))
    assert set(owner.threads) == {threading.main_thread()}


def test_large_numbers_arrive_whole(qtbot: QtBot, bridge: Bridge) -> None:
    owner = Owner()
    bridge.on_pool(owner, "size", lambda _: 2**40, done=owner.take, failed=owner.fail)
    wait(qtbot, bridge)
    assert owner.results == [2**40]


def test_expected_errors_go_to_the_one_who_asked(qtbot: QtBot, bridge: Bridge) -> None:
    owner = Owner()

    def job(_: CancelToken) -> None:
        raise UserError("some.code")

    bridge.on_pool(owner, "fails", job, done=owner.take, failed=owner.fail)
    wait(qtbot, bridge)
    assert owner.errors == ["some.code"]
    assert owner.results == []


def test_a_bug_ends_the_waiting_and_reaches_the_exception_hook(
    qtbot: QtBot, bridge: Bridge
) -> None:
    owner = Owner()
    with capture_exceptions() as caught:
        bridge.on_pool(owner, "bug", lambda _: 1 // 0, done=owner.take, failed=owner.fail)
        wait(qtbot, bridge)
        qtbot.waitUntil(lambda: bool(caught))
    assert owner.errors == ["ui.bug"]
    assert caught[0][0] is ZeroDivisionError


def test_nobody_is_called_after_everything_was_forgotten(qtbot: QtBot, bridge: Bridge) -> None:
    owner = Owner()
    release = threading.Event()
    bridge.on_vault(owner, "slow", lambda _: release.wait(5), done=owner.take, failed=owner.fail)
    bridge.on_pool(owner, "fast", lambda _: "fast", done=owner.take, failed=owner.fail)
    bridge.forget_all()
    release.set()
    bridge.on_vault(owner, "next", lambda _: "next", done=owner.take, failed=owner.fail)
    wait(qtbot, bridge)
    assert owner.results == ["next"]


def test_a_deleted_owner_is_not_called(qtbot: QtBot, bridge: Bridge) -> None:
    owner, other = Owner(), Owner()
    release = threading.Event()
    bridge.on_vault(owner, "late", lambda _: release.wait(5), done=owner.take, failed=owner.fail)
    bridge.on_vault(other, "later", lambda _: "here", done=other.take, failed=other.fail)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    release.set()
    wait(qtbot, bridge)
    assert owner.results == []
    assert other.results == ["here"]


def test_progress_reaches_its_receiver_on_the_interface_thread(
    qtbot: QtBot, bridge: Bridge
) -> None:
    owner = Owner()
    report = bridge.reporter(owner, owner.take)

    def job(_: CancelToken) -> str:
        for at in range(3):
            report(at)
        return "end"

    bridge.on_pool(owner, "steps", job, done=owner.take, failed=owner.fail)
    wait(qtbot, bridge)
    assert owner.results == [0, 1, 2, "end"]
    assert set(owner.threads) == {threading.main_thread()}


def test_a_cancelled_job_sees_it_and_still_ends(qtbot: QtBot, bridge: Bridge) -> None:
    owner = Owner()
    started = threading.Event()

    def job(cancelled: CancelToken) -> str:
        started.set()
        while not cancelled():
            started.wait(0.001)
        return "stopped"

    job_id = bridge.on_pool(owner, "long", job, done=owner.take, failed=owner.fail)
    assert started.wait(5)
    bridge.cancel(job_id)
    wait(qtbot, bridge)
    assert owner.results == ["stopped"]
