"""Evidence is kept once and given back; history only grows; facts are kept by key."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.simulators.vaults import NOW, add, credential, document, event, report
from wallet_app.crypto.documents import Document, Origin
from wallet_app.storage.models import Event
from wallet_app.storage.vault import Vault

LATER = NOW + timedelta(days=1)


def test_documents_come_back_as_snapshots_of_their_time(vault: Vault) -> None:
    moved = Document(
        "https://issuer.example/a", "https://issuer.example/b", b"\x00\xff", "application/did+json",
        NOW + timedelta(microseconds=7), Origin.NETWORK, 410, "issuer.example",
    )  # fmt: skip
    bundled = replace(document("context"), origin=Origin.BUNDLED)
    row = add(vault, replace(credential(), report=report("verified", moved, bundled)))
    assert set(vault.evidence.documents_of(row.id)) == {
        replace(moved, origin=Origin.SNAPSHOT),
        bundled,
    }
    assert vault.evidence.documents_of("0" * 64) == ()


def test_equal_bytes_are_stored_once_whoever_uses_them(vault: Vault) -> None:
    for number in range(3):
        pages = (document("a", b"same"), document("b", b"same"))
        row = add(vault, replace(credential(number), report=report("verified", *pages)))
    assert vault.database.rows("SELECT count(*) FROM document") == [(1,)]
    assert vault.database.rows("SELECT count(*) FROM evidence") == [(6,)]
    assert {d.url[-1] for d in vault.evidence.documents_of(row.id)} == {"a", "b"}


def test_the_latest_document_of_an_address_is_given(vault: Vault) -> None:
    first = document("list", b"not revoked")
    row = add(vault, replace(credential(), report=report("verified", first)))
    second = document("list", b"revoked", at=LATER)
    vault.credentials.add_report(row.id, report("revoked", second, at=LATER), event("verified"))
    # A check without network that used the older copy must not make it the latest.
    vault.credentials.add_report(row.id, report("verified", first, at=LATER), event("verified"))
    assert [d.data for d in vault.evidence.documents_of(row.id)] == [b"revoked"]


def test_events_come_back_latest_first_with_all_they_hold(vault: Vault) -> None:
    events = [
        Event(LATER, "shared", "a" * 64, "Été", {"way": "qr", "count": 2}),
        Event(NOW, "created"),
        Event(LATER, "exported"),
    ]
    for one in events:
        vault.history.append(one)
    assert vault.history.events() == (events[2], events[0], events[1])
    assert vault.history.events(1) == (events[2],)
    assert vault.history.events(kind="shared") == (events[0],)


@pytest.mark.parametrize("sql", ["DELETE FROM event", "UPDATE event SET kind = 'x'"])
def test_history_cannot_be_changed_or_erased(vault: Vault, sql: str) -> None:
    vault.history.append(event("created"))
    with pytest.raises(Exception, match="append-only"):
        vault.database.run(sql)
    assert vault.history.events() == (event("created"),)


def test_facts_are_kept_by_key_and_the_identity_is_not_one_to_set(vault: Vault) -> None:
    assert vault.meta.get("demo") == ""
    vault.meta.set("demo", "1")
    vault.meta.set("demo", "2")
    assert vault.meta.get("demo") == "2"
    with pytest.raises(ValueError, match="vault_id"):
        vault.meta.set("vault_id", "x")
    assert vault.meta.get("vault_id") == vault.vault_id
