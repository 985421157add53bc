"""The same badge with verifiers of others, which run on Node: optional, and said when left out.

They are installed by npm into ``build/bench-peers``, exactly as ``peers/package-lock.json``
says. They get the same contexts from memory and reach no network.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import rfc8785

from tests.benchmarks.measuring import Measured, paired
from tests.benchmarks.one_badge import one_badge, verifier

__all__ = ["node_peers"]

PINNED = Path(__file__).with_name("peers")
INSTALLED = Path(__file__).parents[2] / "build" / "bench-peers"
PEERS = ("@digitalbazaar/vc", "@digitalcredentials/verifier-core")
ROUNDS, TIMES = 5, 150


def node_peers() -> Iterator[Measured | str]:
    """Yield a row for each peer, or one line that says why there is none."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        yield "LEFT OUT: the Node verifiers, because npm is not here. Install Node to compare."
        return
    try:
        install()
    except subprocess.CalledProcessError as error:
        yield f"LEFT OUT: the Node verifiers, because npm failed: {error.stderr.strip()[-300:]}"
        return
    badge = one_badge()
    ours = verifier(rfc8785.dumps(badge.document))
    for peer in PEERS:
        request = {
            "peer": peer,
            "badge": badge.document,
            "documents": badge.documents,
            "rounds": TIMES,
        }
        yield paired(
            "the same badge, warm",
            lambda: lower_quartile([milliseconds(ours) for _ in range(TIMES)]),
            peer,
            lambda request=request: lower_quartile(ask(request)),
            rounds=ROUNDS,
        )


def install() -> None:
    """Bring ``build/bench-peers`` to what the lock file says."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = (PINNED / "package-lock.json").read_bytes()
    marker = INSTALLED / "installed"
    for file in PINNED.iterdir():
        shutil.copy(file, INSTALLED / file.name)
    if marker.exists() and marker.read_bytes() == lock:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True, text=True)
    marker.write_bytes(lock)


def ask(request: dict[str, Any]) -> list[float]:
    """Return how many milliseconds each verification took in one run of Node."""
    answer = subprocess.run(
        ["node", "verify.mjs"],
        cwd=INSTALLED,
        input=json.dumps(request),
        check=True,
        capture_output=True,
        text=True,
    )
    times: list[float] = json.loads(answer.stdout)
    return times


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long one run took."""
    begun = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begun) / 1e6


def lower_quartile(times: list[float]) -> float:
    """Return what a quarter of the runs stays under: other work on the machine adds time only."""
    return quantiles(times, n=4)[0]
