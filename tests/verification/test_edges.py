"""Inputs that reach a check only past ``recognise``: the checks themselves must hold."""

from dataclasses import replace

import pytest

from simulators.checking import credential_of, report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import status_entry
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.model import Credential, Secured, Securing
from wallet_app.crypto.documents import Origin
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import PublicKey, public_key_from_multikey
from wallet_app.verification.binding import bind
from wallet_app.verification.context import KeySource, ResolvedKey
from wallet_app.verification.report import CheckId, Report, Verdict
from wallet_app.verification.verify import verify

JCS = "eddsa-jcs-2022"


def report_of(credential: Credential, web: WebSimulator) -> Report:
    return verify(credential, resolver=web, contexts=load_contexts(), now=web.now)


def with_token(credential: Credential, token: str) -> Credential:
    secured = Secured(Securing.JWS, credential.secured.document, token)
    return replace(credential, secured=secured)


@pytest.mark.parametrize(
    "token", ["", "a.b", "e30.e30.e30.e30", "e30.W10.AA", "e30.AA.AA", "e30.e30.="]
)
def test_a_broken_token_fails_whatever_the_reader_made_of_it(token: str) -> None:
    web = WebSimulator()
    issuer, club = Issuer.at_did_key(web), OpenBadges2(web)
    for text in (issuer.token(issuer.badge()), club.signed()):
        assert report_of(with_token(credential_of(text), token), web).verdict is Verdict.FAILED


def test_a_vc_claim_that_is_no_object_fails() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    credential = credential_of(issuer.token(issuer.badge()))
    odd = jws({"alg": "EdDSA", "kid": issuer.method}, b'{"vc": 7}', issuer.key)
    assert report_of(with_token(credential, odd), web).verdict is Verdict.FAILED


def test_no_issuer_is_never_bound() -> None:
    key = SigningKey.ed25519("x")
    web = WebSimulator()
    named = ResolvedKey(key.did_key, _public(key), KeySource.DOCUMENT)
    with pytest.raises(ProofMalformed, match=r"issuer\.missing"):
        bind(named, "", web, web.now)


def test_an_id_listed_without_its_key_binds_only_a_published_key() -> None:
    web = WebSimulator()
    key = SigningKey.ed25519("x")
    home = "https://issuer.example/profile"
    method = f"{home}#{key.multikey}"
    web.serve(home, {"id": home, "assertionMethod": [method]})
    spelled = ResolvedKey(method, _public(key), KeySource.FRAGMENT)
    with pytest.raises(ProofUnsupported, match=r"issuer\.embedded_key_unproven"):
        bind(spelled, home, web, web.now)
    assert (
        bind(replace(spelled, source=KeySource.DOCUMENT), home, web, web.now) == "issuer.key_listed"
    )


def _public(key: SigningKey) -> PublicKey:
    return public_key_from_multikey(key.multikey)


def test_a_signed_badge_without_creator_needs_the_profile() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    web.fail(club.profile_url, "timeout")
    report = report_on(club.signed(verification={"type": "SignedBadge"}), web)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.SIGNATURE).code == "document.unreachable"


def test_a_picture_that_carries_only_an_address_differs_from_nothing() -> None:
    web = WebSimulator()
    served = OpenBadges2(web).hosted()
    credential = credential_of(served)
    bare = {"id": served["id"], "verify": {"type": "hosted", "url": served["id"]}}
    secured = Secured(Securing.HOSTED, bare)
    report = report_of(replace(credential, secured=secured), web)
    assert report.check(CheckId.SIGNATURE).findings == ()


def test_a_status_list_that_holds_two_credentials_is_no_list() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    url = "https://issuer.example/status"
    signed = issuer.publish_status_list(url)
    web.serve(url, [signed, signed])
    report = report_on(issuer.sign(issuer.badge(credentialStatus=status_entry(url, 1)), JCS), web)
    assert report.verdict is Verdict.UNDETERMINED


def test_a_bundled_list_has_no_age() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    url = "https://issuer.example/status"
    issuer.publish_status_list(url)
    web.change(url, origin=Origin.BUNDLED, fetched_at=web.now.replace(year=2001))
    report = report_on(issuer.sign(issuer.badge(credentialStatus=status_entry(url, 1)), JCS), web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(CheckId.STATUS).evidence[0].fetched_at is None


def test_missing_claims_of_a_token_are_noted() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    report = report_on(issuer.token(issuer.badge(), claims={"sub": None, "jti": None}), web)
    assert report.verdict is Verdict.VERIFIED
    noted = [params["claim"] for _, params in report.check(CheckId.SIGNATURE).findings]
    assert noted == ["jti", "sub"]


def test_a_context_that_does_not_come_with_the_program_is_asked_for_once_missed() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    tampered = {**issuer.sign(issuer.badge(endorsementJwt=["praise"]), JCS)}
    tampered["proof"] = issuer.sign(issuer.badge())["proof"]
    report = report_on(tampered, web)
    assert [url for url, _ in web.calls] == [
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    ]
    assert report.verdict is not Verdict.VERIFIED
