"""A vault opens with its passphrase, is written by one process, and refuses what is not its own."""

import os
import shutil
import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    add,
    add_many,
    credential,
    event,
    make_vault,
    open_vault,
    passphrase,
)
from wallet_app.crypto.secret import Secret
from wallet_app.storage.building import DATABASE_NAME
from wallet_app.storage.vault import Vault


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


def test_a_vault_holds_after_closing_what_was_put_in(folder: Path) -> None:
    with make_vault(folder) as vault:
        row = add(vault, credential())
        identity = vault.vault_id
    assert names(folder) == {"header.json", "vault.db", "vault.lock"}
    with open_vault(folder) as vault:
        assert vault.vault_id == identity
        assert vault.credentials.rows() == (row,)
        assert not vault.read_only
        assert vault.integrity_problems() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_every_file_is_for_its_owner_only_whatever_the_mask(folder: Path) -> None:
    before = os.umask(0)
    try:
        with make_vault(folder / "deeper") as vault:
            add(vault, credential())
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in vault.path.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(
        ("header.json", "vault.db", "vault.db-shm", "vault.db-wal", "vault.lock"), 0o600
    )
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "deeper").stat().st_mode) == 0o700


def test_a_wrong_passphrase_is_named_and_leaves_the_vault_free(vault: Vault, folder: Path) -> None:
    vault.close()
    assert refusal(open_vault, folder, "wrong") == "vault.wrong_passphrase"
    open_vault(folder).close()


def test_where_there_is_no_vault_nothing_is_made(folder: Path, tmp_path: Path) -> None:
    assert refusal(open_vault, folder) == "vault.not_found"
    folder.mkdir()
    assert refusal(open_vault, folder) == "vault.not_found"
    assert names(folder) == set()
    assert not Vault.exists(folder)


def test_a_vault_is_made_in_an_empty_folder_but_never_over_anything(folder: Path) -> None:
    folder.mkdir()
    make_vault(folder).close()
    assert refusal(make_vault, folder) == "vault.exists"
    other = folder.with_name("other")
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert refusal(make_vault, other) == "vault.folder_not_empty"
    assert names(other) == {"letter.txt"}
    (folder.with_name("file")).write_text("mine")
    assert refusal(make_vault, folder.with_name("file")) == "file.not_found"


def test_leftovers_of_an_interrupted_creation_are_cleared_away(folder: Path) -> None:
    make_vault(folder).close()
    leftover = folder.with_name(f".coffre-{sha256(b'vault').hexdigest()[:16]}-0123456789abcdef.new")
    shutil.move(folder, leftover)
    mine = folder.with_name("mine.new")
    mine.mkdir()
    make_vault(folder).close()
    assert names(folder.parent) == {"vault", "mine.new"}


def test_a_vault_that_another_process_is_making_right_now_is_left_alone(folder: Path) -> None:
    make_vault(folder).close()
    building = folder.with_name(f".coffre-{sha256(b'vault').hexdigest()[:16]}-0123456789abcdef.new")
    shutil.move(folder, building)
    with open_vault(building):
        make_vault(folder).close()
        assert building.is_dir()


def test_two_processes_cannot_write_but_a_second_may_read(vault: Vault, folder: Path) -> None:
    row = add(vault, credential())
    assert refusal(open_vault, folder) == "vault.in_use"
    with open_vault(folder, read_only=True) as second:
        assert second.read_only
        assert second.credentials.rows() == (row,)
        later = add(vault, credential(1))
        assert later in second.credentials.rows()
        assert refusal(add, second, credential(2)) == "vault.read_only"
        assert refusal(second.meta.set, "demo", "1") == "vault.read_only"
        assert (
            refusal(second.change_passphrase, passphrase(), passphrase("b"), event=event())
            == "vault.read_only"
        )
    add(vault, credential(3))
    vault.close()
    vault.close()
    open_vault(folder).close()


def test_nothing_works_on_a_closed_vault(vault: Vault) -> None:
    vault.close()
    assert refusal(vault.credentials.rows) == "vault.locked"
    assert refusal(add, vault, credential()) == "vault.locked"
    vault.interrupt()


def test_a_long_query_can_be_interrupted(vault: Vault) -> None:
    add_many(vault, 3)
    vault.database.run("CREATE TEMP TABLE t AS SELECT 1")
    vault.database._connection.set_progress_handler(vault.interrupt, 1000)  # type: ignore[no-untyped-call]
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    assert refusal(vault.database.rows, endless) == "vault.interrupted"


def test_a_new_passphrase_opens_the_vault_and_the_old_one_no_longer_does(
    vault: Vault, folder: Path
) -> None:
    row = add(vault, credential())
    database = (folder / DATABASE_NAME).read_bytes()
    vault.change_passphrase(
        passphrase(), passphrase("new"), event=event("passphrase_changed"), kdf=CHEAP
    )
    vault.change_passphrase(passphrase("new"), passphrase("newer"), event=event("again"))
    assert names(folder) == {
        *("header.json", "vault.db", "vault.lock", "vault.db-shm", "vault.db-wal"),
    }
    assert (folder / DATABASE_NAME).read_bytes() == database
    vault.close()
    assert refusal(open_vault, folder) == "vault.wrong_passphrase"
    assert refusal(open_vault, folder, "new") == "vault.wrong_passphrase"
    with open_vault(folder, "newer") as again:
        assert again.credentials.rows() == (row,)
        assert again.history.events(1)[0].kind == "again"


def test_a_wrong_old_passphrase_changes_nothing(vault: Vault, folder: Path) -> None:
    header = (folder / "header.json").read_bytes()
    assert (
        refusal(vault.change_passphrase, passphrase("no"), passphrase("b"), event=event())
        == "vault.wrong_passphrase"
    )
    assert (folder / "header.json").read_bytes() == header
    assert vault.history.events() == ()


def test_an_unfinished_change_leaves_the_vault_open_to_the_passphrase_that_fits(
    vault: Vault, folder: Path
) -> None:
    old = (folder / "header.json").read_bytes()
    vault.change_passphrase(passphrase(), passphrase("new"), event=event())
    new = (folder / "header.json").read_bytes()
    vault.close()
    # As after a crash between the two renames and the end: both headers are there.
    (folder / "header.json.old").write_bytes(old)
    open_vault(folder, read_only=True).close()
    assert (folder / "header.json.old").exists()
    open_vault(folder).close()
    assert (folder / "header.json").read_bytes() == old
    assert not (folder / "header.json.old").exists()
    (folder / "header.json").write_bytes(new)
    (folder / "header.json.old").write_bytes(old)
    open_vault(folder, "new").close()
    assert not (folder / "header.json.old").exists()
    assert refusal(open_vault, folder) == "vault.wrong_passphrase"


def test_a_lost_or_damaged_header_is_replaced_by_the_spare_one(vault: Vault, folder: Path) -> None:
    vault.close()
    for spoil in (lambda path: path.unlink(), lambda path: path.write_bytes(b"{")):
        shutil.copy(folder / "header.json", folder / "header.json.old")
        spoil(folder / "header.json")
        open_vault(folder).close()
        assert names(folder) == {"header.json", "vault.db", "vault.lock"}


def test_randomness_comes_through_the_one_door(folder: Path) -> None:
    given = iter(range(256))

    def counted(size: int) -> bytes:
        return bytes([next(given)]) * size

    with Vault.create(folder, Secret(b"x"), now=NOW, kdf=CHEAP, randomness=counted) as vault:
        assert vault.vault_id == "00000000-0000-4000-8000-000000000000"
    assert next(given) == 5


def test_the_vault_opens_under_a_name_with_accents_spaces_and_signs(tmp_path: Path) -> None:
    path = tmp_path / "mes données ? #1 %41 & co"
    make_vault(path).close()
    open_vault(path).close()
    assert names(path) == {"header.json", "vault.db", "vault.lock"}
