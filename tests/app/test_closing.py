"""Closing a safe: in turn where that is quick, from outside where it is not."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallet_app.app.closing import Closing, SafeHolder
from wallet_app.app.drafts import Draft
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Recipe, Services
from wallet_app.app.task_runner import CancelToken, Finished, TaskRunner
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

WORD = "velvet orbit granite meadow"
DRAFT = Draft("", "note", "half a sentence")


@pytest.fixture(scope="module")
def services() -> Services:
    return Services.made_by(Recipe(offline=True))


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    ends: list[Finished] = []
    runner = TaskRunner(ends.append)
    yield runner
    runner.shutdown()


def safe_at(path: Path, services: Services) -> Safe:
    return create_safe(path, Secret.from_text(WORD), services)


def held(safe: Safe) -> SafeHolder:
    holder = SafeHolder()
    assert holder.put(safe)
    return holder


def drafts_in(path: Path, services: Services) -> list[Draft]:
    with open_safe(path, Secret.from_text(WORD), services) as safe:
        return [offered.draft for offered in safe.drafts()]


def test_what_was_accepted_before_ends_and_then_the_text_is_kept(
    tmp_path: Path, services: Services, runner: TaskRunner
) -> None:
    safe, closed, order = safe_at(tmp_path / "s", services), threading.Event(), []
    runner.on_vault("accepted", lambda _cancelled: order.append(safe.count()))
    closing = Closing(held(safe), [DRAFT], closed.set)
    runner.discard()
    runner.on_vault("close", closing.leave)
    closing.watch()
    assert closed.wait(5)
    assert order == [0], "a note that was just saved is not lost to a lock"
    runner.shutdown()
    assert drafts_in(tmp_path / "s", services) == [DRAFT]


def test_a_busy_thread_holds_nothing_up(
    tmp_path: Path, services: Services, runner: TaskRunner
) -> None:
    """The threat is a backup, a check or a silent computer that keeps the key in memory."""
    safe, closed, release = safe_at(tmp_path / "s", services), threading.Event(), threading.Event()
    runner.on_vault("silent computer", lambda _cancelled: release.wait(30))
    started = time.monotonic()
    closing = Closing(held(safe), [DRAFT], closed.set, patience_s=0.1)
    runner.on_vault("close", closing.leave)
    closing.watch()
    assert closed.wait(2)
    assert time.monotonic() - started < 1
    with pytest.raises(UserError, match=r"vault\.locked"):
        safe.count()
    release.set()
    runner.shutdown()
    assert drafts_in(tmp_path / "s", services) == [DRAFT]


def test_a_safe_that_opens_too_late_is_closed_at_once(tmp_path: Path, services: Services) -> None:
    holder, told = SafeHolder(), []
    closing = Closing(holder, [], lambda: told.append(1))
    safe = safe_at(tmp_path / "s", services)
    assert not holder.put(safe)
    with pytest.raises(UserError, match=r"vault\.locked"):
        safe.count()
    closing.leave(CancelToken())
    assert told == [1]


def test_the_end_is_told_once(tmp_path: Path, services: Services) -> None:
    told: list[int] = []
    closing = Closing(held(safe_at(tmp_path / "s", services)), [], lambda: told.append(1))
    closing.watch()
    closing.leave(CancelToken())
    closing.leave(CancelToken())
    assert told == [1]


def test_work_of_the_pool_that_has_not_begun_never_does(runner: TaskRunner) -> None:
    release, begun = threading.Event(), []
    for _ in range(2):
        runner.on_pool("running", lambda _cancelled: release.wait(5))
    runner.on_pool("waiting", lambda _cancelled: begun.append(1))
    runner.discard()
    release.set()
    runner.shutdown()
    assert begun == []
