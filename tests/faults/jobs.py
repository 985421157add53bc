"""What is broken into: every way of writing a vault, as a job on a folder of its own.

A job begins where ``prepare`` left the folder: the vault is ``folder/vault``, and what lies
beside it is the job's own. ``work`` does it once. Whatever happens in between, the vault
must open, be whole and hold every credential that it held before, and then the job must
succeed when it is tried again.
"""

import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.simulators.vaults import (
    CHEAP,
    NOW,
    PASSPHRASE,
    add,
    add_many,
    credential,
    document,
    event,
    fill_people,
    make_vault,
    open_vault,
    passphrase,
    report,
)
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.backup import check_backup, write_backup
from wallet_app.storage.restore import restore
from wallet_app.storage.vault import Vault

__all__ = ["CARELESS", "JOBS", "Job", "tell"]

EARLIER = 6
PADDING = 9_000
"""More than two pages each, so that a commit is never a single write."""

NEW_PASSPHRASE = "another horse"
BACKUP_PASSPHRASE = "horse in a box"
RELEASED = Path(__file__).resolve().parents[1] / "storage" / "released"


def tell(line: str) -> None:
    """Say what counts as stored from now on: identities, one a line."""
    with suppress(OSError):  # standard output may be on the full disk too
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class Job:
    """One way of writing.

    Attributes:
        prepare: makes the folder. work: does the job, at a time.
        keys: the passphrases of which one must open the vault.
        removes: whether credentials are meant to go for good.
        beside: tells what is wrong with what the job leaves beside the vault, "" for nothing.
    """

    prepare: Callable[[Path], None]
    work: Callable[[Path, datetime], None]
    keys: tuple[str, ...] = (PASSPHRASE,)
    removes: bool = False
    beside: Callable[[Path], str] = lambda _folder: ""


def nothing(_folder: Path) -> None:
    """Begin with an empty folder."""


def a_vault(folder: Path) -> None:
    with make_vault(folder / "vault") as vault:
        add_many(vault, EARLIER, padding=PADDING)
        fill_people(vault)


def do_import(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        first = 1_000 + vault.credentials.count()
        for number in range(first, first + 3):
            tell(add(vault, credential(number, padding=PADDING), at=now).id)


def do_check(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        for row in vault.credentials.rows():
            new = report("revoked", document("list", b"x" * PADDING, at=now), at=now)
            vault.credentials.add_report(row.id, new, event("verified", row.id, at=now))


def do_trash(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        for row in vault.credentials.rows()[:3]:
            vault.credentials.move_to_trash(row.id, event("deleted", row.id, at=now))
        for row in vault.credentials.trash():
            vault.credentials.recover(row.id, event("recovered", row.id, at=now))


def do_delete(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        for row in vault.credentials.rows()[:2]:
            vault.credentials.move_to_trash(row.id, event("deleted", row.id, at=now))
        for row in vault.credentials.trash():
            vault.credentials.delete_forever(row.id, event("deleted_forever", row.id, at=now))


def do_people(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        for identity in vault.people.identities():
            vault.people.remove_identity(
                identity.kind, identity.value, event("identity_removed", at=now)
            )
        vault.people.add_identity("email", "new@vasseur.example", event("identity_added", at=now))


def do_passphrase(folder: Path, now: datetime) -> None:
    path = folder / "vault"
    try:
        vault, old, new = open_vault(path), PASSPHRASE, NEW_PASSPHRASE
    except UserError:  # the run before got through
        vault, old, new = open_vault(path, NEW_PASSPHRASE), NEW_PASSPHRASE, PASSPHRASE
    with vault:
        vault.change_passphrase(
            passphrase(old), passphrase(new), event=event("passphrase_changed", at=now), kdf=CHEAP
        )


def an_old_vault(folder: Path) -> None:
    shutil.copytree(RELEASED / "1" / "vault", folder / "vault")


def do_migrate(folder: Path, _now: datetime) -> None:
    open_vault(folder / "vault", "échantillon un").close()


def do_create(folder: Path, now: datetime) -> None:
    path = folder / "vault"
    shutil.rmtree(path, ignore_errors=True)
    Vault.create(path, passphrase(), now=now, kdf=CHEAP).close()


def do_backup(folder: Path, now: datetime) -> None:
    with open_vault(folder / "vault") as vault:
        write_backup(vault, folder / "Coffre.coffre", passphrase(BACKUP_PASSPHRASE), now=now)


def a_backup(folder: Path) -> None:
    a_vault(folder)
    do_backup(folder, NOW)


def do_restore(folder: Path, now: datetime) -> None:
    target = folder / "restored"
    shutil.rmtree(target, ignore_errors=True)
    restore(folder / "Coffre.coffre", passphrase(BACKUP_PASSPHRASE), target, now=now, kdf=CHEAP)


def backup_is_whole(folder: Path) -> str:
    """Under its name lies a backup that opens, or nothing."""
    file = folder / "Coffre.coffre"
    if not file.exists():
        return ""
    try:
        found = check_backup(file, passphrase(BACKUP_PASSPHRASE)).credentials
    except CoffreError as error:
        return f"backup: {error.code}"
    return "" if found == EARLIER else f"backup holds {found}"


def restored_is_whole(folder: Path) -> str:
    """Under its name lies a whole vault, or nothing."""
    path = folder / "restored"
    if not path.exists():
        return ""
    with open_vault(path, BACKUP_PASSPHRASE) as vault:
        problems = vault.integrity_problems()
        held = vault.credentials.count()
    return "" if held == EARLIER and not problems else f"restored holds {held}: {problems}"


JOBS: Mapping[str, Job] = {
    "create": Job(nothing, do_create),
    "import": Job(a_vault, do_import),
    "check again": Job(a_vault, do_check),
    "trash": Job(a_vault, do_trash),
    "delete for good": Job(a_vault, do_delete, removes=True),
    "identifiers": Job(a_vault, do_people),
    "passphrase": Job(a_vault, do_passphrase, keys=(PASSPHRASE, NEW_PASSPHRASE)),
    "migration": Job(an_old_vault, do_migrate, keys=("échantillon un",)),
    "backup": Job(a_vault, do_backup, beside=backup_is_whole),
    "restore": Job(a_backup, do_restore, beside=restored_is_whole),
}
"""By the name in the table."""


def do_carelessly(folder: Path, _now: datetime) -> None:
    header = folder / "vault" / "header.json"
    data = header.read_bytes()
    header.write_bytes(data)
    with open_vault(folder / "vault"):
        pass


CARELESS: Mapping[str, Job] = {"careless": Job(a_vault, do_carelessly)}
"""What a program must not do, so that the table is seen to find it."""
