"""A new vault key for an open vault: what helps when a passphrase was stolen.

The whole content goes into a new file under a new key, with a new header. Two files cannot
be replaced in one step, so they are replaced in an order in which each state opens:

1. the new database is written beside the old one, proven, and named ``vault.db.rekeyed``;
2. the new header takes the place of the old one, which stays as ``header.json.old``;
3. the new database takes the place of the old one;
4. the old header goes.

After a crash whichever passphrase is given decides: the old one opens the old header, with
the old database, until step 3; the new one opens the new header, whose database is taken from
beside if it has not been put in place yet. Never does a header meet a database of the other
key and count. An old header, wherever a copy of it lies, opens no later database.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import Header, Opened, Slot, UnlockKey
from wallet_app.crypto.kdf import KEY_BYTES, KdfCost
from wallet_app.crypto.recovery_code import RecoveryCode
from wallet_app.crypto.secret import Secret
from wallet_app.crypto.slots import passphrase_slot, recovery_slot
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.building import new_slot_seed
from wallet_app.storage.connection import Database
from wallet_app.storage.files import file_fault, sync_folder
from wallet_app.storage.header_file import (
    UnlockedHeader,
    header_digest,
    replace_header,
    restore_old_header,
    settle_header,
)
from wallet_app.storage.history import insert_event
from wallet_app.storage.integrity import find_problems, never
from wallet_app.storage.key_slots import HEADER_IN_FORCE
from wallet_app.storage.models import Event
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME, HEADER_NAME
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.recovery import keep_identity, retire_identity
from wallet_app.storage.schema import schema_version
from wallet_app.storage.secrets import put_secret
from wallet_app.storage.steps import reached

if TYPE_CHECKING:
    from wallet_app.storage.vault import Vault

__all__ = ["NewKeys", "discard_rekeyed", "open_paired", "rekey"]

_REKEYED: Final = f"{DATABASE_NAME}.rekeyed"
_PART: Final = f"{_REKEYED}.part"
_LOGS: Final = ("-wal", "-shm", "-journal")
_COUNTED: Final = (
    "SELECT (SELECT count(*) FROM credential), (SELECT count(*) FROM original),"
    " (SELECT count(*) FROM report), (SELECT count(*) FROM document),"
    " (SELECT count(*) FROM event), (SELECT count(*) FROM note_version),"
    " (SELECT count(*) FROM secret), (SELECT value FROM meta WHERE key = 'vault_id')"
)


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What the vault opens with afterwards: these and nothing else.

    Attributes:
        passphrase: another one than before. code: a new recovery code, or None for none.
        cost: of both derivations.
    """

    passphrase: Secret
    code: RecoveryCode | None
    cost: KdfCost
    randomness: Randomness = system_randomness


def rekey(vault: "Vault", given: UnlockKey, new: NewKeys, *, event: Event) -> None:
    """Give the open vault a new key; ``given`` is what opens it so far.

    The vault stays open, under the new key. Quick unlock and an earlier recovery code no
    longer open it, and the identity for backups changes: whoever had the passphrase may have
    read the old one. Copies of the vault made before still open as they did.

    Raises:
        UserError: ``rekey.same_passphrase``, or as ``open_header`` for ``given``.
        EnvironmentFault: ``vault.read_only``, ``copies.not_good``, ``vault.busy``,
            ``file.…``: the vault is as it was.
    """
    vault.slots.refuse_if_read_only()
    vault.slots.check(given)
    _refuse_same(vault, new.passphrase)
    with Secret(new.randomness(KEY_BYTES)) as key:
        header = _new_header(vault.vault_id, key, new, event)
        try:
            _write_beside(vault, key, header, new.code, event)
            _empty_log(vault.database)
            replace_header(vault.path, vault.slots.header, header, UnlockKey.of(new.passphrase))
        except BaseException:
            restore_old_header(vault.path, vault.slots.header)
            discard_rekeyed(vault.path)
            raise
        vault.database.close()
        _put_in_place(vault.path)
        vault.database.take_over(open_database(vault.path / DATABASE_NAME, key, Access.WRITE))
        vault.adopt_key(key)
    vault.slots.adopt(header)
    settle_header(vault.path, UnlockedHeader(header, Opened(Secret(b""), "")))
    reached("rekey.settled")


def open_paired(folder: Path, unlocked: UnlockedHeader, access: Access) -> Database:
    """Open the database that belongs to an opened header, finishing step 3 if need be.

    Raises:
        UserError: ``vault.wrong_passphrase``: a header from before a change of key that is
            already complete.
        EnvironmentFault: as ``open_database``.
    """
    key, rekeyed = unlocked.opened.vault_key, folder / _REKEYED
    try:
        return open_database(folder / DATABASE_NAME, key, access)
    except EnvironmentFault as fault:
        if fault.code != "vault.unreadable":
            raise
        if unlocked.name == HEADER_NAME and rekeyed.exists():
            return _open_rekeyed(folder, key, access)
        if unlocked.name != HEADER_NAME:
            raise UserError("vault.wrong_passphrase") from fault
        raise


def discard_rekeyed(folder: Path) -> None:
    """Remove a new database that was never put in place; none does no harm."""
    for name in (_REKEYED, _PART):
        for end in ("", *_LOGS):
            with suppress(OSError):
                (folder / f"{name}{end}").unlink(missing_ok=True)


def _refuse_same(vault: "Vault", passphrase: Secret) -> None:
    try:
        vault.slots.check(UnlockKey.of(passphrase))
    except CoffreError:
        return
    raise UserError("rekey.same_passphrase")


def _new_header(vault_id: str, key: Secret, new: NewKeys, event: Event) -> Header:
    seed = new_slot_seed(new.randomness, event.at)
    slots: list[Slot] = [
        passphrase_slot(vault_id, key, new.passphrase, cost=new.cost, seed=seed),
    ]
    if new.code is not None:
        seed = new_slot_seed(new.randomness, event.at)
        slots.append(recovery_slot(vault_id, key, new.code.secret, cost=new.cost, seed=seed))
    return Header(vault_id, tuple(slots))


def _write_beside(
    vault: "Vault", key: Secret, header: Header, code: RecoveryCode | None, event: Event
) -> None:
    discard_rekeyed(vault.path)
    part = vault.path / _PART
    target = open_database(part, key, Access.CREATE)
    try:
        vault.database.copy_into(target, never)
    finally:
        target.close()
    reached("rekey.copied")
    _prove(part, key, vault.database)
    target = open_database(part, key, Access.WRITE)
    try:
        with target.transaction():
            insert_event(target, event)
            put_secret(target, HEADER_IN_FORCE, Secret(header_digest(header)))
            _renew_identity(target, code)
    finally:
        target.close()
    try:
        part.replace(vault.path / _REKEYED)
        sync_folder(vault.path)
    except OSError as error:
        raise file_fault(error, part) from error
    reached("rekey.named")


def _renew_identity(database: Database, code: RecoveryCode | None) -> None:
    if code is None:
        retire_identity(database)
        return
    with identity_of_code(code) as identity:
        keep_identity(database, identity)


def _prove(part: Path, key: Secret, database: Database) -> None:
    copy = open_database(part, key, Access.READ)
    try:
        equal = (
            schema_version(copy) == schema_version(database)
            and copy.rows(_COUNTED) == database.rows(_COUNTED)
            and find_problems(copy) == ()
        )
    finally:
        copy.close()
    if not equal:
        raise EnvironmentFault("copies.not_good")


def _empty_log(database: Database) -> None:
    # A log of the old file beside the new one would be damage. Once everything in it is in
    # the old file, it may go in step 3, and the old state is whole until then.
    busy = database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy is not None and busy[0]:
        raise EnvironmentFault("vault.busy")


def _put_in_place(folder: Path) -> None:
    try:
        for end in _LOGS:
            (folder / f"{DATABASE_NAME}{end}").unlink(missing_ok=True)
        (folder / _REKEYED).replace(folder / DATABASE_NAME)
        sync_folder(folder)
    except OSError as error:
        raise file_fault(error, folder / DATABASE_NAME) from error
    reached("rekey.in_place")


def _open_rekeyed(folder: Path, key: Secret, access: Access) -> Database:
    # Proven to be this key's before the old file goes.
    found = open_database(folder / _REKEYED, key, access)
    if access is not Access.WRITE:
        return found
    found.close()
    _put_in_place(folder)
    return open_database(folder / DATABASE_NAME, key, access)
