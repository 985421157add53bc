"""A file that leaves the safe to be shown: whole or not at all, and never inside the safe."""

from pathlib import Path

from wallet_app.storage.files import write_atomic
from wallet_app.storage.presence import refuse_inside_vault

__all__ = ["write_shown"]


def write_shown(path: Path, data: bytes) -> None:
    """Write a file to show, whole or not at all.

    Raises:
        UserError: ``file.inside_vault``.
        EnvironmentFault: the disk refuses.
    """
    refuse_inside_vault(path)
    write_atomic(path, data)
