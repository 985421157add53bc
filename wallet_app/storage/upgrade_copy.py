"""A copy of the whole vault, made and proven before its schema is changed.

It is one of the automatic copies and goes with them. Earlier versions kept it under a name
of its own in the vault's folder; that one goes as soon as its staying would undo what they
promised: when a badge is deleted for good, or the passphrase is changed.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.copying import CopySource, make_copy
from wallet_app.storage.files import file_fault, read_at_most
from wallet_app.storage.presence import HEADER_NAME
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time

__all__ = ["copy_before_upgrade", "remove_upgrade_copies"]

_NAME: Final = "before-upgrade-from-"
_MAX_HEADER_BYTES: Final = 64 * 1024
_NEVER_USED: Final = datetime(2000, 1, 1, tzinfo=UTC)


def copy_before_upgrade(folder: Path, database: Database, key: Secret) -> None:
    """Copy the open vault in ``folder`` and read the copy back.

    It is dated by the last event of the vault: what it shows is the state after it.

    Raises:
        EnvironmentFault: as ``make_copy``; the vault is as it was, and is not to be upgraded.
    """
    header = read_at_most(folder / HEADER_NAME, _MAX_HEADER_BYTES)
    if header is None:
        raise EnvironmentFault("vault.header_damaged")
    make_copy(
        CopySource(folder, database, key, header), now=_last_event(database), reason="upgrade"
    )
    reached("upgrade.copy_kept")


def _last_event(database: Database) -> datetime:
    row = database.row("SELECT max(at) FROM event")
    return stored_time(row[0]) if row and row[0] else _NEVER_USED


def remove_upgrade_copies(folder: Path) -> None:
    """Remove what earlier versions kept; does nothing when there is none.

    Raises:
        EnvironmentFault: as ``file_fault``: the copy is still there.
    """
    try:
        for found in folder.iterdir():
            if found.name.startswith(_NAME) and found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)
    except OSError as error:
        raise file_fault(error, folder) from error
