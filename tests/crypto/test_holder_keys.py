"""Keys of other wallets are taken only when the private half makes the public one."""

import hashlib
from typing import Any

import pytest

from tests.simulators.wallets import identity, learncard_jwks
from wallet_app.crypto.holder_keys import (
    KeyKind,
    identity_of_jwk,
    identity_of_seed,
    key_document,
    read_holder_key,
)
from wallet_app.crypto.multibase import base58_decode, base58_encode
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

CAMILLE, OTHER = identity("camille"), identity("another")


def documents() -> list[dict[str, Any]]:
    return [key_document(key, CAMILLE.did) for key in CAMILLE.keys]


def test_a_key_that_is_written_is_read_back_the_same() -> None:
    assert tuple(map(read_holder_key, documents())) == CAMILLE.keys
    assert [key.kind for key in CAMILLE.keys] == list(KeyKind)


def test_the_identity_of_a_published_seed_is_the_published_one() -> None:
    # did:key 0.7, test vectors ed25519-x25519 (seed 000…0), public values only from there.
    made = identity_of_seed(Secret(bytes(32)))
    assert made.did == "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    assert made.keys[1].public == "z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW"


def test_an_ed25519_key_may_be_a_bare_seed() -> None:
    document = documents()[0]
    raw = base58_decode(document["privateKeyMultibase"][1:])
    document["privateKeyMultibase"] = "z" + base58_encode(raw[: 2 + 32])
    assert read_holder_key(document) == CAMILLE.keys[0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"privateKeyMultibase": key_document(OTHER.keys[0], OTHER.did)["privateKeyMultibase"]},
         "holder.key_differs"),
        ({"publicKeyMultibase": OTHER.keys[0].public}, "holder.key_differs"),
        ({"id": f"{OTHER.did}#{OTHER.keys[0].public}", "controller": OTHER.did},
         "holder.key_differs"),
        ({"id": f"{CAMILLE.did}#{OTHER.keys[0].public}"}, "holder.key_differs"),
        ({"controller": OTHER.did}, "holder.key_malformed"),
        ({"privateKeyMultibase": "zSECRET"}, "holder.key_malformed"),
        ({"privateKeyMultibase": "SECRET"}, "holder.key_malformed"),
        ({"privateKeyMultibase": None}, "holder.key_malformed"),
        ({"privateKeyMultibase": key_document(CAMILLE.keys[1], "")["privateKeyMultibase"]},
         "holder.key_malformed"),
        ({"id": "no DID at all"}, "holder.key_malformed"),
        ({"type": "JsonWebKey2020"}, "holder.key_unsupported"),
        ({"type": None}, "holder.key_unsupported"),
    ],
)  # fmt: skip
def test_a_key_that_is_not_proven_is_refused_by_name(changes: dict[str, Any], code: str) -> None:
    document = {**documents()[0], **changes}
    with pytest.raises(UserError) as refused:
        read_holder_key(document)
    assert refused.value.code == code
    assert "SECRET" not in repr(refused.value.params)
    assert refused.value.__cause__ is None or "SECRET" not in repr(refused.value.__cause__.args)


def test_a_seed_with_another_public_half_behind_it_is_refused() -> None:
    document = documents()[0]
    raw = bytearray(base58_decode(document["privateKeyMultibase"][1:]))
    raw[-1] ^= 1
    document["privateKeyMultibase"] = "z" + base58_encode(bytes(raw))
    with pytest.raises(UserError, match=r"holder\.key_malformed"):
        read_holder_key(document)


def test_a_key_never_shows_its_private_half() -> None:
    key = CAMILLE.keys[0]
    raw = bytes(key.private.buffer())
    for text in (repr(key), str(key), repr(CAMILLE)):
        assert raw.hex() not in text
        assert base58_encode(raw) not in text


def test_a_jwk_gives_the_same_identity_and_a_foreign_public_half_is_refused() -> None:
    jwks = learncard_jwks(CAMILLE)
    assert identity_of_jwk(jwks["ed25519"]) == CAMILLE
    with pytest.raises(UserError, match=r"holder\.key_differs"):
        identity_of_jwk({**jwks["ed25519"], "x": learncard_jwks(OTHER)["ed25519"]["x"]})
    with pytest.raises(UserError, match=r"holder\.key_unsupported"):
        identity_of_jwk(jwks["secp256k1"])
    with pytest.raises(UserError, match=r"holder\.key_malformed"):
        identity_of_jwk({**jwks["ed25519"], "d": "AAAA"})


def test_two_seeds_make_two_identities() -> None:
    seeds = [hashlib.sha256(bytes([number])).digest() for number in range(20)]
    assert len({identity_of_seed(Secret(seed)).did for seed in seeds}) == 20


PUBLISHED = (
    # digitalbazaar/ed25519-verification-key-2020 and x25519-key-agreement-key-2020 (BSD-3):
    # the example pairs of their READMEs and tests, made by that implementation.
    (
        "Ed25519VerificationKey2020",
        "z6MknCCLeeHBUaHu4aHSVLDCYQW9gjVJ7a63FpMvtuVMy53T",
        "zrv2EET2WWZ8T1Jbg4fEH5cQxhbUS22XxdweypUbjWVzv1YD6VqYuW6LH7heQCNYQCuoKaDwvv2qCWz3uBzG2xesqmf",
    ),
    (
        "X25519KeyAgreementKey2020",
        "z6LSeRSE5Em5oJpwdk3NBaLVERBS332ULC7EQq5EtMsmXhsM",
        "z3weeMD56C1T347EmB6kYNS7trpQwjvtQCpCYRpqGz6mcemT",
    ),
)


@pytest.mark.parametrize(("kind", "public", "private"), PUBLISHED)
def test_keys_that_another_program_wrote_are_read_and_written_the_same(
    kind: str, public: str, private: str
) -> None:
    did = "did:example:1234"
    document = {
        "id": f"{did}#{public}",
        "type": kind,
        "controller": did,
        "publicKeyMultibase": public,
        "privateKeyMultibase": private,
    }
    written = key_document(read_holder_key(document), did)
    assert {name: written[name] for name in document} == document
