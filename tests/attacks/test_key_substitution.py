"""Rows 1-14: somebody else's key under a known name.

The first three are holes of a public reference validator
(1EdTech/digital-credentials-public-validator, EmbeddedProofProbe and ExternalProofProbe).
"""

from collections.abc import Callable

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.issuer import Issuer, did_web_url
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Verdict

VICTIM = "https://issuer.example/profile"
ATTACKER = SigningKey.ed25519("attacker")


def attacker_as(web: WebSimulator, issuer_id: str, method: str) -> Issuer:
    """Return the attacker signing under ``issuer_id`` with a method of their choice."""
    return Issuer(web, issuer_id, ATTACKER, method)


def fragment_key(web: WebSimulator) -> Document:
    forger = attacker_as(web, VICTIM, f"{VICTIM}#{ATTACKER.multikey}")
    return forger.sign(forger.badge())


def fragment_key_beside_the_real_document(web: WebSimulator) -> Document:
    Issuer.at_https(web, VICTIM)
    return fragment_key(web)


def bare_did_key(web: WebSimulator) -> Document:
    victim = Issuer.at_did_web(web)
    forger = attacker_as(web, victim.id, ATTACKER.did_key)
    return forger.sign(forger.badge())


def bare_did_key_without_issuer_document(web: WebSimulator) -> Document:
    forger = attacker_as(web, VICTIM, ATTACKER.did_key)
    return forger.sign(forger.badge())


def header_jwk(web: WebSimulator) -> Document:
    Issuer.at_https(web, VICTIM)
    key = SigningKey.rsa(1)
    forger = Issuer(web, VICTIM, key, "")
    return forger.token(forger.badge(), header={"kid": None, "jwk": key.jwk()})


def foreign_document_with_victim_as_controller(web: WebSimulator) -> Document:
    victim = Issuer.at_did_web(web)
    forger = Issuer.at_did_web(web, "attacker.example", ATTACKER)
    method = forger.method_object(controller=victim.id)
    forger.publish(forger.controller_document(verificationMethod=[method]))
    return forger.sign(forger.badge(issuer={"id": victim.id, "type": ["Profile"]}))


def foreign_document(web: WebSimulator) -> Document:
    victim = Issuer.at_did_web(web)
    forger = Issuer.at_did_web(web, "attacker.example", ATTACKER)
    return forger.sign(forger.badge(issuer={"id": victim.id, "type": ["Profile"]}))


def key_inside_the_proof(web: WebSimulator) -> Document:
    victim = Issuer.at_did_web(web)
    forger = attacker_as(web, victim.id, victim.method)
    signed = forger.sign(forger.badge())
    signed["proof"]["verificationMethod"] = {
        "id": victim.method,
        "type": "Multikey",
        "controller": victim.id,
        "publicKeyMultibase": ATTACKER.multikey,
    }
    return signed


def did_key_fragment_of_another_key(web: WebSimulator) -> Document:
    victim = SigningKey.ed25519("victim")
    forger = attacker_as(web, victim.did_key, f"{victim.did_key}#{ATTACKER.multikey}")
    return forger.sign(forger.badge())


def two_keys_under_one_id(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    second = issuer.method_object(publicKeyMultibase=ATTACKER.multikey)
    methods = [issuer.method_object(), second]
    issuer.publish(issuer.controller_document(verificationMethod=methods))
    return issuer.sign(issuer.badge())


def first_key_of_the_type(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    own = {**issuer.method_object(), "id": f"{issuer.id}#own"}
    other = issuer.method_object(publicKeyMultibase=ATTACKER.multikey)
    listed = [own["id"], other["id"]]
    document = issuer.controller_document(verificationMethod=[own, other], assertionMethod=listed)
    issuer.publish(document)
    return issuer.sign(issuer.badge())


def key_for_authentication_only(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    document = issuer.controller_document(assertionMethod=[], authentication=[issuer.method])
    issuer.publish(document)
    return issuer.sign(issuer.badge())


def did_document_of_another_did(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    issuer.publish(issuer.controller_document(id="did:web:other.example"))
    return issuer.sign(issuer.badge())


def did_document_from_another_host(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    web.change(did_web_url(issuer.id), final_url="https://attacker.example/did.json")
    return issuer.sign(issuer.badge())


def issuer_in_capitals(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    shouted = "did:web:ISSUER.example"
    return issuer.sign(issuer.badge(issuer={"id": shouted, "type": ["Profile"]}))


def issuer_with_trailing_dot(web: WebSimulator) -> Document:
    issuer = Issuer.at_https(web, "https://issuer.example/profile")
    dotted = "https://issuer.example./profile"
    return issuer.sign(issuer.badge(issuer={"id": dotted, "type": ["Profile"]}))


def creator_key_not_in_profile(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    stranger = OpenBadges2(web, "https://attacker.example", SigningKey.rsa(1))
    creator = {"type": "SignedBadge", "creator": stranger.key_url}
    return stranger.signed(badge=club.badge_url, verification=creator)


def key_that_names_another_owner(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    web.serve(club.key_url, club.key_document(owner="https://other.example/profile.json"))
    return club.signed()


def certificate_in_the_header(web: WebSimulator) -> Document:
    Issuer.at_https(web, VICTIM)
    key = SigningKey.rsa(1)
    forger = Issuer(web, VICTIM, key, "")
    return forger.token(
        forger.badge(), header={"kid": None, "x5c": [key.self_signed_certificate()]}
    )


F, U = Verdict.FAILED, Verdict.UNDETERMINED
ISSUER, SIGNATURE = CheckId.ISSUER, CheckId.SIGNATURE
ATTACKS = [
    Attack(1, "key in the fragment, issuer silent", fragment_key, U, ISSUER, "issuer.unreachable"),
    Attack(
        1,
        "key in the fragment, issuer lists another",
        fragment_key_beside_the_real_document,
        F,
        ISSUER,
        "issuer.key_not_listed",
    ),
    Attack(2, "bare did:key", bare_did_key, F, ISSUER, "issuer.key_not_listed"),
    Attack(
        2,
        "bare did:key, issuer silent",
        bare_did_key_without_issuer_document,
        U,
        ISSUER,
        "issuer.unreachable",
    ),
    Attack(3, "key in the header", header_jwk, U, ISSUER, "issuer.embedded_key_unproven"),
    Attack(
        4,
        "foreign document that names the victim",
        foreign_document_with_victim_as_controller,
        F,
        SIGNATURE,
        "key.controller_mismatch",
    ),
    Attack(4, "foreign document", foreign_document, F, ISSUER, "issuer.key_not_listed"),
    Attack(5, "key inside the proof", key_inside_the_proof, F, SIGNATURE, "key.method_missing"),
    Attack(
        6,
        "did:key with another fragment",
        did_key_fragment_of_another_key,
        F,
        SIGNATURE,
        "key.not_listed",
    ),
    Attack(7, "two keys under one id", two_keys_under_one_id, F, SIGNATURE, "key.ambiguous"),
    Attack(8, "first key of the type", first_key_of_the_type, F, SIGNATURE, "proof.bad_signature"),
    Attack(
        9,
        "key for authentication only",
        key_for_authentication_only,
        F,
        SIGNATURE,
        "key.wrong_purpose",
    ),
    Attack(10, "document of another DID", did_document_of_another_did, U, ISSUER, "issuer.no_key"),
    Attack(
        10, "document from another host", did_document_from_another_host, U, ISSUER, "issuer.no_key"
    ),
    Attack(11, "issuer in capitals", issuer_in_capitals, U, ISSUER, "issuer.unreachable"),
    Attack(
        11, "issuer with trailing dot", issuer_with_trailing_dot, U, ISSUER, "issuer.unreachable"
    ),
    Attack(
        12, "creator not in profile", creator_key_not_in_profile, F, ISSUER, "issuer.key_not_listed"
    ),
    Attack(
        12, "key of another owner", key_that_names_another_owner, F, ISSUER, "issuer.key_of_another"
    ),
    Attack(
        13,
        "self-signed certificate",
        certificate_in_the_header,
        U,
        ISSUER,
        "issuer.certificate_unanchored",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_key_that_is_not_shown_to_be_the_issuers_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_twin_of_1_the_same_badge_verifies_once_the_issuer_lists_the_key() -> None:
    web = WebSimulator()
    forged = fragment_key(web)
    web.serve(
        VICTIM, attacker_as(web, VICTIM, f"{VICTIM}#{ATTACKER.multikey}").controller_document()
    )
    report = report_on(forged, web)
    assert report.verdict is Verdict.VERIFIED
    assert code_of(report, ISSUER) == "issuer.key_listed"


def test_twin_of_2_a_foreign_key_verifies_once_the_issuers_own_document_lists_it() -> None:
    web = WebSimulator()
    victim = Issuer.at_did_web(web)
    forged = bare_did_key(web)
    listed = f"{ATTACKER.did_key}#{ATTACKER.multikey}"
    victim.publish(victim.controller_document(assertionMethod=[victim.method, listed]))
    assert report_on(forged, web).verdict is Verdict.VERIFIED


def test_twin_of_3_a_header_key_verifies_once_the_issuer_publishes_that_very_key() -> None:
    web = WebSimulator()
    forged = header_jwk(web)
    key = SigningKey.rsa(1)
    Issuer.at_https(web, VICTIM, key)
    report = report_on(forged, web)
    assert report.verdict is Verdict.VERIFIED
    assert code_of(report, ISSUER) == "issuer.key_listed"


@pytest.mark.parametrize(
    "issuer",
    [
        Issuer.at_did_key,
        Issuer.at_did_jwk,
        Issuer.at_did_web,
        lambda web: Issuer.at_did_web(web, "issuer.example:schools:one"),
        Issuer.at_https,
        lambda web: Issuer.at_https(web, key=SigningKey.rsa()),
    ],
    ids=["did:key", "did:jwk", "did:web", "did:web with path", "https", "https with RSA"],
)
def test_twins_of_4_to_11_the_issuers_own_key_verifies(
    issuer: Callable[[WebSimulator], Issuer],
) -> None:
    web = WebSimulator()
    honest = issuer(web)
    token = honest.token(honest.badge())
    assert report_on(token, web).verdict is Verdict.VERIFIED
    if honest.key.algorithm.value != "RSA":
        assert report_on(honest.sign(honest.badge()), web).verdict is Verdict.VERIFIED


def test_twin_of_12_a_listed_key_verifies() -> None:
    web = WebSimulator()
    assert report_on(OpenBadges2(web).signed(), web).verdict is Verdict.VERIFIED
