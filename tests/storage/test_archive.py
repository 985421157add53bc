"""The inside of a backup gives back equal data, and hostile archives get no further."""

import json
import random
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulators.vaults import (
    NOW,
    add,
    credential,
    document,
    event,
    fill_people,
    make_vault,
    report,
)
from wallet_app.credentials.model import Original
from wallet_app.errors import UserError
from wallet_app.storage import archive
from wallet_app.storage.archive import FORMAT_VERSION, pack, unpack
from wallet_app.storage.contents import Contents, read_contents, write_contents
from wallet_app.storage.vault import Vault


def fill(vault: Vault) -> None:
    """One of everything: two badges, one in the trash, one gone, reports, evidence, facts."""
    png = Original(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png", "badge.png")
    add(vault, replace(credential(1, name="Été ❄"), original=png, demo=True))
    for number in (2, 3):
        row = add(vault, credential(number, issued_on=None, expires_on=NOW))
        vault.credentials.move_to_trash(row.id, event("deleted", row.id))
    vault.credentials.delete_forever(row.id, event("deleted_forever", row.id), reason="asked")
    later = report("revoked", document("list", b"\x00\x01"), document("keys"))
    vault.credentials.add_report(png.sha256, later, event("verified", png.sha256))
    vault.meta.set("demo", "1")
    fill_people(vault)


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    with make_vault(tmp_path_factory.mktemp("archive") / "vault") as vault:
        fill(vault)
        return read_contents(vault.database)


@pytest.fixture(scope="module")
def packed(contents: Contents) -> bytes:
    return pack(contents, NOW)


def entries(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as made:
        for name, data in files.items():
            made.writestr(ZipInfo(name), data)
    return buffer.getvalue()


def relisted(files: dict[str, bytes]) -> bytes:
    """Zip with a manifest that lists exactly these files, as an attacker would."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [
        {"path": path, "sha256": sha256(data).hexdigest()}
        for path, data in files.items()
        if path != "manifest.json"
    ]
    return zipped({**files, "manifest.json": json.dumps(manifest).encode()})


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        unpack(data)
    return caught.value.code


def test_what_was_packed_comes_out_equal(contents: Contents, packed: bytes) -> None:
    manifest, unpacked = unpack(packed)
    assert unpacked == contents
    assert (manifest.format_version, manifest.made_at) == (FORMAT_VERSION, NOW)
    assert manifest.program.startswith("Coffre ")


def test_packing_is_the_same_every_time(contents: Contents, packed: bytes) -> None:
    assert pack(contents, NOW) == packed


def test_a_new_vault_filled_from_a_backup_gives_the_same_backup(
    contents: Contents, packed: bytes, tmp_path: Path
) -> None:
    with make_vault(tmp_path / "vault") as vault:
        with vault.database.transaction():
            write_contents(vault.database, contents)
        assert pack(read_contents(vault.database), NOW) == packed
        assert vault.integrity_problems() == ()
        assert [row.name for row in vault.credentials.rows("ete")] == ["Été ❄"]
        assert len(vault.credentials.trash()) == 1
        assert len(vault.credentials.tombstones()) == 1


def test_the_archive_is_laid_out_as_described(contents: Contents, packed: bytes) -> None:
    files = entries(packed)
    manifest = json.loads(files["manifest.json"])
    listed = {entry["path"]: entry for entry in manifest["files"]}
    assert set(listed) == set(files) - {"manifest.json"}
    for path, data in files.items():
        if path != "manifest.json":
            assert listed[path]["sha256"] == sha256(data).hexdigest()
            assert listed[path]["bytes"] == len(data)
    png = next(path for path in files if path.endswith(".png"))
    assert files[png] == contents.originals[png[12:76]]
    assert listed[png]["media_type"] == "image/png"
    assert {path for path in files if "/" not in path} == {"README.txt", "manifest.json"}
    assert {path.partition("/")[0] for path in files if "/" in path} == {
        *("credentials", "evidence", "data", "lists"),
    }
    assert "age -d" in files["README.txt"].decode()
    assert manifest["counts"]["credentials"] == 2


def test_a_media_type_without_an_extension_of_ours_is_kept_as_bin(contents: Contents) -> None:
    row = {**contents.tables["credentials"][0], "media_type": "application/x-odd"}
    tables = {**contents.tables, "credentials": (row, *contents.tables["credentials"][1:])}
    odd = replace(contents, tables=tables)
    assert unpack(pack(odd, NOW))[1] == odd


def test_a_vault_too_large_for_a_backup_is_named(
    contents: Contents, packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", len(packed) - 1)
    with pytest.raises(UserError) as caught:
        pack(contents, NOW)
    assert caught.value.code == "backup.too_large"
    assert refusal(packed) == "backup.too_large"


def test_files_missing_added_or_altered_are_each_named(packed: bytes) -> None:
    files = entries(packed)
    evidence = next(path for path in files if path.startswith("evidence/"))
    without = {path: data for path, data in files.items() if path != evidence}
    assert refusal(zipped(without)) == "backup.file_missing"
    assert refusal(zipped({**files, "evidence/" + "0" * 64: b""})) == "backup.file_unexpected"
    assert refusal(zipped({**files, evidence: files[evidence] + b" "})) == "backup.file_altered"
    # Listed again with the new hash, it is still not what its name says.
    assert refusal(relisted({**files, evidence: b" "})) == "backup.file_altered"
    # Listed nowhere, yet every table must be there.
    del files["data/history.json"]
    assert refusal(relisted(files)) == "backup.file_missing"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "credentials/../../evil",
        "credentials/" + "0" * 64 + ".json/..",
        "C:\\evil",
        "evidence/x",
        "data/x.json/",
        "EVIDENCE/" + "0" * 64,
        "",
    ],
)
def test_no_path_but_our_own_is_read(packed: bytes, name: str) -> None:
    assert refusal(relisted({**entries(packed), name: b"x"})) == "backup.file_unexpected"


def with_entry(change: Callable[[ZipInfo], None], compress: int = ZIP_STORED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", compress) as made:
        info = ZipInfo("evidence/" + "0" * 64)
        info.compress_type = compress
        change(info)
        made.writestr(info, b"0" * 10_000)
    return buffer.getvalue()


def link(info: ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def test_links_and_compressed_entries_are_refused_unread() -> None:
    assert refusal(with_entry(link)) == "backup.malformed"
    assert refusal(with_entry(lambda _: None, ZIP_DEFLATED)) == "backup.malformed"


def test_anything_around_the_archive_is_refused(packed: bytes) -> None:
    for data in (b"", b"PK", b"x" + packed, packed + b"x", packed[:-1], packed[: len(packed) // 2]):
        assert refusal(data) == "backup.malformed"


def test_the_same_name_twice_is_refused(packed: bytes) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr("README.txt", b"x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("README.txt", b"x")
    assert refusal(buffer.getvalue()) == "backup.malformed"


def test_entries_that_overlap_are_refused(packed: bytes) -> None:
    # Every entry of the directory points at the same big one.
    size, names = 50_000, [f"evidence/{n:064x}" for n in range(20)]
    data = zipped(dict.fromkeys(names[:1], b"0" * size))
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[directory:end]
    many = b"".join(entry.replace(names[0].encode(), name.encode()) for name in names)
    count, length = len(names).to_bytes(2, "little"), len(many).to_bytes(4, "little")
    forged = data[:directory] + many + data[end : end + 8] + count * 2 + length + data[end + 16 :]
    assert refusal(forged) == "backup.malformed"


def test_too_many_entries_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"evidence/{n:064x}": b"" for n in range(11)})
    monkeypatch.setattr(archive, "_MAX_ENTRIES", 10)
    assert refusal(data) == "backup.malformed"


def test_a_newer_format_is_named_as_such(packed: bytes) -> None:
    files = entries(packed)
    manifest = {**json.loads(files["manifest.json"]), "version": FORMAT_VERSION + 1}
    manifest["files"] = "of another shape"
    newer = {**files, "manifest.json": json.dumps(manifest).encode()}
    assert refusal(zipped(newer)) == "backup.newer_version"
    history = {**json.loads(files["data/history.json"]), "version": 2}
    assert (
        refusal(relisted({**files, "data/history.json": json.dumps(history).encode()}))
        == "backup.newer_version"
    )


@pytest.mark.parametrize(
    "members",
    [
        {"format": "zip"},
        {"version": "1"},
        {"version": True},
        {"made_at": "yesterday"},
        {"made_at": "2026-11-23T10:15:00"},
        {"made_at": 5},
        {"program": None},
        {"files": {}},
        {"files": [7]},
        {"files": [{"path": 7}]},
    ],
)
def test_a_manifest_of_the_wrong_shape_is_refused(packed: bytes, members: dict[str, Any]) -> None:
    files = entries(packed)
    manifest = {**json.loads(files["manifest.json"]), **members}
    assert (
        refusal(zipped({**files, "manifest.json": json.dumps(manifest).encode()}))
        == "backup.malformed"
    )


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b'{"a": 1, "a": 2}'])
def test_a_manifest_that_is_no_object_is_refused(packed: bytes, manifest: bytes) -> None:
    assert refusal(zipped({**entries(packed), "manifest.json": manifest})) == "backup.malformed"


WRONG_ROWS = [
    ("credentials", "id", "0" * 63),
    ("credentials", "id", "0" * 64),
    ("credentials", "name", None),
    ("credentials", "name", 7),
    ("credentials", "demo", "1"),
    ("credentials", "demo", True),
    ("credentials", "skills", "not json"),
    ("credentials", "skills", "{}"),
    ("credentials", "skills", "[1]"),
    ("credentials", "added_at", "soon"),
    ("credentials", "added_at", "2026-11-23T10:15:00"),
    ("credentials", "added_at", "2026-11-23T10:15:00+01:00"),
    ("credentials", "deleted_at", ""),
    ("credentials", "colour", "red"),
    ("reports", "credential", "0" * 64),
    ("reports", "number", 2**60),
    ("reports", "number", 2),
    ("evidence", "report", 99),
    ("evidence", "sha256", "0" * 64),
    ("history", "params", "[]"),
    ("history", "params", '{"a": [1]}'),
    ("history", "at", "now"),
    ("tombstones", "credential_id", "x"),
    ("settings", "key", "vault_id"),
]


@pytest.mark.parametrize(("table", "column", "value"), WRONG_ROWS)
def test_a_row_that_could_not_be_stored_or_read_is_refused(
    packed: bytes, table: str, column: str, value: object
) -> None:
    files = entries(packed)
    path = f"data/{table}.json"
    rows = json.loads(files[path])
    rows["rows"][0][column] = value
    assert refusal(relisted({**files, path: json.dumps(rows).encode()})) == "backup.malformed"


@pytest.mark.parametrize("table", ["credentials", "reports", "tombstones", "settings"])
def test_the_same_row_twice_is_refused(packed: bytes, table: str) -> None:
    files = entries(packed)
    path = f"data/{table}.json"
    rows = json.loads(files[path])
    rows["rows"].append(rows["rows"][0])
    assert refusal(relisted({**files, path: json.dumps(rows).encode()})) == "backup.malformed"


def test_a_credential_both_alive_and_deleted_is_refused(packed: bytes) -> None:
    files = entries(packed)
    rows = json.loads(files["data/tombstones.json"])
    rows["rows"][0]["credential_id"] = json.loads(files["data/credentials.json"])["rows"][0]["id"]
    assert (
        refusal(relisted({**files, "data/tombstones.json": json.dumps(rows).encode()}))
        == "backup.malformed"
    )


@pytest.mark.parametrize(
    "text",
    [b"[]", b"{", b'{"format": "x"}', b'{"format": "coffre-backup-history", "version": 1}',
     b'{"format": "coffre-backup-history", "version": true, "rows": []}',
     b'{"format": "coffre-backup-history", "version": 1, "rows": [7]}'],
)  # fmt: skip
def test_a_list_of_the_wrong_shape_is_refused(packed: bytes, text: bytes) -> None:
    assert refusal(relisted({**entries(packed), "data/history.json": text})) == "backup.malformed"


def test_every_damaged_archive_is_refused_or_equal(contents: Contents, packed: bytes) -> None:
    # A few bytes of the ZIP itself mean nothing (times, modes); all else must be noticed.
    chance = random.Random(20261123)  # noqa: S311 - places to damage
    for _ in range(400):
        damaged = bytearray(packed)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        with suppress(UserError):
            assert unpack(bytes(damaged))[1] == contents


@settings(max_examples=100, deadline=None, derandomize=True)
@given(body=st.binary(max_size=300))
def test_an_archive_of_noise_is_refused(body: bytes) -> None:
    for data in (body, b"PK\x03\x04" + body + b"PK\x05\x06" + bytes(18)):
        refusal(data)


def test_a_hostile_manifest_is_answered_quickly(packed: bytes) -> None:
    deep = b'{"files": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}"
    started = time.process_time()
    assert refusal(zipped({**entries(packed), "manifest.json": deep})) == "backup.malformed"
    assert time.process_time() - started < 2
