"""Vaults for tests: cheap to open, filled with invented credentials."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wallet_app.credentials.model import Original
from wallet_app.crypto.documents import Document, Origin
from wallet_app.crypto.holder_keys import KeyKind
from wallet_app.crypto.kdf import KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.content_rules import note_id
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.models import (
    CredentialIndex,
    Event,
    NewCredential,
    NewReport,
    NewTrustList,
    StoredRow,
)
from wallet_app.storage.vault import Vault

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
CHEAP = KdfCost(t=1, m_kib=19 * 1024, p=1)
"""The least that a header may ask for: 20 ms instead of 200."""

_MADE: dict[str, bytes] = {}
"""The files of an empty vault, closed."""

PASSPHRASE = "correct horse battery staple"


def passphrase(text: str = PASSPHRASE) -> Secret:
    return Secret.from_text(text)


def make_vault(path: Path, text: str = PASSPHRASE) -> Vault:
    return Vault.create(path, passphrase(text), now=NOW, kdf=CHEAP)


def new_vault(path: Path) -> Vault:
    """Return a vault as ``make_vault`` does, a copy of one made once: all have one key and id.

    A quarter of the time, for tests whose subject is neither how a vault is made nor two of them.
    """
    if not _MADE:
        make_vault(path).close()
        _MADE.update({found.name: found.read_bytes() for found in path.iterdir()})
    else:
        path.mkdir(mode=0o700, parents=True)
        for name, data in _MADE.items():
            (path / name).write_bytes(data)
            (path / name).chmod(0o600)
    return open_vault(path)


def open_vault(path: Path, text: str = PASSPHRASE, *, read_only: bool = False) -> Vault:
    return Vault.open(path, passphrase(text), read_only=read_only)


def event(kind: str = "imported", credential_id: str = "", *, at: datetime = NOW) -> Event:
    return Event(at=at, kind=kind, credential_id=credential_id)


def document(name: str = "keys", data: bytes = b"{}", *, at: datetime = NOW) -> Document:
    url = f"https://issuer.example/{name}"
    return Document(url, url, data, "application/json", at, Origin.NETWORK, 200, "issuer.example")


def report(verdict: str = "verified", *documents: Document, at: datetime = NOW) -> NewReport:
    return NewReport(
        checked_at=at,
        verdict=verdict,
        report_json=json.dumps({"verdict": verdict}),
        issuer_proven=verdict == "verified",
        documents=documents,
    )


def credential(number: int = 0, *, padding: int = 0, **index: object) -> NewCredential:
    """Return the invented credential of that number; the same number gives the same bytes."""
    body = {"id": f"urn:example:{number}", "name": f"Badge {number}", "padding": "x" * padding}
    columns: dict[str, object] = {
        "name": f"Badge {number}",
        "issuer": "Atelier Exemple",
        "issuer_id": "https://issuer.example/",
        "credential_id": f"urn:example:{number}",
        "issued_on": NOW - timedelta(days=number),
        "format": "ob3",
    }
    return NewCredential(
        original=Original(json.dumps(body).encode(), "application/json", f"badge-{number}.json"),
        index=CredentialIndex(**{**columns, **index}),  # type: ignore[arg-type]
        report=report("verified", document()),
    )


def add(vault: Vault, new: NewCredential, *, at: datetime = NOW) -> StoredRow:
    return vault.credentials.add(new, event(credential_id=new.original.sha256, at=at))


def fill_people(vault: Vault) -> None:
    """Let the owner of a vault be somebody invented, who knows an issuer and chose two lists."""
    vault.people.add_identity("email", "camille@vasseur.example", event("identity_added"))
    vault.people.add_identity("id", "did:example:camille", event("identity_added"))
    vault.people.know_issuer("did:web:school.example", "École", event("issuer_known"))
    for number, kind in enumerate(("registry", "anchors")):
        new = NewTrustList(
            kind, f"List {number}", f"https://lists.example/{number}", NOW, b"{}" * (number + 1)
        )
        vault.people.keep_trust_list(new, event("trust_list_added"))
    vault.people.switch_trust_list(2, enabled=False)


def fill_words(vault: Vault, credential_id: str) -> None:
    """Let the owner of a vault have written beside a credential, and hold a key."""
    stamp = "2026-11-23T10:15:00.000000Z"
    parent = ""
    for at, text in (("2026-11-23T10:00:00.000000Z", "Écrit à la main"), (stamp, "Réécrit")):
        row: dict[str, SqlValue] = {
            "credential_id": credential_id, "parent": parent, "stamp": at, "text": text
        }  # fmt: skip
        parent = note_id(row)
        _put(vault, "notes", {**row, "id": parent})
    beside: dict[str, SqlValue] = {"credential_id": credential_id, "present": 1, "stamp": stamp}
    _put(vault, "tags", {**beside, "name": "à montrer"})
    _put(vault, "favourites", beside)
    _put(vault, "collections", {"id": "c0", "name": "École", "present": 1, "stamp": stamp})
    _put(vault, "members", {**beside, "collection": "c0"})
    _put(vault, "removals", {"kind": "identity", "key": "0" * 64, "stamp": stamp})
    document = '{"id": "did:key:z6"}'
    _put(
        vault,
        "holders",
        {"did": "did:key:z6", "label": "Moi", "document": document, "stamp": stamp},
    )
    key: dict[str, SqlValue] = {"id": "did:key:z6#z6", "did": "did:key:z6", "kind": KeyKind.ED25519}
    _put(vault, "holder_keys", {**key, "public": "z6", "private": PRIVATE_KEY.hex()})


def _put(vault: Vault, name: str, row: Mapping[str, SqlValue]) -> None:
    with vault.database.transaction():
        vault.database.run(TABLES[name].insert, row)


PRIVATE_KEY = b"the private key of nobody at all"


def add_many(vault: Vault, count: int, *, padding: int = 0) -> list[StoredRow]:
    return [
        add(vault, credential(number, padding=padding), at=NOW + timedelta(seconds=number))
        for number in range(count)
    ]
