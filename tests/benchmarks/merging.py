"""How long it takes to merge a large backup.

python -m tests.benchmarks.merging [--count 10000]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from tests.simulators.vaults import NOW, add, credential, make_vault
from wallet_app.storage.contents import read_contents
from wallet_app.storage.merge import merge, plan

Result = TypeVar("Result")


def timed(what: str, work: Callable[[], Result]) -> Result:
    """Print how long ``work`` took, and of that on the processor; return what it gave."""
    started, busy = time.perf_counter(), time.process_time()
    result = work()
    took, busy = time.perf_counter() - started, time.process_time() - busy
    sys.stdout.write(f"{what:40}{took:8.2f} s{busy:8.2f} s busy\n")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        there, here = (make_vault(Path(folder) / name) for name in ("there", "here"))
        there.database.run("PRAGMA synchronous = OFF")
        for number in range(count):
            texts = {"description": "Une description d’été. " * 10, "skills": ("soudure",)}
            new = credential(number, padding=4_000, **texts)
            add(there, new, at=NOW + timedelta(seconds=number))
        contents = timed(f"read {count} credentials", lambda: read_contents(there.database))
        foreseen = timed("list of changes", lambda: plan(here, contents, source="x"))
        done = timed(
            "merge into an empty vault", lambda: merge(here, contents, now=NOW, source="x")
        )
        if done != foreseen or done.came_alive != contents.originals.keys():
            raise SystemExit("the merge did otherwise than it said")
        timed("merge again, nothing new", lambda: merge(here, contents, now=NOW, source="x"))
        with there.database.transaction():
            there.database.run(
                "UPDATE credential SET deleted_at = added_at, moved_at = ?",
                ("2027-01-01T00:00:00.000000Z",),
            )
        moved = read_contents(there.database)
        timed("merge that many deletions", lambda: merge(here, moved, now=NOW, source="x"))
        there.close()
        here.close()


if __name__ == "__main__":
    main()
