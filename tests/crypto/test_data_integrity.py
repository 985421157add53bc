"""Embedded proofs: each suite, its negative twin, and every trick with the proof's members."""

from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from simulators.issuer import OB3_CONTEXT, VC2, Issuer
from simulators.keys import SigningKey
from simulators.proving import ISSUER, verify_only_proof
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto import data_integrity
from wallet_app.crypto.data_integrity import (
    hash_data,
    is_supported,
    proofs_of,
    verify_proof,
)
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.keys import KeyAlgorithm, public_key_from_jwk
from wallet_app.crypto.multibase import base58_decode, base58_encode
from wallet_app.crypto.rdf import ESCAPES

Json = dict[str, Any]


def issuer(algorithm: KeyAlgorithm) -> Issuer:
    if algorithm is KeyAlgorithm.ED25519:
        return ISSUER
    return Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("prover", algorithm))


SUITES = [
    ("eddsa-rdfc-2022", KeyAlgorithm.ED25519),
    ("eddsa-2022", KeyAlgorithm.ED25519),
    ("eddsa-jcs-2022", KeyAlgorithm.ED25519),
    ("ecdsa-rdfc-2019", KeyAlgorithm.P256),
    ("ecdsa-rdfc-2019", KeyAlgorithm.P384),
    ("ecdsa-jcs-2019", KeyAlgorithm.P256),
    ("ecdsa-jcs-2019", KeyAlgorithm.P384),
    ("Ed25519Signature2020", KeyAlgorithm.ED25519),
]


def signed_badge(suite: str, algorithm: KeyAlgorithm, **options: Any) -> tuple[Issuer, Json]:
    signer = issuer(algorithm)
    badge = signer.badge_v1() if suite.startswith("Ed25519") else signer.badge()
    return signer, signer.sign(badge, suite, **options)


@pytest.mark.parametrize(("suite", "algorithm"), SUITES)
class TestEverySuite:
    """What holds for all of them."""

    def test_a_signed_badge_verifies(self, suite: str, algorithm: KeyAlgorithm) -> None:
        signer, badge = signed_badge(suite, algorithm)
        found = verify_only_proof(badge, issuer=signer)
        assert found.signed_document == {k: v for k, v in badge.items() if k != "proof"}
        assert found.proof.suite == suite

    def test_a_changed_badge_does_not(self, suite: str, algorithm: KeyAlgorithm) -> None:
        signer, badge = signed_badge(suite, algorithm)
        badge["name"] = "Careless Reader"
        with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
            verify_only_proof(badge, issuer=signer)

    @pytest.mark.parametrize(
        "change", [{"created": "2026-01-15T09:00:02Z"}, {"created": None}, {"domain": "x.example"}]
    )
    def test_changed_proof_options_do_not(
        self, suite: str, algorithm: KeyAlgorithm, change: Json
    ) -> None:
        signer, badge = signed_badge(suite, algorithm)
        merged = {**badge["proof"], **change}
        badge["proof"] = {name: value for name, value in merged.items() if value is not None}
        with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
            verify_only_proof(badge, issuer=signer)

    def test_a_flipped_bit_does_not(self, suite: str, algorithm: KeyAlgorithm) -> None:
        signer, badge = signed_badge(suite, algorithm)
        raw = bytearray(base58_decode(badge["proof"]["proofValue"][1:]))
        raw[-1] ^= 1
        badge["proof"]["proofValue"] = "z" + base58_encode(bytes(raw))
        with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
            verify_only_proof(badge, issuer=signer)

    def test_another_key_does_not(self, suite: str, algorithm: KeyAlgorithm) -> None:
        _, badge = signed_badge(suite, algorithm)
        if algorithm is KeyAlgorithm.ED25519:
            key = SigningKey.ed25519("stranger")
        else:
            key = SigningKey.elliptic("stranger", algorithm)
        with pytest.raises(SignatureInvalid):
            verify_only_proof(badge, issuer=Issuer.at_did_key(WebSimulator(), key=key))

    def test_a_key_of_another_kind_is_refused(self, suite: str, algorithm: KeyAlgorithm) -> None:
        _, badge = signed_badge(suite, algorithm)
        (proof,) = proofs_of(badge)
        for other in (SigningKey.elliptic("k", KeyAlgorithm.SECP256K1), SigningKey.rsa()):
            with pytest.raises(ProofMalformed, match=r"key\.suite_mismatch"):
                verify_proof(badge, proof, public_key_from_jwk(other.jwk()), load_contexts())


@pytest.mark.parametrize(
    "suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020", "ecdsa-rdfc-2019"]
)
@pytest.mark.parametrize(
    "value",
    [None, "", "z", "u" + "A" * 86, "0xabcdef", "z0", "Z" * 88, "placeholder", 7, ["z"], "z" * 90],
    ids=str,
)
def test_a_value_that_is_no_signature_fails_as_that(suite: str, value: Any) -> None:
    algorithm = dict(SUITES)[suite]
    signer, badge = signed_badge(
        suite, KeyAlgorithm.P256 if suite.startswith("ecdsa") else algorithm
    )
    badge["proof"]["proofValue"] = value
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verify_only_proof(badge, issuer=signer)


def test_an_ecdsa_value_in_der_is_refused() -> None:
    signer, badge = signed_badge("ecdsa-jcs-2019", KeyAlgorithm.P256)
    options = {name: value for name, value in badge["proof"].items() if name != "proofValue"}
    body = {name: value for name, value in badge.items() if name != "proof"}
    data = hash_data(body, options, KeyAlgorithm.P256, load_contexts())
    assert isinstance(signer.key.private, ec.EllipticCurvePrivateKey)
    der = signer.key.private.sign(data, ec.ECDSA(hashes.SHA256()))
    badge["proof"]["proofValue"] = "z" + base58_encode(der)
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verify_only_proof(badge, issuer=signer)


def test_the_old_name_of_a_suite_is_noted() -> None:
    _, badge = signed_badge("eddsa-2022", KeyAlgorithm.ED25519)
    assert [code for code, _ in verify_only_proof(badge).notes] == ["proof.legacy_suite_name"]


def test_a_proof_made_for_one_request_is_noted() -> None:
    badge = ISSUER.sign(ISSUER.badge(), challenge="1f44", domain="verifier.example")
    assert [code for code, _ in verify_only_proof(badge).notes] == ["proof.unexpected_challenge"]


def test_hash_data_is_two_hashes_of_the_length_of_the_curve() -> None:
    badge = ISSUER.badge()
    options = {name: value for name, value in ISSUER.proof(badge).items() if name != "proofValue"}
    assert len(hash_data(badge, options, KeyAlgorithm.ED25519, load_contexts())) == 64
    options["cryptosuite"] = "ecdsa-rdfc-2019"
    assert len(hash_data(badge, options, KeyAlgorithm.P384, load_contexts())) == 96
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        hash_data(badge, {**options, "cryptosuite": "bbs-2023"}, KeyAlgorithm.P256, load_contexts())


@pytest.mark.parametrize("proof", [None, [], {}, [{}], [None]])
def test_a_missing_proof_is_called_missing(proof: Any) -> None:
    for document in ({**ISSUER.badge(), "proof": proof}, ISSUER.badge()):
        with pytest.raises(ProofMalformed, match=r"proof\.missing"):
            proofs_of(document)


@pytest.mark.parametrize("proof", ["z58", 7, [{"type": "x"}, "z58"], [{"type": "x"}] * 33])
def test_a_proof_that_is_no_proof_is_malformed(proof: Any) -> None:
    with pytest.raises(ProofMalformed, match=r"proof\.malformed"):
        proofs_of({**ISSUER.badge(), "proof": proof})


@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", "", None, 7])
def test_a_proof_for_another_purpose_proves_no_credential(purpose: Any) -> None:
    badge = ISSUER.sign(ISSUER.badge())
    badge["proof"]["proofPurpose"] = purpose
    with pytest.raises(ProofMalformed, match=r"proof\.wrong_purpose"):
        verify_only_proof(badge)


def test_a_genuine_authentication_proof_proves_no_credential() -> None:
    badge = ISSUER.sign(ISSUER.badge(), proofPurpose="authentication")
    assert verify_only_proof(badge, purpose="authentication")
    with pytest.raises(ProofMalformed, match=r"proof\.wrong_purpose"):
        verify_only_proof(badge)


SECURITY = "https://w3id.org/security#"


def own_proof_terms(**terms: Any) -> Json:
    """Return an inline context for proofs, for a badge whose contexts define none."""
    return {
        "DataIntegrityProof": f"{SECURITY}DataIntegrityProof",
        "created": "http://purl.org/dc/terms/created",
        "cryptosuite": f"{SECURITY}cryptosuite",
        "verificationMethod": {"@id": f"{SECURITY}verificationMethod", "@type": "@id"},
        "proofPurpose": {"@id": f"{SECURITY}proofPurpose", "@type": "@vocab"},
        "authentication": f"{SECURITY}authenticationMethod",
        "assertionMethod": f"{SECURITY}assertionMethod",
        **terms,
    }


def test_a_context_cannot_turn_one_purpose_into_another() -> None:
    # Signed to log in; a bent context calls the same statement an assertion.
    badge = ISSUER.badge_v1()
    badge["@context"][-1] = own_proof_terms()
    verify_only_proof(ISSUER.sign(badge))
    signed = ISSUER.sign(badge, proofPurpose="authentication")
    verify_only_proof(signed, purpose="authentication")
    signed["@context"][-1] = own_proof_terms(assertionMethod=f"{SECURITY}authenticationMethod")
    signed["proof"]["proofPurpose"] = "assertionMethod"
    with pytest.raises(ProofMalformed, match=r"jsonld\.not_compact") as caught:
        verify_only_proof(signed)
    assert dict(caught.value.params) == {"terms": "proof"}


def test_a_context_cannot_hide_what_kind_of_proof_it_is() -> None:
    badge = ISSUER.badge_v1()
    badge["@context"][-1] = own_proof_terms(DataIntegrityProof="urn:another")
    with pytest.raises(ProofMalformed, match=r"jsonld\.not_compact"):
        ISSUER.sign(badge)


@pytest.mark.parametrize("nodes", [[], ["one", "two"]])
def test_a_document_is_exactly_one_thing(nodes: list[str]) -> None:
    document = {"@context": [VC2], "@graph": [{"id": f"urn:{name}", "name": "x"} for name in nodes]}
    with pytest.raises(ProofMalformed):
        ISSUER.sign(document)


@pytest.mark.parametrize("method", [None, "", 7, {"id": "x", "publicKeyMultibase": "z6Mk"}])
def test_a_key_inside_the_proof_is_never_used(method: Any) -> None:
    badge = ISSUER.sign(ISSUER.badge())
    badge["proof"]["verificationMethod"] = method
    with pytest.raises(ProofMalformed, match=r"proof\.malformed"):
        verify_only_proof(badge)


def test_a_proof_of_another_badge_does_not_verify() -> None:
    other = ISSUER.sign(ISSUER.badge(name="Another"))
    with pytest.raises(SignatureInvalid):
        verify_only_proof({**ISSUER.badge(), "proof": other["proof"]})


def test_a_proof_of_a_presentation_does_not_verify_a_credential() -> None:
    presentation = {"@context": [VC2], "type": ["VerifiablePresentation"], "holder": ISSUER.id}
    signed = ISSUER.sign(presentation)
    verify_only_proof(signed)
    with pytest.raises(SignatureInvalid):
        verify_only_proof({**ISSUER.badge(), "proof": signed["proof"]})


@pytest.mark.parametrize(
    "changes",
    [
        {"cryptosuite": "bbs-2023"},
        {"cryptosuite": "merkle-proof-2019"},
        {"cryptosuite": "Ed25519Signature2020"},
        {"cryptosuite": None},
        {"type": "eddsa-rdfc-2022"},
        {"type": "RsaSignature2018"},
        {"type": None},
    ],
    ids=str,
)
def test_an_unknown_suite_is_unknown_and_not_false(changes: Json) -> None:
    badge = ISSUER.sign(ISSUER.badge())
    badge["proof"].update(changes)
    (proof,) = proofs_of(badge)
    assert not is_supported(proof)
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        verify_only_proof(badge)


def test_an_unsigned_term_in_the_proof_fails() -> None:
    badge = ISSUER.sign(ISSUER.badge())
    badge["proof"]["remark"] = "not signed"
    with pytest.raises(ProofMalformed, match=r"jsonld\.unsigned_term"):
        verify_only_proof(badge)


def test_expiry_is_handed_on_even_when_it_is_no_text() -> None:
    assert proofs_of({"proof": {"type": "x", "expires": "2026-01-01"}})[0].expires == "2026-01-01"
    assert proofs_of({"proof": {"type": "x", "expires": 7}})[0].expires == "7"


class TestJcsContexts:
    """Under a JCS proof, only the proof's own contexts count."""

    def test_a_context_added_later_does_not_count(self) -> None:
        badge = ISSUER.sign(ISSUER.badge(), "eddsa-jcs-2022")
        badge["@context"].append({"issuer": "urn:nothing"})
        found = verify_only_proof(badge)
        assert found.signed_document["@context"] == [VC2, OB3_CONTEXT]

    @pytest.mark.parametrize("contexts", [[OB3_CONTEXT, VC2], [VC2], [], VC2, None])
    def test_contexts_removed_or_reordered_are_refused(self, contexts: Any) -> None:
        badge = ISSUER.sign(ISSUER.badge(), "eddsa-jcs-2022")
        badge["@context"] = contexts
        with pytest.raises(ProofMalformed, match=r"proof\.context_mismatch"):
            verify_only_proof(badge)

    def test_a_number_that_cannot_be_written_is_refused(self) -> None:
        badge = ISSUER.sign(ISSUER.badge(), "eddsa-jcs-2022")
        badge["credentialSubject"]["achievement"]["creditsAvailable"] = 2**60
        with pytest.raises(ProofMalformed, match=r"canon\.number"):
            verify_only_proof(badge)


def test_a_whole_number_beyond_javascript_is_named_as_suspect() -> None:
    badge = ISSUER.sign(ISSUER.badge())
    badge["credentialSubject"]["achievement"]["creditsAvailable"] = 2**60
    with pytest.raises(SignatureInvalid, match=r"canon\.js_number_suspected"):
        verify_only_proof(badge)


def test_a_float_without_fraction_is_the_integer_that_was_signed() -> None:
    badge = ISSUER.badge()
    badge["credentialSubject"]["achievement"]["creditsAvailable"] = 36
    signed = ISSUER.sign(badge)
    signed["credentialSubject"]["achievement"]["creditsAvailable"] = 36.0
    assert verify_only_proof(signed)


@pytest.mark.parametrize("number", [1, 2])
def test_an_old_way_of_escaping_is_accepted_and_noted(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    badge = ISSUER.badge(description="one\ttwo \x07 three\nfour")
    with monkeypatch.context() as patch:
        patch.setattr(data_integrity, "ESCAPES", (ESCAPES[number],))
        signed = ISSUER.sign(badge)
    assert [code for code, _ in verify_only_proof(signed).notes] == ["canon.legacy_escapes"]
    signed["name"] = "Changed"
    with pytest.raises(SignatureInvalid):
        verify_only_proof(signed)
