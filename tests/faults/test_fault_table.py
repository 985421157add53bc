"""A sample of the table of faults; all of it is ``python3 dev.py campaign faults``."""

from pathlib import Path

import pytest

from tests.faults.fault_table import FAULTS, Bench, break_job
from tests.faults.jobs import JOBS
from tests.faults.system_calls import can_break_in

pytestmark = pytest.mark.skipif(
    not can_break_in(), reason="strace is not here, or may not trace: skipped"
)

_SAMPLE = {
    "import": "disk full",
    "passphrase": "disk error",
    "migration": "folder vanishes",
    "automatic copy": "in use elsewhere",
    "new key": "disk full",
    "going back": "database swapped",
    "merge": "read-only",
    "sync": "clock a year back",
}
"""Jobs whose every announced step is broken into elsewhere, each with one more fault."""


@pytest.mark.parametrize(("job", "other"), _SAMPLE.items())
def test_whatever_breaks_in_nothing_is_lost_and_trying_again_succeeds(
    job: str, other: str, tmp_path: Path
) -> None:
    bench = Bench(job, tmp_path / "bench")
    for fault in ("kill -9", other):
        tally = break_job(bench, fault, limit=1, workers=1)
        assert (tally.lost, tally.wrong) == (0, ()), tally
        assert tally.tries == 1


def test_every_job_and_every_fault_is_in_the_sample_or_the_campaign() -> None:
    assert _SAMPLE.keys() <= JOBS.keys()
    assert {"kill -9", *_SAMPLE.values()} == FAULTS.keys()


def test_a_careless_job_is_found(tmp_path: Path) -> None:
    tally = break_job(Bench("careless", tmp_path / "bench"), "kill -9", only=(1, 2), workers=1)
    assert tally.killed == 2
    assert tally.wrong
