"""Somebody can write into the vault's folder: what they plant holds nothing up and leads nowhere.

They can always destroy what lies there. They must not make the vault hang, touch files outside
of its folder, or bring an earlier way in back to life.
"""

import faulthandler
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, add, credential, event, make_vault, open_vault, passphrase
from wallet_app.errors import CoffreError
from wallet_app.storage.automatic import automatic_copies, copy_now
from wallet_app.storage.damage import DAMAGE_NAME, damage_noted, note_damage
from wallet_app.storage.go_back import go_back, is_going_back
from wallet_app.storage.lock import FolderLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")

_MOST_SECONDS = 20


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """End the run when a call waits for ever: inside SQLite no handler of Python's is heard."""
    faulthandler.dump_traceback_later(_MOST_SECONDS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def closed(folder: Path) -> Path:
    with make_vault(folder) as vault:
        add(vault, credential(0))
        copy_now(vault, now=NOW, reason="changed")
    return folder


def refusal(call: object, *arguments: object, **keywords: object) -> str:
    with pytest.raises(CoffreError) as caught:
        call(*arguments, **keywords)  # type: ignore[operator]
    return caught.value.code


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_a_pipe_beside_the_database_is_refused_before_it_can_block(closed: Path, end: str) -> None:
    os.mkfifo(closed / f"vault.db{end}")
    assert refusal(open_vault, closed) == "file.failed"
    (closed / f"vault.db{end}").unlink()
    with open_vault(closed) as vault:
        assert vault.credentials.count() == 1


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_a_link_beside_the_database_is_not_followed(closed: Path, end: str, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious" * 1_000)
    (closed / f"vault.db{end}").symlink_to(precious)
    assert refusal(open_vault, closed) == "file.failed"
    assert precious.read_bytes() == b"precious" * 1_000


def test_a_lock_that_is_a_link_makes_no_file_elsewhere(closed: Path, tmp_path: Path) -> None:
    (closed / "vault.lock").unlink()
    (closed / "vault.lock").symlink_to(tmp_path / "made")
    assert refusal(open_vault, closed) == "file.failed"
    assert not (tmp_path / "made").exists()


def test_a_lock_that_is_a_link_holds_no_other_vault(closed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    make_vault(other).close()
    (closed / "vault.lock").unlink()
    (closed / "vault.lock").symlink_to(other / "vault.lock")
    with pytest.raises(OSError, match=r"vault\.lock"):
        FolderLock(closed)


@pytest.mark.parametrize("plant", ["pipe", "link", "file"])
def test_what_lies_where_going_back_prepares_does_not_hold_opening_up(
    closed: Path, plant: str, tmp_path: Path
) -> None:
    place, elsewhere = closed / "going-back.part", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_bytes(b"kept")
    {
        "pipe": lambda: os.mkfifo(place),
        "link": lambda: place.symlink_to(elsewhere),
        "file": place.touch,
    }[plant]()
    open_vault(closed).close()
    assert not os.path.lexists(place)
    assert (elsewhere / "kept").read_bytes() == b"kept"


def test_a_going_back_that_is_a_link_empties_no_other_vault(closed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with make_vault(other, "another passphrase") as vault:
        add(vault, credential(7))
    (closed / "going-back").symlink_to(other)
    assert not is_going_back(closed)
    with open_vault(closed) as vault:
        assert vault.credentials.count() == 1
    with open_vault(other, "another passphrase") as vault:
        assert vault.credentials.count() == 1


@pytest.mark.parametrize("name", ["reason", "header.json", "vault.db"])
def test_a_copy_with_a_pipe_in_it_is_a_bad_copy(closed: Path, name: str) -> None:
    copy = automatic_copies(closed)[0]
    (copy.path / name).unlink()
    os.mkfifo(copy.path / name)
    later = NOW + timedelta(hours=1)
    code = refusal(go_back, closed, copy.path, passphrase(), now=later)
    assert code == "copies.bad_copy"
    with open_vault(closed) as vault:
        assert vault.credentials.count() == 1


def test_a_pipe_as_the_note_of_damage_is_the_note(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / DAMAGE_NAME)
    note_damage(folder)
    assert damage_noted(folder)


def test_a_note_of_damage_that_is_a_link_makes_no_file_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    folder.mkdir()
    (folder / DAMAGE_NAME).symlink_to(tmp_path / "made")
    note_damage(folder)
    assert damage_noted(folder)
    assert not (tmp_path / "made").exists()


def test_an_old_header_does_not_come_back_when_a_change_fails_before_its_first_step(
    closed: Path,
) -> None:
    earlier = (closed / "header.json").read_bytes()
    with open_vault(closed) as vault:
        vault.change_passphrase(
            passphrase(), passphrase("new one"), event=event("passphrase_changed")
        )
    with open_vault(closed, "new one") as vault:
        (closed / "header.json.old").write_bytes(earlier)
        note_damage(closed)
        code = refusal(
            vault.change_passphrase,
            passphrase("new one"),
            passphrase("third one"),
            event=event("passphrase_changed"),
        )
        assert code == "vault.damaged"
    (closed / DAMAGE_NAME).unlink()
    open_vault(closed, "new one").close()
    assert refusal(open_vault, closed) == "vault.wrong_passphrase"


def test_copies_that_are_a_link_clear_nothing_of_others_away(closed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for name in ("film.partial", "2026-11-23T101500Z-s3.partial"):
        (elsewhere / name).mkdir(parents=True)
        (elsewhere / name / "half").write_bytes(b"half")
    (closed / "copies").rename(tmp_path / "before")
    (closed / "copies").symlink_to(elsewhere)
    with open_vault(closed) as vault:
        copy_now(vault, now=NOW + timedelta(hours=1), reason="changed")
    assert (elsewhere / "film.partial" / "half").exists()
    assert not (elsewhere / "2026-11-23T101500Z-s3.partial").exists()
