"""Damaged, swapped and foreign files are named; nothing more is written on bad ground."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    add,
    add_many,
    credential,
    make_vault,
    open_vault,
)
from wallet_app.crypto.envelope import Header, parse_header, serialise_header
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.schema import SCHEMA_VERSION, schema_text
from wallet_app.storage.vault import Vault

PAGE = 4096
UNREADABLE = {"vault.unreadable", "vault.damaged"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of some hundred pages; tests work on copies."""
    folder = tmp_path_factory.mktemp("sound") / "vault"
    with make_vault(folder) as vault:
        add_many(vault, 40, padding=8_000)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "vault")


def test_a_flipped_byte_in_any_page_is_noticed(folder: Path) -> None:
    database = folder / "vault.db"
    sound = database.read_bytes()
    chance = random.Random(20261123)  # noqa: S311 - places to damage
    pages = len(sound) // PAGE
    assert pages > 100
    for page in [0, 1, pages - 1, *chance.sample(range(2, pages - 1), 22)]:
        damaged = bytearray(sound)
        damaged[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        database.write_bytes(damaged)
        try:
            with open_vault(folder) as vault:
                problems = vault.integrity_problems()
        except EnvironmentFault as fault:
            problems = (fault.code,)
        assert problems, page
    database.write_bytes(sound)
    with open_vault(folder) as vault:
        assert vault.integrity_problems() == ()


def test_every_bad_page_is_told_not_only_the_first(folder: Path) -> None:
    data = bytearray((folder / "vault.db").read_bytes())
    pages = len(data) // PAGE
    for page in (pages - 1, pages - 2, pages - 3):
        data[page * PAGE + 100] ^= 1
    (folder / "vault.db").write_bytes(data)
    with open_vault(folder) as vault:
        problems = vault.integrity_problems()
    assert sum(problem.startswith("page") for problem in problems) == 3


def test_once_damage_was_seen_nothing_more_is_written(folder: Path) -> None:
    data = bytearray((folder / "vault.db").read_bytes())
    for page in range(len(data) // PAGE // 2, len(data) // PAGE):
        data[page * PAGE + 100] ^= 1
    (folder / "vault.db").write_bytes(data)
    with open_vault(folder) as vault:
        assert refusal(vault.database.rows, "SELECT sum(length(data)) FROM original") == (
            "vault.damaged"
        )
        assert refusal(vault.meta.set, "a", "b") == "vault.damaged"
        assert refusal(add, vault, credential(99)) == "vault.damaged"
    assert (folder / "vault.db").read_bytes() == data


Spoil = Callable[[Path], object]


def truncate(size: int) -> Spoil:
    return lambda path: path.write_bytes(path.read_bytes()[:size])


def plain(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE credential (id)")


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (truncate(0), {"vault.damaged"}),
        (truncate(100), {"vault.damaged"}),
        (truncate(PAGE // 2), UNREADABLE),
        (truncate(PAGE), UNREADABLE),
        (truncate(PAGE * 9), UNREADABLE),
        (truncate(-1), UNREADABLE),
        (lambda path: path.write_bytes(b"\x00" * PAGE * 4), {"vault.unreadable"}),
        (plain, {"vault.not_encrypted"}),
        (Path.unlink, {"vault.database_missing"}),
        (link, {"vault.unreadable"}),
        (replace_by_folder, {"vault.unreadable"}),
    ],
    ids=["empty", "100 bytes", "half a page", "one page", "nine pages", "one byte short",
         "zeros", "plain text", "gone", "link", "folder"],
)  # fmt: skip
def test_a_database_that_is_not_whole_or_not_ours_is_named(
    folder: Path, spoil: Spoil, codes: set[str]
) -> None:
    spoil(folder / "vault.db")
    try:
        with open_vault(folder) as vault:
            found = {p.rpartition(" ")[2] for p in vault.integrity_problems()}
            assert found, "the damage was not noticed"
    except EnvironmentFault as fault:
        assert fault.code in codes  # noqa: PT017 - either way of noticing is good
    # The refusal let go of everything: put back, it opens.
    assert not (folder / "vault.db-journal").exists()


def test_the_header_of_another_vault_opens_nothing(folder: Path, tmp_path: Path) -> None:
    make_vault(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / "header.json", folder / "header.json")
    before = (folder / "vault.db").read_bytes()
    assert refusal(open_vault, folder) == "vault.unreadable"
    assert (folder / "vault.db").read_bytes() == before


def test_a_database_with_the_same_key_but_another_identity_is_refused(folder: Path) -> None:
    header = parse_header((folder / "header.json").read_bytes())

    def same_key(size: int) -> bytes:
        return b"k" * size

    for name in ("one", "two"):
        path = folder.with_name(name)
        Vault.create(path, Secret(b"x"), now=NOW, kdf=CHEAP, randomness=same_key).close()
    database = open_database(folder.with_name("two") / "vault.db", Secret(b"k" * 32), Access.WRITE)
    database.run("UPDATE meta SET value = ? WHERE key = 'vault_id'", (header.vault_id,))
    database.close()
    open_vault(folder.with_name("one"), "x").close()
    assert refusal(open_vault, folder.with_name("two"), "x") == "vault.unreadable"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"label": "mine"}, "vault.wrong_passphrase"),
        ({"kdf": {"name": "argon2id", "t": 1, "m_kib": 2**31, "p": 1}}, "vault.kdf_refused"),
        ({"kdf": {"name": "argon2id", "t": 10**6, "m_kib": 65_536, "p": 1}}, "vault.kdf_refused"),
        ({"kdf": {"name": "argon2id", "t": 1, "m_kib": 8, "p": 1}}, "vault.kdf_refused"),
    ],
    ids=["label", "huge memory", "many passes", "tiny memory"],
)
def test_an_edited_slot_with_a_right_checksum_is_refused_at_once(
    folder: Path, edit: dict[str, object], code: str
) -> None:
    header = parse_header((folder / "header.json").read_bytes())
    members = json.loads(json.dumps(header.slots[0].members))
    edited = Header(header.vault_id, (type(header.slots[0])({**members, **edit}),))
    (folder / "header.json").write_bytes(serialise_header(edited))
    assert refusal(open_vault, folder) == code


def test_a_header_that_is_no_header_or_gone_is_named(folder: Path) -> None:
    for data in (b"", b"{}", b"x" * 100_000):
        (folder / "header.json").write_bytes(data)
        assert refusal(open_vault, folder) == "vault.header_damaged"
    (folder / "header.json").unlink()
    assert refusal(open_vault, folder) == "vault.not_found"


def test_a_newer_vault_is_refused_without_a_byte_changed(folder: Path) -> None:
    with open_vault(folder) as vault:
        vault.database.run(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert refusal(open_vault, folder) == "vault.newer_version"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_encrypted_database_of_another_program_is_refused(folder: Path) -> None:
    with open_vault(folder) as vault:
        vault.database.run("PRAGMA application_id = 7")
    assert refusal(open_vault, folder) == "vault.unreadable"


def test_a_vault_moved_away_or_replaced_while_open_is_not_written(
    folder: Path, tmp_path: Path
) -> None:
    with open_vault(folder) as vault:
        folder.rename(tmp_path / "away")
        assert refusal(add, vault, credential(99)) == "vault.vanished"
        assert not folder.exists()
        make_vault(folder).close()
        assert refusal(add, vault, credential(99)) == "vault.vanished"
    with open_vault(folder) as fresh:
        assert fresh.credentials.rows() == ()
    with open_vault(tmp_path / "away") as moved:
        assert moved.credentials.count() == 40


def test_another_writer_that_does_not_let_go_is_named(folder: Path) -> None:
    with open_vault(folder, read_only=True) as second, open_vault(folder) as vault:
        vault.database.run("PRAGMA busy_timeout = 0")
        with vault.database.transaction():
            other = open_raw(vault)
            assert refusal(other.run, "BEGIN IMMEDIATE") == "vault.busy"
            other.close()
        assert second.credentials.count() == 40


def open_raw(vault: Vault):  # type: ignore[no-untyped-def]  # noqa: ANN201
    from tests.simulators.vaults import passphrase  # noqa: PLC0415
    from wallet_app.storage.header_file import unlock_header  # noqa: PLC0415

    key = unlock_header(vault.path, passphrase()).opened.vault_key
    database = open_database(vault.path / "vault.db", key, Access.WRITE)
    database.run("PRAGMA busy_timeout = 0")
    return database


def test_a_key_of_another_length_is_never_given_to_the_database(folder: Path) -> None:
    # SQLCipher would silently take it for a passphrase.
    with pytest.raises(ValueError, match="32 bytes"):
        open_database(folder / "vault.db", Secret(b"k" * 31), Access.WRITE)


def test_the_tables_are_those_of_a_fresh_vault(folder: Path, tmp_path: Path) -> None:
    with open_vault(folder) as vault, make_vault(tmp_path / "fresh") as fresh:
        assert schema_text(vault.database) == schema_text(fresh.database)
