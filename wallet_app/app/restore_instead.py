"""A backup in the place of a safe that nobody can open: that one is put aside, never removed."""

from datetime import date
from pathlib import Path
from shutil import rmtree

from wallet_app.app.open_safe import restore_safe
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.files import file_fault, sync_folder
from wallet_app.storage.lock import is_held

__all__ = ["restore_instead"]


def restore_instead(backup: Path, path: Path, passphrase: Secret, services: Services) -> Path:
    """Restore ``backup`` at ``path`` and return where the safe that was there lies now.

    The new safe is made whole beside it first; until then nothing changes.

    Raises:
        UserError: as ``restore_safe``.
        EnvironmentFault: ``vault.in_use``, and as ``restore_safe``; the safe is where it was.
    """
    if is_held(path):
        raise EnvironmentFault("vault.in_use", {"name": path.name})
    fresh = _free(path.with_name(f"{path.name}-restored"))
    restore_safe(backup, fresh, passphrase, services)
    try:
        return _exchange(path, fresh, services.now().astimezone().date())
    except OSError as error:
        rmtree(fresh, ignore_errors=True)
        raise file_fault(error, path) from error


def _exchange(path: Path, fresh: Path, day: date) -> Path:
    aside = _free(path.with_name(f"{path.name}-{day.isoformat()}"))
    path.rename(aside)
    try:
        fresh.rename(path)
    except OSError:
        aside.rename(path)
        raise
    sync_folder(path.parent)
    return aside


def _free(wanted: Path) -> Path:
    """Return ``wanted``, or the first of its name with a number that is not there."""
    tried, number = wanted, 1
    while tried.exists():
        number += 1
        tried = wanted.with_name(f"{wanted.name}-{number}")
    return tried
