"""Two computers that keep in step through one folder."""

from pathlib import Path

from tests.simulators.groups import later
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.sync.exchange import Run, run
from wallet_app.storage.sync.names import read_set_name
from wallet_app.storage.vault import Vault


def go(vault: Vault, folder: Path, minute: int = 0) -> Run:
    return run(vault, FolderPlace(folder), now=later(minute))


def sets(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if read_set_name(one.name))
