"""Files of other wallets as values: told apart by shape, bounded, refused by name."""

import hashlib
import json
import tarfile
from typing import Any

import pytest

from tests.credentials.pictures import OB2, OB3, token
from tests.simulators.wallets import (
    VC1,
    VC2,
    identity,
    lcw_file,
    lcw_keys,
    lcw_profile,
    lcw_tar,
    learncard_files,
    learncard_jwks,
    stable,
    zipped,
)
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.credentials.wallets.coffre_export import is_coffre_export, read_manifest
from wallet_app.credentials.wallets.learncard import read_learncard
from wallet_app.credentials.wallets.learner_credential_wallet import read_wallet
from wallet_app.credentials.wallets.wallet_tar import is_wallet_tar, read_wallet_tar

VC = {"@context": [VC1], "type": ["VerifiableCredential"], "credentialSubject": {"id": "did:a:b"}}
VCDM2 = {**VC, "@context": [VC2]}


def refused(data: bytes) -> tuple[str, dict[str, Any]]:
    with pytest.raises(FormatError) as error:
        read_wallet(data)
    return error.value.code, dict(error.value.params)


# --- Learner Credential Wallet -----------------------------------------------------------


def test_the_items_of_a_profile_are_told_apart_whatever_their_order() -> None:
    odd = {"type": "Note", "text": "mine"}
    profile = lcw_profile(VC, OB3, VCDM2, token(OB3), odd, OB2, name="Camille’s")
    profile["contents"].reverse()
    (read,) = read_wallet(lcw_file(profile))
    assert read.name == "Camille’s"
    assert read.credentials == tuple(reversed((VC, OB3, VCDM2, token(OB3), OB2)))
    assert read.documents == (identity().document,)
    assert read.keys == tuple(reversed(lcw_keys(identity())))
    assert read.others == (odd,)


def test_a_private_key_is_a_key_however_deep_it_lies() -> None:
    deep = {"type": "Store", "list": [{"inner": [{"privateKeyMultibase": "zSECRET"}]}]}
    jwk = {"type": "Store", "list": [{"kty": "OKP", "d": "SECRET"}]}
    inside = {**identity().document, "verificationMethod": [{"privateKeyBase58": "SECRET"}]}
    (read,) = read_wallet(json.dumps([{**lcw_profile(), "contents": [deep, jwk, inside]}]).encode())
    assert read.keys == (deep, jwk, inside)
    assert (read.others, read.documents) == ((), ())


@pytest.mark.parametrize(
    "data",
    [
        lcw_file(lcw_profile(VC), lcw_profile(VCDM2, name="Work")),
        json.dumps(lcw_profile(VC)).encode(),
        json.dumps([VC, VCDM2]).encode(),
        b"\xef\xbb\xbf" + lcw_file(lcw_profile(VC)),
    ],
    ids=["profiles", "one profile", "bare credentials", "byte order mark"],
)
def test_every_shape_of_the_file_is_read(data: bytes) -> None:
    found = [one for profile in read_wallet(data) for one in profile.credentials]
    assert found[0] == VC


@pytest.mark.parametrize(
    "document",
    [
        {**lcw_profile(VC), "status": "LOCKED"},
        {"@context": ["https://w3id.org/wallet/v1"], "type": ["EncryptedWallet"], "jwe": {}},
    ],
)
def test_a_locked_wallet_is_refused_by_name(document: dict[str, Any]) -> None:
    assert refused(json.dumps([document]).encode())[0] == "wallet.locked"
    with pytest.raises(FormatError, match=r"wallet\.locked"):
        recognise(Original(json.dumps(document).encode(), ""))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}", "wallet.unknown"),
        (b"[]", "wallet.unknown"),
        (b"[1, 2]", "wallet.unknown"),
        (json.dumps(VC).encode(), "wallet.unknown"),
        (b'{"type": "UniversalWallet2020"}', "wallet.unknown"),
        (b'{"type": "UniversalWallet2020", "contents": {}}', "wallet.unknown"),
        (b'[{"type": "UniversalWallet2020", "contents": []}, 3]', "wallet.unknown"),
        (b"[" * 100 + b"]" * 100, "format.json_too_deep"),
        (b'{"type": "UniversalWallet2020", "type": "x"}', "format.json_duplicate_key"),
        (b"\xff\xfe", "format.not_utf8"),
        (b"[" + b"0," * 2_000_001 + b"0]", "format.json_too_many_values"),
        (
            json.dumps([{"type": "UniversalWallet2020", "contents": []}] * 1_001).encode(),
            "wallet.too_many_items",
        ),
        (
            json.dumps([{"type": "UniversalWallet2020", "contents": [0] * 20_001}]).encode(),
            "wallet.too_many_items",
        ),
        (b'"' + b"x" * (64 * 1024 * 1024) + b'"', "format.too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_wallet_or_more_than_one_is_refused(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_no_key_shows_in_a_text_of_what_was_read() -> None:
    read = read_wallet(lcw_file(lcw_profile(VC)))
    secret = lcw_keys(identity())[0]["privateKeyMultibase"]
    assert secret not in repr(read)


def test_the_tar_file_of_the_successor_is_read_and_what_is_missing_counted() -> None:
    data = lcw_tar(
        ("Default", identity("a"), [VC, VCDM2]),
        ("default", identity("b"), [VC]),
        credentials__stray=json.dumps(OB3).encode(),
        profiles__z=json.dumps({"profileName": "Bare", "credentialCids": ["gone"]}).encode(),
    )
    assert is_wallet_tar(data)
    profiles, missing = read_wallet_tar(data)
    assert [(one.name, len(one.credentials), len(one.keys)) for one in profiles] == [
        ("Default", 2, 1),
        ("default", 1, 1),
        ("Bare", 0, 0),
        ("", 1, 0),
    ]
    assert missing == 1


def sparse(size: int) -> bytes:
    """Return an archive whose one file claims a size that it does not have (GNU, type S)."""
    info = tarfile.TarInfo("profiles/a.json")
    info.size, info.type = 512, tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"%011o\0%011o\0" % (size - 512, 512)
    header[483:495] = b"%011o\0" % size
    header[148:156] = b"%06o\0 " % tarfile.calc_chksums(header)[0]  # type: ignore[attr-defined]
    return bytes(header) + bytes(512) + bytes(1024)


def long_names(count: int) -> bytes:
    """Return an archive of nothing but chained headers, which make a reader recurse."""
    info = tarfile.TarInfo("././@LongLink")
    info.size, info.type = 1, tarfile.GNUTYPE_LONGNAME
    return (info.tobuf(tarfile.GNU_FORMAT) + b"a".ljust(512, b"\0")) * count


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lcw_tar(), "wallet.unknown"),
        (lcw_tar(("a", identity(), [VC]))[:700], "container.damaged"),
        (lcw_tar(profiles__a=b"[]"), "format.json_not_an_object"),
        (lcw_tar(profiles__a=b"{}", credentials__b=b" " * 4_200_000), "format.too_large"),
        (sparse(2**33), "wallet.unknown"),
        (long_names(5_000), "container.damaged"),
        (b"\0" * 257 + b"ustar" + b"\0" * 1_000, "container.damaged"),
    ],
    ids=["empty", "cut short", "no object", "large", "sparse", "chained", "no archive"],
)
def test_a_tar_file_that_is_none_or_claims_too_much_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as error:
        read_wallet_tar(data)
    assert error.value.code == code


# --- LearnCard ---------------------------------------------------------------------------


def bundle(**changes: Any) -> dict[str, bytes]:
    held = identity()
    return learncard_files(
        ("credential", VC),
        ("credential", VCDM2),
        ("index-record", {"title": "First"}),
        ("key-jwks", learncard_jwks(held)),
        ("did-document", {"primaryDid": held.did}),
        did=held.did,
        **changes,
    )


def learncard_refused(files: dict[str, bytes]) -> tuple[str, str]:
    with pytest.raises(FormatError) as error:
        read_learncard(zipped(files))
    return error.value.code, str(error.value.params.get("entry", ""))


def test_a_bundle_is_its_listed_files_and_says_what_is_locked() -> None:
    read = read_learncard(zipped(bundle()))
    assert read.did == identity().did
    assert read.locked
    assert sorted((entry.type, entry.locked) for entry in read.entries) == [
        ("credential", True),
        ("credential", True),
        ("did-document", False),
        ("index-record", True),
        ("key-jwks", True),
    ]
    assert not read_learncard(zipped(bundle(encrypt=False))).locked


def test_one_changed_byte_in_any_listed_file_is_told_by_its_name() -> None:
    for path in [name for name in bundle() if "/" in name]:
        files = bundle()
        files[path] = files[path][:-2] + b" " + files[path][-2:]
        assert learncard_refused(files) == ("wallet.file_altered", path)


def test_a_missing_file_is_told_by_its_name() -> None:
    files = bundle()
    path = next(name for name in files if name.startswith("credentials/"))
    del files[path]
    assert learncard_refused(files) == ("wallet.file_missing", path)


def altered(change: Any) -> dict[str, bytes]:
    files = bundle()
    manifest = json.loads(files["manifest.json"])
    change(manifest)
    files["manifest.json"] = json.dumps(manifest).encode()
    return files


def rehashed(manifest: dict[str, Any]) -> None:
    manifest["payloadSha256"] = hashlib.sha256(stable(manifest["contents"])).hexdigest()


def named_twice(manifest: dict[str, Any]) -> None:
    manifest["contents"].append(manifest["contents"][0])
    rehashed(manifest)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m["contents"].pop(), "wallet.file_altered"),
        (lambda m: m.update(contents={}), "wallet.file_altered"),
        (named_twice, "wallet.file_altered"),
        (lambda m: m.update(specVersion="2.0.0"), "wallet.newer"),
        (lambda m: m["encryption"].update(mode="scrypt"), "wallet.newer"),
        (lambda m: m["encryption"].update(envelope="another-v2"), "wallet.newer"),
        (lambda m: m.pop("encryption"), "wallet.newer"),
        (lambda m: m.pop("payloadSha256"), "wallet.unknown"),
    ],
)
def test_a_list_that_was_changed_or_is_newer_is_refused(change: Any, code: str) -> None:
    assert learncard_refused(altered(change))[0] == code


def test_a_file_twice_in_the_archive_is_refused(recwarn: pytest.WarningsRecorder) -> None:
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    data = io.BytesIO(zipped(bundle()))
    path = next(name for name in bundle() if name.startswith("credentials/"))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(path, b"{}")
    recwarn.clear()
    with pytest.raises(FormatError) as error:
        read_learncard(data.getvalue())
    assert (error.value.code, error.value.params["entry"]) == ("wallet.file_altered", path)


def test_the_ordinary_way_in_names_a_locked_bundle_and_reads_an_open_one() -> None:
    with pytest.raises(FormatError, match=r"wallet\.learncard"):
        recognise(Original(zipped(bundle()), ""))
    (read,) = recognise(Original(zipped(bundle(encrypt=False)), ""))
    assert len(read.embedded) == 2


# --- Coffre's own ------------------------------------------------------------------------


def listed(**changes: Any) -> bytes:
    badge = {
        "file": "badges/A 0123.json",
        "sha256": "0" * 64,
        "note": "n",
        "tags": ["t"],
        **changes,
    }
    document = {"format": "coffre-plain-export", "version": 1, "badges": [badge]}
    return json.dumps(document).encode()


def test_the_list_of_a_plain_export_is_read() -> None:
    assert is_coffre_export(listed())
    (badge,) = read_manifest(listed(favourite=True, collections=["Work", 3])).badges
    assert (badge.note, badge.tags, badge.favourite, badge.collections) == (
        *("n", ("t",), True, ("Work",)),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../secret.json"},
        {"file": "badges/../../secret.json"},
        {"file": "/etc/passwd"},
        {"file": "badges/.hidden"},
        {"file": "badges\\a.json"},
        {"file": "badges/a\x00b"},
        {"file": "evidence/a"},
        {"file": 3},
        {"sha256": "0"},
        {"note": 3},
        {"favourite": "yes"},
    ],
    ids=str,
)
def test_a_list_that_leads_elsewhere_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match=r"wallet\.file_altered"):
        read_manifest(listed(**changes))


def test_a_newer_list_is_refused_by_name() -> None:
    document = json.loads(listed())
    document["version"] = 2
    with pytest.raises(FormatError, match=r"wallet\.newer"):
        read_manifest(json.dumps(document).encode())
    with pytest.raises(FormatError, match=r"wallet\.unknown"):
        read_manifest(b'{"version": 1}')
