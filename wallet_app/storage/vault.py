"""The vault on disk: a folder with ``header.json`` and ``vault.db``, opened and closed.

One thread owns an open vault; only ``interrupt`` may come from another. One process at a
time may write it; others may open it ``read_only`` meanwhile.
"""

import errno
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from wallet_app.crypto.envelope import UnlockKey, serialise_header
from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.building import VaultRecipe, build_vault
from wallet_app.storage.connection import Database
from wallet_app.storage.copying import SUMS_NAME, CopyTicket
from wallet_app.storage.drafts import DraftStore
from wallet_app.storage.evidence import EvidenceStore
from wallet_app.storage.files import file_fault
from wallet_app.storage.go_back import finish_going_back, is_going_back
from wallet_app.storage.header_file import (
    UnlockedHeader,
    header_in_force,
    settle_header,
    unlock_header,
)
from wallet_app.storage.history import History
from wallet_app.storage.holders import HolderStore
from wallet_app.storage.integrity import check_whole, look_quickly
from wallet_app.storage.key_slots import HEADER_IN_FORCE, KeySlots
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.marks import MarkStore
from wallet_app.storage.meta import VAULT_ID, Meta
from wallet_app.storage.migrations import migrate
from wallet_app.storage.models import Event
from wallet_app.storage.opening import Access
from wallet_app.storage.people import PeopleStore
from wallet_app.storage.presence import DATABASE_NAME, holds_vault
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.recipients import RecipientStore
from wallet_app.storage.rekey import discard_rekeyed, open_paired
from wallet_app.storage.repository import CredentialStore
from wallet_app.storage.schema import schema_version
from wallet_app.storage.search import drop_removed_words
from wallet_app.storage.secrets import SecretStore
from wallet_app.storage.signers import SignerStore
from wallet_app.storage.upgrade_copy import copy_before_upgrade, remove_upgrade_copies

__all__ = ["Vault"]

_CANNOT_WRITE: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class Vault:
    """An open vault. Use ``create`` or ``open``, and ``close`` or ``with``.

    Attributes:
        path: the folder. vault_id: ties header and database together.
        credentials, drafts, evidence, history, holders, marks, meta, people, recipients,
            secrets, signers: what it holds. slots: the ways into it.
        database: for the other modules of this room only.
    """

    def __init__(
        self,
        path: Path,
        unlocked: UnlockedHeader,
        database: Database,
        lock: FolderLock | None = None,
    ) -> None:
        """Wrap an unlocked header and the database it opened; no ``lock``, no writing."""
        self.path = path
        self.vault_id = unlocked.header.vault_id
        self.database = database
        self.credentials = CredentialStore(database)
        self.drafts = DraftStore(database)
        self.evidence = EvidenceStore(database)
        self.history = History(database)
        self.marks = MarkStore(database)
        self.holders = HolderStore(database)
        self.meta = Meta(database)
        self.people = PeopleStore(database)
        self.recipients = RecipientStore(database)
        self.secrets = SecretStore(database)
        self.signers = SignerStore(database)
        self.slots = KeySlots(path, database, unlocked.header, writable=lock is not None)
        self._key = unlocked.opened.vault_key.copy()
        self._lock = lock

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: Secret,
        *,
        now: datetime,
        kdf: KdfCost = DEFAULT_COST,
        randomness: Randomness = system_randomness,
    ) -> Self:
        """Make an empty vault at ``path`` (absent, or an empty folder) and open it.

        It is built in a hidden folder beside and renamed last: there is a whole vault or
        none. Folders are 0700, files 0600.

        Raises:
            UserError: ``vault.exists``, ``vault.folder_not_empty``.
            EnvironmentFault: ``file.…`` or ``vault.…``; nothing is left behind.
        """
        unlocked = build_vault(path, VaultRecipe(passphrase, now, kdf, randomness))
        return cls._attach(path, unlocked, FolderLock(path), Access.WRITE)

    @classmethod
    def open(cls, path: Path, given: Secret | UnlockKey, *, read_only: bool = False) -> Self:
        """Open the vault at ``path``; a bare secret is its passphrase.

        On a disk that cannot be written it opens read-only by itself (see ``read_only``).
        With ``read_only`` asked for, another process may be writing it meanwhile.

        Raises:
            UserError: ``vault.newer_version``, or as ``open_header``: no byte was changed.
            EnvironmentFault: ``vault.not_found``, ``vault.in_use``,
                ``vault.header_damaged``, ``vault.kdf_refused``, ``vault.unreadable``,
                ``vault.damaged``, ``vault.database_missing``, ``vault.not_encrypted``.
        """
        if not cls.exists(path):
            raise EnvironmentFault("vault.not_found", {"name": path.name})
        lock, access = _read_only_access(path) if read_only else _lock_if_writable(path)
        try:
            _end_going_back(path, lock)
            unlocked = unlock_header(path, UnlockKey.of(given))
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls._attach(path, unlocked, lock, access)

    @classmethod
    def _attach(
        cls, path: Path, unlocked: UnlockedHeader, lock: FolderLock | None, access: Access
    ) -> Self:
        try:
            with unlocked.opened.vault_key as key:
                database = open_paired(path, unlocked, access)
                try:
                    _check_belongs(database, unlocked.header.vault_id)
                    if access is Access.WRITE:
                        # First the header: the copy takes the one that counts.
                        unlocked = _settled(path, unlocked, database)
                        before = partial(copy_before_upgrade, path, database, key)
                        migrate(database, before_first=before)
                except BaseException:
                    database.close()
                    raise
                vault = cls(path, unlocked, database, lock)
        except BaseException:
            if lock:
                lock.release()
            raise
        look_quickly(database)
        return vault

    @staticmethod
    def exists(path: Path) -> bool:
        """Return whether there is a vault at ``path``, whole or damaged.

        Raises:
            EnvironmentFault: as ``file_fault``, when it cannot be known.
        """
        return holds_vault(path)

    @property
    def read_only(self) -> bool:
        """Whether every change will be refused with ``vault.read_only``."""
        return self._lock is None

    def check_passphrase(self, passphrase: Secret) -> None:
        """Make sure that ``passphrase`` opens this vault; nothing is changed.

        Raises:
            UserError: ``vault.wrong_passphrase``.
        """
        self.slots.check(UnlockKey.of(passphrase))

    def change_passphrase(
        self,
        old: Secret | UnlockKey,
        new: Secret,
        *,
        event: Event,
        kdf: KdfCost | None = None,
        randomness: Randomness = system_randomness,
    ) -> None:
        """Make ``new`` open the vault instead of the old passphrase.

        As ``KeySlots.change_passphrase``; ``old`` may be the recovery code. The copies of
        before an upgrade, which open with the old one, go.
        """
        given = UnlockKey.of(old)
        self.slots.change_passphrase(given, new, event=event, cost=kdf, randomness=randomness)
        self.remove_upgrade_copies()

    def remove_upgrade_copies(self) -> None:
        """Remove the copy that was made before an upgrade.

        It still holds what is being deleted for good, and opens with an earlier passphrase.

        Raises:
            EnvironmentFault: as ``file_fault``.
        """
        self.slots.refuse_if_read_only()
        remove_upgrade_copies(self.path)

    def drop_removed_words(self) -> None:
        """Leave no word of what was deleted for good in the search index."""
        drop_removed_words(self.database)

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what a full check of every page, row and hash finds wrong; () is good.

        Damage stops all writing, until another full check finds none.
        """
        return check_whole(self.database)

    def ticket(self) -> CopyTicket:
        """Return what opens this vault once more, on another thread; to be closed there."""
        return CopyTicket(self.path, serialise_header(self.slots.header), self._key.copy())

    def adopt_key(self, key: Secret) -> None:
        """Go on with another vault key, under which the database now lies."""
        self._key.wipe()
        self._key = key.copy()

    def interrupt(self) -> None:
        """Stop a running query with ``vault.interrupted``; any thread may call this."""
        self.database.interrupt()

    def shut(self, last: Callable[[], None]) -> None:
        """Close the database from any thread, and wipe its key; ``close`` still follows."""
        self.database.shut(last)
        self._key.wipe()

    def close(self) -> None:
        """Close and let other processes write; twice does no harm."""
        self.database.close()
        self._key.wipe()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _end_going_back(path: Path, lock: FolderLock | None) -> None:
    if lock is not None:
        finish_going_back(path)
    elif is_going_back(path):
        raise EnvironmentFault("copies.unfinished")


def _read_only_access(path: Path) -> tuple[None, Access]:
    # A copy was proven as it lies there: not even a file beside it.
    return None, Access.FROZEN if (path / SUMS_NAME).exists() else Access.READ


def _lock_if_writable(path: Path) -> tuple[FolderLock | None, Access]:
    if (path / SUMS_NAME).exists():
        return _read_only_access(path)
    try:
        return FolderLock(path), Access.WRITE
    except OSError as error:
        if error.errno not in _CANNOT_WRITE:
            raise file_fault(error, path) from error
    # Nobody can write here. Without a write-ahead log the file alone is the whole truth.
    log = path / f"{DATABASE_NAME}-wal"
    return None, Access.READ if log.exists() else Access.FROZEN


def _settled(path: Path, unlocked: UnlockedHeader, database: Database) -> UnlockedHeader:
    named = SecretStore(database).get(HEADER_IN_FORCE)
    found = header_in_force(path, unlocked, bytes(named.buffer()) if named else b"")
    settle_header(path, found)
    discard_rekeyed(path)
    return found


def _check_belongs(database: Database, vault_id: str) -> None:
    schema_version(database)
    row = database.row("SELECT value FROM meta WHERE key = ?", (VAULT_ID,))
    if row != (vault_id,):
        raise EnvironmentFault("vault.unreadable")
