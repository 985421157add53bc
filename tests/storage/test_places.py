"""A folder that may vanish, fill up, forbid or hold what others put there."""

import errno
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import NOW, make_vault
from wallet_app.storage import files
from wallet_app.storage.places import FolderPlace, is_plain_name, meant_name, write_proven


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    made = FolderPlace(tmp_path / "stick")
    made.prepare()
    return made


def test_files_go_there_come_back_and_go_away(place: FolderPlace, tmp_path: Path) -> None:
    write_proven(place, "a.changes", b"content")
    path = tmp_path / "stick" / "a.changes"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [(one.name, one.size_bytes) for one in place.files()] == [("a.changes", 7)]
    assert place.read("a.changes", 7) == b"content"
    assert refusal(place.read, "a.changes", 6) == "place.too_large"
    assert refusal(place.write, "a.changes", b"other") == "place.exists"
    write_proven(place, "a.changes", b"newer", over=True)
    place.remove("a.changes")
    place.remove("a.changes")
    assert refusal(place.read, "a.changes", 9) == "place.no_such_file"
    assert place.files() == ()


def test_a_drive_that_is_gone_is_named_and_never_made_up(tmp_path: Path) -> None:
    gone = FolderPlace(tmp_path / "media" / "stick")
    for call in (gone.files, gone.prepare):
        assert refusal(call) == "place.not_found"
    assert refusal(gone.read, "a", 9) == "place.not_found"
    assert refusal(gone.write, "a", b"") == "place.not_found"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(place: FolderPlace, tmp_path: Path) -> None:
    (tmp_path / "stick").chmod(0o500)
    assert refusal(place.write, "a", b"data") == "place.not_permitted"
    (tmp_path / "stick").chmod(0o700)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "place.full"),
        (errno.EDQUOT, "place.full"),
        (errno.EROFS, "place.not_permitted"),
        (errno.EIO, "place.unreachable"),
        (errno.ESTALE, "place.unreachable"),
    ],
)
def test_what_a_disk_says_is_named_and_nothing_is_left(
    place: FolderPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(files.os, "fsync", fail)
    assert refusal(place.write, "a", b"data") == code
    assert list((tmp_path / "stick").iterdir()) == []


def test_links_folders_and_hidden_files_are_not_looked_at(
    place: FolderPlace, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    (tmp_path / "secret").write_text("mine")
    (folder / "link.changes").symlink_to(tmp_path / "secret")
    (folder / "folder.changes").mkdir()
    (folder / ".hidden").write_text("")
    (folder / "a (1).changes").write_text("copy")
    assert [one.name for one in place.files()] == ["a (1).changes"]
    assert refusal(place.read, "link.changes", 99) == "place.refused"
    assert place.read("a (1).changes", 9) == b"copy"


@pytest.mark.parametrize("name", ["", "..", "../a", "a/b", ".a", "a\x00", "é", "a b", "n" * 200])
def test_nothing_is_written_under_a_name_that_could_lead_elsewhere(
    place: FolderPlace, name: str
) -> None:
    assert not is_plain_name(name)
    assert refusal(place.write, name, b"") == "place.refused"
    assert refusal(place.remove, name) == "place.refused"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a-1-ff.changes", "a-1-ff.changes"),
        ("a-1-ff (1).changes", "a-1-ff.changes"),
        ("a-1-ff(1).changes", "a-1-ff.changes"),
        ("a-1-ff (conflicted copy 2026-11-23).changes", "a-1-ff.changes"),
        ("a-1-ff.sync-conflict-20261123-101500-ABCDEF.changes", "a-1-ff.changes"),
        ("a-1-ff - Copie.changes", "a-1-ff.changes"),
        ("../a (1).changes", "../a (1).changes"),
        ("letter.txt", "letter.txt"),
    ],
)
def test_the_name_before_a_conflict_is_known(name: str, meant: str) -> None:
    assert meant_name(name) == meant


def test_the_folder_of_a_safe_is_no_place(tmp_path: Path) -> None:
    make_vault(tmp_path / "vault").close()
    assert refusal(FolderPlace(tmp_path / "vault").prepare) == "file.inside_vault"


def test_unfinished_files_go_after_a_day(place: FolderPlace, tmp_path: Path) -> None:
    part = tmp_path / "stick" / f".coffre-{'0' * 16}-{'1' * 16}.part"
    part.write_text("half")
    other = tmp_path / "stick" / ".coffre-mine.part"
    other.write_text("not ours")
    moment = NOW.fromtimestamp(part.stat().st_mtime, NOW.tzinfo)
    place.sweep(moment)
    assert part.exists()
    place.sweep(moment + timedelta(days=2))
    assert not part.exists()
    assert other.exists()
