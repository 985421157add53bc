"""What a holder signs is what other readers check: a presentation, and an answer."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from joserfc import jws as joserfc_jws
from joserfc.jwk import OKPKey
from pyld import jsonld

from simulators.issuer import Issuer
from simulators.keys import base64url
from simulators.web import NOW, WebSimulator
from tests.simulators.refusals import refusal
from tests.simulators.wallets import identity
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.data_integrity import proofs_of, verify_proof
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.holder_keys import HolderIdentity
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.crypto.multibase import base58_decode
from wallet_app.crypto.presenting import (
    presence_answer,
    presence_token,
    read_answer,
    sign_presentation,
)

Json = dict[str, Any]
CHALLENGE = "7c1f0c1e-6f0b-4a53-8f0e-1a2b3c4d5e6f"
SUITE_CONTEXTS = {
    "eddsa-rdfc-2022": "https://w3id.org/security/data-integrity/v2",
    "Ed25519Signature2020": "https://w3id.org/security/suites/ed25519-2020/v1",
}
TEXT = "1n.abc-DEF_123"
ORIGIN = "https://camille.example"


@pytest.fixture
def issuer() -> Issuer:
    return Issuer.at_did_key(WebSimulator())


def presented(issuer: Issuer, *documents: Json) -> Json:
    signed = sign_presentation(
        documents, identity(), challenge=CHALLENGE, now=NOW, contexts=load_contexts()
    )
    return json.loads(json.dumps(signed))


def _loader(url: str, _options: object) -> Json:
    variant = load_contexts().variants(url)[0]
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(variant.data)}


def _canonical(document: Json) -> bytes:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _loader}
    return str(jsonld.normalize(document, options)).encode()


def check_by_others(presentation: Json, holder: HolderIdentity) -> None:
    """Check as a library for Ed25519Signature2020 does, with nothing of ours but the contexts."""
    body = {name: value for name, value in presentation.items() if name != "proof"}
    proof = dict(presentation["proof"])
    value = base58_decode(proof.pop("proofValue")[1:])
    options = {"@context": body["@context"], **proof}
    data = hashlib.sha256(_canonical(options)).digest() + hashlib.sha256(_canonical(body)).digest()
    public_key_from_multikey(holder.keys[0].public).key.verify(value, data)  # type: ignore[call-arg, arg-type, union-attr]  # Ed25519


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020"])
@pytest.mark.parametrize("model", [1, 2])
def test_a_presentation_of_either_model_is_checked_by_other_libraries_and_by_ours(
    issuer: Issuer, model: int, suite: str
) -> None:
    badge = issuer.badge_v1() if model == 1 else issuer.badge()
    badge["@context"] = [*badge["@context"][:2], SUITE_CONTEXTS[suite]]
    signed = issuer.sign(badge, suite)
    presentation = presented(issuer, signed)
    check_by_others(presentation, identity())
    (proof,) = proofs_of(presentation)
    key = public_key_from_multikey(identity().keys[0].public)
    verify_proof(presentation, proof, key, load_contexts(), purpose="authentication")
    assert presentation["verifiableCredential"] == [signed], "the credential as it came"
    assert presentation["holder"] == identity().did
    assert presentation["proof"] == {
        "type": "Ed25519Signature2020",
        "created": "2026-11-23T12:00:00Z",
        "verificationMethod": identity().keys[0].id,
        "proofPurpose": "authentication",
        "challenge": CHALLENGE,
        "proofValue": presentation["proof"]["proofValue"],
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["proof"].update(challenge="another"),
        lambda one: one.update(holder="did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"),
        lambda one: one["verifiableCredential"][0].update(name="Careless Reader"),
        lambda one: one["verifiableCredential"].clear(),
    ],
    ids=["challenge", "holder", "credential", "none"],
)
def test_a_presentation_that_was_changed_is_refused(issuer: Issuer, change: Any) -> None:
    presentation = presented(issuer, issuer.sign(issuer.badge()))
    change(presentation)
    with pytest.raises(InvalidSignature):
        check_by_others(presentation, identity())
    (proof,) = proofs_of(presentation)
    key = public_key_from_multikey(identity().keys[0].public)
    with pytest.raises(SignatureInvalid):
        verify_proof(presentation, proof, key, load_contexts(), purpose="authentication")


def test_a_signature_to_be_there_does_not_pass_for_one_that_issues(issuer: Issuer) -> None:
    presentation = presented(issuer, issuer.sign(issuer.badge()))
    (proof,) = proofs_of(presentation)
    key = public_key_from_multikey(identity().keys[0].public)
    with pytest.raises(ProofMalformed, match="wrong_purpose"):
        verify_proof(presentation, proof, key, load_contexts())


def test_several_of_one_model_go_together_and_of_two_do_not(issuer: Issuer) -> None:
    one = issuer.sign(issuer.badge())
    other = issuer.sign(issuer.badge(id="urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0009"))
    check_by_others(presented(issuer, one, other), identity())
    old = issuer.sign(issuer.badge_v1(), "Ed25519Signature2020")
    assert refusal(presented, issuer, one, old) == "share.models_differ"
    assert refusal(presented, issuer) == "share.models_differ"


def test_an_identity_without_a_signing_key_signs_nothing(issuer: Issuer) -> None:
    held = identity()
    agreeing = HolderIdentity(held.did, held.document, held.keys[1:])
    assert refusal(presence_answer, agreeing, TEXT, ORIGIN, 1, NOW) == "holder.no_signing_key"


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by a newer name, still the usual
def test_an_answer_is_the_key_binding_token_that_the_format_names() -> None:
    answer = presence_answer(identity(), TEXT, ORIGIN, 4711, NOW)
    assert len(answer) == 71
    seconds = int.from_bytes(answer[:4])
    assert (seconds, int.from_bytes(answer[4:7])) == (int(NOW.timestamp()), 4711)
    digest = base64url(hashlib.sha256(TEXT.encode()).digest())
    header = '{"alg":"EdDSA","typ":"kb+jwt"}'
    payload = f'{{"iat":{seconds},"aud":"{ORIGIN}","nonce":"004711","sd_hash":"{digest}"}}'
    token = ".".join(map(base64url, (header.encode(), payload.encode(), answer[7:])))
    key = identity().keys[0]
    public = base58_decode(key.public[1:])[2:]
    jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64url(public)})
    read = joserfc_jws.deserialize_compact(token, jwk, algorithms=["EdDSA"])
    assert json.loads(read.payload)["nonce"] == "004711"
    found = read_answer(answer)
    assert (found.at_s, found.number, found.signature) == (seconds, 4711, answer[7:])


@pytest.mark.parametrize(
    ("text", "origin", "number", "later"),
    [
        ("1n.other", ORIGIN, 4711, 0),
        (TEXT, "https://evil.example", 4711, 0),
        (TEXT, ORIGIN, 4712, 0),
        (TEXT, ORIGIN, 4711, 1),
    ],
)
def test_an_answer_holds_for_one_badge_page_number_and_second(
    text: str, origin: str, number: int, later: int
) -> None:
    answer = read_answer(presence_answer(identity(), TEXT, ORIGIN, 4711, NOW))
    key = public_key_from_multikey(identity().keys[0].public).key
    key.verify(answer.signature, presence_token(TEXT, ORIGIN, 4711, answer.at_s))  # type: ignore[call-arg, arg-type, union-attr]  # Ed25519
    other = presence_token(text, origin, number, answer.at_s + later)
    with pytest.raises(InvalidSignature):
        key.verify(answer.signature, other)  # type: ignore[call-arg, arg-type, union-attr]  # Ed25519


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_of_other_than_six_digits_is_not_answered(number: int) -> None:
    assert refusal(presence_answer, identity(), TEXT, ORIGIN, number, NOW) == "share.number"


@pytest.mark.parametrize(
    "data", [b"", bytes(70), bytes(72), bytes(4) + b"\xff\xff\xff" + bytes(64)]
)
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    assert refusal(read_answer, data) == "share.answer_malformed"


def test_two_answers_differ_by_their_time() -> None:
    one = presence_answer(identity(), TEXT, ORIGIN, 1, NOW)
    assert one != presence_answer(identity(), TEXT, ORIGIN, 1, NOW + timedelta(seconds=1))
