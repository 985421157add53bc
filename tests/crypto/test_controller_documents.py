"""Controller documents: the named key, from the named place, or none."""

from typing import Any

import pytest

from simulators.keys import SigningKey
from wallet_app.crypto.controller_documents import (
    ASSERTION_METHOD,
    find_verification_method,
    lists_method,
    parse_controller_document,
)
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import public_key_from_multikey

DID = "did:web:issuer.example"
FIRST, SECOND = SigningKey.ed25519("first"), SigningKey.ed25519("second")


def method(key: SigningKey = FIRST, **changes: Any) -> dict[str, Any]:
    plain = {
        "id": f"{DID}#key-1",
        "type": "Multikey",
        "controller": DID,
        "publicKeyMultibase": key.multikey,
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def document(*methods: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": DID,
        "verificationMethod": list(methods) or [method()],
        "assertionMethod": [f"{DID}#key-1"],
        **changes,
    }


def test_a_key_is_found_by_its_absolute_id() -> None:
    found = find_verification_method(parse_controller_document(document()), f"{DID}#key-1")
    assert found.key == public_key_from_multikey(FIRST.multikey)
    assert found.controller == DID
    assert found.purposes == {ASSERTION_METHOD}


def test_relative_ids_belong_to_the_document() -> None:
    parsed = parse_controller_document(
        document(method(id="#key-1"), assertionMethod="#key-1", authentication=["#key-2"])
    )
    assert find_verification_method(parsed, f"{DID}#key-1").purposes == {ASSERTION_METHOD}
    assert lists_method(parsed, f"{DID}#key-2", "authentication")
    assert not lists_method(parsed, f"{DID}#key-2", ASSERTION_METHOD)


def test_a_key_embedded_in_assertion_method_is_found() -> None:
    parsed = parse_controller_document({"id": DID, "assertionMethod": [method()]})
    assert parsed.declares_keys
    assert find_verification_method(parsed, f"{DID}#key-1").purposes == {ASSERTION_METHOD}


def test_the_named_key_is_taken_and_not_the_first_of_its_type() -> None:
    parsed = parse_controller_document(
        document(method(FIRST, id=f"{DID}#other"), method(SECOND, id=f"{DID}#key-1"))
    )
    found = find_verification_method(parsed, f"{DID}#key-1")
    assert found.key == public_key_from_multikey(SECOND.multikey)


def test_a_key_under_authentication_only_does_not_assert() -> None:
    parsed = parse_controller_document(
        document(assertionMethod=[], authentication=[f"{DID}#key-1"])
    )
    assert find_verification_method(parsed, f"{DID}#key-1").purposes == {"authentication"}


def test_a_key_of_another_controller_keeps_its_controller() -> None:
    parsed = parse_controller_document(document(method(controller="did:web:victim.example")))
    found = find_verification_method(parsed, f"{DID}#key-1")
    assert found.controller == "did:web:victim.example"


def test_an_absent_key_is_not_listed() -> None:
    with pytest.raises(ProofMalformed, match=r"key\.not_listed"):
        find_verification_method(parse_controller_document(document()), f"{DID}#key-2")


def test_two_different_keys_under_one_id_are_ambiguous() -> None:
    parsed = parse_controller_document(document(method(FIRST), method(SECOND)))
    with pytest.raises(ProofMalformed, match=r"key\.ambiguous"):
        find_verification_method(parsed, f"{DID}#key-1")


def test_one_key_given_twice_is_one_key() -> None:
    jwk = method(publicKeyMultibase=None, type="JsonWebKey", publicKeyJwk=FIRST.jwk())
    parsed = parse_controller_document(document(method(), assertionMethod=[jwk]))
    assert find_verification_method(parsed, f"{DID}#key-1").purposes == {ASSERTION_METHOD}


def test_one_id_with_two_controllers_is_ambiguous() -> None:
    parsed = parse_controller_document(
        document(method(), assertionMethod=[method(controller="did:web:other.example")])
    )
    with pytest.raises(ProofMalformed, match=r"key\.ambiguous"):
        find_verification_method(parsed, f"{DID}#key-1")


@pytest.mark.parametrize(
    "changes",
    [
        {"publicKeyJwk": FIRST.jwk()},
        {"publicKeyMultibase": None},
        {"type": "EcdsaSecp256k1VerificationKey2019"},
        {"publicKeyMultibase": None, "publicKeyPem": "no pem"},
    ],
    ids=["two key forms", "no key form", "another type than its key", "broken key"],
)
def test_a_method_that_contradicts_itself_is_malformed(changes: dict[str, Any]) -> None:
    parsed = parse_controller_document(document(method(**changes)))
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        find_verification_method(parsed, f"{DID}#key-1")


def test_an_unknown_method_type_spoils_only_itself() -> None:
    parsed = parse_controller_document(
        document(method(), method(id=f"{DID}#odd", type="BlsKey2020"))
    )
    find_verification_method(parsed, f"{DID}#key-1")
    with pytest.raises(ProofUnsupported, match=r"key\.type_unsupported"):
        find_verification_method(parsed, f"{DID}#odd")


def test_expiry_and_revocation_are_handed_on_as_written() -> None:
    parsed = parse_controller_document(
        document(method(expires="2026-01-01T00:00:00Z", revoked="2025-06-01T00:00:00Z"))
    )
    found = find_verification_method(parsed, f"{DID}#key-1")
    assert (found.expires, found.revoked) == ("2026-01-01T00:00:00Z", "2025-06-01T00:00:00Z")


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"id": ""},
        {"id": 3},
        document(verificationMethod="#key-1"),
        document(verificationMethod=[7]),
        document(assertionMethod=[{"type": "Multikey"}]),
        document(assertionMethod=[None]),
        document(assertionMethod=["#k"] * 501),
    ],
)
def test_a_broken_document_is_malformed(broken: dict[str, Any]) -> None:
    with pytest.raises(ProofMalformed, match=r"controller\.malformed"):
        parse_controller_document(broken)


def test_a_plain_profile_declares_no_keys() -> None:
    assert not parse_controller_document({"id": DID, "name": "An issuer"}).declares_keys
