"""What the owner told of themselves and of issuers is kept, carried by backups, and forgotten."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.vaults import (
    NOW,
    add,
    credential,
    event,
    fill_people,
    make_vault,
    open_vault,
    report,
)
from wallet_app.credentials.model import Recipient
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.contents import read_contents
from wallet_app.storage.models import (
    Identity,
    NewReport,
    NewTrustList,
    Sighting,
    SignedBefore,
)
from wallet_app.storage.vault import Vault

SCHOOL = "did:web:school.example"


def told(issuer: object = SCHOOL, key: object = "key-a", outcome: str = "passed") -> NewReport:
    """Return a report that proves an issuer, or does not."""
    params: dict[str, Any] = {"issuer": issuer, "key": key}
    checks = [
        {"check": "signature", "outcome": outcome, "params": {}},
        {"check": "issuer", "outcome": "passed", "params": params},
    ]
    text = json.dumps({"verdict": "verified", "checks": checks})
    return NewReport(NOW, "verified", text)


def keys_before(vault: Vault, badge_id: str) -> list[str] | None:
    found = vault.signers.before(badge_id, SCHOOL)
    return None if found is None else [one.key for one in found.earlier]


def test_an_identifier_is_kept_once_and_forgotten_without_a_trace(vault: Vault) -> None:
    assert vault.people.add_identity("email", "a@example.com", event("identity_added"))
    assert not vault.people.add_identity("email", "a@example.com", event("identity_added"))
    assert vault.people.identities() == (Identity("email", "a@example.com", NOW),)
    vault.people.remove_identity("email", "a@example.com", event("identity_removed"))
    assert vault.people.identities() == ()
    assert [one.kind for one in vault.history.events()] == ["identity_removed", "identity_added"]
    with pytest.raises(UserError, match=r"identity\.unknown"):
        vault.people.remove_identity("email", "a@example.com", event("identity_removed"))
    assert len(vault.history.events()) == 2, "what did not happen is no history"


def test_an_issuer_is_known_once_until_it_is_forgotten(vault: Vault) -> None:
    assert vault.people.know_issuer(SCHOOL, "School", event("issuer_known"))
    assert not vault.people.know_issuer(SCHOOL, "Another name", event("issuer_known"))
    (known,) = vault.people.known_issuers()
    assert (known.issuer_id, known.name, known.added_at) == (SCHOOL, "School", NOW)
    vault.people.forget_issuer(SCHOOL, event("issuer_forgotten"))
    assert vault.people.known_issuers() == ()
    with pytest.raises(UserError, match=r"trust_list\.unknown"):
        vault.people.forget_issuer(SCHOOL, event("issuer_forgotten"))


def test_a_list_loaded_again_replaces_the_first_and_stays_switched_off(vault: Vault) -> None:
    first = NewTrustList("registry", "A", "https://lists.example/a", NOW, b"1")
    vault.people.keep_trust_list(first, event("trust_list_added"))
    vault.people.switch_trust_list(1, enabled=False)
    again = NewTrustList("registry", "A", "https://lists.example/a", NOW, b"2")
    vault.people.keep_trust_list(again, event("trust_list_added"))
    (kept,) = vault.people.trust_lists()
    assert (kept.number, kept.data, kept.enabled) == (1, b"2", False)
    assert vault.people.trust_lists("anchors") == ()
    vault.people.remove_trust_list(1, event("trust_list_removed"))
    assert vault.people.trust_lists() == ()
    with pytest.raises(UserError, match=r"trust_list\.unknown"):
        vault.people.remove_trust_list(1, event("trust_list_removed"))
    with pytest.raises(UserError, match=r"trust_list\.unknown"):
        vault.people.switch_trust_list(1, enabled=True)


def test_a_list_that_was_altered_on_the_disk_is_found(vault: Vault) -> None:
    fill_people(vault)
    assert vault.integrity_problems() == ()
    vault.database.run("UPDATE trust_list SET data = x'00' WHERE number = 1")
    (problem,) = vault.integrity_problems()
    assert problem.startswith("content differs from its hash: ")


def test_who_signed_is_read_from_reports_in_the_order_they_came(vault: Vault) -> None:
    first, second, third = (add(vault, credential(number)).id for number in (1, 2, 3))
    for badge_id, key in ((second, "key-b"), (first, "key-a"), (first, "key-c"), (third, "key-b")):
        vault.credentials.add_report(badge_id, told(key=key), event("verified"))
    assert keys_before(vault, second) == []
    assert keys_before(vault, first) == ["key-b"]
    assert keys_before(vault, third) == ["key-b", "key-a", "key-c"]
    assert vault.signers.before(first, SCHOOL) == SignedBefore(NOW, (Sighting("key-b", NOW),))
    for badge_id, issuer in ((first, ""), (first, "did:web:other.example"), ("f" * 64, SCHOOL)):
        assert vault.signers.before(badge_id, issuer) is None


@pytest.mark.parametrize(
    "unproven",
    [
        told(outcome="failed"),
        told(outcome="unknown"),
        told(issuer=7),
        told(issuer="x" * 3_000),
        told(key=["a"]),
        told(key="k" * 200),
        report("verified"),
        NewReport(NOW, "verified", "no JSON"),
        NewReport(NOW, "verified", "[" * 100_000),
        NewReport(NOW, "verified", '{"checks": [{"check": "issuer"}]}'),
    ],
)
def test_what_a_report_does_not_prove_is_no_signer(vault: Vault, unproven: NewReport) -> None:
    row = add(vault, credential(1))
    vault.credentials.add_report(row.id, unproven, event("verified"))
    assert vault.database.rows("SELECT * FROM signer") == []


def test_who_signed_and_for_whom_goes_with_the_badge(vault: Vault) -> None:
    row = add(vault, credential(1))
    vault.credentials.add_report(row.id, told(), event("verified"))
    vault.recipients.keep({row.id: (Recipient("email", "a@example.com"),)})
    vault.credentials.move_to_trash(row.id, event("deleted", row.id))
    assert keys_before(vault, row.id) == [], "the trash is still in the safe"
    assert vault.recipients.of_all() == {}
    vault.credentials.delete_forever(row.id, event("deleted_forever", row.id))
    assert vault.database.rows("SELECT * FROM signer") == []
    assert vault.database.rows("SELECT * FROM recipients") == []


def test_recipients_are_kept_once_read(vault: Vault) -> None:
    row = add(vault, credential(1))
    assert vault.recipients.unread() == (row.id,)
    named = (Recipient("email", "sha256$ab", hashed=True, salt="s"), Recipient("id", "did:a:b"))
    vault.recipients.keep({row.id: named, "f" * 64: named})
    assert vault.recipients.unread() == ()
    assert vault.recipients.of_all() == vault.recipients.of([row.id, "e" * 64]) == {row.id: named}
    many = [str(number) for number in range(300)]
    assert vault.recipients.of([*many, row.id]) == {row.id: named}
    assert vault.recipients.of(many) == {}


def test_a_backup_gives_an_owner_back_to_a_vault_that_held_nothing_else(tmp_path: Path) -> None:
    with make_vault(tmp_path / "one") as vault:
        fill_people(vault)
        contents = read_contents(vault.database)
    assert contents.lists.keys() == {row["sha256"] for row in contents.tables["lists"]}
    assert [row["enabled"] for row in contents.tables["lists"]] == [1, 0]


def test_an_older_vault_on_a_disk_that_cannot_be_written_has_no_owner(folder: Path) -> None:
    with make_vault(folder) as vault:
        row = add(vault, credential(1))
        # As schema 1 was: without any of these tables.
        for table in ("identity", "known_issuer", "trust_list", "signer", "recipients"):
            vault.database.run(f"DROP TABLE {table}")
        vault.database.run("PRAGMA user_version = 1")
    with open_vault(folder, read_only=True) as vault:
        assert vault.credentials.rows() == (row,)
        assert vault.people.identities() == vault.people.known_issuers() == ()
        assert vault.people.trust_lists() == ()
        assert vault.signers.before(row.id, SCHOOL) is None
        assert vault.recipients.of([row.id]) == {}
        assert vault.recipients.of_all() == {}
        assert vault.recipients.unread() == ()
        assert vault.integrity_problems() == ()
        assert read_contents(vault.database).tables["identities"] == ()
        with pytest.raises(EnvironmentFault, match=r"vault\.read_only"):
            vault.remove_upgrade_copies()
