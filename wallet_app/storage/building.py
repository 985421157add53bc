"""Making a vault folder out of sight, so that it appears whole or not at all."""

import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from wallet_app.crypto.envelope import NONCE_BYTES, Header, Opened, SlotSeed, passphrase_slot
from wallet_app.crypto.kdf import KEY_BYTES, SALT_BYTES, KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.connection import Database
from wallet_app.storage.files import file_fault, make_private_folders, sync_folder
from wallet_app.storage.header_file import UnlockedHeader, write_first_header
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.meta import VAULT_ID, write_meta
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.schema import create_schema
from wallet_app.storage.steps import reached
from wallet_app.storage.times import time_text

__all__ = ["DATABASE_NAME", "VaultRecipe", "build_vault", "new_slot_seed", "refuse_occupied"]


@dataclass(frozen=True, slots=True)
class VaultRecipe:
    """What a new vault is made from. ``fill`` runs in the transaction that makes it."""

    passphrase: Secret
    now: datetime
    cost: KdfCost
    randomness: Randomness
    fill: Callable[[Database], None] = lambda _: None


def build_vault(target: Path, recipe: VaultRecipe) -> UnlockedHeader:
    """Make a whole vault at ``target``, which must be absent or an empty folder.

    Raises:
        UserError: ``vault.exists`` or ``vault.folder_not_empty``; nothing was touched.
        EnvironmentFault: as ``write_atomic`` and ``Database.transaction``; nothing is left.
    """
    refuse_occupied(target)
    make_private_folders(target.parent)
    _sweep_stale(target)
    with _renamed_at_last(target) as folder:
        return _build_in(folder, recipe)


def new_slot_seed(randomness: Randomness, now: datetime) -> SlotSeed:
    """Return fresh identity, salt and nonce for one slot."""
    return SlotSeed(
        id=str(uuid.UUID(bytes=randomness(16), version=4)),
        label="",
        created=time_text(now),
        salt=randomness(SALT_BYTES),
        nonce=randomness(NONCE_BYTES),
    )


def _build_in(folder: Path, recipe: VaultRecipe) -> UnlockedHeader:
    vault_id = str(uuid.UUID(bytes=recipe.randomness(16), version=4))
    key = Secret(recipe.randomness(KEY_BYTES))
    slot = passphrase_slot(
        vault_id,
        key,
        recipe.passphrase,
        cost=recipe.cost,
        seed=new_slot_seed(recipe.randomness, recipe.now),
    )
    header = Header(vault_id, (slot,))
    database = open_database(folder / DATABASE_NAME, key, Access.CREATE)
    try:
        with database.transaction():
            create_schema(database)
            write_meta(database, VAULT_ID, vault_id)
            recipe.fill(database)
    finally:
        database.close()
    reached("create.database")
    write_first_header(folder, header)
    return UnlockedHeader(header, Opened(key, slot.id))


def refuse_occupied(target: Path) -> None:
    """Refuse a place that is neither absent nor an empty folder; raises as ``build_vault``."""
    try:
        names = {found.name for found in target.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise file_fault(error, target) from error
    if names & {DATABASE_NAME, "header.json", "header.json.old"}:
        raise UserError("vault.exists", {"name": target.name})
    if names:
        raise UserError("vault.folder_not_empty", {"name": target.name})


@contextmanager
def _renamed_at_last(target: Path) -> Iterator[Path]:
    folder = target.with_name(_hidden_name(target, system_randomness(8).hex()))
    try:
        folder.mkdir(mode=0o700)
        lock = FolderLock(folder)
        try:
            yield folder
            sync_folder(folder)
            reached("create.before_rename")
            _rename_over_empty(folder, target)
            sync_folder(target.parent)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            lock.release()
    except OSError as error:
        raise file_fault(error, target) from error


def _rename_over_empty(folder: Path, target: Path) -> None:
    if os.name == "nt" and target.exists():
        target.rmdir()
    folder.rename(target)


def _hidden_name(target: Path, unique: str) -> str:
    return f".coffre-{sha256(os.fsencode(target.name)).hexdigest()[:16]}-{unique}.new"


def _sweep_stale(target: Path) -> None:
    ours = re.compile(re.escape(_hidden_name(target, "X")).replace("X", "[0-9a-f]{16}"))
    with suppress(OSError):
        for found in target.parent.iterdir():
            if ours.fullmatch(found.name) and found.is_dir():
                _remove_unless_in_use(found)


def _remove_unless_in_use(folder: Path) -> None:
    try:
        FolderLock(folder).release()
    except EnvironmentFault:
        # Another process is building there right now.
        return
    shutil.rmtree(folder, ignore_errors=True)
