"""A copy of the whole vault, made and proven before its schema is changed.

It lies inside the vault's own folder and is a vault itself: the same passphrase and the
earlier Coffre open it. It goes as soon as its staying would undo a promise: when a badge
is deleted for good, or the passphrase is changed.
"""

import os
import shutil
from pathlib import Path
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Access, Database, open_database
from wallet_app.storage.files import file_fault, read_at_most, sync_folder, write_atomic
from wallet_app.storage.integrity import find_problems
from wallet_app.storage.presence import DATABASE_NAME, HEADER_NAME
from wallet_app.storage.schema import schema_version
from wallet_app.storage.steps import reached

__all__ = ["copy_before_upgrade", "remove_upgrade_copies"]

_PART: Final = "before-upgrade.part"
_NAME: Final = "before-upgrade-from-"
_MAX_HEADER_BYTES: Final = 64 * 1024
_COUNTED: Final = (
    "SELECT (SELECT count(*) FROM credential), (SELECT count(*) FROM report),"
    " (SELECT count(*) FROM document), (SELECT count(*) FROM event),"
    " (SELECT value FROM meta WHERE key = 'vault_id')"
)


def copy_before_upgrade(folder: Path, database: Database, key: Secret) -> None:
    """Copy the open vault in ``folder`` beside itself and read the copy back.

    Raises:
        EnvironmentFault: ``vault.copy_failed`` when the copy is not equal, and as
            ``file_fault``; the vault is as it was, and is not to be upgraded.
    """
    part = folder / _PART
    target = folder / f"{_NAME}{schema_version(database)}"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            _copy(folder, part, database)
            reached("upgrade.copied")
            _prove(part / DATABASE_NAME, database, key)
            # One of an upgrade that was cut short holds no more than this one.
            shutil.rmtree(target, ignore_errors=True)
            part.rename(target)
            sync_folder(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise file_fault(error, part) from error
    reached("upgrade.copy_kept")


def remove_upgrade_copies(folder: Path) -> None:
    """Remove what ``copy_before_upgrade`` made; does nothing when there is none.

    Raises:
        EnvironmentFault: as ``file_fault``: the copy is still there.
    """
    try:
        for found in folder.iterdir():
            if found.name.startswith(_NAME) and found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)
    except OSError as error:
        raise file_fault(error, folder) from error


def _copy(folder: Path, part: Path, database: Database) -> None:
    copied = part / DATABASE_NAME
    # Made first, so that no other mode is ever there; SQLite takes an empty file. Never a
    # copy of the file itself: what is still in the log would be missing.
    os.close(os.open(copied, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    database.run("VACUUM INTO ?", (str(copied),))
    header = read_at_most(folder / HEADER_NAME, _MAX_HEADER_BYTES)
    if header is None:
        raise EnvironmentFault("vault.header_damaged")
    write_atomic(part / HEADER_NAME, header)


def _prove(copied: Path, database: Database, key: Secret) -> None:
    copy = open_database(copied, key, Access.FROZEN)
    try:
        equal = (
            schema_version(copy) == schema_version(database)
            and copy.rows(_COUNTED) == database.rows(_COUNTED)
            and find_problems(copy) == ()
        )
    finally:
        copy.close()
    if not equal:
        raise EnvironmentFault("vault.copy_failed")
