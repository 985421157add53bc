"""Vaults for tests: cheap to open, filled with invented credentials."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wallet_app.credentials.model import Original
from wallet_app.crypto.documents import Document, Origin
from wallet_app.crypto.kdf import KdfCost
from wallet_app.crypto.secret import Secret
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

PASSPHRASE = "correct horse battery staple"


def passphrase(text: str = PASSPHRASE) -> Secret:
    return Secret.from_text(text)


def make_vault(path: Path, text: str = PASSPHRASE) -> Vault:
    return Vault.create(path, passphrase(text), now=NOW, kdf=CHEAP)


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


def add_many(vault: Vault, count: int, *, padding: int = 0) -> list[StoredRow]:
    return [
        add(vault, credential(number, padding=padding), at=NOW + timedelta(seconds=number))
        for number in range(count)
    ]
