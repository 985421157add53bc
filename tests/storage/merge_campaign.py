"""The machine of merges for much longer: many vaults, many edits, clocks that jump.

    python3 dev.py campaign merge [--examples 400] [--steps 60] [--seed 1]

Prints how many lives were led; the first that breaks a promise is shown as a program.
"""

import argparse
import random
import time

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.storage.merge_machine import MergeMachine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))  # noqa: S311
    given = parser.parse_args()
    lives = 0

    class Counted(MergeMachine):
        def teardown(self) -> None:
            nonlocal lives
            lives += 1
            super().teardown()

    print(f"seed {given.seed}")
    started = time.monotonic()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        seed(given.seed)(Counted),
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
    print(
        f"{lives} lives of two or three vaults, up to {given.steps} steps each, in {seconds:.0f} s"
    )
    print("lost 0, resurrected 0, all agree")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
