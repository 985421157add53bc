"""Killed or out of room on the way out or in: all of an export or none, and nothing lost."""

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.faults import moving
from tests.faults.breaking import at_step, in_child, kill_at_every_step, killed_at
from tests.simulators.vaults import open_vault
from tests.simulators.wallets import identity, lcw_keys, lcw_takes
from wallet_app.app.moving_out import MoveOutKind
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.plain_export import PlainFiles, plain_folder, plain_zip

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "vault"
    moving.prepare(made)
    return made


def leftovers(place: Path) -> list[str]:
    return [path.name for path in place.iterdir() if path.name.startswith(".coffre-")]


def check_whole(target: Path, kind: MoveOutKind) -> None:
    """Make sure that what bears the name is complete: every file that its list names."""
    if kind is MoveOutKind.LCW:
        assert len(lcw_takes(target.read_bytes()).profiles) == 2
        return
    if kind is MoveOutKind.ZIP:
        with zipfile.ZipFile(target) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in target.rglob("*")
            if path.is_file()
        }
    manifest = json.loads(files["manifest.json"])
    listed = [*manifest["badges"], *manifest["files"]]
    assert len(manifest["badges"]) == moving.BADGES
    assert {one["file"] for one in listed} == files.keys() - {"manifest.json"}
    assert all(sha256(files[one["file"]]).hexdigest() == one["sha256"] for one in listed)


def remove(target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


@pytest.mark.parametrize("kind", list(MoveOutKind))
def test_killing_a_move_out_leaves_a_whole_export_or_none(
    folder: Path, tmp_path: Path, kind: MoveOutKind
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    target = place / "Coffre"

    def check() -> None:
        if target.exists():
            check_whole(target, kind)
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            assert vault.credentials.count() == moving.BADGES
        remove(target)

    def run() -> None:
        moving.run_move_out(folder, target, kind)

    kills = kill_at_every_step(run, check)
    assert kills >= 5
    # The next one clears away what the crashes left.
    run()
    check_whole(target, kind)
    assert leftovers(place) == []


def failing_at(number: int, run: Callable[[], object]) -> int:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "full")

    def work() -> None:
        at_step(number, fail)
        run()

    return in_child(work)


@pytest.mark.parametrize("kind", list(MoveOutKind))
def test_a_failure_at_any_step_leaves_a_whole_export_or_nothing_at_all(
    folder: Path, tmp_path: Path, kind: MoveOutKind, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    target = place / "Coffre"
    for number in range(1, 100):
        status = failing_at(number, lambda: moving.run_move_out(folder, target, kind))
        if target.exists():
            check_whole(target, kind)
        assert leftovers(place) == []
        remove(target)
        if status == 0:
            break
    assert number > 5
    capfd.readouterr()


def test_killing_a_move_in_loses_nothing_and_may_be_done_again(
    folder: Path, tmp_path: Path
) -> None:
    source = moving.wallet_file(tmp_path / "wallet.json")
    before = source.read_bytes()

    def check() -> None:
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            assert vault.credentials.count() >= moving.BADGES
            for held in vault.holders.all():
                assert {key.id for key in held.identity.keys} == {k.id for k in identity().keys}
        assert source.read_bytes() == before

    kills = kill_at_every_step(lambda: moving.run_move_in(folder, source), check)
    assert kills >= 10
    with open_vault(folder) as vault:
        assert vault.credentials.count() == moving.BADGES + 2
        assert vault.holders.count() == 1


def test_no_key_that_was_brought_in_lies_anywhere_but_in_its_own_file(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = moving.wallet_file(tmp_path / "wallet.json")
    # Killed late, so that the log of the database lies there too.
    assert killed_at(8, lambda: moving.run_move_in(folder, source))
    with open_vault(folder) as vault:
        assert vault.holders.count() == 1
    keys = identity().keys
    raw = [bytes(key.private.buffer()) for key in keys]
    texts = [str(one["privateKeyMultibase"]).encode() for one in lcw_keys(identity())]
    planted = [*raw, *texts, *(data.hex().encode() for data in raw)]
    printed = "".join(capfd.readouterr()).encode()
    for path in (found for found in tmp_path.rglob("*") if found.is_file() and found != source):
        data = path.read_bytes()
        assert not any(secret in data for secret in planted), path.name
    assert not any(secret in printed for secret in planted)
    # The sentinels would be found: they are in the file that they came in.
    assert all(secret in source.read_bytes() for secret in texts)


SMALL = """
import sys
from pathlib import Path
from tests.faults.test_moving import use_small_disk
use_small_disk(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def use_small_disk(disk: Path, vault: Path) -> None:
    """Write an export of a megabyte to a disk of less; nothing of it may stay."""

    def overfill(place: Callable[[Path], AbstractContextManager[PlainFiles]]) -> None:
        with place(disk / "out") as files:
            for number in range(40):
                files.put(f"badges/{number}.png", os.urandom(50_000))

    for place in (plain_folder, plain_zip):
        with pytest.raises(CoffreError, match=r"file\.disk_full"):
            overfill(place)
        assert list(disk.iterdir()) == []
    moving.run_move_out(vault, disk / "Coffre", MoveOutKind.FOLDER)
    check_whole(disk / "Coffre", MoveOutKind.FOLDER)


def test_a_full_disk_leaves_nothing_half(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = f'mount -t tmpfs -o size=1m tmpfs "{disk}" && exec "$@"'
    unshare = shutil.which("unshare")
    probe = [unshare or "", "--mount", "sh", "-c", command, "sh", "true"]
    if not unshare or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here (needs unshare and root): skipped")
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [*probe[:-1], sys.executable, "-c", SMALL, str(disk), str(folder)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'tests'}"},
        check=True,
        timeout=120,
    )


def test_what_is_half_written_is_for_its_owner_only(tmp_path: Path) -> None:
    for place in (plain_folder, plain_zip):
        with place(tmp_path / place.__name__) as files:
            files.put("badges/a.json", b"{}")
            (part,) = [tmp_path / name for name in leftovers(tmp_path)]
            assert stat.S_IMODE(part.stat().st_mode) in (0o700, 0o600)
        assert leftovers(tmp_path) == []


def test_a_place_taken_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def write(target: Path, place: Callable[[Path], AbstractContextManager[PlainFiles]]) -> None:
        with place(target) as files:
            files.put("badges/a.json", b"{}")
            target.write_bytes(b"mine")

    for place in (plain_folder, plain_zip):
        target = tmp_path / place.__name__
        with pytest.raises(UserError, match=r"move_out\.exists"):
            write(target, place)
        assert target.read_bytes() == b"mine"
        assert leftovers(tmp_path) == []
