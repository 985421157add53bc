"""How one comes by an open safe: make a new one, open one, or put a backup back."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wallet_app.app import key_cost
from wallet_app.app.backup_refusals import naming_recovery_words
from wallet_app.app.backup_summary import summary_of
from wallet_app.app.identities import read_recipients
from wallet_app.app.inner_words import index_inner_words, knows_inner_words
from wallet_app.app.models import BackupSummary
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.crypto.envelope import SlotKind, UnlockKey
from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.models import Event
from wallet_app.storage.rehearsal import rehearse_backup
from wallet_app.storage.restore import restore
from wallet_app.storage.vault import Vault

__all__ = ["check_backup", "create_safe", "open_safe", "restore_safe"]


def create_safe(
    path: Path, passphrase: Secret, services: Services, *, cost: KdfCost | None = None
) -> Safe:
    """Make a new, empty safe in the folder ``path`` and open it.

    A try of the passphrase costs what this computer can spend, unless ``cost`` is given.

    Raises:
        UserError: a safe is there already, or the passphrase is empty.
        EnvironmentFault: the disk refuses.
    """
    now = services.now()
    vault = Vault.create(path, passphrase, now=now, kdf=cost or key_cost.calibrated_cost())
    knows_inner_words(vault)
    vault.history.append(Event(now, "created"))
    return Safe(vault, services)


def open_safe(path: Path, given: Secret | UnlockKey, services: Services) -> Safe:
    """Open the safe at ``path``; a bare secret is its passphrase.

    Raises:
        UserError: ``vault.wrong_passphrase``, ``vault.wrong_recovery_code``,
            ``keyring.wrong``, or no safe is there.
        EnvironmentFault: the disk fails, or another process holds the safe.
    """
    vault = Vault.open(path, given)
    try:
        index_inner_words(vault)
        read_recipients(vault)
        _note_recovery(vault, given, services)
    except BaseException:
        if not vault.database.is_damaged:
            vault.close()
            raise
        # What of a damaged safe can still be read is shown, and how to save it.
    return Safe(vault, services)


def _note_recovery(vault: Vault, given: Secret | UnlockKey, services: Services) -> None:
    """Keep in the history that the recovery sheet was used: maybe not by its owner."""
    if UnlockKey.of(given).kind is SlotKind.RECOVERY and not vault.read_only:
        # A full disk must not keep out who has nothing else than the sheet.
        with suppress(EnvironmentFault):
            vault.history.append(Event(services.now(), "opened_by_sheet"))


def restore_safe(  # noqa: PLR0913 - each is named where it is called
    backup: Path,
    path: Path,
    passphrase: Secret,
    services: Services,
    *,
    safe_passphrase: Secret | None = None,
    dry_run: bool = False,
) -> BackupSummary:
    """Make a new safe at ``path`` from a backup, or with ``dry_run`` only read it through.

    ``passphrase`` opens the backup, and the new safe unless it has a ``safe_passphrase``.

    Raises:
        UserError: wrong passphrase, a damaged backup, or a safe is there already.
        EnvironmentFault: the disk refuses; nothing is left at ``path``.
    """
    now = services.now()
    cost = DEFAULT_COST if dry_run else key_cost.calibrated_cost()
    own = safe_passphrase or passphrase
    with naming_recovery_words(passphrase):
        info = restore(
            backup, passphrase, path, now=now, vault_passphrase=own, dry_run=dry_run, kdf=cost
        )
    if not dry_run:
        with Vault.open(path, own) as vault:
            params = {"name": backup.name, "made": info.made_at.isoformat()}
            vault.history.append(Event(now, "restored", params=params))
    return summary_of(info)


def check_backup(backup: Path, passphrase: Secret, now: datetime) -> BackupSummary:
    """Put a backup back on trial, compare every row and file, and tell what it holds.

    Nothing remains of the trial. Raises as ``rehearse_backup``.
    """
    with naming_recovery_words(passphrase):
        info, trial = rehearse_backup(backup, passphrase, now=now)
    return replace(summary_of(info), rows=trial.rows, files=trial.files)
