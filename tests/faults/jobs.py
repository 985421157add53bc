"""Every way of writing, by its name in the table of faults."""

from collections.abc import Mapping

from tests.faults.job_model import Job
from tests.faults.vault_jobs import CARELESS, VAULT_JOBS
from tests.faults.wider_jobs import WIDER_JOBS

__all__ = ["CARELESS", "JOBS"]

JOBS: Mapping[str, Job] = {**VAULT_JOBS, **WIDER_JOBS}
