"""What is broken into beyond this computer: a second place, and computers in step.

Each job works on a vault in a given folder; what it writes elsewhere lies beside it.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.simulators.groups import device_of, join, later, view
from tests.simulators.vaults import NOW, add, credential, make_vault, open_vault
from wallet_app.errors import UserError
from wallet_app.storage.key_file import KEY_FILE, KeyRing
from wallet_app.storage.place_settings import PlaceKind, PlaceSettings
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.second_place import (
    PutKeys,
    choose_place,
    deliver,
    note_keys,
    note_success,
    place_state,
    take,
)
from wallet_app.storage.sync import departures
from wallet_app.storage.sync.exchange import run
from wallet_app.storage.sync.membership import member_of
from wallet_app.storage.vault import Vault

_FIRST_NEW = 70_000
_MOST_OWN = 3


def jobs() -> dict[str, Callable[[Path], None]]:
    """Return each job by its name; all of them may be killed at any step and run again."""
    return {
        "second place": second_place,
        "sync": sync,
        "sync, one file for many": sync_full,
    }


def second_place(folder: Path) -> None:
    """Make a backup in a folder beside the vault."""
    stick = folder.with_name("stick")
    stick.mkdir(exist_ok=True)
    with open_vault(folder) as vault:
        _choose(vault, stick)
        at = NOW + timedelta(hours=len(list(stick.iterdir())))
        note_success(vault, deliver(take(vault, at), FolderPlace(stick)))


def _choose(vault: Vault, stick: Path) -> None:
    if not place_state(vault).where:
        # The key itself costs seconds of scrypt, and is written by the very same function.
        (stick / KEY_FILE).write_bytes(b"stands for the key under its passphrase")
        choose_place(vault, PlaceSettings(PlaceKind.FOLDER, str(stick)))
    note_keys(vault, PutKeys(KeyRing.of(vault).recipient, "0" * 64), slot="")


def begin_sync(folder: Path) -> Path:
    """Let another computer have written, and this one belong to it; return what they share."""
    shared = folder.with_name("shared")
    shared.mkdir(exist_ok=True)
    _let_another_write(folder.with_name("another"), shared)
    with open_vault(folder) as vault:
        _belong(vault, shared, "home")
    return shared


def sync(folder: Path) -> None:
    """Take over what another computer wrote, and tell it what is new here."""
    shared = begin_sync(folder)
    with open_vault(folder) as vault:
        run(vault, FolderPlace(shared), now=NOW)


def sync_full(folder: Path) -> None:
    """The same where one full set takes the place of many files."""
    departures._MOST_OWN = _MOST_OWN
    shared = folder.with_name("shared")
    shared.mkdir(exist_ok=True)
    with open_vault(folder) as vault:
        _belong(vault, shared, "home")
        for minute in range(_MOST_OWN + 1):
            add(vault, credential(_FIRST_NEW + vault.credentials.count()), at=later(minute))
            run(vault, FolderPlace(shared), now=later(minute))


def _belong(vault: Vault, shared: Path, label: str) -> None:
    try:
        member_of(vault)
    except UserError:
        join(vault, shared, label)


def _let_another_write(path: Path, shared: Path) -> None:
    if any(one.name.startswith(device_of("another")) for one in shared.iterdir()):
        return
    with open_vault(path) if path.exists() else make_vault(path) as other:
        _belong(other, shared, "another")
        if not other.credentials.count():
            add(other, credential(_FIRST_NEW - 1))
        run(other, FolderPlace(shared), now=NOW)


def visitor_sees(folder: Path) -> tuple[dict[str, list[tuple[object, ...]]], set[str]]:
    """Return what somebody who joins now would see, and its credentials."""
    shared = folder.with_name("shared")
    with make_vault(folder.with_name("visitor")) as visitor:
        join(visitor, shared, "visitor")
        run(visitor, FolderPlace(shared), now=NOW)
        return view(visitor), {row.id for row in visitor.credentials.rows()}
