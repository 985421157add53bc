"""Wallet backups: every credential is a member, and no key is ever taken in."""

import json

import pytest

from tests.credentials.pictures import OB2, OB3, itxt, png, read, token
from wallet_app.credentials.model import Format, JsonObject, LeftOut, Original
from wallet_app.credentials.recognise import recognise

KEYS: list[JsonObject] = [
    {"type": "Ed25519VerificationKey2020", "id": "did:key:z#z", "privateKeyMultibase": "zSECRET"},
    {"type": "Key", "privateKeyBase58": "SECRET"},
    {"type": "JsonWebKey2020", "privateKeyJwk": {"kty": "OKP", "d": "SECRET"}},
    {"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "d": "SECRET"},
    {"type": "Key", "jwk": {"kty": "oct", "k": "SECRET"}},
    {"type": "Seed", "seed": "SECRET"},
]
PROFILE: JsonObject = {"type": "ProfileMetadata", "data": {"profileName": "Default"}}
PUBLIC: JsonObject = {"type": "Multikey", "publicKeyMultibase": "z6Mk"}


def wallet(*contents: JsonObject | str) -> JsonObject:
    return {"type": "UniversalWallet2020", "id": "urn:w", "contents": list(contents)}


def test_credentials_are_members_and_the_rest_is_counted() -> None:
    found = read(wallet(OB3, PROFILE, token(OB3), *KEYS, OB2, PUBLIC))
    assert [one.format for one in found.embedded] == [
        *(Format.OPEN_BADGES_3, Format.OPEN_BADGES_3, Format.OPEN_BADGES_2),
    ]
    assert found.left_out == (
        LeftOut("", "container.private_keys", {"count": len(KEYS)}),
        LeftOut("", "container.others_skipped", {"count": 2}),
    )


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key.get("type", "jwk")))
def test_no_key_stays_in_what_is_read_of_a_backup(key: JsonObject) -> None:
    (found,) = recognise(Original(json.dumps(wallet(OB3, key)).encode(), ""))
    assert found.left_out == (LeftOut("", "container.private_keys", {"count": 1}),)
    assert all("SECRET" not in repr(member) for member in found.embedded)


def test_several_profiles_of_a_backup_are_read_each() -> None:
    found = read(json.dumps([wallet(OB3, KEYS[0]), wallet(OB2)]))
    first, second = found.embedded
    assert [one.format for one in (*first.embedded, *second.embedded)] == [
        Format.OPEN_BADGES_3,
        Format.OPEN_BADGES_2,
    ]
    assert first.left_out[0].code == "container.private_keys"


def test_a_member_that_cannot_be_read_is_named_with_its_reason() -> None:
    found = read(wallet(OB3, "eyJ.broken", {**OB2, "@context": "urn:other"}))
    assert [(one.name, one.code) for one in found.left_out] == [
        ("member[1]", "format.not_a_credential"),
        ("member[2]", "format.unknown_context"),
    ]
    assert found.warnings == ("container.member_unreadable",)


def test_two_badges_in_one_picture_are_two_credentials() -> None:
    data = png(itxt("openbadges", json.dumps(OB2)), itxt("openbadgecredential", token(OB3)))
    first, second = recognise(Original(data, ""))
    assert (first.format, first.original.data) == (Format.OPEN_BADGES_3, data)
    assert (second.format, second.original.data) == (
        Format.OPEN_BADGES_2,
        json.dumps(OB2).encode(),
    )
    assert second.original.media_type == "application/json"
