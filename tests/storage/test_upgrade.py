"""A vault of an earlier schema: copied, the copy proven, then changed in one transaction."""

import json
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.vaults import event, open_vault, passphrase
from wallet_app.errors import EnvironmentFault
from wallet_app.storage import copying, upgrade_copy
from wallet_app.storage.automatic import automatic_copies
from wallet_app.storage.connection import Database
from wallet_app.storage.header_file import unlock_header
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.schema import SCHEMA_VERSION, schema_version

RELEASED = Path(__file__).resolve().parent / "released" / "1"
LEGACY = "before-upgrade-from-1"
TEXT = dict(json.loads((RELEASED / "expected.json").read_text()))["passphrase"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copytree(RELEASED / "vault", tmp_path / "vault")


def schema_in(folder: Path) -> int:
    key = unlock_header(folder, passphrase(TEXT)).opened.vault_key
    database = open_database(folder / "vault.db", key, Access.READ)
    try:
        return schema_version(database)
    finally:
        database.close()


def copies_in(folder: Path) -> list[Path]:
    return [copy.path for copy in automatic_copies(folder)]


def test_the_copy_is_a_whole_vault_of_the_earlier_schema(old: Path) -> None:
    with open_vault(old, TEXT) as vault:
        rows = vault.credentials.rows()
        assert schema_version(vault.database) == SCHEMA_VERSION
    (copy,) = automatic_copies(old)
    assert (copy.schema, copy.reason, copy.made_at.year) == (1, "upgrade", 2026)
    assert schema_in(copy.path) == 1
    with open_vault(copy.path, TEXT, read_only=True) as kept:
        assert kept.credentials.rows() == rows
        assert kept.integrity_problems() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_copy_is_for_its_owner_only_whatever_the_mask(old: Path) -> None:
    before = os.umask(0)
    try:
        open_vault(old, TEXT).close()
    finally:
        os.umask(before)
    (copy,) = copies_in(old)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in copy.iterdir()}
    assert modes == dict.fromkeys(("header.json", "vault.db", "reason", "SHA256SUMS"), 0o600)


def test_a_vault_of_this_schema_is_not_copied(old: Path) -> None:
    open_vault(old, TEXT).close()
    shutil.rmtree(old / "copies")
    open_vault(old, TEXT).close()
    assert copies_in(old) == []


def test_a_copy_that_is_not_equal_stops_the_upgrade(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_copy: Database) -> tuple[object, ...]:
        return (object(),)

    with monkeypatch.context() as patch:
        patch.setattr(copying, "content_mark", damaged)
        with pytest.raises(EnvironmentFault, match=r"copies\.not_good"):
            open_vault(old, TEXT)
    assert schema_in(old) == 1
    assert list((old / "copies").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_an_upgrade_killed_at_any_step_loses_nothing_and_goes_on_later(old: Path) -> None:
    fresh = shutil.copytree(old, old.with_name("fresh"))

    def start_over() -> None:
        shutil.rmtree(old)
        shutil.copytree(fresh, old)

    def upgrade() -> None:
        open_vault(old, TEXT).close()

    def check() -> None:
        upgraded = schema_in(old) > 1
        kept = [schema_in(copy) for copy in copies_in(old)]
        assert not upgraded or 1 in kept, "changed only once there is a copy"
        with open_vault(old, TEXT) as vault:
            assert schema_version(vault.database) == SCHEMA_VERSION
            assert len(vault.credentials.rows()) == 2
            assert vault.integrity_problems() == ()
        assert 1 in [schema_in(copy) for copy in copies_in(old)]
        start_over()

    # The copy with its files, and two of each transaction.
    assert kill_at_every_step(upgrade, check) >= 14


def test_a_change_of_passphrase_takes_the_copy_of_an_earlier_coffre_away(old: Path) -> None:
    (old / LEGACY).mkdir()
    with open_vault(old, TEXT) as vault:
        vault.change_passphrase(passphrase(TEXT), passphrase("new"), event=event("changed"))
        assert not (old / LEGACY).exists(), "it would still open with the old passphrase"
    open_vault(old, "new").close()


def test_a_disk_that_refuses_the_copy_leaves_the_vault_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_copy", refuse)
        with pytest.raises(EnvironmentFault, match=r"file\.disk_full"):
            open_vault(old, TEXT)
    assert schema_in(old) == 1


def test_a_copy_that_cannot_be_removed_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise OSError(13, "Permission denied")

    (old / LEGACY).mkdir()
    with open_vault(old, TEXT) as vault, monkeypatch.context() as patch:
        patch.setattr(upgrade_copy.shutil, "rmtree", refuse)
        with pytest.raises(EnvironmentFault, match=r"file\.not_permitted"):
            vault.remove_upgrade_copies()
