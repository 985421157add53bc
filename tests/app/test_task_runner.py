"""Jobs run in order on the safe's thread, and nothing comes home after a lock."""

import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from wallet_app.app.task_runner import CancelToken, Finished, TaskRunner

WAIT_S = 10


@pytest.fixture
def ends() -> "Queue[Finished]":
    return Queue()


@pytest.fixture
def runner(ends: "Queue[Finished]") -> Iterator[TaskRunner]:
    made = TaskRunner(ends.put)
    yield made
    made.shutdown()


def test_results_and_errors_come_back_with_their_job(
    runner: TaskRunner, ends: "Queue[Finished]"
) -> None:
    def fail(_: CancelToken) -> None:
        raise ValueError("no")

    good = runner.on_pool("add", lambda _: 40 + 2)
    bad = runner.on_vault("fail", fail)
    found = {end.job_id: end for end in (ends.get(timeout=WAIT_S), ends.get(timeout=WAIT_S))}
    assert found[good].result == 42
    assert found[good].error is None
    assert isinstance(found[bad].error, ValueError)


def test_the_safe_has_one_thread_and_keeps_the_order(
    runner: TaskRunner, ends: "Queue[Finished]"
) -> None:
    for number in range(50):
        runner.on_vault("n", lambda _, number=number: (number, threading.get_ident()))
    results = [ends.get(timeout=WAIT_S).result for _ in range(50)]
    assert [number for number, _ in results] == list(range(50))
    assert len({thread for _, thread in results}) == 1


def test_a_job_hears_that_it_is_cancelled(runner: TaskRunner, ends: "Queue[Finished]") -> None:
    started = threading.Event()

    def wait(cancelled: CancelToken) -> str:
        started.set()
        while not cancelled():
            threading.Event().wait(0.001)
        return "stopped"

    job = runner.on_pool("wait", wait)
    assert started.wait(WAIT_S)
    runner.cancel(job)
    runner.cancel(9_999)
    assert ends.get(timeout=WAIT_S).result == "stopped"


def test_results_from_before_a_lock_are_dropped(
    runner: TaskRunner, ends: "Queue[Finished]"
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def secret(_: CancelToken) -> str:
        started.set()
        go_on.wait(WAIT_S)
        return "secret"

    runner.on_vault("secret", secret)
    runner.on_vault("queued", lambda cancelled: "ran" if not cancelled() else "cancelled")
    assert started.wait(WAIT_S)
    runner.discard()
    go_on.set()
    runner.on_vault("after", lambda _: "after")
    assert ends.get(timeout=WAIT_S).result == "after"
    assert ends.empty()
