"""Whether a folder holds a vault, told by its files' names without loading the vault."""

from pathlib import Path
from typing import Final

from wallet_app.errors import UserError
from wallet_app.storage.files import file_fault

__all__ = ["DATABASE_NAME", "HEADER_NAME", "holds_vault", "refuse_inside_vault"]

HEADER_NAME: Final = "header.json"
DATABASE_NAME: Final = "vault.db"


def holds_vault(path: Path) -> bool:
    """Return whether there is a vault at ``path``, whole or damaged.

    Raises:
        EnvironmentFault: as ``file_fault``, when it cannot be known.
    """
    try:
        return any((path / name).is_file() for name in (HEADER_NAME, DATABASE_NAME))
    except OSError as error:
        raise file_fault(error, path) from error


def refuse_inside_vault(path: Path) -> None:
    """Refuse to write a copy into the folder of a vault, this one or another.

    Threat: a copy saved as ``header.json`` or ``vault.db`` would silently replace the only
    key, or all credentials.

    Raises:
        UserError: ``file.inside_vault``.
        EnvironmentFault: as ``file_fault``.
    """
    try:
        folder = path.resolve().parent
    except OSError as error:
        raise file_fault(error, path) from error
    if holds_vault(folder):
        raise UserError("file.inside_vault", {"name": path.name})
