"""The process that is broken into: ``python -m tests.faults.job_process JOB FOLDER SECONDS STEP``.

``SECONDS`` moves the clock (negative: back). ``STEP`` is ``NUMBER:vanish`` or ``NUMBER:swap``
to take the vault's folder away, or put another vault's database in its place, at that
announced step; ``0:count`` tells at the end how many steps there were. Ends with 0 when the
job is done and with 3, the code on standard output, when it was refused with a named error;
anything else is a bug.
"""

import sys
from datetime import timedelta
from pathlib import Path

from tests.faults.breaking import at_step, counted_steps
from tests.faults.jobs import CARELESS, JOBS, tell
from tests.simulators.vaults import NOW
from wallet_app.errors import CoffreError

REFUSED = 3


def vanish(folder: Path) -> None:
    vault = folder / "vault"
    if vault.exists():
        vault.rename(folder / "taken away")


def swap(folder: Path) -> None:
    """Put the database of another vault there, as a restored image or a synced folder may."""
    other = folder / "other.db"
    database = folder / "vault" / "vault.db"
    if other.exists() and database.exists():
        database.rename(folder / "kept.db")
        other.rename(database)


def main(name: str, folder: Path, seconds: int, step: str) -> int:
    number, _, what = step.partition(":")
    if what == "count":
        steps = counted_steps()
    elif what:
        at_step(int(number), lambda: (vanish if what == "vanish" else swap)(folder))
    try:
        {**JOBS, **CARELESS}[name].work(folder, NOW + timedelta(seconds=seconds))
    except CoffreError as error:
        tell(f"refused {error.code}")
        return REFUSED
    if what == "count":
        tell(f"steps {len(steps)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
