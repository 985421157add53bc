"""Everything that can be read of a damaged vault is saved, counted page by page."""

import json
import random
import shutil
import sys
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.faults.breaking import in_child
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    add,
    credential,
    document,
    event,
    fill_people,
    make_vault,
    open_vault,
    passphrase,
    report,
)
from wallet_app.credentials.model import Original
from wallet_app.crypto.secret import Secret
from wallet_app.storage.automatic import copy_now
from wallet_app.storage.contents import Contents, read_contents
from wallet_app.storage.header_file import unlock_header
from wallet_app.storage.models import NewCredential
from wallet_app.storage.salvage import Salvaged, salvage
from wallet_app.storage.salvage_pages import read_pages

PAGE = 4096
COUNT = 12


@dataclass(frozen=True)
class Sound:
    folder: Path
    contents: Contents
    key: bytes


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A small vault with everything in it; tests work on copies."""
    folder = tmp_path_factory.mktemp("sound") / "vault"
    with make_vault(folder) as vault:
        for number in range(COUNT):
            add(vault, unlike_any_other(number))
        fill_people(vault)
        row = vault.credentials.rows()[0]
        vault.credentials.move_to_trash(row.id, event("deleted", row.id))
        vault.credentials.add_report(
            row.id, report("revoked", document("list", b"list" * 3_000)), event("verified", row.id)
        )
        with vault.database.transaction():
            vault.database.run(
                "INSERT INTO note_version VALUES (?, ?, '', '2026', 'of mine')", ("a" * 64, row.id)
            )
        contents = read_contents(vault.database)
    key = bytes(unlock_header(folder, passphrase()).opened.vault_key.buffer())
    return Sound(folder, contents, key)


@pytest.fixture
def folder(sound: Sound, tmp_path: Path) -> Path:
    return shutil.copytree(sound.folder, tmp_path / "vault")


def save(folder: Path, name: str = "saved") -> tuple[Salvaged, Contents]:
    target = folder.with_name(name)
    saved = salvage(folder, passphrase(), target, now=NOW, kdf=CHEAP)
    with open_vault(target) as vault:
        assert vault.integrity_problems() == ()
        found = read_contents(vault.database)
    shutil.rmtree(target)
    return saved, found


def hashes(saved: Salvaged, found: Contents) -> set[str]:
    return {*found.originals, *(sha256(one.data).hexdigest() for one in saved.orphans)}


def test_of_a_sound_vault_everything_is_saved(folder: Path, sound: Sound) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    saved, found = save(folder)
    assert (saved.credentials, saved.orphans, saved.lost, saved.bad_pages) == (COUNT, (), (), 0)
    assert found.originals == sound.contents.originals
    assert found.documents == sound.contents.documents
    assert found.lists == sound.contents.lists
    for name, rows in sound.contents.tables.items():
        if name not in ("history", "settings"):
            assert found.tables[name] == rows, name
    assert found.tables["history"][:-1] == sound.contents.tables["history"]
    assert found.tables["history"][-1]["kind"] == "salvaged"
    assert saved.rows["note_version"] == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def pages_of(data: bytes) -> int:
    return len(data) // PAGE


def unlike_any_other(number: int) -> NewCredential:
    """Return a badge of some pages of which no piece is in another."""
    chance = random.Random(number)  # noqa: S311
    noise = chance.randbytes(chance.randrange(200, 7_000)).hex()
    data = json.dumps({"id": f"urn:example:{number}", "noise": noise}).encode()
    original = Original(data, "application/json", f"badge-{number}.json")
    return replace(credential(number), original=original)


def homes(sound: Sound) -> dict[int, set[str]]:
    """Return which originals have a piece on which page, told from the bytes alone."""
    read = read_pages(sound.folder / "vault.db", sound.folder / "none", Secret(sound.key))
    return {
        number: {
            identity
            for identity, data in sound.contents.originals.items()
            if any(data[at : at + 32] in page for at in range(32, len(data) - 32, 12))
        }
        for number, page in read.pages.items()
    }


@pytest.mark.sweeping
def test_a_flipped_byte_in_each_page_costs_no_more_than_what_lies_on_it(
    folder: Path, sound: Sound
) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    chance = random.Random(4)  # noqa: S311 - places to damage
    every, on_page = set(sound.contents.originals), homes(sound)
    costing = 0
    for page in range(1, pages_of(whole) + 1):
        damaged = bytearray(whole)
        damaged[(page - 1) * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        database.write_bytes(damaged)
        saved, found = save(folder, f"saved-{page}")
        lost = every - hashes(saved, found)
        assert hashes(saved, found) <= every
        assert lost == on_page[page], page
        assert len(saved.lost) + saved.lost_unnamed == len(lost), page
        # The first sixteen bytes of the file are mended, not lost.
        assert saved.bad_pages == (damaged[:16] == whole[:16])
        costing += bool(lost)
    assert 0 < costing < pages_of(whole) // 2, "trees, indexes and search cost no badge"


def test_many_damaged_pages_at_once_cost_only_what_lies_on_them(folder: Path, sound: Sound) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    chance = random.Random(5)  # noqa: S311
    every, on_page = set(sound.contents.originals), homes(sound)
    for trial in range(12):
        damaged = bytearray(whole)
        spoiled = chance.sample(range(1, pages_of(whole) + 1), 8)
        for page in spoiled:
            damaged[(page - 1) * PAGE + 200] ^= 1
        database.write_bytes(damaged)
        saved, found = save(folder, f"saved-{trial}")
        assert saved.bad_pages == 8
        expected = every - set().union(*(on_page[page] for page in spoiled))
        assert hashes(saved, found) == expected
        assert all(sha256(data).hexdigest() == name for name, data in found.originals.items())


@pytest.mark.sweeping
def test_every_cut_saves_what_is_before_it(folder: Path, sound: Sound) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    every, on_page = set(sound.contents.originals), homes(sound)
    for pages in range(5, pages_of(whole) + 1, 3):
        # The last page is cut in the middle.
        database.write_bytes(whole[: pages * PAGE - 7])
        gone = set().union(*(on_page[page] for page in range(pages, pages_of(whole) + 1)))
        saved, found = save(folder, f"saved-{pages}")
        assert hashes(saved, found) == every - gone, pages


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_what_lies_in_the_log_of_a_killed_vault_is_saved_too(folder: Path) -> None:
    def crash() -> None:
        import os  # noqa: PLC0415

        vault = open_vault(folder)
        add(vault, credential(77, padding=9_000))
        os._exit(0)

    assert in_child(crash) == 0
    assert (folder / "vault.db-wal").stat().st_size
    saved, _ = save(folder)
    assert saved.credentials == COUNT + 1
    (folder / "vault.db-wal").unlink()
    saved, _ = save(folder)
    assert saved.credentials == COUNT, "without the log, all that was written before"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_vault_that_lived_in_its_log_alone_is_named_when_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    make_vault(folder).close()
    (folder / "vault.db").write_bytes(b"")
    assert refusal(salvage, folder, passphrase(), tmp_path / "new", now=NOW, kdf=CHEAP) == (
        "salvage.nothing"
    )
    assert not (tmp_path / "new").exists()


def test_a_lost_header_is_taken_from_a_copy(folder: Path) -> None:
    with open_vault(folder) as vault:
        copy_now(vault, now=NOW, reason="asked")
    (folder / "header.json").unlink()
    saved, _ = save(folder)
    assert saved.credentials == COUNT


def test_a_wrong_passphrase_and_a_place_that_is_taken_are_named(
    folder: Path, tmp_path: Path
) -> None:
    assert refusal(salvage, folder, passphrase("no"), tmp_path / "new", now=NOW) == (
        "vault.wrong_passphrase"
    )
    assert refusal(salvage, folder, passphrase(), folder, now=NOW) == "vault.exists"
    with open_vault(folder):
        assert refusal(salvage, folder, passphrase(), tmp_path / "new", now=NOW) == "vault.in_use"
    assert not (tmp_path / "new").exists()


def test_nothing_of_what_was_deleted_for_good_comes_back(folder: Path) -> None:
    with open_vault(folder) as vault:
        (gone,) = vault.credentials.trash()
        vault.credentials.delete_forever(gone.id, event("deleted_forever", gone.id))
    saved, found = save(folder)
    assert (saved.credentials, saved.orphans) == (COUNT - 1, ())
    assert gone.id not in found.originals
    assert [row["credential_id"] for row in found.tables["tombstones"]] == [gone.id]


@pytest.mark.parametrize("schema", ["1", "2"])
def test_a_vault_of_an_earlier_schema_is_saved_as_it_is(schema: str, tmp_path: Path) -> None:
    released = Path(__file__).resolve().parent / "released" / schema
    text = json.loads((released / "expected.json").read_text())["passphrase"]
    folder = shutil.copytree(released / "vault", tmp_path / "vault")
    data = bytearray((folder / "vault.db").read_bytes())
    data[PAGE + 100] ^= 1
    (folder / "vault.db").write_bytes(data)
    saved = salvage(folder, passphrase(text), tmp_path / "new", now=NOW, kdf=CHEAP)
    assert saved.credentials + len(saved.orphans) + len(saved.lost) + saved.lost_unnamed == 3
