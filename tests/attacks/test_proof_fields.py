"""Rows 38-43: proofs that are missing, moved, mixed or chained."""

import copy
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Outcome, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
SIGNATURE, ISSUER = CheckId.SIGNATURE, CheckId.ISSUER


def with_options(**options: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return issuer.sign(issuer.badge(), **options)

    return make


def with_proof(proof: Any) -> Any:
    return lambda web: {**Issuer.at_did_key(web).badge(), "proof": proof}


def changed_proof(**members: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        signed = issuer.sign(issuer.badge())
        signed["proof"] = {
            name: value
            for name, value in {**signed["proof"], **members}.items()
            if value is not None
        }
        return signed

    return make


def proof_of_another_badge(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    other = issuer.sign(issuer.badge(name="Another"))
    return {**issuer.badge(), "proof": other["proof"]}


def two_proofs(web: WebSimulator) -> tuple[Issuer, Issuer, dict[str, Any]]:
    """Return issuer, stranger, and a badge with a proof by each."""
    issuer, stranger = Issuer.at_did_web(web), Issuer.at_did_key(web, "stranger")
    badge = issuer.badge()
    return issuer, stranger, {**badge, "proof": [stranger.proof(badge), issuer.proof(badge)]}


def good_stranger_beside_bad_issuer(web: WebSimulator) -> Document:
    issuer, _, signed = two_proofs(web)
    signed["proof"][1]["proofValue"] = issuer.proof(issuer.badge(name="Another"))["proofValue"]
    return signed


def good_beside(other: dict[str, Any]) -> Any:
    """Build a badge whose second proof is not even of an unknown kind: it has none."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        badge = issuer.badge()
        return {**badge, "proof": [issuer.proof(badge), other]}

    return make


def good_stranger_alone(web: WebSimulator) -> Document:
    _, _, signed = two_proofs(web)
    return {**signed, "proof": signed["proof"][0]}


def chain(web: WebSimulator) -> dict[str, Any]:
    """Return a badge with a proof and a second one that rests on it."""
    issuer = Issuer.at_did_web(web)
    badge = issuer.badge()
    first = issuer.proof(badge, id="urn:uuid:00000000-0000-4000-8000-000000000001")
    second = issuer.proof({**badge, "proof": [first]}, previousProof=first["id"])
    return {**badge, "proof": [first, second]}


def chain_to(reference: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        signed = chain(web)
        signed["proof"][1]["previousProof"] = reference
        return signed

    return make


def chain_to_itself(web: WebSimulator) -> Document:
    signed = chain(web)
    own = "urn:uuid:00000000-0000-4000-8000-000000000002"
    signed["proof"][1].update({"id": own, "previousProof": own})
    return signed


def chain_without_its_base(web: WebSimulator) -> Document:
    signed = chain(web)
    return {**signed, "proof": signed["proof"][1]}


def too_many_proofs(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    return {**badge, "proof": [issuer.proof(badge)] * 9}


NO_PROOFS: tuple[Any, ...] = ([], {}, None, "")
ATTACKS = [
    Attack(
        38,
        "authentication",
        with_options(proofPurpose="authentication"),
        F,
        SIGNATURE,
        "proof.wrong_purpose",
    ),
    Attack(38, "no purpose", changed_proof(proofPurpose=None), F, SIGNATURE, "proof.wrong_purpose"),
    Attack(39, "copied", proof_of_another_badge, F, SIGNATURE, "proof.bad_signature"),
    *(
        Attack(40, str(proof), with_proof(proof), F, SIGNATURE, "proof.missing")
        for proof in NO_PROOFS
    ),
    Attack(40, "text", with_proof("signed, really"), F, SIGNATURE, "proof.malformed"),
    Attack(40, "no value", changed_proof(proofValue=None), F, SIGNATURE, "proof.value_malformed"),
    Attack(
        40, "hex value", changed_proof(proofValue="0xabcd"), F, SIGNATURE, "proof.value_malformed"
    ),
    Attack(
        41,
        "bad issuer proof",
        good_stranger_beside_bad_issuer,
        F,
        SIGNATURE,
        "proof.bad_signature",
    ),
    *(
        Attack(41, f"a good one beside {other}", good_beside(other), F, SIGNATURE, code)
        for other, code in (
            ({"proofValue": "z1"}, "proof.malformed"),
            ({"type": ["DataIntegrityProof"]}, "proof.malformed"),
            ({"type": ""}, "proof.malformed"),
        )
    ),
    Attack(41, "stranger alone", good_stranger_alone, F, ISSUER, "issuer.key_not_listed"),
    *(
        Attack(42, f"to {reference}", chain_to(reference), F, SIGNATURE, "proof.chain_broken")
        for reference in ("urn:uuid:0", ["urn:uuid:0"])
    ),
    Attack(42, "to itself", chain_to_itself, F, SIGNATURE, "proof.chain_broken"),
    Attack(43, "without base", chain_without_its_base, F, SIGNATURE, "proof.chain_broken"),
    Attack(
        43,
        "expired proof",
        with_options(expires="2026-01-16T00:00:00Z"),
        F,
        SIGNATURE,
        "proof.expired",
    ),
    Attack(
        43,
        "unreadable expiry",
        changed_proof(expires="soon"),
        U,
        SIGNATURE,
        "proof.expiry_unreadable",
    ),
    Attack(43, "too many proofs", too_many_proofs, U, SIGNATURE, "proof.too_many"),
    Attack(
        43,
        "unknown suite",
        changed_proof(cryptosuite="bbs-2023"),
        U,
        SIGNATURE,
        "proof.unsupported_suite",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_proof_that_is_not_what_it_seems_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_twin_of_41_two_good_proofs_verify_when_one_is_the_issuers() -> None:
    web = WebSimulator()
    _, _, signed = two_proofs(web)
    report = report_on(signed, web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(SIGNATURE).params["proofs"] == 2


def test_a_proof_of_an_unknown_kind_beside_a_good_one_is_noted() -> None:
    web = WebSimulator()
    _, _, signed = two_proofs(web)
    signed["proof"][0] = {"type": "SomeProofType", "proofPurpose": "assertionMethod"}
    report = report_on(signed, web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(SIGNATURE).outcome is Outcome.WARNING
    assert report.check(SIGNATURE).findings[0][0] == "proof.sibling_unchecked"


def test_an_unknown_proof_by_the_issuer_lends_nothing_to_a_strangers_good_one() -> None:
    web = WebSimulator()
    issuer, _, signed = two_proofs(web)
    signed["proof"][1] = {**signed["proof"][1], "cryptosuite": "bbs-2023"}
    report = report_on(signed, web)
    assert report.verdict is Verdict.FAILED
    assert code_of(report, ISSUER) == "issuer.key_not_listed"
    assert issuer.id.startswith("did:web")


def test_twin_of_42_a_whole_chain_verifies_and_its_first_proof_alone_too() -> None:
    web = WebSimulator()
    signed = chain(web)
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    alone = {**signed, "proof": signed["proof"][0]}
    assert report_on(alone, web).verdict is Verdict.VERIFIED


def test_a_chain_does_not_hold_when_what_it_rests_on_cannot_be_checked() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    badge = issuer.badge()
    stranger = Issuer(web, issuer.id, SigningKey.ed25519("x"), "did:ebsi:zunknown#key-1")
    first = stranger.proof(badge, id="urn:uuid:00000000-0000-4000-8000-000000000001")
    second = issuer.proof({**badge, "proof": [first]}, previousProof=first["id"])
    report = report_on({**badge, "proof": [first, second]}, web)
    assert report.verdict is Verdict.UNDETERMINED


def test_a_changed_member_fails_every_suite() -> None:
    web = WebSimulator()
    suites = {
        "eddsa-rdfc-2022": Issuer.at_did_key(web),
        "eddsa-jcs-2022": Issuer.at_did_key(web),
        "Ed25519Signature2020": Issuer.at_did_key(web),
        "ecdsa-rdfc-2019": Issuer.at_did_key(web, key=SigningKey.elliptic("p")),
        "ecdsa-jcs-2019": Issuer.at_did_key(web, key=SigningKey.elliptic("p")),
    }
    for suite, issuer in suites.items():
        badge = issuer.badge_v1() if suite.startswith("Ed25519") else issuer.badge()
        signed = issuer.sign(badge, suite)
        assert report_on(signed, web).verdict is Verdict.VERIFIED, suite
        tampered = copy.deepcopy(signed)
        tampered["credentialSubject"]["achievement"]["name"] = "Doctor of Everything"
        assert report_on(tampered, web).verdict is Verdict.FAILED, suite
