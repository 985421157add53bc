"""Killed at any step of a change of the ways in, a vault keeps a way that the person has."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.vaults import add, credential, event, make_vault, open_vault
from tests.storage.test_key_slots import code, put_code, put_keyring
from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import SlotKind, UnlockKey
from wallet_app.errors import CoffreError
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def killed(folder: Path, change: Callable[[Vault], object], check: Callable[[], object]) -> int:
    """Kill ``change`` at each of its steps, each time on the same vault; return how many."""
    source = folder.with_name("source")
    shutil.copytree(folder, source)

    def operation() -> None:
        shutil.rmtree(folder)
        shutil.copytree(source, folder)
        with open_vault(folder) as vault:
            change(vault)

    return kill_at_every_step(operation, check)


def opens(folder: Path, given: UnlockKey) -> bool:
    try:
        Vault.open(folder, given).close()
    except CoffreError:
        return False
    return True


def test_killing_a_new_recovery_code_leaves_one_of_the_two_with_its_identity(folder: Path) -> None:
    with make_vault(folder) as vault:
        row = add(vault, credential())
        put_code(vault, 1)

    def check() -> None:
        # By the passphrase, which opens both headers and must not decide by chance.
        with open_vault(folder) as vault:
            assert vault.credentials.rows() == (row,)
            told = [found.kind for found in vault.history.events()].count("recovery_code_made")
            assert vault.secrets.get(BACKUP_IDENTITY) == identity_of_code(code(told))
        for number in (1, 2):
            assert opens(folder, UnlockKey.recovery(code(number).secret)) == (number == told)
        assert {found.name for found in folder.iterdir()} == {
            "header.json", "vault.db", "vault.lock",
        }  # fmt: skip

    assert killed(folder, lambda vault: put_code(vault, 2), check) >= 9


def test_killing_quick_unlock_leaves_it_on_or_off_as_the_history_says(folder: Path) -> None:
    make_vault(folder).close()

    def check() -> None:
        with open_vault(folder) as vault:
            told = "keyring_on" in [found.kind for found in vault.history.events()]
            assert vault.slots.has(SlotKind.KEYRING) == told

    assert killed(folder, put_keyring, check) >= 9


def test_killing_the_end_of_quick_unlock_leaves_the_passphrase(folder: Path) -> None:
    with make_vault(folder) as vault:
        put_keyring(vault)

    def remove(vault: Vault) -> None:
        vault.slots.remove(SlotKind.KEYRING, event=event("keyring_off"))

    def check() -> None:
        with open_vault(folder) as vault:
            told = "keyring_off" in [found.kind for found in vault.history.events()]
            assert vault.slots.has(SlotKind.KEYRING) != told

    assert killed(folder, remove, check) >= 9
