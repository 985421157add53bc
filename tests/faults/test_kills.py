"""A process killed at any step or moment leaves the old state or the new, never neither."""

import itertools
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.faults.kill_campaign import Campaign
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    add,
    add_many,
    credential,
    document,
    event,
    make_vault,
    open_vault,
    passphrase,
    report,
)
from wallet_app.errors import UserError
from wallet_app.storage.building import VaultRecipe
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import holds_nothing, read_contents
from wallet_app.storage.files import remove_stale_parts, write_atomic
from wallet_app.storage.header_file import unlock_header
from wallet_app.storage.migrations import migrate
from wallet_app.storage.models import Place
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.repository import CredentialStore
from wallet_app.storage.restore import put_back
from wallet_app.storage.schema import SCHEMA_VERSION, schema_version
from wallet_app.storage.vault import Vault

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def test_killing_a_write_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")

    def check() -> None:
        assert target.read_bytes() in (b"old", b"new")
        remove_stale_parts(target)
        assert names(tmp_path) == {"a"}

    assert kill_at_every_step(lambda: write_atomic(target, b"new"), check) == 3
    assert target.read_bytes() == b"new"


def test_killing_a_creation_leaves_a_whole_vault_or_none(folder: Path) -> None:
    def create() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        make_vault(folder).close()

    def check() -> None:
        if Vault.exists(folder):
            with open_vault(folder) as vault:
                assert vault.integrity_problems() == ()
            shutil.rmtree(folder)
        make_vault(folder).close()
        assert names(folder.parent) == {"vault"}

    assert kill_at_every_step(create, check) >= 6


def test_killing_an_addition_leaves_all_of_it_or_nothing(folder: Path) -> None:
    with make_vault(folder) as vault:
        earlier = add_many(vault, 3)
    numbers = itertools.count(10)
    new = credential(next(numbers))

    def add_one() -> None:
        with open_vault(folder) as vault:
            add(vault, new)

    def check() -> None:
        nonlocal new
        with open_vault(folder) as vault:
            stored = vault.credentials.place_of(new.original.sha256) is Place.SAFE
            assert vault.integrity_problems() == ()
            assert set(earlier) <= set(vault.credentials.rows())
            events = [e.credential_id for e in vault.history.events()]
            assert (new.original.sha256 in events) == stored
        assert names(folder) == {"header.json", "vault.db", "vault.lock"}
        new = credential(next(numbers))

    assert kill_at_every_step(add_one, check) >= 4


def test_killing_a_change_of_passphrase_leaves_one_of_the_two_that_opens(folder: Path) -> None:
    with make_vault(folder, "old") as vault:
        row = add(vault, credential())

    def change() -> None:
        with open_vault(folder, "old") as vault:
            vault.change_passphrase(passphrase("old"), passphrase("new"), event=event("changed"))

    def opens(text: str) -> bool:
        try:
            with open_vault(folder, text) as vault:
                assert vault.credentials.rows() == (row,)
                assert vault.integrity_problems() == ()
        except UserError:
            return False
        return True

    def check() -> None:
        # Exactly one, once it has been opened: the other header is gone for good.
        assert opens("old") != opens("new")
        assert names(folder) == {"header.json", "vault.db", "vault.lock"}
        if opens("new"):
            with open_vault(folder, "new") as vault:
                vault.change_passphrase(passphrase("new"), passphrase("old"), event=event("back"))

    assert kill_at_every_step(change, check) >= 9


def test_killing_a_deletion_for_good_leaves_the_badge_or_its_trace(folder: Path) -> None:
    with make_vault(folder) as vault:
        new = replace(credential(), report=report("verified", document("own")))
        row = add(vault, new)
        vault.credentials.move_to_trash(row.id, event("deleted"))

    def delete() -> None:
        with open_vault(folder) as vault:
            vault.credentials.delete_forever(row.id, event("deleted_forever"))

    def check() -> None:
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            if vault.credentials.place_of(row.id) is Place.DELETED:
                assert vault.database.rows("SELECT count(*) FROM document") == [(0,)]
                add(vault, new)
                vault.credentials.move_to_trash(row.id, event("deleted"))

    assert kill_at_every_step(delete, check) >= 2


@pytest.mark.parametrize("prepared", [False, True], ids=["new vault", "empty vault"])
def test_killing_a_restore_leaves_a_whole_vault_or_none(folder: Path, *, prepared: bool) -> None:
    with make_vault(folder.with_name("source")) as source:
        add_many(source, 3)
        contents = read_contents(source.database)
    recipe = VaultRecipe(passphrase(), NOW, CHEAP, system_randomness)

    def restore() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if prepared:
            make_vault(folder).close()
        put_back(contents, folder, recipe)

    def check() -> None:
        if Vault.exists(folder):
            with open_vault(folder) as vault:
                assert vault.integrity_problems() == ()
                whole = read_contents(vault.database) == contents
                assert whole or (prepared and holds_nothing(vault.database))

    assert kill_at_every_step(restore, check) >= 3
    # What the kills left beside is cleared away by the next creation.
    shutil.rmtree(folder)
    make_vault(folder).close()
    assert names(folder.parent) == {"vault", "source"}


def test_killing_a_migration_leaves_a_schema_from_which_it_goes_on(folder: Path) -> None:
    def add_note(database: Database) -> None:
        database.run("CREATE TABLE note (text TEXT) STRICT")

    def add_colour(database: Database) -> None:
        database.run("ALTER TABLE note ADD COLUMN colour TEXT")

    with make_vault(folder) as vault:
        row = add(vault, credential())
    backups = folder.with_name("backups.txt")
    steps = {SCHEMA_VERSION: add_note, SCHEMA_VERSION + 1: add_colour}
    later = SCHEMA_VERSION + 2

    @contextmanager
    def database() -> Iterator[Database]:
        # As a later program would, which knows two more schemas.
        key = unlock_header(folder, passphrase()).opened.vault_key
        opened = open_database(folder / "vault.db", key, Access.WRITE)
        yield opened
        opened.close()

    def note_backup() -> None:
        with backups.open("a") as file:
            file.write("x")

    def upgrade() -> None:
        with database() as opened:
            migrate(opened, migrations=steps, target=later, before_first=note_backup)

    def check() -> None:
        with database() as opened:
            version = schema_version(opened, newest=later)
            columns = opened.rows("SELECT name FROM pragma_table_info('note')")
            assert len(columns) == version - SCHEMA_VERSION
            assert CredentialStore(opened).rows() == (row,)

    assert kill_at_every_step(upgrade, check) == 2
    upgrade()
    with database() as opened:
        assert schema_version(opened, newest=later) == later
    # Before the first step of each run that had something to do, and of no other.
    assert backups.read_text() == "xxx"


def test_imports_killed_at_steps_and_moments_lose_and_damage_nothing(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=7, earlier_backup=b"earlier")
    stored = 0
    for number in range(6):
        outcome = campaign.run("import", at_step=number % 2 == 0)
        assert (outcome.lost, outcome.damaged) == (0, False)
        assert outcome.killed
        stored += outcome.stored
    assert stored > 0


def test_backups_killed_before_and_after_the_encryption_leave_vault_and_old_backup(
    tmp_path: Path,
) -> None:
    campaign = Campaign(tmp_path, seed=7, earlier_backup=b"earlier")
    for step in (1, 4):
        outcome = campaign.run("backup", at_step=True, step=step)
        assert (outcome.killed, outcome.lost, outcome.damaged) == (True, 0, False)
    assert campaign.backup_path.read_bytes() == b"earlier"


def test_the_child_is_really_killed_at_the_step(tmp_path: Path) -> None:
    # The campaign proves nothing if its kills never come.
    campaign = Campaign(tmp_path, seed=7, earlier_backup=b"earlier")
    assert campaign.run("import", at_step=True, step=1).stored == 0
    assert campaign.run("import", at_step=True, step=12).stored == 2
    assert sys.platform != "win32"
