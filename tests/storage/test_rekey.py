"""A stolen passphrase opens nothing that is written after the key was replaced."""

import shutil
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.vaults import (
    CHEAP,
    add,
    add_many,
    credential,
    event,
    fill_people,
    make_vault,
    open_vault,
    passphrase,
)
from tests.storage.test_key_slots import code, put_code, put_keyring, refusal
from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.crypto.recovery_code import RecoveryCode
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage import rekey as rekey_module
from wallet_app.storage.building import DATABASE_NAME
from wallet_app.storage.contents import read_contents
from wallet_app.storage.recovery import backup_identities
from wallet_app.storage.rekey import NewKeys, rekey
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault

FILES = {"header.json", "vault.db", "vault.lock"}


def replace_keys(
    vault: Vault, *, old: str = "stolen", new: str = "new", code: RecoveryCode | None = None
) -> None:
    keys = NewKeys(passphrase(new), code, CHEAP)
    rekey(vault, UnlockKey.of(passphrase(old)), keys, event=event("keys_replaced"))


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


@pytest.fixture
def stolen(folder: Path) -> Vault:
    vault = make_vault(folder, "stolen")
    add_many(vault, 3)
    fill_people(vault)
    return vault


def test_everything_is_there_under_the_new_key_and_the_vault_stays_open(
    stolen: Vault, folder: Path
) -> None:
    before = read_contents(stolen.database)
    replace_keys(stolen)
    row = add(stolen, credential(9))
    stolen.close()
    assert names(folder) == FILES
    assert refusal(lambda: open_vault(folder, "stolen")) == "vault.wrong_passphrase"
    with open_vault(folder, "new") as again:
        assert row in again.credentials.rows()
        assert again.integrity_problems() == ()
        after = read_contents(again.database)
        assert set(before.originals) < set(after.originals)
        assert after.tables["identities"] == before.tables["identities"]
        assert "keys_replaced" in [found.kind for found in again.history.events()]


def test_an_old_header_opens_no_database_written_since(stolen: Vault, folder: Path) -> None:
    old = (folder / "header.json").read_bytes()
    replace_keys(stolen)
    stolen.close()
    (folder / "header.json").write_bytes(old)
    assert refusal(lambda: open_vault(folder, "stolen")) == "vault.unreadable"


def test_a_new_header_opens_no_database_of_before(stolen: Vault, folder: Path) -> None:
    stolen.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    old = (folder / DATABASE_NAME).read_bytes()
    replace_keys(stolen)
    stolen.close()
    (folder / DATABASE_NAME).write_bytes(old)
    assert refusal(lambda: open_vault(folder, "new")) == "vault.unreadable"


def test_only_the_new_ways_lead_in_afterwards(stolen: Vault, folder: Path) -> None:
    given = UnlockKey.of(passphrase("stolen"))
    put_code(stolen, 1, given)
    with pytest.raises(CoffreError):
        put_keyring(stolen)
    replace_keys(stolen, code=code(2))
    assert sorted(way.kind for way in stolen.slots.all()) == ["passphrase", "recovery"]
    assert stolen.secrets.get(BACKUP_IDENTITY) == identity_of_code(code(2))
    assert list(backup_identities(stolen.database)) == [
        identity_of_code(code(2)),
        identity_of_code(code(1)),
    ]
    stolen.close()
    earlier = UnlockKey.recovery(code(1).secret)
    assert refusal(lambda: Vault.open(folder, earlier)) == "vault.wrong_recovery_code"
    Vault.open(folder, UnlockKey.recovery(code(2).secret)).close()


def test_without_a_new_code_nothing_is_written_to_the_old_identity_any_more(stolen: Vault) -> None:
    put_code(stolen, 1, UnlockKey.of(passphrase("stolen")))
    replace_keys(stolen)
    assert stolen.secrets.get(BACKUP_IDENTITY) is None
    assert list(backup_identities(stolen.database)) == [identity_of_code(code(1))]


def test_the_stolen_passphrase_cannot_be_taken_again(stolen: Vault, folder: Path) -> None:
    assert refusal(lambda: replace_keys(stolen, new="stolen")) == "rekey.same_passphrase"
    assert refusal(lambda: replace_keys(stolen, old="wrong")) == "vault.wrong_passphrase"
    stolen.close()
    assert names(folder) == FILES
    open_vault(folder, "stolen").close()


def test_a_disk_that_fills_up_leaves_the_vault_as_it_was(
    stolen: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentFault("file.disk_full", {"name": "vault.db"})

    for number, broken in enumerate(("_prove", "_empty_log", "replace_header"), 10):
        with monkeypatch.context() as patch:
            patch.setattr(rekey_module, broken, full)
            assert refusal(lambda: replace_keys(stolen)) == "file.disk_full"
        row = add(stolen, credential(number))
        assert row in stolen.credentials.rows()
    stolen.close()
    assert names(folder) == FILES
    open_vault(folder, "stolen").close()


def test_somebody_reading_meanwhile_goes_on_reading_what_was(stolen: Vault, folder: Path) -> None:
    with open_vault(folder, "stolen", read_only=True) as reader:
        rows = reader.credentials.rows()
        try:
            replace_keys(stolen)
        except EnvironmentFault as fault:
            assert fault.code == "vault.busy"  # noqa: PT017 - either is whole
        assert reader.credentials.rows() == rows
    assert len(stolen.credentials.rows()) == 3


def test_killing_a_change_of_key_leaves_the_old_vault_or_the_new_one(folder: Path) -> None:
    with make_vault(folder, "stolen") as vault:
        rows = set(add_many(vault, 3))
    source = folder.with_name("source")
    shutil.copytree(folder, source)

    def change() -> None:
        shutil.rmtree(folder)
        shutil.copytree(source, folder)
        with open_vault(folder, "stolen") as vault:
            replace_keys(vault)

    def opens(text: str) -> bool:
        try:
            with open_vault(folder, text) as vault:
                assert set(vault.credentials.rows()) == rows
                assert vault.integrity_problems() == ()
                told = [found.kind for found in vault.history.events()]
                assert ("keys_replaced" in told) == (text == "new")
        except CoffreError as error:
            assert error.code == "vault.wrong_passphrase"  # noqa: PT017 - one of two
            return False
        return True

    def check() -> None:
        # Whichever is given first decides, where both still open; afterwards it is settled.
        interrupted = folder.with_name("interrupted")
        shutil.copytree(folder, interrupted)
        for first, second in (("stolen", "new"), ("new", "stolen")):
            shutil.rmtree(folder)
            shutil.copytree(interrupted, folder)
            assert opens(first) != opens(second)
            assert names(folder) == FILES
        shutil.rmtree(interrupted)

    assert kill_at_every_step(change, check) >= 12


def test_what_a_kill_left_can_be_read_without_writing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder, "stolen")
    rows = add_many(vault, 2)

    def die(_folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rekey_module, "_put_in_place", die)
    with pytest.raises(KeyboardInterrupt):
        replace_keys(vault)
    vault.close()
    monkeypatch.undo()
    for text in ("stolen", "new"):
        with open_vault(folder, text, read_only=True) as again:
            assert set(again.credentials.rows()) == set(rows)
    assert "vault.db.rekeyed" in names(folder)
