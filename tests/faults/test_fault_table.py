"""A sample of the table of faults; all of it is ``python3 dev.py campaign faults``."""

from pathlib import Path

import pytest

from tests.faults.fault_table import FAULTS, Bench, break_job
from tests.faults.jobs import JOBS
from tests.faults.system_calls import can_break_in

pytestmark = pytest.mark.skipif(
    not can_break_in(), reason="strace is not here, or may not trace: skipped"
)

_SLOW = frozenset({"backup", "restore"})
"""Seconds each, because scrypt is meant to take them."""

_QUICK = [name for name in JOBS if name not in _SLOW]
_OTHERS = [fault for fault in FAULTS if fault not in ("kill -9", "disk full")]


@pytest.mark.parametrize(
    ("job", "other"), [(job, _OTHERS[at % len(_OTHERS)]) for at, job in enumerate(_QUICK)]
)
def test_whatever_breaks_in_nothing_is_lost_and_trying_again_succeeds(
    job: str, other: str, tmp_path: Path
) -> None:
    bench = Bench(job, tmp_path / "bench")
    for fault in ("kill -9", "disk full", other):
        tally = break_job(bench, fault, limit=1, workers=1)
        assert (tally.lost, tally.wrong) == (0, ()), tally
        assert tally.tries > 0


def test_a_careless_job_is_found(tmp_path: Path) -> None:
    tally = break_job(Bench("careless", tmp_path / "bench"), "kill -9", workers=1)
    assert tally.killed
    assert tally.wrong
