"""Several proofs on one document: sets, and chains in which one proof builds on another."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.proving import ISSUER, key_of, verify_only_proof
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.data_integrity import (
    Proof,
    VerifiedProof,
    previous_proofs,
    proofs_of,
    verify_proof,
)
from wallet_app.crypto.errors import ProofError, ProofMalformed, SignatureInvalid

Json = dict[str, Any]


class TestSetsAndChains:
    """Several proofs of one document."""

    OTHER = Issuer.at_did_key(WebSimulator(), "second signer")

    def verify(self, document: Json, number: int, signer: Issuer) -> VerifiedProof:
        proof = proofs_of(document)[number]
        return verify_proof(document, proof, key_of(signer), load_contexts())

    def test_each_proof_of_a_set_stands_alone(self) -> None:
        badge = ISSUER.badge()
        both = {**badge, "proof": [ISSUER.proof(badge), self.OTHER.proof(badge)]}
        assert self.verify(both, 0, ISSUER).signed_document == badge
        assert self.verify(both, 1, self.OTHER).signed_document == badge
        both["proof"][1]["created"] = "2026-01-15T09:00:02Z"
        self.verify(both, 0, ISSUER)
        with pytest.raises(SignatureInvalid):
            self.verify(both, 1, self.OTHER)

    def chained(self, suite: str = "eddsa-rdfc-2022") -> Json:
        badge = ISSUER.badge()
        first = ISSUER.proof(badge, suite, id="urn:uuid:1")
        covered = {**badge, "proof": [first]}
        second = self.OTHER.proof(covered, suite, previousProof="urn:uuid:1")
        return {**badge, "proof": [first, second]}

    @pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
    def test_a_chained_proof_covers_the_one_before(self, suite: str) -> None:
        document = self.chained(suite)
        self.verify(document, 0, ISSUER)
        found = self.verify(document, 1, self.OTHER)
        assert found.signed_document["proof"] == [document["proof"][0]]
        assert previous_proofs(document, found.proof) == (proofs_of(document)[0],)

    def test_a_changed_earlier_proof_breaks_the_later_one(self) -> None:
        document = self.chained()
        document["proof"][0]["created"] = "2026-01-15T09:00:02Z"
        with pytest.raises(SignatureInvalid):
            self.verify(document, 1, self.OTHER)

    def test_without_its_base_a_chained_proof_is_broken_and_the_base_stands_alone(self) -> None:
        document = self.chained()
        self.verify({**document, "proof": document["proof"][:1]}, 0, ISSUER)
        with pytest.raises(ProofMalformed, match=r"proof\.chain_broken"):
            self.verify({**document, "proof": document["proof"][1:]}, 0, self.OTHER)

    @pytest.mark.parametrize(
        "previous", ["urn:uuid:unknown", "urn:uuid:2", ["urn:uuid:1", "urn:uuid:3"], ""]
    )
    def test_an_unknown_or_circular_reference_is_refused(self, previous: Any) -> None:
        document = copy.deepcopy(self.chained())
        document["proof"][1].update(id="urn:uuid:2", previousProof=previous)
        with pytest.raises(ProofMalformed, match=r"proof\.chain_broken"):
            self.verify(document, 1, self.OTHER)

    def test_proofs_that_rest_on_each_other_are_refused(self) -> None:
        document = copy.deepcopy(self.chained())
        document["proof"][1]["id"] = "urn:uuid:2"
        document["proof"][0]["previousProof"] = "urn:uuid:2"
        for number, signer in enumerate((ISSUER, self.OTHER)):
            with pytest.raises(ProofMalformed, match=r"proof\.chain_broken"):
                self.verify(document, number, signer)

    def test_two_proofs_with_one_id_are_no_base(self) -> None:
        document = self.chained()
        document["proof"].append({**document["proof"][0], "created": "2020-01-01T00:00:00Z"})
        with pytest.raises(ProofMalformed, match=r"proof\.chain_broken"):
            self.verify(document, 1, self.OTHER)

    def test_a_reference_that_is_no_text_is_malformed(self) -> None:
        with pytest.raises(ProofMalformed, match=r"proof\.malformed"):
            proofs_of({"proof": {"type": "x", "previousProof": [7]}})


def test_the_document_of_the_caller_stays_as_it_is() -> None:
    badge = ISSUER.sign(ISSUER.badge())
    before = copy.deepcopy(badge)
    verify_only_proof(badge)
    assert badge == before


def test_a_forged_proof_object_is_judged_by_what_it_says() -> None:
    badge = ISSUER.sign(ISSUER.badge())
    (proof,) = proofs_of(badge)
    with pytest.raises(ProofError):
        verify_proof(badge, replace(proof, purpose=""), key_of(ISSUER), load_contexts())
    assert isinstance(proof, Proof)
