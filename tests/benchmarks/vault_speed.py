"""How fast a large vault opens, lists and searches.

python -m tests.benchmarks.vault_speed [--count 10000]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.simulators.vaults import NOW, add, credential, make_vault, open_vault

QUERIES = ("b", "ba", "badge", "badge 12", "ete", "atelier exemple", "zzz")


def best_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the best of some runs in milliseconds."""

    def once() -> float:
        started = time.perf_counter()
        work()
        return 1000 * (time.perf_counter() - started)

    return min(once() for _ in range(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    out = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vault"
        with make_vault(path) as vault:
            started = time.perf_counter()
            for number in range(count):
                texts = {"description": "Une description d’été. " * 10, "skills": ("soudure",)}
                add(
                    vault,
                    credential(number, padding=4_000, **texts),
                    at=NOW + timedelta(seconds=number),
                )
            each = 1000 * (time.perf_counter() - started) / count
        out(f"{count} credentials, {(path / 'vault.db').stat().st_size / 2**20:.0f} MiB\n")
        out(f"add, one transaction each      {each:8.1f} ms\n")
        started = time.perf_counter()
        with open_vault(path) as vault:
            out(
                f"open (cheapest Argon2id)       {1000 * (time.perf_counter() - started):8.1f} ms\n"
            )
            out(f"first list, all rows           {best_ms(vault.credentials.rows, 1):8.1f} ms\n")
            out(f"list again                     {best_ms(vault.credentials.rows):8.1f} ms\n")
            for query in QUERIES:
                found = len(vault.credentials.rows(query))
                whole = best_ms(lambda query=query: vault.credentials.rows(query))
                first = best_ms(lambda query=query: vault.credentials.rows(query, limit=200))
                out(f"search {query!r:18} {found:6} {whole:8.1f} ms, first 200 {first:6.1f} ms\n")
            out(f"full check                     {best_ms(vault.integrity_problems, 1):8.1f} ms\n")


if __name__ == "__main__":
    main()
