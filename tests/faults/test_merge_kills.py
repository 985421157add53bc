"""A merge that is killed at any of its steps did all or nothing, and can be done again."""

import sys
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.owners import Owner
from tests.simulators.vaults import NOW, fill_people, fill_words, open_vault
from wallet_app.storage.contents import read_contents
from wallet_app.storage.merge import merge, plan

SOURCE = "another computer"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def test_a_merge_killed_at_any_step_did_all_or_nothing(tmp_path: Path) -> None:
    here, there = Owner(tmp_path, "here"), Owner(tmp_path, "there")
    for number in (1, 2):
        here.add(number)
    there.take(here.contents())
    there.add(3)
    there.delete(1)
    there.note(2, "written there")
    fill_people(there.vault)
    fill_words(there.vault, there.identity(3))
    coming, path = there.contents(), here.vault.path
    here.vault.close()
    there.vault.close()
    with open_vault(path) as vault:
        before = read_contents(vault.database, keys=True)
        foreseen = plan(vault, coming, source=SOURCE)
    assert len(foreseen.changes) > 10

    def attempt() -> None:
        with open_vault(path) as vault:
            merge(vault, coming, now=NOW, source=SOURCE)

    def check() -> None:
        with open_vault(path) as vault:
            assert vault.integrity_problems() == ()
            left = plan(vault, coming, source=SOURCE)
            assert left == foreseen or left.is_empty
            if left == foreseen:
                assert read_contents(vault.database, keys=True) == before

    assert kill_at_every_step(attempt, check) >= 6
    with open_vault(path) as vault:
        assert plan(vault, coming, source=SOURCE).is_empty
