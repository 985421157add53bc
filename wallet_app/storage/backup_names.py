"""Names of the backups in a second place, and which of them may go. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from wallet_app.storage.thinning import Policy, copies_to_delete, copy_name
from wallet_app.storage.times import NAME_TIME, name_time, time_of_name

__all__ = ["PlacedBackup", "backups_to_delete", "placed_backup", "read_backup_name"]

_NAME: Final = re.compile(rf"Coffre-({NAME_TIME})-([0-9a-f]{{8}})\.coffre", re.ASCII)
_POLICY: Final = Policy(all_within=timedelta(days=1), hours=0, days=14, weeks=8, months=24)
"""Leaner than for copies on this computer, and longer: a server counts bytes."""


@dataclass(frozen=True, slots=True, order=True)
class PlacedBackup:
    """What a name says: when (whole seconds, UTC), and of which vault (8 hex digits)."""

    made_at: datetime
    machine: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"Coffre-{name_time(self.made_at)}-{self.machine}.coffre"


def placed_backup(made_at: datetime, vault_id: str) -> PlacedBackup:
    """Return how a backup of a vault is named; the vault's id is a UUID."""
    return PlacedBackup(made_at.astimezone(UTC).replace(microsecond=0), vault_id[:8].lower())


def read_backup_name(name: str) -> PlacedBackup | None:
    """Return what a name says, None when it is no name of ours."""
    match = _NAME.fullmatch(name)
    made_at = time_of_name(match[1]) if match else None
    return PlacedBackup(made_at, match[2]) if match and made_at else None


def backups_to_delete(names: Iterable[str], now: datetime, machine: str) -> tuple[str, ...]:
    """Return the names that may go, oldest first.

    Never one of another vault, never the newest, never one from the future (the clock was
    set back), never a name that cannot be read. Once more with what is left gives nothing.
    """
    read = (read_backup_name(name) for name in names)
    ours = {copy_name(one.made_at, 1): one.name for one in read if one and one.machine == machine}
    return tuple(ours[name] for name in copies_to_delete(ours, now, _POLICY))
