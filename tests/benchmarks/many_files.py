"""A folder of many files: on all cores against one, and what the largest process takes."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from simulators.mixed_files import mixed_folder
from simulators.web import NOW
from tests.benchmarks.measuring import Measured, paired
from wallet_app.app.bulk import Bulk
from wallet_app.app.preparing import prepare_source
from wallet_app.app.services import Recipe, Services
from wallet_app.app.sources import Source, find_sources

__all__ = ["many_files", "peak_memory"]

FILES = 1_000
ALLOWED_MB = 300.0
_UNTIL_ALL_RUN = 100
# Kilobytes on Linux: of all processes that were waited for, those of the pool too.
_LARGEST_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def many_files() -> Iterator[Measured]:
    """Yield how long all cores take for a folder, beside one core for the same."""
    with tempfile.TemporaryDirectory() as folder:
        services = Services.made_by(Recipe(NOW, (mixed_folder(Path(folder) / "in", FILES),)))
        sources = list(find_sources(str(Path(folder) / "in" / "files")))
        readings = [shared(sources, services) for _ in range(3)]
        waiting = {
            f"{FILES:,} mixed files, processes started for them": [one[0] for one in readings],
            "the same, once the processes run": [one[1] for one in readings],
        }
        for what, times in waiting.items():
            yield paired(
                what,
                lambda times=times: times.pop(),
                "one file after the other in one process",
                lambda: alone(sources, services),
                rounds=3,
            )


def shared(sources: list[Source], services: Services) -> tuple[float, float]:
    """Return the milliseconds for all, and at the rate of the later files."""
    begun = time.perf_counter()
    with closing(Bulk(sources, services)) as bulk:
        for _ in range(_UNTIL_ALL_RUN):
            bulk.take()
        running = time.perf_counter()
        while bulk.take() is not None:
            pass
        ended = time.perf_counter()
    at_full_rate = (ended - running) * len(sources) / (len(sources) - _UNTIL_ALL_RUN)
    return 1000 * (ended - begun), 1000 * at_full_rate


def alone(sources: list[Source], services: Services) -> float:
    """Return the milliseconds of this process alone."""
    begun = time.perf_counter()
    for source in sources:
        prepare_source(source, services)
    return 1000 * (time.perf_counter() - begun)


def peak_memory() -> Measured:
    """Return the memory of the largest process of ``coffre verify`` over such a folder."""
    with tempfile.TemporaryDirectory() as folder:
        listed = mixed_folder(Path(folder) / "in", FILES)
        command = [sys.executable, "-m", "wallet_app", "verify", "--json", "--documents"]
        files = str(Path(folder) / "in" / "files")
        # In a process of its own, which has had no other children.
        told = subprocess.run(
            [sys.executable, "-c", _LARGEST_CHILD, *command, str(listed), files],
            check=True,
            capture_output=True,
            text=True,
        )
    used = int(told.stdout) / 1024
    ratio = used / ALLOWED_MB
    what = f"peak memory of verify over {FILES:,} files"
    return Measured(what, "what any input may take", used, ALLOWED_MB, ratio, ratio, ratio, "MB")
