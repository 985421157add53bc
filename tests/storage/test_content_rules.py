"""What a backup may say: all that a vault can hold, and nothing that surprises later."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from tests.simulators.vaults import NOW, PRIVATE_KEY, add, credential, fill_people, fill_words
from wallet_app.errors import UserError
from wallet_app.storage.archive import pack, unpack
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.content_rules import read_rows, rows_json
from wallet_app.storage.contents import Contents, read_contents
from wallet_app.storage.vault import Vault


def test_one_badge_with_megabytes_of_labels_does_not_block_backups(vault: Vault) -> None:
    labels = tuple("s" * 50_000 + str(number) for number in range(100))
    add(vault, credential(1, skills=labels, tags=labels))
    contents = read_contents(vault.database)
    assert unpack(pack(contents, NOW))[1] == contents


def test_a_part_of_millions_of_values_is_refused_before_it_is_read() -> None:
    rows = b",".join([b'{"a":1}'] * 2_100_000)
    data = b'{"format":"coffre-backup-history","version":1,"rows":[' + rows + b"]}"
    with pytest.raises(UserError) as caught:
        read_rows("history", data)
    assert caught.value.code == "backup.malformed"
    assert "many_values" in str(getattr(caught.value.__cause__, "code", ""))


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("credentials", {"demo": 2}),
        ("credentials", {"issuer_proven": -1}),
        ("credentials", {"verdict": "excellent"}),
        ("reports", {"verdict": ""}),
        ("history", {"kind": "\x1b[2J"}),
        ("history", {"kind": ""}),
    ],
)
def test_a_value_that_the_program_never_writes_is_refused(
    vault: Vault, table: str, changes: dict[str, SqlValue]
) -> None:
    add(vault, credential(1))
    (row,) = read_contents(vault.database).tables[table]
    assert read_rows(table, rows_json(table, (row,))) == (row,)
    with pytest.raises(UserError) as caught:
        read_rows(table, rows_json(table, ({**row, **changes},)))
    assert caught.value.code == "backup.malformed"


def proven(signature: str, issuer: str, code: str = "signature.valid") -> str:
    checks = [
        {"check": "signature", "outcome": signature, "code": code},
        {"check": "issuer", "outcome": issuer, "code": "issuer.bound"},
    ]
    return json.dumps({"verdict": "verified", "checks": checks})


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("credentials", {"verdict": "failed"}),
        ("credentials", {"issuer_proven": 0}),
        ("reports", {"report_json": '{"verdict": "failed"}'}),
        ("reports", {"report_json": "no report"}),
        ("reports", {"report_json": proven("failed", "passed")}),
        ("reports", {"report_json": proven("passed", "unknown")}),
        ("reports", {"report_json": proven("passed", "passed", "\x1b[2J")}),
        ("reports", {"report_json": '{"verdict": "verified", "checks": {}}'}),
    ],
)
def test_a_row_that_says_more_than_its_report_is_refused(
    vault: Vault, table: str, changes: dict[str, SqlValue]
) -> None:
    add(vault, credential(1))
    contents = read_contents(vault.database)
    (report,) = contents.tables["reports"]
    honest = {"reports": ({**report, "report_json": proven("passed", "warning")},)}
    contents = replace(contents, tables={**contents.tables, **honest})
    assert unpack(pack(contents, NOW))[1] == contents
    (row,) = contents.tables[table]
    forged = replace(contents, tables={**contents.tables, table: ({**row, **changes},)})
    with pytest.raises(UserError) as caught:
        unpack(pack(forged, NOW))
    assert caught.value.code == "backup.malformed"


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("identities", {"kind": "E-mail"}),
        ("identities", {"confirmed_at": "yesterday"}),
        ("identities", {"value": None}),
        ("issuers", {"added_at": "2026-11-23T10:15:00"}),
        ("lists", {"kind": "oracle"}),
        ("lists", {"enabled": 2}),
        ("lists", {"sha256": "A" * 64}),
        ("lists", {"fetched_at": ""}),
    ],
)
def test_an_owner_that_the_program_never_writes_is_refused(
    vault: Vault, table: str, changes: dict[str, SqlValue]
) -> None:
    fill_people(vault)
    row = read_contents(vault.database).tables[table][0]
    assert read_rows(table, rows_json(table, (row,))) == (row,)
    with pytest.raises(UserError, match=r"backup\.malformed"):
        read_rows(table, rows_json(table, ({**row, **changes},)))


@pytest.mark.parametrize("table", ["identities", "issuers", "lists"])
def test_an_owner_that_says_a_thing_twice_is_refused(vault: Vault, table: str) -> None:
    fill_people(vault)
    contents = read_contents(vault.database)
    first = contents.tables[table][0]
    twice = {**contents.tables, table: (first, *contents.tables[table])}
    with pytest.raises(UserError, match=r"backup\.malformed"):
        unpack(pack(replace(contents, tables=twice), NOW))


def test_a_list_without_its_data_and_data_without_its_list_are_refused(vault: Vault) -> None:
    fill_people(vault)
    contents = read_contents(vault.database)
    for lists in ({}, {**contents.lists, sha256(b"more").hexdigest(): b"more"}):
        with pytest.raises(UserError, match=r"backup\.malformed"):
            unpack(pack(replace(contents, lists=lists), NOW))


WORDS = ("notes", "tags", "favourites", "collections", "members", "removals", "holders")


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("credentials", {"moved_at": "9999-12-31T23:59:59.999999Z"}),
        ("credentials", {"moved_at": "2026-11-23T10:15:00Z"}),
        ("credentials", {"added_at": "2026-11-23T11:15:00.000000+01:00"}),
        ("notes", {"text": "another text under the same identity"}),
        ("notes", {"credential_id": "x"}),
        ("notes", {"parent": "x"}),
        ("notes", {"stamp": "2026-13-01T00:00:00.000000Z"}),
        ("tags", {"name": ""}),
        ("tags", {"present": 2}),
        ("favourites", {"present": None}),
        ("collections", {"id": ""}),
        ("members", {"stamp": ""}),
        ("removals", {"kind": "\x1b[2J"}),
        ("removals", {"key": "camille@vasseur.example"}),
        ("holders", {"did": ""}),
        ("holders", {"stamp": "9000-01-01T00:00:00.000000Z"}),
        ("holders", {"document": '{"id": "did:key:other"}'}),
        ("holders", {"document": "no document"}),
        ("holder_keys", {"did": "did:key:other"}),
        ("holder_keys", {"private": "no hex"}),
        ("holder_keys", {"private": ""}),
    ],
)
def test_words_and_keys_that_the_program_never_writes_are_refused(
    vault: Vault, table: str, changes: dict[str, SqlValue]
) -> None:
    fill_words(vault, add(vault, credential(1)).id)
    row = read_contents(vault.database, keys=True).rows(table)[0]
    assert read_rows(table, rows_json(table, (row,))) == (row,)
    with pytest.raises(UserError, match=r"backup\.malformed"):
        read_rows(table, rows_json(table, ({**row, **changes},)))


@pytest.mark.parametrize("table", WORDS)
def test_what_the_owner_wrote_twice_is_refused(vault: Vault, table: str) -> None:
    fill_words(vault, add(vault, credential(1)).id)
    contents = read_contents(vault.database)
    twice = {**contents.tables, table: (contents.rows(table)[0], *contents.rows(table))}
    for partial in (False, True):
        with pytest.raises(UserError, match=r"backup\.malformed"):
            unpack(pack(replace(contents, tables=twice), NOW), partial=partial)


@pytest.mark.parametrize("stamp", ["later", "9999-12-31T23:59:59.999999Z"])
def test_a_clock_that_no_change_could_follow_is_refused(vault: Vault, stamp: str) -> None:
    add(vault, credential(1))
    contents = read_contents(vault.database)
    settings = ({"key": "last_stamp", "value": stamp},)
    with pytest.raises(UserError, match=r"backup\.malformed"):
        unpack(pack(replace(contents, tables={**contents.tables, "settings": settings}), NOW))


def test_private_keys_travel_only_where_asked_for_and_the_manifest_says_so(vault: Vault) -> None:
    fill_words(vault, add(vault, credential(1)).id)
    for keys in (False, True):
        contents = read_contents(vault.database, keys=keys)
        archive = pack(contents, NOW)
        manifest, read = unpack(archive)
        assert manifest.keys is keys
        assert read == contents
        assert (PRIVATE_KEY.hex().encode() in archive) is keys
        assert PRIVATE_KEY.hex() not in repr(contents)


def test_a_set_of_changes_may_name_what_is_elsewhere(vault: Vault) -> None:
    fill_words(vault, add(vault, credential(1)).id)
    contents = read_contents(vault.database)
    part = Contents({name: contents.rows(name) for name in ("notes", "members")})
    assert unpack(pack(part, NOW), partial=True)[1].rows("notes") == contents.rows("notes")
    lone = Contents({"credentials": contents.rows("credentials")})
    assert unpack(pack(lone, NOW), partial=True)[1].originals == {}
    with pytest.raises(UserError, match=r"backup\.malformed"):
        unpack(pack(lone, NOW))
