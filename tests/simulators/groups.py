"""Vaults of one invented person on several computers, kept in step through one place."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from tests.simulators.vaults import NOW, make_vault
from wallet_app.crypto.secret import Secret
from wallet_app.storage.content_rules import note_id
from wallet_app.storage.place_settings import PlaceKind, PlaceSettings
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.sync.keys import SyncKey
from wallet_app.storage.sync.membership import Member, keep_member
from wallet_app.storage.vault import Vault

KEY = SyncKey("ab" * 16, Secret(b"\x07" * 32))
CODE = Secret(b"AAAAA-BBBBB-CCCCC-DDDDD-EEEEE")


def device_of(label: str) -> str:
    return sha256(label.encode()).hexdigest()[:16]


def join(vault: Vault, folder: Path, label: str, key: SyncKey = KEY) -> None:
    """Make a vault a member without the seconds that a code costs."""
    settings = PlaceSettings(PlaceKind.FOLDER, str(folder))
    keep_member(vault, Member(settings, key, device_of(label), CODE, label))
    if folder.is_dir() and not (folder / "key.age").exists():
        (folder / "key.age").write_bytes(b"stands for the key under its code")


@contextmanager
def group(folder: Path, labels: Sequence[str] = ("home", "work")) -> Iterator[list[Vault]]:
    """Give open vaults that are members of one group in ``folder / "place"``."""
    place = folder / "place"
    place.mkdir(exist_ok=True)
    with ExitStack() as stack:
        vaults = [stack.enter_context(make_vault(folder / label)) for label in labels]
        for vault, label in zip(vaults, labels, strict=True):
            join(vault, place, label)
        yield vaults


def write_note(vault: Vault, credential_id: str, text: str, at: datetime = NOW) -> None:
    with vault.database.transaction():
        parent = vault.database.row(
            "SELECT id FROM note_version WHERE credential_id = ? ORDER BY stamp DESC, id DESC",
            (credential_id,),
        )
        row = {
            "credential_id": credential_id,
            "parent": parent[0] if parent else "",
            "stamp": next_stamp(vault.database, at),
            "text": text,
        }
        vault.database.run(
            "INSERT INTO note_version (id, credential_id, parent, stamp, text)"
            " VALUES (:id, :credential_id, :parent, :stamp, :text)",
            {**row, "id": note_id(row)},
        )


def set_tag(
    vault: Vault, credential_id: str, name: str, *, present: bool = True, at: datetime = NOW
) -> None:
    with vault.database.transaction():
        vault.database.run(
            "INSERT OR REPLACE INTO tag (credential_id, name, present, stamp) VALUES (?, ?, ?, ?)",
            (credential_id, name, present, next_stamp(vault.database, at)),
        )


_VIEWS = {
    "originals": "SELECT c.id, o.data FROM credential AS c"
    " JOIN original AS o ON o.credential = c.number WHERE c.deleted_at IS NULL ORDER BY c.id",
    "notes": "SELECT n.credential_id, n.text FROM note_version AS n JOIN credential AS c"
    " ON c.id = n.credential_id WHERE c.deleted_at IS NULL ORDER BY 1, n.stamp, n.id",
    "tags": "SELECT t.credential_id, t.name FROM tag AS t JOIN credential AS c"
    " ON c.id = t.credential_id WHERE c.deleted_at IS NULL AND t.present ORDER BY 1, 2",
    "identities": "SELECT kind, value FROM identity ORDER BY 1, 2",
    "issuers": "SELECT issuer_id FROM known_issuer ORDER BY 1",
}


def view(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Return all in which vaults in step must agree."""
    return {name: vault.database.rows(sql) for name, sql in _VIEWS.items()}


def later(number: int) -> datetime:
    return NOW + timedelta(minutes=number)
