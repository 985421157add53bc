"""Row ``window``: what the window with 10,000 credentials costs beside a bare one.

Times are the processor's; the clock's time to the unlock screen is the row ``start``.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.kept_vaults import SOME, kept_vault
from tests.benchmarks.measuring import Measured, paired

__all__ = ["window_weight"]

_ROUNDS = 5
_BARE = "a bare PySide6 window"
_STAGES = {
    "unlock": "the unlock screen",
    "first": f"the first page of {SOME:,}, key included",
    "whole": f"all of {SOME:,} listed",
    "locked": "locked again",
}


def window_weight() -> Iterator[Measured]:
    """Yield what each stage takes, in time and in memory, pair by pair."""
    vault = kept_vault(SOME)
    lives = [(life("coffre", str(vault)), life("bare")) for _ in range(_ROUNDS)]
    for stage, what in _STAGES.items():
        if stage != "locked":
            yield beside(
                f"the window up to {what}",
                [(led[stage][0], bare["painted"][0]) for led, bare in lives],
                "ms",
            )
    for stage, what in _STAGES.items():
        sizes = [(led[stage][1], bare["painted"][1]) for led, bare in lives]
        yield beside(f"memory of the window: {what}", sizes, "MB")


def beside(what: str, pairs: list[tuple[float, float]], unit: str) -> Measured:
    """Return pairs that were measured already as a row."""
    subjects, references = (iter([pair[at] for pair in pairs]) for at in (0, 1))
    found = paired(what, lambda: next(subjects), _BARE, lambda: next(references), rounds=len(pairs))
    return Measured(
        found.what, found.reference, found.median_ms, found.reference_ms, found.ratio, found.low,
        found.high, unit,
    )  # fmt: skip


def life(*arguments: str) -> dict[str, tuple[float, float]]:
    """Return for each stage of one window the processor's milliseconds so far, and megabytes."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_life", *arguments],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2], check=True,
    ).stdout  # fmt: skip
    stages = (line.split() for line in told.splitlines())
    return {stage: (float(cpu_ms), int(kib) * 1024 / 1e6) for stage, cpu_ms, kib in stages}
