"""A state machine led through many more lives than the suite has time for."""

import argparse
import random
import time
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def lead_lives(machine: type[RuleBasedStateMachine], about: str, steps: int) -> str:
    """Lead the lives that the command line asks for; return how many, how long, which seed.

    The first that breaks a promise is shown as a program.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))  # noqa: S311
    given = parser.parse_args()
    lives = 0

    class Counted(machine):  # type: ignore[misc, valid-type]
        def teardown(self) -> None:
            nonlocal lives
            lives += 1
            super().teardown()

    started = time.monotonic()
    counted: Any = seed(given.seed)(Counted)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        counted,
        settings=settings(
            max_examples=given.examples,
            stateful_step_count=given.steps,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    seconds = time.monotonic() - started
    return f"{lives} lives of up to {given.steps} steps each, in {seconds:.0f} s, seed {given.seed}"
