"""A kill at any step of a backup elsewhere, or of a run with other computers, loses nothing."""

import shutil
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.faults.places_jobs import jobs, visitor_sees
from tests.simulators.vaults import add_many, make_vault, open_vault
from wallet_app.storage.backup_names import read_backup_name
from wallet_app.storage.key_file import KeyRing

_LEAST_STEPS = {"second place": 10, "sync": 20, "sync, one file for many": 40}
_APART = {"second place": 2, "sync": 6, "sync, one file for many": 6}


@pytest.mark.parametrize("name", jobs())
def test_a_kill_at_any_step_loses_nothing_and_trying_again_succeeds(
    name: str, tmp_path: Path
) -> None:
    start, work = tmp_path / "start", tmp_path / "work"
    with make_vault(start / "vault") as vault:
        known = {row.id for row in add_many(vault, 3)}
    job = jobs()[name]

    def attempt() -> None:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(start, work)
        job(work / "vault")

    def check() -> None:
        with open_vault(work / "vault") as vault:
            assert vault.integrity_problems() == ()
            assert known <= {row.id for row in vault.credentials.rows()}
            keys = KeyRing.of(vault)
        for one in work.glob("stick/*"):
            if read_backup_name(one.name):
                assert keys.open(one.read_bytes())
        job(work / "vault")
        if (work / "shared").exists():
            _, seen = visitor_sees(work / "vault")
            with open_vault(work / "vault") as vault:
                assert seen == {row.id for row in vault.credentials.rows()} >= known

    assert kill_at_every_step(attempt, check, apart=_APART[name]) > _LEAST_STEPS[name]
