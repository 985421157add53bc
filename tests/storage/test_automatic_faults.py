"""Automatic copies on a bad day: damage, a full disk, kills; and which copies go."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    NOW,
    add,
    add_many,
    credential,
    make_vault,
    open_vault,
)
from tests.storage.copy_helpers import HOUR, key_of, names
from wallet_app.crypto.secret import Secret
from wallet_app.storage import copying
from wallet_app.storage.automatic import (
    automatic_copies,
    check_copy,
    copy_now,
    find_copy,
    is_copy_due,
    run_check,
    run_copy,
    thin_copies,
)
from wallet_app.storage.damage import damage_noted
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.thinning import Policy, copy_name
from wallet_app.storage.vault import Vault

# --- faults ------------------------------------------------------------------------------


def spoil(path: Path, *, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * 4096 + 100] ^= 1
    path.write_bytes(data)


def test_a_damaged_vault_gives_no_copy_and_takes_no_good_one_away(folder: Path) -> None:
    with make_vault(folder) as vault:
        add_many(vault, 30, padding=8_000)
        for days in range(40):
            copy_now(vault, now=NOW - timedelta(days=days), reason="changed")
        kept = names(vault)
    data = (folder / "vault.db").read_bytes()
    spoil(folder / "vault.db", page=len(data) // 4096 // 2)
    with open_vault(folder) as vault:
        assert refusal(run_copy, vault.ticket(), now=NOW + HOUR, reason="changed") == (
            "vault.damaged"
        )
        assert vault.database.is_damaged, "seen on the other connection, known to this one"
        assert refusal(add, vault, credential(99)) == "vault.damaged"
        assert refusal(copy_now, vault, now=NOW + HOUR, reason="asked") == "vault.damaged"
        assert not is_copy_due(vault, now=NOW + HOUR)
        assert names(vault) == kept
    with open_vault(folder) as vault:
        assert refusal(add, vault, credential(99)) == "vault.damaged", "also after a restart"
    (folder / "vault.db").write_bytes(data)
    with open_vault(folder) as vault:
        assert refusal(add, vault, credential(99)) == "vault.damaged", "until it is checked"
        assert run_check(vault.ticket()) == ()
        assert not damage_noted(folder)
        assert vault.integrity_problems() == ()
        add(vault, credential(99))


def test_a_copy_damaged_before_its_name_is_refused_and_the_vault_is_not_blamed(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_many(vault, 10, padding=8_000)
    copy_now(vault, now=NOW - HOUR, reason="changed")
    kept = names(vault)
    real = copying.check_sums

    def hit_first(folder: Path) -> None:
        spoil(folder / "vault.db", page=9)
        real(folder)

    with monkeypatch.context() as patch:
        patch.setattr(copying, "check_sums", hit_first)
        assert refusal(copy_now, vault, now=NOW, reason="asked") == "copies.not_good"
        # Even where the sums were made after the damage, the pages themselves tell.
        patch.setattr(copying, "check_sums", lambda folder: spoil(folder / "vault.db", page=9))
        assert refusal(copy_now, vault, now=NOW, reason="asked") in {
            *("copies.not_good", "vault.damaged"),
        }
    assert names(vault) == kept
    assert not vault.database.is_damaged
    copy_now(vault, now=NOW, reason="asked")


def test_a_full_disk_leaves_no_half_and_the_vault_as_it_was(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_many(vault, 5)

    class Full:
        free = 10

    with monkeypatch.context() as patch:
        patch.setattr(copying.shutil, "disk_usage", lambda _path: Full)
        assert refusal(copy_now, vault, now=NOW, reason="asked") == "copies.no_space"
    with monkeypatch.context() as patch:

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(copying, "write_atomic", full)
        assert refusal(copy_now, vault, now=NOW, reason="asked") == "file.disk_full"
    assert names(vault) == set()
    assert vault.integrity_problems() == ()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="modes bind users only")
def test_a_folder_that_cannot_be_written_is_named(vault: Vault) -> None:
    add(vault, credential(1))
    (vault.path / "copies").mkdir(mode=0o500)
    assert refusal(copy_now, vault, now=NOW, reason="asked") == "file.not_permitted"


def test_a_file_where_the_copies_should_lie_is_named_and_left(vault: Vault) -> None:
    add(vault, credential(1))
    (vault.path / "copies").write_bytes(b"mine")
    assert refusal(copy_now, vault, now=NOW, reason="asked").startswith("file.")
    assert (vault.path / "copies").read_bytes() == b"mine"


def test_a_vault_open_to_read_is_not_copied(folder: Path) -> None:
    make_vault(folder).close()
    with open_vault(folder, read_only=True) as vault:
        assert refusal(copy_now, vault, now=NOW, reason="asked") == "vault.read_only"
        assert not is_copy_due(vault, now=NOW)


def test_what_a_killed_copy_left_goes_with_the_next_and_another_under_way_stays(
    vault: Vault,
) -> None:
    stale = vault.path / "copies" / "2026-11-22T101500Z-s3.partial"
    stale.mkdir(parents=True)
    (stale / "vault.db").write_bytes(b"half")
    living = stale.with_name("2026-11-21T101500Z-s3.partial")
    living.mkdir()
    lock = copying.FolderLock(living)
    copy_now(vault, now=NOW, reason="asked")
    assert names(vault) == {"2026-11-23T101500Z-s3", living.name}
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_copy_killed_at_any_step_leaves_the_vault_and_the_earlier_copies(folder: Path) -> None:
    with make_vault(folder) as vault:
        add_many(vault, 4)
        first = copy_now(vault, now=NOW - timedelta(days=90), reason="changed")
    made = []

    def copy() -> None:
        with open_vault(folder) as vault:
            copy_now(vault, now=NOW, reason="asked")

    def check() -> None:
        with open_vault(folder) as vault:
            assert vault.credentials.count() == 4
            assert vault.integrity_problems() == ()
            copies = automatic_copies(folder)
            assert first.name in {one.name for one in copies}
            for one in copies:
                assert check_copy(one, key_of(vault)) == ()
            made.append(len(copies))

    assert kill_at_every_step(copy, check) >= 10
    assert made[-1] > 1


# --- thinning and finding ----------------------------------------------------------------


def test_thinning_follows_a_good_copy_and_keeps_what_it_cannot_read(vault: Vault) -> None:
    add(vault, credential(1))
    for days in range(30, 0, -1):
        copy_now(vault, now=NOW - timedelta(days=days), reason="changed")
    mine = vault.path / "copies" / "kept by hand"
    mine.mkdir()
    before = len(automatic_copies(vault.path))
    gone = thin_copies(vault.path, NOW, Policy(timedelta(days=1), 0, 3, 0, 0))
    left = automatic_copies(vault.path)
    assert len(gone) == before - len(left) > 0
    assert mine.exists()
    assert [copy.made_at for copy in left] == [NOW - timedelta(days=n) for n in (1, 2, 3, 4)]


def test_a_copy_is_found_by_the_beginning_of_its_name(vault: Vault) -> None:
    made = copy_now(vault, now=NOW, reason="asked")
    assert find_copy(vault.path, "2026-11-23") == made
    copy_now(vault, now=NOW + HOUR, reason="asked")
    for name in ("2026-11-23", "", "2027", "../vault"):
        assert refusal(find_copy, vault.path, name) == "copies.unknown"


def test_a_folder_that_only_looks_like_a_copy_is_not_listed(vault: Vault, tmp_path: Path) -> None:
    folder = vault.path / "copies"
    folder.mkdir()
    (folder / copy_name(NOW, 3)).mkdir()
    (folder / copy_name(NOW + HOUR, 3)).write_bytes(b"")
    (folder / copy_name(NOW + 2 * HOUR, 3)).symlink_to(tmp_path)
    assert automatic_copies(vault.path) == ()


def test_another_key_does_not_check_a_copy(vault: Vault) -> None:
    made = copy_now(vault, now=NOW, reason="asked")
    assert refusal(check_copy, made, Secret(b"k" * 32)) == "vault.unreadable"
    spoil(made.path / "vault.db", page=3)
    assert refusal(check_copy, made, key_of(vault)) == "copies.not_good"


def test_a_copy_does_not_open_for_writing_by_accident(vault: Vault) -> None:
    made = copy_now(vault, now=datetime(2026, 1, 1, tzinfo=UTC), reason="asked")
    database = open_database(made.path / "vault.db", key_of(vault), Access.FROZEN)
    assert refusal(database.run, "DELETE FROM meta") == "vault.read_only"
    database.close()
