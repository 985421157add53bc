"""Each job on copies killed at each of its steps: nothing that was in a vault is lost."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.faults.copies_jobs import jobs
from tests.simulators.vaults import NOW, add_many, make_vault, open_vault
from wallet_app.storage.automatic import automatic_copies, check_copy, copy_now

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
COUNT = 3
LEAST_STEPS = {"copy": 12, "thin": 12, "go-back": 20, "salvage": 5}


@pytest.mark.parametrize("name", jobs())
def test_killed_at_any_step_and_run_again(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    with make_vault(folder) as vault:
        add_many(vault, COUNT)
        copy_now(vault, now=NOW, reason="changed")
        ids = {row.id for row in vault.credentials.rows()}
    fresh = shutil.copytree(folder, tmp_path / "fresh")

    def check() -> None:
        with open_vault(folder) as vault:
            assert ids <= {row.id for row in vault.credentials.rows()}
            assert vault.integrity_problems() == ()
            with vault.ticket() as ticket:
                for copy in automatic_copies(folder):
                    assert check_copy(copy, ticket.key) == ()
        jobs()[name](folder)
        with open_vault(folder) as vault:
            assert ids <= {row.id for row in vault.credentials.rows()}
        assert not [found for found in (folder / "copies").iterdir() if "partial" in found.name]
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name("saved"), ignore_errors=True)
        shutil.copytree(fresh, folder)

    # ``campaign faults`` kills it at all of them.
    apart = 4 if name == "go-back" else 1
    killed = kill_at_every_step(lambda: jobs()[name](folder), check, apart=apart)
    assert killed >= LEAST_STEPS[name]
