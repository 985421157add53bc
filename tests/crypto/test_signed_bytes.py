"""The bytes that stand for a proof are those that are signed, in the reading that holds."""

import pytest

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.data_integrity import Proof, hash_data, proofs_of
from wallet_app.crypto.did import self_contained_key
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import KeyAlgorithm
from wallet_app.crypto.signed_bytes import has_signed_bytes, signed_bytes
from wallet_app.crypto.suites.signatures import holds
from wallet_app.crypto.suites.table import Form

CONTEXTS = load_contexts()
WEB = WebSimulator()
KEYS = {
    "eddsa": SigningKey.ed25519("bytes"),
    "P-256": SigningKey.elliptic("bytes"),
    "P-384": SigningKey.elliptic("bytes", KeyAlgorithm.P384),
}


@pytest.mark.parametrize(
    ("key", "suite", "form"),
    [
        ("eddsa", "eddsa-rdfc-2022", Form.RDFC),
        ("eddsa", "eddsa-jcs-2022", Form.JCS),
        ("P-256", "ecdsa-rdfc-2019", Form.RDFC),
        ("P-384", "ecdsa-rdfc-2019", Form.RDFC),
        ("P-384", "ecdsa-jcs-2019", Form.JCS),
    ],
)
def test_bytes_hash_to_what_the_issuer_signed(key: str, suite: str, form: Form) -> None:
    issuer = Issuer.at_did_key(WEB, key=KEYS[key])
    badge = issuer.badge()
    signed = issuer.sign(badge, suite)
    (proof,) = proofs_of(signed)
    public = self_contained_key(proof.verification_method)
    assert public is not None
    for given in (public, None):
        found = signed_bytes(signed, proof, given, CONTEXTS)
        assert found.form is form
        expected = hash_data(badge, proof.signed_options, issuer.key.algorithm, CONTEXTS)
        assert found.data == expected
        assert holds(public, found.data, found.signature)


def test_key_that_does_not_fit_the_suite_leaves_the_standards_reading() -> None:
    issuer = Issuer.at_did_key(WEB)
    signed = issuer.sign(issuer.badge())
    (proof,) = proofs_of(signed)
    other = self_contained_key(KEYS["P-256"].did_key)
    usual = signed_bytes(signed, proof, None, CONTEXTS)
    assert signed_bytes(signed, proof, other, CONTEXTS) == usual


@pytest.mark.parametrize("value", [None, 7, "u" + "A" * 86, "z", "z0", "z" + "1" * 63])
def test_value_that_is_no_signature_is_refused(value: object) -> None:
    issuer = Issuer.at_did_key(WEB)
    signed = issuer.sign(issuer.badge())
    signed["proof"]["proofValue"] = value
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        signed_bytes(signed, proofs_of(signed)[0], None, CONTEXTS)


def test_signature_of_a_curve_that_the_suite_has_not_is_refused() -> None:
    issuer = Issuer.at_did_key(WEB)
    signed = issuer.sign(issuer.badge())
    signed["proof"]["proofValue"] = "z" + "1" * 96
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        signed_bytes(signed, proofs_of(signed)[0], None, CONTEXTS)


@pytest.mark.parametrize("suite", ["ecdsa-sd-2023", "Ed25519Signature2018", "bbs-2023"])
def test_other_suites_have_no_bytes_that_stand_alone(suite: str) -> None:
    proof = Proof({}, suite, suite if "Signature" in suite else "DataIntegrityProof")
    assert not has_signed_bytes(proof)
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        signed_bytes({}, proof, None, CONTEXTS)


def test_type_that_does_not_belong_to_the_suite_has_no_bytes() -> None:
    assert not has_signed_bytes(Proof({}, "eddsa-rdfc-2022", "Ed25519Signature2020"))


@pytest.mark.parametrize(
    "name",
    [
        KEYS["eddsa"].did_key,
        f"{KEYS['eddsa'].did_key}#{KEYS['eddsa'].multikey}",
        f"{KEYS['eddsa'].did_jwk}#0",
        f"did:web:issuer.example#{KEYS['eddsa'].multikey}",
        f"https://issuer.example/#{KEYS['eddsa'].multikey}",
    ],
)
def test_name_that_spells_its_key_gives_it(name: str) -> None:
    found = self_contained_key(name)
    assert found is not None
    assert found.thumbprint() == _thumbprint()


def _thumbprint() -> str:
    found = self_contained_key(KEYS["eddsa"].did_key)
    assert found is not None
    return found.thumbprint()


@pytest.mark.parametrize(
    "name",
    ["", "key-1", "did:web:issuer.example#key-1", "did:key:zNot", "did:jwk:e30", "https://a/#zNo"],
)
def test_other_names_give_none(name: str) -> None:
    assert self_contained_key(name) is None
