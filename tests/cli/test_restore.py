"""A backup put back into a safe that holds something: seen first, merged, taken back."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest

from simulators.command import Answer
from wallet_app.crypto.secret import Secret
from wallet_app.storage.age_archive import seal_to, unseal

Command = Callable[..., Answer]

pytestmark = pytest.mark.usefixtures("light_seals")


@pytest.fixture
def files(samples: Path) -> list[Path]:
    return sorted(path for path in samples.iterdir() if path.is_file())[:2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the safe and its backup lie for the next test."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def backup(vault: Command, files: list[Path], made: Path, tmp_path: Path) -> Path:
    """A backup with one badge, which the safe then deletes; another one is added after."""
    safe, path = tmp_path / "safe", tmp_path / "Coffre.coffre"
    if not (made / path.name).exists():
        assert vault("import", files[0]).code in (0, 1)
        assert vault("backup", path).code == 0
        assert vault("import", files[1]).code in (0, 1)
        shutil.copytree(safe, made / "safe")
        shutil.copy(path, made)
    else:
        shutil.rmtree(safe)
        shutil.copytree(made / "safe", safe)
        shutil.copy(made / path.name, path)
    return path


def listed(vault: Command) -> set[str]:
    return {row["id"] for row in vault("list", "--json").rows}


def hash_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_a_backup_is_seen_first_then_merged_then_taken_back(
    vault: Command, backup: Path, files: list[Path]
) -> None:
    gone = hash_of(files[0])
    assert vault("delete", gone).code == 0
    assert vault("trash", "--empty").code == 0
    seen = vault("restore", backup, "--dry-run", "--json")
    assert [row["change"] for row in seen.rows] == ["kept_deleted", None]
    assert seen.rows[-1]["written"] is False

    nothing = vault("restore", backup)
    assert (nothing.code, listed(vault)) == (0, {hash_of(files[1])})
    assert f"--bring-back {gone[:12]}" in nothing.out

    brought = vault("restore", backup, "--bring-back", gone[:12], "--json")
    assert (brought.code, brought.err) == (0, "")
    assert [row["change"] for row in brought.rows] == ["brought_back", None]
    assert listed(vault) == {hash_of(path) for path in files}
    assert brought.rows[-1]["copy"] in {row["name"] for row in vault("copies", "--json").rows}
    assert vault("history", "--json").rows[0]["kind"] == "merged"
    assert vault("doctor", "--json").rows[0]["integrity_problems"] == []

    undone = vault("restore", "--undo", "--json")
    assert undone.rows[0]["undone_to"] == brought.rows[-1]["copy"]
    assert listed(vault) == {hash_of(files[1])}


def test_a_list_of_changes_is_told_in_words_of_both_languages(
    vault: Command, backup: Path, files: list[Path], coffre: Command, tmp_path: Path
) -> None:
    other = ("--vault", tmp_path / "other", "--passphrase-file", tmp_path / "passphrase")
    assert coffre(*other, "create").code == 0
    assert coffre(*other, "import", "--offline", files[1]).code in (0, 1)
    english = coffre(*other, "restore", backup, "--dry-run")
    french = coffre(*other, "--language", "fr", "restore", backup)
    assert english.out.startswith("New: “")
    assert "Nothing was written." in english.out
    assert french.out.startswith("Nouveau\u00a0: «")
    assert "coffre restore --undo" in french.out
    assert (english.err, french.err) == ("", "")


def test_a_backup_with_another_passphrase_and_one_sealed_to_a_key_are_merged(
    vault: Command, backup: Path, coffre: Command, passphrase_file: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    changed.write_text("another passphrase for the safe\n", encoding="utf-8")
    assert vault("passphrase", "--new-passphrase-file", changed).code == 0
    now = ("--vault", tmp_path / "safe", "--passphrase-file", changed)
    refused = coffre(*now, "restore", backup)
    assert (refused.code, refused.out, refused.sentences) == (3, "", 1)
    given = ("--backup-passphrase-file", passphrase_file)
    assert coffre(*now, "restore", backup, *given).code == 0

    key = pyrage.x25519.Identity.generate()
    archive = unseal(backup.read_bytes(), Secret.from_text(passphrase_file.read_text().strip()))
    sealed, keys = tmp_path / "sealed.coffre", tmp_path / "key.txt"
    sealed.write_bytes(seal_to(archive, str(key.to_public())))
    keys.write_text(f"# created: 2026\n# public key: {key.to_public()}\n{key}\n")
    answer = coffre(*now, "restore", sealed, "--identity-file", keys, "--json")
    assert (answer.code, answer.rows[-1]["unchanged"]) == (0, 1)
    keys.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    other = coffre(*now, "restore", sealed, "--identity-file", keys)
    assert (other.out, other.sentences) == ("", 1)
    assert other.code != 0
    assert str(key) not in other.err


def test_a_new_safe_may_have_a_passphrase_of_its_own(
    vault: Command, backup: Path, coffre: Command, passphrase_file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.write_text("a passphrase of its own\n", encoding="utf-8")
    fresh = ("--vault", tmp_path / "fresh", "--passphrase-file", own)
    answer = coffre(*fresh, "restore", backup, "--backup-passphrase-file", passphrase_file)
    assert answer.code == 0
    assert len(coffre(*fresh, "list", "--json").rows) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--undo",), 2),
        ((), 2),
        (("BACKUP", "--bring-back", "abc"), 2),
        (("BACKUP", "--bring-back", "0123456789ab"), 2),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    vault: Command, backup: Path, arguments: tuple[str, ...], code: int
) -> None:
    before = listed(vault)
    given = [backup if one == "BACKUP" else one for one in arguments]
    answer = vault("restore", *given)
    assert (answer.code, answer.out, answer.sentences) == (code, "", 1)
    assert listed(vault) == before
