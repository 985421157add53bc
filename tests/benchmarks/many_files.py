"""A folder of many files: on all cores against one, and what the largest process takes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from simulators.mixed_files import mixed_folder
from simulators.web import NOW
from tests.benchmarks.measuring import Measured, compare
from wallet_app.app.bulk import prepare_all
from wallet_app.app.services import Recipe, Services
from wallet_app.app.shared_work import pool_for
from wallet_app.app.sources import Source, find_sources
from wallet_app.cli.verify import verify_job

__all__ = ["many_files", "peak_memory"]

FILES = 1_000
ALLOWED_MB = 300.0
# Kilobytes on Linux: of all processes that were waited for, those of the pool too.
_LARGEST_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def many_files() -> Iterator[Measured]:
    """Yield how long a folder takes as it is checked, and once processes share it."""
    with tempfile.TemporaryDirectory() as folder:
        recipe = Recipe(NOW, (mixed_folder(Path(folder) / "in", FILES),))
        sources = list(find_sources(str(Path(folder) / "in" / "files")))
        settings = {"language": "en", "as_json": True, "identity": [], "trust": []}
        alone = verify_job({**settings, "recipe": recipe.to_json()})
        services = Services.made_by(recipe)
        yield compare(
            f"{FILES:,} mixed files prepared for the safe",
            lambda: prepared(sources, services),
            "one after the other in one process",
            lambda: prepared(sources, replace(services, recipe=None)),
            rounds=3,
        )
        names = [source.name for source in sources]
        pool = pool_for(sources, recipe, "wallet_app.cli.verify:verify_job", settings)
        if pool is None:
            return
        with pool:
            yield compare(
                f"{FILES:,} mixed files verified by processes that run",
                lambda: list(pool.answers(names)),
                "one after the other in one process",
                lambda: [alone(name) for name in names],
                rounds=3,
            )


def prepared(sources: list[Source], services: Services) -> None:
    """Take every source as an import does."""
    with closing(prepare_all(sources, services)) as work:
        for _ in work:
            pass


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
