"""Jobs beyond one vault's own rows: words, ways in, copies, merging, other places."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tests.faults import copies_jobs, moving, places_jobs
from tests.faults.job_model import Job
from tests.faults.vault_jobs import NEW_PASSPHRASE, PADDING, a_vault
from tests.simulators.vaults import (
    CHEAP,
    NOW,
    PASSPHRASE,
    add,
    credential,
    event,
    fill_people,
    make_vault,
    open_vault,
    passphrase,
)
from wallet_app.app.moving_out import MoveOutKind
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.crypto.recovery_code import CODE_BYTES, draw_code
from wallet_app.errors import UserError
from wallet_app.storage.automatic import automatic_copies, copy_now
from wallet_app.storage.contents import read_contents
from wallet_app.storage.drafts import Draft
from wallet_app.storage.go_back import go_back
from wallet_app.storage.merge import merge
from wallet_app.storage.rekey import NewKeys, rekey

__all__ = ["WIDER_JOBS"]


def do_words(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        for row in vault.credentials.rows()[:2]:
            vault.drafts.keep([Draft(row.id, "note", f"half {now}")], now)
            vault.marks.notes.save(row.id, f"whole {now}", now)


def do_recovery(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        code = draw_code(bytes([now.minute]) * CODE_BYTES)
        made = event("recovery_code_made", at=now)
        vault.slots.put_recovery(UnlockKey.of(passphrase()), code, event=made, cost=CHEAP)


def do_rekey(folder: Path, now: datetime) -> None:
    path, old, new = folder / "vault", PASSPHRASE, NEW_PASSPHRASE
    try:
        vault = open_vault(path, old)
    except UserError:  # the run before got through
        old, new = new, old
        vault = open_vault(path, old)
    with vault:
        keys = NewKeys(passphrase(new), None, CHEAP)
        rekey(vault, UnlockKey.of(passphrase(old)), keys, event=event("keys_replaced", at=now))


def do_copy(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        copy_now(vault, now=now, reason="asked")


def a_copied_vault(folder: Path) -> None:
    """Make a vault whose copy holds what it holds: going back loses nothing."""
    a_vault(folder)
    do_copy(folder, NOW)


def do_go_back(folder: Path, now: datetime) -> None:
    path = folder / "vault"
    proven = [copy for copy in automatic_copies(path) if copy.is_proven]
    go_back(path, proven[-1].path, passphrase(), now=now)


def two_vaults(folder: Path) -> None:
    a_vault(folder)
    with make_vault(folder / "elsewhere") as vault:
        for number in (1, 2, 21, 22):
            add(vault, credential(number, padding=PADDING))
        for row in vault.credentials.rows()[:2]:
            vault.marks.notes.save(row.id, "written elsewhere", NOW)
        fill_people(vault)


def do_merge(folder: Path, now: datetime) -> None:
    with open_vault(folder / "elsewhere", read_only=True) as other:
        coming = read_contents(other.database, keys=True)
    with open_vault(folder / "vault") as vault:
        merge(vault, coming, now=now, source="elsewhere")


def with_places(folder: Path) -> None:
    """Make a vault, and the folders that stand for other places."""
    a_vault(folder)
    for name in ("stick", "shared"):
        (folder / name).mkdir()


def with_a_second_place(folder: Path) -> None:
    with_places(folder)
    do_second_place(folder, NOW)


def do_second_place(folder: Path, _now: datetime) -> None:
    places_jobs.second_place(folder / "vault")


def in_step(folder: Path) -> None:
    with_places(folder)
    places_jobs.begin_sync(folder / "vault")


def do_sync(folder: Path, _now: datetime) -> None:
    places_jobs.sync(folder / "vault")


def do_salvage(folder: Path, _now: datetime) -> None:
    copies_jobs.jobs()["salvage"](folder / "vault")


def do_move_out(folder: Path, _now: datetime) -> None:
    target = folder / "out"
    shutil.rmtree(target, ignore_errors=True)
    moving.run_move_out(folder / "vault", target, MoveOutKind.FOLDER)


def a_wallet_file(folder: Path) -> None:
    a_vault(folder)
    moving.wallet_file(folder / "wallet.json")


def do_move_in(folder: Path, _now: datetime) -> None:
    moving.run_move_in(folder / "vault", folder / "wallet.json")


WIDER_JOBS: Mapping[str, Job] = {
    "notes and drafts": Job(a_vault, do_words),
    "recovery code": Job(a_vault, do_recovery),
    "new key": Job(a_vault, do_rekey, keys=(PASSPHRASE, NEW_PASSPHRASE)),
    "automatic copy": Job(a_vault, do_copy),
    "going back": Job(a_copied_vault, do_go_back),
    "salvage": Job(a_vault, do_salvage),
    "merge": Job(two_vaults, do_merge),
    "second place": Job(with_a_second_place, do_second_place),
    "sync": Job(in_step, do_sync),
    "move out": Job(a_vault, do_move_out),
    "move in": Job(a_wallet_file, do_move_in),
}
"""By the name in the table."""
