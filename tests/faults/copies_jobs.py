"""What the kill tests kill in copies and going back: work on a vault in a given folder."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.simulators.vaults import CHEAP, NOW, add, credential, open_vault, passphrase
from wallet_app.storage.automatic import automatic_copies, copy_now, thin_copies
from wallet_app.storage.go_back import go_back
from wallet_app.storage.salvage import salvage
from wallet_app.storage.thinning import Policy

FIRST_NEW = 50_000


def jobs() -> dict[str, Callable[[Path], None]]:
    """Return each job by its name; all of them may be killed at any step and run again."""
    return {"copy": _copy, "thin": _thin, "go-back": _go_back, "salvage": _salvage}


def _copy(folder: Path) -> None:
    with open_vault(folder) as vault:
        copy_now(vault, now=NOW, reason="asked")


def _thin(folder: Path) -> None:
    with open_vault(folder) as vault:
        # Older than any that is kept beside a newer one, so that it goes again.
        copy_now(vault, now=NOW - timedelta(days=400), reason="changed")
        thin_copies(folder, NOW, Policy(timedelta(0), 0, 0, 0, 0))


def _go_back(folder: Path) -> None:
    with open_vault(folder) as vault:
        if not automatic_copies(folder):
            copy_now(vault, now=NOW, reason="asked")
        add(vault, credential(FIRST_NEW + len(vault.history.events(10**9))))
    oldest = automatic_copies(folder)[-1]
    go_back(folder, oldest.path, passphrase(), now=NOW)


def _salvage(folder: Path) -> None:
    target = folder.with_name("saved")
    if not target.exists():
        salvage(folder, passphrase(), target, now=NOW, kdf=CHEAP)
