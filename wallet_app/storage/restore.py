"""Putting a backup back: everything checked first, then a whole vault or none."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.backup import read_backup
from wallet_app.storage.building import VaultRecipe, build_vault, refuse_occupied
from wallet_app.storage.connection import Database
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import (
    ContentRow,
    Contents,
    holds_nothing,
    read_contents,
    write_contents,
)
from wallet_app.storage.models import BackupInfo
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.stamps import LAST_STAMP
from wallet_app.storage.steps import reached
from wallet_app.storage.vault import Vault

__all__ = ["put_back", "restore"]


def restore(  # noqa: PLR0913 - each is named where it is called
    path: Path,
    passphrase: Secret,
    vault_path: Path,
    *,
    now: datetime,
    vault_passphrase: Secret | None = None,
    dry_run: bool = False,
    kdf: KdfCost = DEFAULT_COST,
    randomness: Randomness = system_randomness,
) -> BackupInfo:
    """Restore the backup at ``path`` as a vault at ``vault_path``.

    Credentials, evidence, reports, history and trash come back byte for byte. The place
    must be free, or hold a vault in which there never was a credential. A new vault opens
    with ``vault_passphrase``, by default the backup's own. With ``dry_run`` everything is
    checked and nothing written.

    Raises:
        UserError: ``restore.vault_not_empty``, ``vault.folder_not_empty``, ``backup.…``.
        EnvironmentFault: ``file.…``, ``vault.…``; no half of a vault is left.
    """
    recipe = VaultRecipe(vault_passphrase or passphrase, now, kdf, randomness)
    # Looked at first: decrypting takes seconds.
    _refuse_occupied_place(vault_path, recipe.passphrase)
    info, contents = read_backup(path, passphrase)
    if not dry_run:
        put_back(contents, vault_path, recipe)
    return info


def put_back(contents: Contents, vault_path: Path, recipe: VaultRecipe) -> None:
    """Make a vault of ``contents``, or fill the empty one that is there; all or nothing.

    Raises:
        UserError, EnvironmentFault: as ``restore``.
    """

    def fill(database: Database) -> None:
        _fill(database, contents)

    if not Vault.exists(vault_path):
        build_vault(vault_path, replace(recipe, fill=fill)).opened.vault_key.wipe()
        return
    with Vault.open(vault_path, recipe.passphrase) as vault, vault.database.transaction():
        if not holds_nothing(vault.database):
            raise UserError("restore.vault_not_empty", {"name": vault_path.name})
        fill(vault.database)


def _refuse_occupied_place(vault_path: Path, passphrase: Secret) -> None:
    if not Vault.exists(vault_path):
        refuse_occupied(vault_path)
        return
    try:
        vault = Vault.open(vault_path, passphrase, read_only=True)
    except UserError as error:
        # Whatever is in a vault that this passphrase does not open must not be touched.
        raise UserError("restore.vault_not_empty", {"name": vault_path.name}) from error
    with vault:
        if not holds_nothing(vault.database):
            raise UserError("restore.vault_not_empty", {"name": vault_path.name})


def _fill(database: Database, contents: Contents) -> None:
    write_contents(database, contents)
    reached("restore.filled")
    if not _holds(read_contents(database, keys=True), contents):
        raise EnvironmentFault("restore.not_as_written")


def _holds(written: Contents, wanted: Contents) -> bool:
    # An empty vault may have had a history, settings and an owner before.
    whole = ("credentials", "reports", "evidence", "tombstones", "notes", "tags", "favourites")
    history = written.rows("history")
    last = len(wanted.rows("history"))
    among = set(TABLES) - {*whole, "history"}
    return (
        all(written.rows(name) == wanted.rows(name) for name in whole)
        and written.originals == wanted.originals
        and written.documents == wanted.documents
        and history[len(history) - last :] == wanted.rows("history")
        and all(_has_all(written.rows(name), wanted.rows(name)) for name in among)
        and wanted.lists.items() <= written.lists.items()
    )


def _has_all(written: tuple[ContentRow, ...], wanted: tuple[ContentRow, ...]) -> bool:
    held = {tuple(row.items()) for row in written}
    # The clock of the vault only goes forward (``stamps``).
    return all(tuple(row.items()) in held for row in wanted if row.get("key") != LAST_STAMP)
