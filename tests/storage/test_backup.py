"""A backup is one file that brings everything back, with Coffre or without."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.simulators.light_seals import seal_lightly
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    PRIVATE_KEY,
    add,
    credential,
    document,
    event,
    fill_words,
    make_vault,
    open_vault,
    passphrase,
    report,
)
from wallet_app.storage import backup
from wallet_app.storage.age_archive import unseal
from wallet_app.storage.archive import FORMAT_VERSION, pack, unpack
from wallet_app.storage.backup import check_backup, write_backup
from wallet_app.storage.building import VaultRecipe
from wallet_app.storage.contents import Contents, read_contents
from wallet_app.storage.models import BackupInfo
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.restore import put_back, restore
from wallet_app.storage.vault import Vault

pytestmark = pytest.mark.xdist_group("backup")

BACKUP_PASSPHRASE = "élan doux\u00a0d’hiver"


@dataclass(frozen=True)
class Made:
    """A backup on disk and what it must give back. Encrypting takes seconds: made once."""

    file: Path
    info: BackupInfo
    contents: Contents


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("backup"))


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same for tests of what is inside: it opens at once."""
    with pytest.MonkeyPatch.context() as patch:
        seal_lightly(patch)
        return make(tmp_path_factory.mktemp("light"))


def make(folder: Path) -> Made:
    with make_vault(folder / "vault") as vault:
        add(vault, credential(1))
        row = add(vault, credential(2))
        vault.credentials.move_to_trash(row.id, event("deleted", row.id))
        vault.credentials.add_report(
            row.id, report("revoked", document("list", b"list")), event("verified", row.id)
        )
        file = folder / "Coffre-2026-11-23.coffre"
        file.write_bytes(b"an older backup of that name")
        info = write_backup(vault, file, passphrase(BACKUP_PASSPHRASE), now=NOW)
        return Made(file, info, read_contents(vault.database))


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


def recipe(text: str = BACKUP_PASSPHRASE) -> VaultRecipe:
    return VaultRecipe(passphrase(text), NOW, CHEAP, system_randomness)


def test_a_backup_replaces_the_older_one_of_that_name_and_says_what_it_holds(made: Made) -> None:
    assert made.info == BackupInfo(
        path=made.file,
        made_at=NOW,
        format_version=FORMAT_VERSION,
        program=made.info.program,
        size_bytes=made.file.stat().st_size,
        credentials=2,
        in_trash=1,
        documents=2,
        reports=3,
        events=4,
    )
    assert names(made.file.parent) == {"vault", made.file.name}


def test_a_backup_comes_back_as_a_whole_vault(made: Made, folder: Path) -> None:
    info = restore(
        made.file,
        passphrase(BACKUP_PASSPHRASE),
        folder,
        now=NOW,
        vault_passphrase=passphrase("another"),
        kdf=CHEAP,
    )
    assert info == made.info
    with open_vault(folder, "another") as vault:
        assert read_contents(vault.database) == made.contents
        assert vault.integrity_problems() == ()
        assert vault.credentials.rows("badge")[0].name == "Badge 1"
        assert vault.credentials.trash()[0].name == "Badge 2"
        assert vault.credentials.get(vault.credentials.trash()[0].id).report_json


def test_a_wrong_passphrase_for_a_backup_is_named(light: Made) -> None:
    assert refusal(check_backup, light.file, passphrase("wrong")) == "backup.wrong_passphrase"


def test_a_changed_byte_anywhere_in_a_backup_is_noticed(light: Made, tmp_path: Path) -> None:
    copy = tmp_path / "copy.coffre"
    data = bytearray(light.file.read_bytes())
    middle = len(data) // 2
    data[middle] = ord("A") if data[middle] != ord("A") else ord("B")
    copy.write_bytes(data)
    assert refusal(check_backup, copy, passphrase(BACKUP_PASSPHRASE)) == "backup.damaged"
    copy.write_bytes(data[: middle + 1])
    assert refusal(check_backup, copy, passphrase(BACKUP_PASSPHRASE)) == "backup.truncated"
    copy.write_bytes(light.file.read_bytes() + b"x")
    assert refusal(check_backup, copy, passphrase(BACKUP_PASSPHRASE)) == "backup.trailing_data"


def test_the_stock_tool_opens_a_backup_without_coffre(made: Made, tmp_path: Path) -> None:
    age, script = shutil.which("age"), shutil.which("script")
    if age is None or script is None:
        pytest.skip("the age and script programs are not installed: skipped")
    target = tmp_path / "backup.zip"
    # age reads a passphrase from a terminal only; script gives it one.
    subprocess.run(
        [script, "-qec", f"{age} -d -o {target} {made.file}", "/dev/null"],
        input=BACKUP_PASSPHRASE.encode() + b"\n",
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )
    with ZipFile(target) as opened:
        assert opened.testzip() is None
        for identity, data in made.contents.originals.items():
            assert opened.read(f"credentials/{identity}.json") == data


def test_the_encrypted_file_shows_nothing_of_its_content(made: Made) -> None:
    sealed = made.file.read_bytes()
    for hidden in (b"Badge", b"README", b"PK\x03\x04", b"coffre"):
        assert hidden not in sealed


def test_a_place_that_cannot_work_is_refused_before_the_encryption(
    vault: Vault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attempt(path: Path) -> str:
        return refusal(write_backup, vault, path, passphrase(), now=NOW)

    assert attempt(folder / "b.coffre") == "backup.inside_vault"
    assert attempt(folder / "deeper" / ".." / "b.coffre") == "backup.inside_vault"
    assert attempt(tmp_path) == "file.is_a_folder"
    assert attempt(tmp_path / "gone" / "b.coffre") == "file.not_found"
    assert attempt(tmp_path / ("n" * 300)) == "file.name_too_long"
    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert attempt(tmp_path / "b.coffre") == "backup.no_space"
    monkeypatch.setattr(backup, "MAX_ARCHIVE_BYTES", -1)
    assert attempt(tmp_path / "b.coffre") == "backup.too_large"
    assert names(tmp_path) == {"vault"}


def test_a_backup_that_is_missing_or_far_too_large_is_named(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(check_backup, tmp_path / "gone", passphrase()) == "file.not_found"
    monkeypatch.setattr(backup, "MAX_FILE_BYTES", 10)
    assert refusal(check_backup, made.file, passphrase()) == "backup.too_large"


def test_a_vault_with_anything_in_it_is_never_restored_into(
    made: Made, vault: Vault, folder: Path
) -> None:
    def attempt(text: str) -> str:
        return refusal(restore, made.file, passphrase(text), folder, now=NOW, dry_run=True)

    row = add(vault, credential(7))
    vault.close()
    assert attempt("wrong") == "restore.vault_not_empty"
    assert attempt("correct horse battery staple") == "restore.vault_not_empty"
    with open_vault(folder) as again:
        again.credentials.move_to_trash(row.id, event("deleted"))
        again.credentials.delete_forever(row.id, event("deleted_forever"))
    # A deletion is remembered too: bringing everything back would undo it unseen.
    assert attempt("correct horse battery staple") == "restore.vault_not_empty"
    text = "correct horse battery staple"
    assert refusal(put_back, made.contents, folder, recipe(text)) == "restore.vault_not_empty"
    other = folder.with_name("other")
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert (
        refusal(restore, made.file, passphrase(), other, now=NOW, dry_run=True)
        == "vault.folder_not_empty"
    )


def test_a_vault_that_never_held_anything_can_be_filled(made: Made, folder: Path) -> None:
    with make_vault(folder) as vault:
        vault.history.append(event("created"))
        vault.meta.set("demo", "0")
        identity = vault.vault_id
    put_back(made.contents, folder, recipe("correct horse battery staple"))
    with open_vault(folder) as vault:
        assert vault.vault_id == identity
        assert read_contents(vault.database).originals == made.contents.originals
        assert len(vault.history.events()) == 1 + made.info.events
        assert vault.integrity_problems() == ()


def test_rehearsing_a_restore_checks_everything_and_writes_nothing(
    light: Made, folder: Path
) -> None:
    info = restore(light.file, passphrase(BACKUP_PASSPHRASE), folder, now=NOW, dry_run=True)
    assert info == light.info
    assert names(folder.parent) == set()


def test_contents_that_do_not_fit_leave_no_half_of_a_vault(made: Made, folder: Path) -> None:
    broken = Contents(made.contents.tables, {}, made.contents.documents)
    with pytest.raises(KeyError):
        put_back(broken, folder, recipe())
    assert names(folder.parent) == set()
    tables = {
        **made.contents.tables,
        "evidence": ({**made.contents.tables["evidence"][0], "sha256": "0" * 64},),
    }
    lost = Contents(tables, made.contents.originals, made.contents.documents)
    assert refusal(put_back, lost, folder, recipe()) == "restore.not_as_written"
    assert names(folder.parent) == set()


def test_what_the_owner_wrote_and_holds_comes_back_with_it(vault: Vault, folder: Path) -> None:
    row = add(vault, credential(1, name="Soudure"))
    fill_words(vault, row.id)
    contents = read_contents(vault.database, keys=True)
    other = folder.with_name("other")
    put_back(unpack(pack(contents, NOW))[1], other, recipe())
    with open_vault(other, BACKUP_PASSPHRASE) as again:
        assert read_contents(again.database, keys=True) == contents
        (kept,) = again.database.rows("SELECT private FROM holder_key")
        assert kept == (PRIVATE_KEY,)
        assert again.credentials.rows("reecrit") == again.credentials.rows("montrer") == (row,)


def test_the_hashes_of_the_manifest_are_those_that_other_tools_compute(
    light: Made, tmp_path: Path
) -> None:
    unzip, sums = shutil.which("unzip"), shutil.which("sha256sum")
    if unzip is None or sums is None:
        pytest.skip("the unzip and sha256sum programs are not installed: skipped")
    archive = tmp_path / "backup.zip"
    archive.write_bytes(unseal(light.file.read_bytes(), passphrase(BACKUP_PASSPHRASE)))
    subprocess.run([unzip, "-q", archive, "-d", tmp_path / "plain"], check=True, timeout=60)
    manifest = json.loads((tmp_path / "plain" / "manifest.json").read_text(encoding="utf-8"))
    listed = "".join(f"{entry['sha256']}  {entry['path']}\n" for entry in manifest["files"])
    subprocess.run(
        [sums, "--check", "--strict", "--quiet"],
        input=listed.encode(),
        cwd=tmp_path / "plain",
        check=True,
        timeout=60,
    )
    there = [one for one in (tmp_path / "plain").rglob("*") if one.is_file()]
    assert len(manifest["files"]) == len(there) - 1
