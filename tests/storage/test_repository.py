"""Credentials go in whole, are listed newest first, and leave by way of the trash."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import NOW, add, add_many, credential, document, event, report
from wallet_app.credentials.model import Original
from wallet_app.storage import repository
from wallet_app.storage.models import CredentialIndex, Place, StoredReport, Tombstone
from wallet_app.storage.vault import Vault

LATER = NOW + timedelta(days=1)
FULL = CredentialIndex(
    name="Soudure à l’arc",
    issuer="Atelier Exemple",
    issuer_id="did:web:issuer.example",
    description="Deux ans d’apprentissage",
    holder="Ana Exemple",
    skills=("soudure", "lecture de plans"),
    tags=("métal",),
    format="ob3",
    credential_id="urn:example:1",
    canonical_sha256="c" * 64,
    issued_on=NOW.replace(year=999, microsecond=123456),
    expires_on=LATER,
)


def test_everything_given_comes_back_byte_for_byte(vault: Vault) -> None:
    data = bytes(range(256)) * 100
    new = replace(credential(), original=Original(data, "image/png", "p.png"), index=FULL)
    row = add(vault, replace(new, demo=True))
    stored = vault.credentials.get(row.id)
    assert stored.original == new.original
    assert stored.index == FULL
    assert stored.row == row
    assert stored.report_json == new.report.report_json
    assert (row.name, row.issuer, row.holder) == (FULL.name, FULL.issuer, FULL.holder)
    assert (row.skills, row.issued_on, row.expires_on) == (
        FULL.skills,
        FULL.issued_on,
        FULL.expires_on,
    )
    assert (row.verdict, row.issuer_proven, row.demo) == ("verified", True, True)
    assert (row.added, row.checked_at, row.deleted_at) == (NOW, NOW, None)


def test_times_without_a_zone_are_a_bug(vault: Vault) -> None:
    with pytest.raises(ValueError, match="time zone"):
        add(vault, credential(), at=NOW.replace(tzinfo=None))
    assert vault.credentials.count() == 0


def test_the_list_is_newest_first_and_can_be_limited(vault: Vault) -> None:
    rows = add_many(vault, 4)
    assert vault.credentials.rows() == tuple(reversed(rows))
    assert vault.credentials.rows(limit=2) == (rows[3], rows[2])
    assert vault.credentials.count() == 4


def test_the_same_bytes_are_not_added_twice(vault: Vault) -> None:
    row = add(vault, credential())
    assert refusal(add, vault, credential()) == "vault.duplicate"
    vault.credentials.move_to_trash(row.id, event("deleted"))
    assert refusal(add, vault, credential()) == "vault.duplicate"
    assert len(vault.history.events()) == 2


def test_a_credential_beyond_the_limit_is_refused(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "MAX_ORIGINAL_BYTES", len(credential().original.data) - 1)
    assert refusal(add, vault, credential()) == "vault.too_large"


def test_what_fails_half_way_leaves_nothing(vault: Vault) -> None:
    broken = replace(credential(), report=replace(report(), report_json=None))
    with pytest.raises(Exception, match="NOT NULL"):
        add(vault, broken)
    assert vault.credentials.rows() == ()
    assert vault.credentials.rows("Badge") == ()
    assert vault.history.events() == ()
    add(vault, credential())


def test_a_credential_is_found_by_six_digits_or_more_of_its_identity(vault: Vault) -> None:
    rows = add_many(vault, 40)
    identity = rows[7].id
    assert vault.credentials.find(identity) == identity
    assert vault.credentials.find(f" {identity[:8].upper()}\n") == identity
    for unknown in (identity[:5], "", "zzzzzz", "%%%%%%", "0" * 64, identity + "0"):
        assert refusal(vault.credentials.find, unknown) == "vault.no_such_credential"
    vault.credentials.move_to_trash(identity, event("deleted"))
    assert vault.credentials.find(identity[:6]) == identity


def test_two_identities_with_the_same_beginning_are_not_guessed_between(vault: Vault) -> None:
    row = add(vault, credential())
    twin = row.id[:63] + ("0" if row.id[63] != "0" else "1")
    add(vault, credential(1))
    vault.database.run("UPDATE credential SET id = ? WHERE id <> ?", (twin, row.id))
    assert refusal(vault.credentials.find, row.id[:6]) == "vault.ambiguous_id"
    assert vault.credentials.find(row.id) == row.id


def test_an_unknown_identity_is_named_as_such(vault: Vault) -> None:
    store = vault.credentials
    assert refusal(store.get, "0" * 64) == "vault.no_such_credential"
    assert refusal(store.reports, "0" * 64) == "vault.no_such_credential"
    assert refusal(store.replace_index, "0" * 64, FULL) == "vault.no_such_credential"
    assert refusal(store.add_report, "0" * 64, report(), event()) == "vault.no_such_credential"
    assert refusal(store.move_to_trash, "0" * 64, event()) == "vault.no_such_credential"
    assert refusal(store.recover, "0" * 64, event()) == "vault.not_in_trash"
    assert refusal(store.delete_forever, "0" * 64, event()) == "vault.not_in_trash"
    assert vault.history.events() == ()
    assert store.place_of("0" * 64) is Place.ABSENT


def test_a_later_report_is_the_current_one_and_the_earlier_ones_stay(vault: Vault) -> None:
    row = add(vault, credential())
    row = vault.credentials.add_report(row.id, report("revoked", at=LATER), event("verified"))
    assert (row.verdict, row.issuer_proven, row.checked_at) == ("revoked", False, LATER)
    assert vault.credentials.rows() == (row,)
    assert vault.credentials.get(row.id).report_json == '{"verdict": "revoked"}'
    assert vault.credentials.reports(row.id) == (
        StoredReport(LATER, "revoked", '{"verdict": "revoked"}', issuer_proven=False),
        StoredReport(NOW, "verified", '{"verdict": "verified"}', issuer_proven=True),
    )


def test_a_new_index_replaces_the_old_one_in_list_and_search(vault: Vault) -> None:
    row = add(vault, credential())
    vault.credentials.replace_index(row.id, FULL)
    assert vault.credentials.get(row.id).index == FULL
    assert vault.credentials.rows("soudure")[0].id == row.id
    assert vault.credentials.rows("badge") == ()
    assert vault.credentials.get(row.id).original == credential().original


def test_other_issues_and_other_copies_of_a_credential_are_found(vault: Vault) -> None:
    index = {"credential_id": "urn:example:x", "canonical_sha256": "c" * 64}
    first = add(vault, credential(1, **index))
    second = add(vault, credential(2, **index), at=LATER)
    add(vault, credential(3, credential_id="", canonical_sha256=""))
    store = vault.credentials
    assert store.same_document("urn:example:x", "https://issuer.example/") == (second, first)
    assert store.same_document("urn:example:x", "https://other.example/") == ()
    assert store.same_document("", "https://issuer.example/") == ()
    assert store.same_canonical("c" * 64) == (second, first)
    assert store.same_canonical("") == ()
    store.move_to_trash(second.id, event("deleted"))
    assert store.same_canonical("c" * 64) == (first,)


def test_the_way_to_the_trash_and_back_changes_nothing_else(vault: Vault) -> None:
    row = add(vault, credential())
    store = vault.credentials
    assert store.place_of(row.id) is Place.SAFE
    assert refusal(store.recover, row.id, event()) == "vault.not_in_trash"
    assert refusal(store.delete_forever, row.id, event()) == "vault.not_in_trash"
    store.move_to_trash(row.id, event("deleted", at=LATER))
    assert store.place_of(row.id) is Place.TRASH
    assert store.trash() == (replace(row, deleted_at=LATER),)
    assert (store.rows(), store.rows("Badge"), store.count()) == ((), (), 0)
    assert refusal(store.move_to_trash, row.id, event()) == "vault.no_such_credential"
    store.recover(row.id, event("recovered"))
    assert store.rows("Badge") == store.rows() == (row,)
    assert store.trash() == ()


def test_deleting_for_good_leaves_a_trace_and_no_content(vault: Vault) -> None:
    shared, own = document("shared", b"shared"), document("own", b"own")
    gone = add(vault, replace(credential(1), report=report("verified", shared, own)))
    kept = add(vault, replace(credential(2), report=report("verified", shared)))
    store = vault.credentials
    store.move_to_trash(gone.id, event("deleted"))
    store.delete_forever(gone.id, event("deleted_forever", at=LATER), reason="asked")
    assert store.place_of(gone.id) is Place.DELETED
    assert store.tombstones() == (Tombstone(gone.id, LATER, "asked"),)
    assert store.trash() == ()
    counted = {
        table: vault.database.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
        for table in ("credential", "original", "report", "evidence", "document", "search_docsize")
    }
    assert counted == {
        "credential": 1,
        "original": 1,
        "report": 1,
        "evidence": 1,
        "document": 1,
        "search_docsize": 1,
    }
    assert [d.data for d in vault.evidence.documents_of(kept.id)] == [b"shared"]
    assert vault.integrity_problems() == ()


def test_adding_again_what_was_deleted_for_good_brings_it_back_to_life(vault: Vault) -> None:
    row = add(vault, credential())
    vault.credentials.move_to_trash(row.id, event("deleted"))
    vault.credentials.delete_forever(row.id, event("deleted_forever"))
    assert add(vault, credential()).id == row.id
    assert vault.credentials.place_of(row.id) is Place.SAFE
    assert vault.credentials.tombstones() == ()


def test_a_credential_without_its_file_is_damage_and_is_found_by_the_full_check(
    vault: Vault,
) -> None:
    row = add(vault, credential())
    vault.database.run("DELETE FROM original")
    assert refusal(vault.credentials.get, row.id) == "vault.damaged"
    assert vault.integrity_problems() == ("credentials without their file: 1",)


def test_the_full_check_finds_every_kind_of_wrong_content(vault: Vault) -> None:
    add_many(vault, 2)
    assert vault.integrity_problems() == ()
    database = vault.database
    database.run("UPDATE original SET data = x'78' WHERE credential = 1")
    database.run("UPDATE document SET data = x'00'")
    database.run("DELETE FROM search WHERE rowid = 1")
    database.run("DELETE FROM report WHERE number = 2")
    database.run("PRAGMA foreign_keys = OFF")
    database.run("INSERT INTO original VALUES (99, '', '', x'')")
    problems = vault.integrity_problems()
    assert [problem.partition(":")[0] for problem in problems] == [
        "reference",
        "credentials without a report",
        "credentials that search cannot find",
        "content differs from its hash",
        "content differs from its hash",
    ]


def test_text_that_is_no_unicode_is_stored_and_looked_for_with_a_mark_in_its_place(
    vault: Vault,
) -> None:
    broken = "caf\udce9"
    new = credential(1, name=broken, tags=(broken,))
    new = replace(new, original=Original(new.original.data, new.original.media_type, broken))
    told = replace(event("imported"), credential_name=broken, params={"file": broken})
    row = vault.credentials.add(new, told)
    assert row.name == "caf\ufffd"
    assert vault.credentials.get(row.id).original.name == "caf\ufffd"
    assert vault.history.events()[0].params == {"file": "caf\ufffd"}
    assert [found.id for found in vault.credentials.rows(broken)] == [row.id]
