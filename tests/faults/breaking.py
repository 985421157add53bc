"""Real processes that are killed, or fail, at a named step of a write."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from itertools import count

from wallet_app.storage.steps import STEP_EVENT

Operation = Callable[[], object]
_MOST_STEPS = 100


def at_step(number: int, act: Callable[[], object]) -> None:
    """Do ``act`` when this process reaches its step ``number``, counted from 1."""
    reached = count(1)

    def hook(event: str, _arguments: object) -> None:
        if event == STEP_EVENT and next(reached) == number:
            act()

    sys.addaudithook(hook)


def counted_steps() -> list[str]:
    """Return a list to which every step of this process will be added."""
    steps: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == STEP_EVENT:
            steps.append(str(arguments[0]))

    sys.addaudithook(hook)
    return steps


def kill_myself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Operation) -> int:
    """Run ``work`` in a forked process; return its exit status, negative when killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(number: int, operation: Operation) -> bool:
    """Run the operation in a process that is killed at that step; False if it got through."""

    def work() -> None:
        at_step(number, kill_myself)
        operation()

    status = in_child(work)
    assert status in (0, -signal.SIGKILL)
    return status != 0


def kill_at_every_step(operation: Operation, check: Callable[[], object], *, apart: int = 1) -> int:
    """Kill the operation at its first step, its second …; ``check`` after each; how many.

    ``apart``: only at each so many-th, where ``campaign faults`` kills at all of them.
    """
    for number in range(1, _MOST_STEPS, apart):
        killed = killed_at(number, operation)
        check()
        if not killed:
            return number - 1
    raise AssertionError("the operation never ended")
