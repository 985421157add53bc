"""A full or read-only disk stops a change, keeps what was there, and is named."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.breaking import Operation, at_step, in_child
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    add,
    add_many,
    credential,
    event,
    make_vault,
    open_vault,
    passphrase,
)
from tests.simulators.web import WebSimulator
from wallet_app.app.open_safe import open_safe
from wallet_app.app.services import Services
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage.backup import write_backup
from wallet_app.storage.files import write_atomic
from wallet_app.storage.recovery import new_recovery_code
from wallet_app.storage.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def fill_until_full(vault: Vault) -> int:
    """Add badges until the disk is full; return how many went in."""
    for number in range(10_000):
        try:
            add(vault, credential(number, padding=9_000))
        except EnvironmentFault as fault:
            assert fault.code == "vault.disk_full"  # noqa: PT017 - the loop ends here
            return number
    raise AssertionError("the disk was never full")


def check_intact(vault: Vault, stored: int) -> None:
    assert vault.credentials.count() == stored
    assert len(vault.credentials.rows("badge")) == stored
    assert len(vault.history.events()) == stored
    assert vault.integrity_problems() == ()


def test_a_full_database_keeps_every_whole_addition_and_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    with make_vault(tmp_path / "vault") as vault:
        vault.database.run("PRAGMA max_page_count = 120")
        stored = fill_until_full(vault)
        assert stored > 5
        check_intact(vault, stored)
        vault.database.run("PRAGMA max_page_count = 100000")
        add(vault, credential(stored, padding=9_000))
        check_intact(vault, stored + 1)


SMALL_DISK = """
import sys
from pathlib import Path
from tests.faults import test_full_and_forbidden_disks as acts
getattr(acts, sys.argv[2])(Path(sys.argv[1]))
"""


def use_small_disk(disk: Path) -> None:
    """Run on a disk of 1 MiB: fill it, go on reading, change the passphrase in vain."""
    with make_vault(disk / "vault") as vault:
        stored = fill_until_full(vault)
        check_intact(vault, stored)
        fill_rest(disk / "rest")
        code = refusal(
            vault.change_passphrase, passphrase(), passphrase("new"), event=event("changed")
        )
        assert code in ("file.disk_full", "vault.disk_full")
        assert refusal(write_atomic, disk / "export.json", b"x" * 9_000) == "file.disk_full"
        code = refusal(write_backup, vault, disk / "b.coffre", passphrase(), now=event().at)
        assert code == "backup.no_space"
        check_intact(vault, stored)
        (disk / "rest").unlink()
    assert {path.name for path in disk.iterdir()} == {"vault"}
    with open_vault(disk / "vault") as vault:
        check_intact(vault, stored)


def open_by_sheet(disk: Path) -> None:
    """Run on a disk of 1 MiB: nothing can be noted of an opening, and it opens all the same."""
    code = new_recovery_code()
    with make_vault(disk / "vault") as vault:
        vault.slots.put_recovery(UnlockKey.of(passphrase()), code, event=event("made"), cost=CHEAP)
        stored = fill_until_full(vault)
        assert refusal(note_without_end, vault) == "vault.disk_full"
    fill_rest(disk / "rest")
    services = Services(lambda: event().at, WebSimulator())
    with open_safe(disk / "vault", UnlockKey.recovery(code.secret), services) as safe:
        assert safe.count() == stored
        assert "opened_by_sheet" not in {one.kind for one in safe.history(10_000)}


def note_without_end(vault: Vault) -> None:
    for _ in range(10_000):
        vault.history.append(event("noted"))


def fill_rest(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as rest:
        while rest.write(b"x" * 512):
            pass


@pytest.mark.parametrize("act", [use_small_disk, open_by_sheet], ids=lambda act: act.__name__)
def test_a_small_disk_filled_to_the_brim_loses_nothing(
    tmp_path: Path, act: Callable[[Path], None]
) -> None:
    command = f'mount -t tmpfs -o size=1m tmpfs "{tmp_path}" && exec "$@"'
    unshare = shutil.which("unshare")
    probe = [unshare or "", "--mount", "sh", "-c", command, "sh", "true"]
    if not unshare or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here (needs unshare and root): skipped")
    subprocess.run(
        [*probe[:-1], sys.executable, "-c", SMALL_DISK, str(tmp_path), act.__name__],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=60,
    )


def full_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", range(1, 10))
def test_a_disk_full_at_any_step_of_a_change_of_passphrase_takes_it_back(
    tmp_path: Path, step: int
) -> None:
    folder = tmp_path / "vault"
    make_vault(folder).close()
    before = (folder / "header.json").read_bytes()

    def change() -> None:
        with open_vault(folder) as vault:
            at_step(step, full_disk)
            try:
                vault.change_passphrase(passphrase(), passphrase("new"), event=event("changed"))
            except (OSError, CoffreError):
                changed = False
            else:
                changed = True
            assert len(vault.history.events()) == changed
            assert ((folder / "header.json").read_bytes() != before) == changed

    assert in_child(change) == 0
    assert not list(folder.glob(".coffre*"))


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder that another user can reach; pytest's own belong to this user alone."""
    folder = Path(tempfile.mkdtemp(prefix="coffre-test-"))
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def forbid(folder: Path) -> None:
    """Make everything in ``folder`` readable and nothing writable."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)


def as_ordinary_user(ground: Path, work: Operation) -> None:
    """Run ``work`` where permissions bind; the superuser may write anywhere."""

    def drop_and_work() -> None:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    if os.geteuid() == 0:
        for path in (ground, *ground.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    assert in_child(drop_and_work) == 0


def test_a_vault_on_a_disk_that_cannot_be_written_opens_read_only_and_says_so(
    ground: Path,
) -> None:
    with make_vault(ground / "vault") as vault:
        rows = tuple(reversed(add_many(vault, 3)))
    before = {path: path.read_bytes() for path in (ground / "vault").iterdir()}
    forbid(ground / "vault")

    def work() -> None:
        with open_vault(ground / "vault") as vault:
            assert vault.read_only
            assert vault.credentials.rows() == rows
            assert vault.credentials.get(rows[0].id).original == credential(2).original
            assert vault.integrity_problems() == ()
            assert refusal(add, vault, credential(9)) == "vault.read_only"
            assert refusal(vault.meta.set, "a", "b") == "vault.read_only"
            changing: Callable[..., None] = vault.change_passphrase
            code = refusal(changing, passphrase(), passphrase("b"), event=event())
            assert code == "vault.read_only"
        assert refusal(open_vault, ground / "vault", "wrong") == "vault.wrong_passphrase"

    as_ordinary_user(ground, work)
    assert {path: path.read_bytes() for path in (ground / "vault").iterdir()} == before


def test_a_database_that_alone_cannot_be_written_refuses_changes(ground: Path) -> None:
    make_vault(ground / "vault").close()
    (ground / "vault" / "vault.db").chmod(0o400)

    def work() -> None:
        with open_vault(ground / "vault") as vault:
            assert vault.credentials.rows() == ()
            assert refusal(add, vault, credential()) == "vault.read_only"

    as_ordinary_user(ground, work)


def test_files_that_cannot_be_read_or_made_are_named(ground: Path) -> None:
    make_vault(ground / "vault").close()
    (ground / "shut").mkdir()

    def work() -> None:
        vault = ground / "vault"
        (ground / "shut").chmod(0o500)
        assert refusal(make_vault, ground / "shut" / "new") == "file.not_permitted"
        assert refusal(write_atomic, ground / "shut" / "a", b"x") == "file.not_permitted"
        with open_vault(vault) as opened:
            target = ground / "shut" / "b.coffre"
            code = refusal(write_backup, opened, target, passphrase(), now=event().at)
            assert code == "file.not_permitted"
        (vault / "vault.db").chmod(0)
        assert refusal(open_vault, vault) == "file.not_permitted"
        (vault / "header.json").chmod(0)
        assert refusal(open_vault, vault) == "file.not_permitted"
        (ground / "shut").chmod(0)
        assert refusal(open_vault, ground / "shut") == "file.not_permitted"

    as_ordinary_user(ground, work)


def test_a_read_only_vault_left_by_a_crash_still_shows_what_was_stored(ground: Path) -> None:
    folder = ground / "vault"
    with make_vault(ground / "source") as vault:
        row = add(vault, credential())
        # As a crash leaves it: the log holds what the database does not hold yet.
        shutil.copytree(ground / "source", folder)
    assert (folder / "vault.db-wal").stat().st_size > 0
    forbid(folder)

    def work() -> None:
        try:
            with open_vault(folder) as vault:
                assert vault.credentials.rows() == (row,)
        except EnvironmentFault as fault:
            # Never an empty list: that would look like a loss.
            assert fault.code in ("vault.read_only", "vault.io_error")  # noqa: PT017

    as_ordinary_user(ground, work)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o500
