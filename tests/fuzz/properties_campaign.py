"""Every property of the suite with many more examples, drawn anew.

    python3 dev.py campaign properties [--examples 1000] [TEST ...]

The suite takes the same few in every run, so that it ends in time.
"""

import argparse
import os

import pytest


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py campaign properties", description=__doc__)
    parser.add_argument("--examples", type=int, default=1_000)
    parser.add_argument("tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    os.environ["COFFRE_EXAMPLES"] = str(given.examples)
    return int(
        pytest.main(
            ["-q", "-p", "no:cacheprovider", "--timeout=0", "-m", "hypothesis", *given.tests]
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
