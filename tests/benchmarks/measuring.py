"""Pairs of measurements, taken in turn so that a machine's moods hit both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One cost beside its reference; in milliseconds, or in ``unit``."""

    what: str
    reference: str
    median_ms: float
    reference_ms: float
    ratio: float
    low: float
    high: float
    unit: str = "ms"

    def line(self) -> str:
        """Return one line of the table."""
        return (
            f"{self.what:<52} {self.median_ms:>9.2f} {self.unit}   {self.ratio:>8.2f} x "
            f"[{self.low:.2f} to {self.high:.2f}]   "
            f"of {self.reference} ({self.reference_ms:.3f} {self.unit})"
        )


def compare(
    what: str,
    subject: Callable[[], object],
    reference_name: str,
    reference: Callable[[], object],
    *,
    rounds: int,
    subject_repeats: int = 1,
    reference_repeats: int = 1,
) -> Measured:
    """Run subject and reference in turn and return medians and the ratio pair by pair.

    Each side may be run several times for one reading: a very short one, or a warm one,
    which the other side's turn has just cooled.
    """
    subject()
    reference()
    return paired(
        what,
        lambda: clock(subject, subject_repeats),
        reference_name,
        lambda: clock(reference, reference_repeats),
        rounds=rounds,
    )


def paired(
    what: str,
    subject_ms: Callable[[], float],
    reference_name: str,
    reference_ms: Callable[[], float],
    *,
    rounds: int,
) -> Measured:
    """As ``compare``, for readings that take their own time."""
    pairs = [(subject_ms(), reference_ms()) for _ in range(rounds)]
    ratios = sorted(a / b for a, b in pairs)
    return Measured(
        what=what,
        reference=reference_name,
        median_ms=statistics.median(a for a, _ in pairs),
        reference_ms=statistics.median(b for _, b in pairs),
        ratio=statistics.median(ratios),
        low=ratios[0],
        high=ratios[-1],
    )


def clock(work: Callable[[], object], repeats: int) -> float:
    """Return the milliseconds of one run of ``work``, averaged over ``repeats``."""
    start = time.perf_counter_ns()
    for _ in range(repeats):
        work()
    return (time.perf_counter_ns() - start) / repeats / 1e6
