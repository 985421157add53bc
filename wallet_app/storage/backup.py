"""Portable backups: one encrypted file with everything, proven readable before success."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.age_archive import MAX_FILE_BYTES, seal, unseal
from wallet_app.storage.archive import MAX_ARCHIVE_BYTES, Manifest, pack, unpack
from wallet_app.storage.contents import Contents, read_contents, size_of_files
from wallet_app.storage.files import file_fault, read_at_most, remove_stale_parts, write_atomic
from wallet_app.storage.key_file import open_file
from wallet_app.storage.models import BackupInfo
from wallet_app.storage.presence import refuse_inside_vault
from wallet_app.storage.steps import reached
from wallet_app.storage.vault import Vault

__all__ = ["check_backup", "describe_backup", "read_backup", "write_backup"]

_MIB = 2**20


def write_backup(
    vault: Vault, path: Path, passphrase: Secret, *, now: datetime, keys: bool = False
) -> BackupInfo:
    """Write everything in ``vault`` to ``path``; an older file there stays until the end.

    With ``keys`` the private keys that the owner holds are in it, too.

    The file is read back from the disk, decrypted and compared with the vault before it
    takes its name. Takes some seconds; ``passphrase`` is the backup's own.

    Raises:
        UserError: ``backup.too_large``, ``backup.inside_vault``.
        EnvironmentFault: ``backup.no_space``, ``backup.not_as_written``, ``backup.…`` of
            the encryption, ``file.…``, ``vault.…``.
    """
    _refuse_place(vault, path)
    with vault.database.snapshot():
        if size_of_files(vault.database) > MAX_ARCHIVE_BYTES:
            raise UserError("backup.too_large", {"max_mb": MAX_ARCHIVE_BYTES // _MIB})
        contents = read_contents(vault.database, keys=keys)
    archive = pack(contents, now)
    _refuse_without_space(path, 2 * len(archive))
    reached("backup.packed")
    sealed = seal(archive, passphrase)
    reached("backup.sealed")

    proven: list[Manifest] = []

    def prove(written: bytes) -> None:
        read = unseal(written, passphrase)
        manifest, found = unpack(read)
        if read != archive or found != contents:
            raise EnvironmentFault("backup.not_as_written", {"name": path.name})
        proven.append(manifest)
        reached("backup.proven")

    remove_stale_parts(path)
    write_atomic(path, sealed, check=prove)
    return describe_backup(path, len(sealed), proven[-1], contents)


def check_backup(path: Path, passphrase: Secret) -> BackupInfo:
    """Open a backup, check every hash in it and tell what it holds; nothing is written.

    Raises:
        UserError: ``backup.…`` as ``unseal`` and ``unpack``.
        EnvironmentFault: ``file.…``, ``backup.process_failed``, ``backup.timeout``.
    """
    return read_backup(path, passphrase)[0]


def read_backup(path: Path, passphrase: Secret) -> tuple[BackupInfo, Contents]:
    """Return what a backup holds, every hash checked; raises as ``check_backup``."""
    file = read_at_most(path, MAX_FILE_BYTES)
    if file is None:
        raise UserError("backup.too_large", {"max_mb": MAX_FILE_BYTES // _MIB})
    manifest, contents = unpack(open_file(path, file, passphrase))
    return describe_backup(path, len(file), manifest, contents), contents


def describe_backup(
    path: Path, size_bytes: int, manifest: Manifest, contents: Contents
) -> BackupInfo:
    """Return the summary of a backup whose content was checked."""
    credentials = contents.rows("credentials")
    return BackupInfo(
        path=path,
        made_at=manifest.made_at,
        format_version=manifest.format_version,
        program=manifest.program,
        size_bytes=size_bytes,
        credentials=len(credentials),
        in_trash=sum(row["deleted_at"] is not None for row in credentials),
        documents=len(contents.documents),
        reports=len(contents.rows("reports")),
        events=len(contents.rows("history")),
    )


def _refuse_place(vault: Vault, path: Path) -> None:
    # Said before the seconds that encryption takes, not after.
    try:
        if path.resolve().is_relative_to(vault.path.resolve()):
            raise UserError("backup.inside_vault")
        refuse_inside_vault(path)
        if path.is_dir():
            raise EnvironmentFault("file.is_a_folder", {"name": path.name})
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            raise EnvironmentFault("file.not_permitted", {"name": path.name})
    except OSError as error:
        raise file_fault(error, path) from error


def _refuse_without_space(path: Path, wanted_bytes: int) -> None:
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise file_fault(error, path) from error
    if free < wanted_bytes:
        missing = -(-(wanted_bytes - free) // _MIB)
        raise EnvironmentFault("backup.no_space", {"missing_mb": missing})
