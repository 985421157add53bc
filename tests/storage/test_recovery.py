"""A recovery sheet goes on opening what it opened, whatever state the vault is put back to."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.vaults import CHEAP, NOW, add, credential, event, passphrase
from tests.storage.test_key_slots import code, put_code, refusal
from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.storage.automatic import AutomaticCopy, copy_now
from wallet_app.storage.go_back import go_back
from wallet_app.storage.recovery import backup_identities, new_recovery_code
from wallet_app.storage.rekey import NewKeys, rekey
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def copied(vault: Vault) -> AutomaticCopy:
    """A copy of the vault from when its first code was in force."""
    add(vault, credential())
    put_code(vault, 1)
    return copy_now(vault, now=NOW, reason="changed")


def test_going_back_keeps_the_identity_of_todays_sheet(
    vault: Vault, copied: AutomaticCopy, folder: Path
) -> None:
    put_code(vault, 2)
    vault.close()
    go_back(folder, copied.path, passphrase(), now=LATER)
    with Vault.open(folder, UnlockKey.recovery(code(2).secret)) as again:
        assert again.secrets.get(BACKUP_IDENTITY) == identity_of_code(code(2))
        assert list(backup_identities(again.database)) == [
            identity_of_code(code(2)),
            identity_of_code(code(1)),
        ]


def test_going_back_with_the_same_sheet_changes_no_identity(
    vault: Vault, copied: AutomaticCopy, folder: Path
) -> None:
    vault.close()
    go_back(folder, copied.path, passphrase(), now=LATER)
    with Vault.open(folder, passphrase()) as again:
        assert list(backup_identities(again.database)) == [identity_of_code(code(1))]


def test_a_copy_of_the_stolen_key_does_not_come_back_by_the_new_passphrase(
    vault: Vault, copied: AutomaticCopy, folder: Path
) -> None:
    new = passphrase("another")
    rekey(vault, UnlockKey.of(passphrase()), NewKeys(new, None, CHEAP), event=event("replaced"))
    vault.close()
    found = refusal(lambda: go_back(folder, copied.path, passphrase("another"), now=LATER))
    assert found == "vault.wrong_passphrase"
    Vault.open(folder, passphrase("another")).close()


def test_two_codes_differ_and_follow_the_random_bytes() -> None:
    assert new_recovery_code().secret != new_recovery_code().secret
    assert new_recovery_code(bytes).secret == code(0).secret
