"""What the kill tests kill: ``python -m tests.faults.child JOB VAULT STEP``.

``JOB`` is ``import`` (credentials one by one, each told on standard output once it is
stored) or ``backup``. At step ``STEP`` the process kills itself; 0 leaves it to the parent.
"""

import itertools
import sys
from pathlib import Path

from tests.faults.breaking import at_step, kill_myself
from tests.simulators.vaults import NOW, add, credential, open_vault, passphrase
from wallet_app.storage.backup import write_backup

FIRST_NEW = 1_000
PADDING = 9_000
"""More than two pages each, so that a commit is never a single write."""


def main(job: str, vault_path: Path, step: int) -> None:
    with open_vault(vault_path) as vault:
        if step:
            at_step(step, kill_myself)
        tell("ready")
        if job == "backup":
            write_backup(vault, vault_path.with_name("Coffre.coffre"), passphrase(), now=NOW)
            return
        # Those of earlier runs are counted, so that every number is new.
        for number in itertools.count(FIRST_NEW + vault.credentials.count()):
            tell(add(vault, credential(number, padding=PADDING)).id)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
