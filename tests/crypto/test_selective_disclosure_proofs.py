"""ecdsa-sd-2023: a part of a signed badge verifies, and nothing can be taken from it or added.

The signer and the deriving holder below follow vc-di-ecdsa 1.0 sections 3.5 and 3.6 and
exist only here, so that each part can be made wrong (the real one: *_holder.py).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

import cbor2
import pytest

from simulators.issuer import Issuer
from simulators.keys import SigningKey, base64url
from simulators.proving import verify_only_proof
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.multibase import base58_decode, multibase_decode
from wallet_app.crypto.rdfc import relabel
from wallet_app.crypto.suites.statements import document_statements, proof_statements

Json = dict[str, Any]

SIGNER = Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("sd"))
EPHEMERAL = SigningKey.elliptic("ephemeral")
EVIDENCE = [{"type": ["Evidence"], "name": name} for name in ("essay", "exam")]
HMAC_KEY = bytes(range(32))


def multikey(key: SigningKey) -> bytes:
    return base58_decode(key.multikey[1:])


@dataclass
class Derived:
    """The parts of a derived proof over a whole badge; tests change them one by one."""

    badge: Json = field(default_factory=lambda: SIGNER.badge(evidence=EVIDENCE))
    mandatory: list[int] = field(default_factory=lambda: [0, 1, 2])
    header: bytes = b"\xd9\x5d\x01"
    ephemeral: SigningKey = EPHEMERAL

    def __post_init__(self) -> None:
        (choice, *_) = load_contexts().choices(self.badge)
        canonical, _ = document_statements(self.badge, choice, "sha256")
        self.labels = {
            int(label.removeprefix("_:c14n")): hmac.new(
                HMAC_KEY, label[2:].encode(), "sha256"
            ).digest()
            for label in canonical.labels.values()
        }
        names = {f"_:c14n{n}": f"_:u{base64url(value)}" for n, value in self.labels.items()}
        self.lines = relabel(canonical.quads, names).lines
        options = {
            name: value
            for name, value in SIGNER.proof(self.badge, "ecdsa-rdfc-2019").items()
            if name != "proofValue"
        }
        self.options = {**options, "cryptosuite": "ecdsa-sd-2023"}
        required = "".join(line for n, line in enumerate(self.lines) if n in self.mandatory)
        proof = proof_statements(self.options, self.badge["@context"], choice, "sha256")
        self.base = SIGNER.key.sign(
            hashlib.sha256(proof.text.encode()).digest()
            + multikey(EPHEMERAL)
            + hashlib.sha256(required.encode()).digest()
        )
        self.signatures = [
            self.ephemeral.sign(line.encode())
            for n, line in enumerate(self.lines)
            if n not in self.mandatory
        ]
        self.key = multikey(self.ephemeral)

    def document(self) -> Json:
        parts = [self.base, self.key, self.signatures, self.labels, self.mandatory]
        value = "u" + base64url(self.header + cbor2.dumps(parts))
        return {**self.badge, "proof": {**self.options, "proofValue": value}}


def refused(derived: Derived, code: str = "proof.value_malformed") -> None:
    with pytest.raises((ProofMalformed, SignatureInvalid)) as caught:
        verify_only_proof(derived.document(), issuer=SIGNER)
    assert caught.value.code == code


def test_a_derived_proof_verifies() -> None:
    assert verify_only_proof(Derived().document(), issuer=SIGNER).proof.suite == "ecdsa-sd-2023"


def test_a_derived_proof_without_mandatory_statements_verifies() -> None:
    assert verify_only_proof(Derived(mandatory=[]).document(), issuer=SIGNER)


def test_a_changed_statement_does_not_verify() -> None:
    document = Derived().document()
    document["name"] = "Careless Reader"
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        verify_only_proof(document, issuer=SIGNER)


def test_an_added_statement_does_not_verify() -> None:
    document = Derived().document()
    document["description"] = "not signed"
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verify_only_proof(document, issuer=SIGNER)


def test_a_base_proof_is_not_for_showing() -> None:
    refused(Derived(header=b"\xd9\x5d\x00"), "proof.sd_base")


def test_a_foreign_ephemeral_key_does_not_verify() -> None:
    refused(Derived(ephemeral=SigningKey.elliptic("stranger")), "proof.bad_signature")


def test_a_repeated_label_is_refused() -> None:
    derived = Derived()
    derived.labels[1] = derived.labels[0]
    refused(derived)


def test_labels_that_do_not_fit_the_document_are_refused() -> None:
    missing, surplus = Derived(), Derived()
    del missing.labels[0]
    surplus.labels[99] = b"\0" * 32
    refused(missing)
    refused(surplus)


def test_exchanged_labels_do_not_verify() -> None:
    derived = Derived()
    derived.labels[0], derived.labels[1] = derived.labels[1], derived.labels[0]
    refused(derived, "proof.bad_signature")


@pytest.mark.parametrize("mandatory", [[0, 1], [0, 1, 2, 3], [0, 1, 99], [0, 0, 1, 2], [-1, 1, 2]])
def test_other_mandatory_places_are_refused(mandatory: list[int]) -> None:
    derived = Derived()
    derived.mandatory = mandatory
    refused(derived)


def test_a_removed_mandatory_statement_does_not_verify() -> None:
    derived = Derived()
    derived.mandatory = [0, 1, 3]
    refused(derived, "proof.bad_signature")


def test_nothing_may_follow_the_value_and_no_label_number_comes_twice() -> None:
    derived = Derived()
    genuine = multibase_decode(derived.document()["proof"]["proofValue"])
    label = cbor2.dumps(0) + cbor2.dumps(derived.labels[0])
    # The same map with its first entry once more: CBOR leaves open which one counts.
    size = len(derived.labels)
    doubled = genuine.replace(bytes([0xA0 + size]) + label, bytes([0xA1 + size]) + label * 2)
    assert doubled != genuine
    for data in (genuine + b"\0", doubled):
        document = derived.document()
        document["proof"]["proofValue"] = "u" + base64url(data)
        with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
            verify_only_proof(document, issuer=SIGNER)


def test_a_missing_signature_is_refused() -> None:
    derived = Derived()
    derived.signatures.pop()
    refused(derived)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd9\x5d",
        b"\xd9\x5d\x01",
        b"\xd9\x5d\x02" + cbor2.dumps([]),
        b"\xd9\x5d\x01" + cbor2.dumps([]),
        b"\xd9\x5d\x01" + cbor2.dumps([b"", b"", [], {}, []]),
        b"\xd9\x5d\x01" + cbor2.dumps([b"\0" * 64, b"", [b"x"], {}, []]),
        b"\xd9\x5d\x01" + cbor2.dumps([b"\0" * 64, b"", [], {"0": b"\0" * 32}, []]),
        b"\xd9\x5d\x01" + cbor2.dumps([b"\0" * 64, b"", [], {0: b"\0" * 31}, []]),
        b"\xd9\x5d\x01" + cbor2.dumps([b"\0" * 64, b"", [], {}, [True]]),
        b"\xd9\x5d\x01" + b"\x81" * 5_000,
        b"\xd9\x5d\x01" + b"\x9b" + b"\xff" * 8,
        b"\xd9\x5d\x01" + b"\xd8\x1c\x80",
    ],
    ids=lambda data: data[:12].hex() or "empty",
)
def test_a_value_of_another_shape_is_refused(data: bytes) -> None:
    document = Derived().document()
    document["proof"]["proofValue"] = "u" + base64url(data)
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verify_only_proof(document, issuer=SIGNER)


@pytest.mark.parametrize("value", ["z3ac", "u!", "", None, 7])
def test_another_encoding_is_refused(value: Any) -> None:
    document = Derived().document()
    document["proof"]["proofValue"] = value
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        verify_only_proof(document, issuer=SIGNER)
