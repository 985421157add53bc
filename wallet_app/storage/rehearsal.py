"""Rehearsals: a backup or a copy is really put back, in a place that vanishes, and compared.

The place is in memory where the system has one, private, and holds an encrypted vault under
a key that nobody ever knew: what a crash leaves of it is noise.
"""

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet_app.crypto.kdf import KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.automatic import AutomaticCopy
from wallet_app.storage.backup import read_backup
from wallet_app.storage.building import VaultRecipe
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import ContentRow, Contents, read_contents
from wallet_app.storage.copying import check_sums
from wallet_app.storage.files import file_fault
from wallet_app.storage.integrity import damage_in, find_problems, never
from wallet_app.storage.models import BackupInfo
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.restore import put_back
from wallet_app.storage.vault import Vault

__all__ = ["Rehearsal", "rehearse_backup", "rehearse_copy"]

_CHEAPEST: Final = KdfCost(t=1, m_kib=19 * 1024, p=1)
"""The passphrase of a rehearsal is 32 random bytes: stretching it adds nothing."""

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a private folder of our own is made in it
_ADDED_BY_A_NEW_VAULT: Final = frozenset({"settings"})


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was put back and found equal: rows by table, files by kind."""

    rows: Mapping[str, int]
    files: Mapping[str, int]


def rehearse_backup(
    path: Path, passphrase: Secret, *, now: datetime
) -> tuple[BackupInfo, Rehearsal]:
    """Restore the backup at ``path`` into a vault that vanishes; compare all with the file.

    Raises:
        UserError, EnvironmentFault: as ``read_backup`` and ``put_back``, and
            ``restore.not_as_written`` when a row or a file came back otherwise.
    """
    info, contents = read_backup(path, passphrase)
    with _private_place(3 * info.size_bytes) as place, Secret(_random_word()) as word:
        put_back(contents, place / "vault", VaultRecipe(word, now, _CHEAPEST, system_randomness))
        with Vault.open(place / "vault", word) as vault:
            return info, _compare(contents, vault.database)


def rehearse_copy(copy: AutomaticCopy, key: Secret) -> Rehearsal:
    """Put an automatic copy into a vault that vanishes; compare all with the copy.

    Raises:
        EnvironmentFault: ``copies.bad_copy`` when a file of the copy is not what it was or
            a row came back otherwise; ``vault.unreadable`` for another key.
    """
    try:
        check_sums(copy.path)
    except EnvironmentFault as fault:
        raise EnvironmentFault("copies.bad_copy") from fault
    source = open_database(copy.path / DATABASE_NAME, key, Access.FROZEN)
    try:
        with _private_place(2 * copy.size_bytes) as place:
            return _compare_copy(source, place / DATABASE_NAME)
    finally:
        source.close()


def _compare_copy(source: Database, target_path: Path) -> Rehearsal:
    with Secret(system_randomness(32)) as word:
        target = open_database(target_path, word, Access.CREATE)
        try:
            source.copy_into(target, never)
            return _compare(read_contents(source, keys=True), target)
        except EnvironmentFault as fault:
            raise EnvironmentFault("copies.bad_copy") from fault
        finally:
            target.close()


def _compare(wanted: Contents, database: Database) -> Rehearsal:
    found = read_contents(database, keys=True)
    if damage_in(find_problems(database)) or not _same_rows(wanted, found):
        raise EnvironmentFault("restore.not_as_written")
    files = [field.name for field in fields(Contents) if field.name != "tables"]
    if any(getattr(wanted, name) != getattr(found, name) for name in files):
        raise EnvironmentFault("restore.not_as_written")
    return Rehearsal(
        rows={name: len(rows) for name, rows in wanted.tables.items()},
        files={name: len(getattr(wanted, name)) for name in files},
    )


def _same_rows(wanted: Contents, found: Contents) -> bool:
    for name, rows in wanted.tables.items():
        expected, there = _counted(rows), _counted(found.tables[name])
        if expected - there or (there - expected and name not in _ADDED_BY_A_NEW_VAULT):
            return False
    return True


def _counted(rows: tuple[ContentRow, ...]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(row.items()) for row in rows)


def _random_word() -> bytes:
    return system_randomness(32).hex().encode("ascii")


@contextmanager
def _private_place(wanted_bytes: int) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(
            prefix="coffre-", dir=_memory(wanted_bytes), ignore_cleanup_errors=True
        ) as place:
            yield Path(place)
    except OSError as error:
        raise file_fault(error, Path(tempfile.gettempdir())) from error


def _memory(wanted_bytes: int) -> Path | None:
    """Return the system's folder in memory if it is there, ours to use and large enough."""
    try:
        enough = sys.platform == "linux" and shutil.disk_usage(_MEMORY).free > wanted_bytes
    except OSError:
        return None
    # In a container it may be a folder like any other, and another's.
    return _MEMORY if enough and os.access(_MEMORY, os.W_OK | os.X_OK) else None
