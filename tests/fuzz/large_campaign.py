"""Give large hostile inputs to the real command and print what each costs.

    python3 dev.py campaign large

Up to 20 MB each; the answer must come in two seconds of work and 300 MB of memory.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.large_inputs import LARGE, LIMIT_MB, LIMIT_S, Large, Spent, measure


def main() -> int:
    """Print one line per input; 1 if any costs too much or ends in an error."""
    broken = 0
    for large in LARGE:
        with TemporaryDirectory() as folder:
            spent = measure(large, Path(folder))
        good = _is_good(large, spent)
        broken += not good
        print(
            f"{large.name:28}{spent.seconds:>7.2f} s{spent.megabytes:>7.0f} MB"
            f"  exit {spent.code}{'' if good else '  OVER THE LIMIT'}",
            flush=True,
        )
    return 1 if broken else 0


def _is_good(large: Large, spent: Spent) -> bool:
    answered = spent.code in (0, 1) and '"verdict": ' in spent.answer
    return answered and spent.seconds <= LIMIT_S and spent.megabytes <= LIMIT_MB


if __name__ == "__main__":
    sys.exit(main())
