"""The two older suites that keep their signature in a detached JWS."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from simulators.issuer import VC1, Issuer
from simulators.keys import SigningKey, base64url
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.controller_documents import find_verification_method
from wallet_app.crypto.data_integrity import VerifiedProof, hash_data, proofs_of, verify_proof
from wallet_app.crypto.did import did_key_document
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.keys import KeyAlgorithm, public_key_from_jwk

Json = dict[str, Any]

JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
KEYS = {
    "EdDSA": SigningKey.ed25519("older"),
    "ES256": SigningKey.elliptic("older"),
    "ES384": SigningKey.elliptic("older", KeyAlgorithm.P384),
    "ES256K": SigningKey.elliptic("older", KeyAlgorithm.SECP256K1),
    "RS256": SigningKey.rsa(),
    "PS256": SigningKey.rsa(),
}
PLAIN = {"b64": False, "crit": ["b64"]}
CASES = [("Ed25519Signature2018", "EdDSA"), *(("JsonWebSignature2020", name) for name in KEYS)]


def signed(suite: str, key: SigningKey, **header: Any) -> Json:
    issuer = Issuer(WebSimulator(), "did:web:issuer.example", key, "did:web:issuer.example#k")
    badge = issuer.badge_v1()
    badge["@context"][-1] = JWS_2020
    if suite == "Ed25519Signature2018":
        badge["@context"].pop()
    options = {
        "type": suite,
        "created": "2026-01-15T09:00:01Z",
        "verificationMethod": issuer.method,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(badge, options, key.algorithm, load_contexts())
    full = {"alg": key.jws_algorithm, **PLAIN, **header}
    encoded = base64url(json.dumps({n: v for n, v in full.items() if v is not None}).encode())
    signature = base64url(made(key, full["alg"], encoded.encode() + b"." + data))
    return {**badge, "proof": {**options, "jws": f"{encoded}..{signature}"}}


def made(key: SigningKey, algorithm: str, data: bytes) -> bytes:
    if algorithm != "PS256":
        return key.sign(data)
    assert isinstance(key.private, RSAPrivateKey)
    return key.private.sign(data, PSS(MGF1(SHA256()), PSS.DIGEST_LENGTH), SHA256())


def verified(badge: Json, key: SigningKey) -> VerifiedProof:
    (proof,) = proofs_of(badge)
    return verify_proof(badge, proof, public_key_from_jwk(key.jwk()), load_contexts())


@pytest.mark.parametrize(("suite", "name"), CASES)
def test_a_signed_badge_verifies_and_a_changed_one_does_not(suite: str, name: str) -> None:
    badge = signed(suite, KEYS[name], alg=name)
    assert badge["@context"][0] == VC1
    assert verified(badge, KEYS[name]).proof.suite == suite
    for changed in (
        {**badge, "id": "urn:uuid:0"},
        {**badge, "proof": {**badge["proof"], "created": "2026-01-15T09:00:02Z"}},
        {**badge, "proof": {**badge["proof"], "jws": badge["proof"]["jws"][:-8] + "AAAAAAAA"}},
    ):
        with pytest.raises(ProofError) as caught:
            verified(changed, KEYS[name])
        assert caught.value.code in ("proof.bad_signature", "proof.value_malformed")


def test_the_algorithm_must_fit_the_key() -> None:
    for algorithm in ("ES256", "none", "HS256"):
        with pytest.raises(ProofMalformed, match=r"jws\."):
            verified(signed("JsonWebSignature2020", KEYS["EdDSA"], alg=algorithm), KEYS["EdDSA"])


def test_the_2018_suite_takes_edwards_keys_only() -> None:
    badge = signed("Ed25519Signature2018", KEYS["EdDSA"])
    with pytest.raises(ProofMalformed, match=r"key\.suite_mismatch"):
        verified(badge, KEYS["ES256"])


@pytest.mark.parametrize(
    "header",
    [{"b64": True}, {"b64": None}, {"crit": None}, {"crit": []}, {"crit": ["b64", "exp"]}],
    ids=str,
)
def test_the_payload_must_be_declared_unencoded(header: Json) -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.crit"):
        verified(signed("Ed25519Signature2018", KEYS["EdDSA"], **header), KEYS["EdDSA"])


@pytest.mark.parametrize("header", [{"jwk": {}}, {"x5u": "https://x.example"}, {"alg": 7}], ids=str)
def test_a_header_with_more_in_it_is_refused(header: Json) -> None:
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verified(signed("Ed25519Signature2018", KEYS["EdDSA"], **header), KEYS["EdDSA"])


@pytest.mark.parametrize("value", [None, "", "a.b", "e30.cA.AA", "e30..A=", "..", "é..A", 7])
def test_a_value_of_another_shape_is_refused(value: Any) -> None:
    badge = signed("Ed25519Signature2018", KEYS["EdDSA"])
    badge["proof"]["jws"] = value
    with pytest.raises(ProofMalformed):
        verified(badge, KEYS["EdDSA"])


@pytest.mark.corpus
def test_a_published_credential_of_2018_verifies_and_a_changed_one_does_not(corpus: Path) -> None:
    contexts = load_contexts()
    for url, name in (
        ("http://schema.org", "schema.org.json"),
        (
            "https://w3c-ccg.github.io/vc-examples/cmtr/examples/v0.0/cmtr-v0.0.jsonld",
            "w3c-ccg.github.io_vc-examples_cmtr_examples_v0.0_cmtr-v0.0.jsonld.json",
        ),
    ):
        contexts = contexts.with_documents({url: (corpus / "contexts" / name).read_bytes()})
    path = corpus / "files/vc/w3c-ccg-vc-examples/cmtr-verifiable-credential-v0.0.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    (proof,) = proofs_of(document)
    did = proof.verification_method.partition("#")[0]
    key = find_verification_method(did_key_document(did), proof.verification_method).key
    assert verify_proof(document, proof, key, contexts).proof.suite == "Ed25519Signature2018"
    document["issuanceDate"] = "2021-01-01T00:00:00Z"
    with pytest.raises(SignatureInvalid):
        verify_proof(document, proof, key, contexts)
    with pytest.raises(ProofUnsupported, match=r"context\.missing"):
        verify_proof(document, proof, key, load_contexts())
