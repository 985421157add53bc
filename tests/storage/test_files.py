"""Files appear whole or not at all, for their owner only."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.files import (
    file_fault,
    make_private_folders,
    read_at_most,
    remove_stale_parts,
    write_atomic,
)


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(EnvironmentFault) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_a_file_is_written_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_atomic(target, b"old")
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == {"a.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_a_file_is_readable_by_its_owner_only_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_atomic(tmp_path / "a.json", b"x")
        make_private_folders(tmp_path / "b" / "c")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "b" / "c").stat().st_mode) == 0o700


def test_a_refused_check_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_atomic(target, b"old")

    def refuse(written: bytes) -> None:
        assert written == b"new"
        raise EnvironmentFault("file.not_as_written")

    with pytest.raises(EnvironmentFault):
        write_atomic(target, b"new", check=refuse)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == {"a.json"}


def test_a_disk_that_gives_back_other_bytes_is_noticed(tmp_path: Path) -> None:
    # The disk changes the file between writing and reading, as a hook of the interpreter.
    def spoil(event: str, arguments: tuple[object, ...]) -> None:
        if spoiling and event == "coffre.storage.step" and arguments[0] == "file.written":
            part = next(tmp_path.glob(".coffre-*.part"))
            part.write_bytes(b"other")

    spoiling = [True]
    sys.addaudithook(spoil)
    try:
        assert code_of(write_atomic, tmp_path / "a.json", b"x") == "file.not_as_written"
    finally:
        spoiling.clear()
    assert names(tmp_path) == set()


def test_a_name_of_255_bytes_with_accents_and_spaces_is_written(tmp_path: Path) -> None:
    name = "é " * 85
    target = tmp_path / name
    write_atomic(target, b"x")
    assert len(os.fsencode(name)) == 255
    assert target.read_bytes() == b"x"


def test_each_failure_has_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert code_of(write_atomic, tmp_path / "folder", b"x") == "file.is_a_folder"
    assert code_of(write_atomic, tmp_path / "gone" / "a", b"x") == "file.not_found"
    assert code_of(write_atomic, tmp_path / ("n" * 300), b"x") == "file.name_too_long"
    assert code_of(make_private_folders, tmp_path / ("n" * 300)) == "file.name_too_long"
    assert names(tmp_path) == {"folder"}
    for number, code in [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EDQUOT, "file.disk_full"),
        (errno.EROFS, "file.not_permitted"),
        (errno.EACCES, "file.not_permitted"),
        (errno.EIO, "file.failed"),
    ]:
        assert file_fault(OSError(number, ""), tmp_path).code == code


def test_only_the_leftovers_of_that_very_file_are_removed(tmp_path: Path) -> None:
    part = ".coffre-0000000000000000-0123456789abcdef.part"
    (tmp_path / part).write_bytes(b"of another file")
    (tmp_path / "mine.part").write_bytes(b"a person's own")

    def stop(_: bytes) -> None:
        kept.append(next(p for p in tmp_path.glob(".coffre-*.part") if p.name != part))
        os.link(kept[0], tmp_path / "copy")

    kept: list[Path] = []
    write_atomic(tmp_path / "a", b"x", check=stop)
    (tmp_path / "copy").rename(kept[0])
    remove_stale_parts(tmp_path / "a")
    assert names(tmp_path) == {"a", part, "mine.part"}
    remove_stale_parts(tmp_path / "gone" / "a")


def test_reading_stops_at_the_limit_and_at_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_at_most(tmp_path / "a", 5) == b"12345"
    assert read_at_most(tmp_path / "a", 4) is None
    assert code_of(read_at_most, tmp_path / "gone", 4) == "file.not_found"
    assert code_of(read_at_most, tmp_path, 4) in ("file.is_a_folder", "file.not_permitted")


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes")
def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert code_of(read_at_most, tmp_path / "pipe", 4) == "file.failed"
