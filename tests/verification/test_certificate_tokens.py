"""Tokens with an ``x5c`` chain: whose they are, by SD-JWT VC's rules and stricter."""

import json
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulators.certificates import Holder
from simulators.checking import code_of, report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey
from simulators.sd_jwts import disclosure
from simulators.web import WebSimulator
from wallet_app.app.badge_views import is_issuer_proven
from wallet_app.crypto.certificates import parse_certificate
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

ROOT = Holder.root()
ISSUER_URL = "https://issuer.example/school"
SIGNATURE, ISSUER = CheckId.SIGNATURE, CheckId.ISSUER
V, F, U = Verdict.VERIFIED, Verdict.FAILED, Verdict.UNDETERMINED
NAMES_IT, OF_ANOTHER = "issuer.certificate_names_it", "issuer.certificate_of_another"


def sd_jwt_vc(signer: Holder, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
    shown, digest = disclosure("given_name", "Ada")
    payload = {"iss": ISSUER_URL, "vct": "urn:x:diploma", "_sd": [digest], "exp": 1900000000}
    stated = {name: value for name, value in {**payload, **claims}.items() if value is not None}
    full = {"alg": signer.key.jws_algorithm, "typ": "dc+sd-jwt", "x5c": signer.x5c()}
    return jws({**full, **(header or {})}, json.dumps(stated).encode(), signer.key) + f"~{shown}~"


def judged(token: str, *anchored: Holder, web: WebSimulator | None = None) -> Report:
    anchors = [one.anchor() for one in anchored]
    return report_on(token, web or WebSimulator(), anchors=anchors)


def summary(report: Report) -> tuple[Verdict, str, str]:
    return report.verdict, code_of(report, SIGNATURE), code_of(report, ISSUER)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({"uris": [ISSUER_URL]}, NAMES_IT),
        ({"dns": ["issuer.example"]}, NAMES_IT),
        ({"dns": ["other.example", "issuer.example"]}, NAMES_IT),
        ({"identifier": ISSUER_URL}, NAMES_IT),
        ({}, OF_ANOTHER),
        ({"organisation": ISSUER_URL}, OF_ANOTHER),
        ({"uris": ["https://issuer.example"]}, OF_ANOTHER),
        ({"uris": [ISSUER_URL + "/"]}, OF_ANOTHER),
        ({"dns": ["*.example"]}, OF_ANOTHER),
        ({"dns": ["example"]}, OF_ANOTHER),
        ({"dns": ["sub.issuer.example"]}, OF_ANOTHER),
        ({"dns": ["ISSUER.example"]}, OF_ANOTHER),
        ({"uris": ["issuer.example"]}, OF_ANOTHER),
    ],
    ids=str,
)
def test_the_certificate_must_hold_the_issuers_identifier(names: dict[str, Any], code: str) -> None:
    report = judged(sd_jwt_vc(ROOT.certify("School", **names)), ROOT)
    assert summary(report) == (V if code == NAMES_IT else U, "proof.verified", code)
    if code == NAMES_IT:
        assert report.check(ISSUER).params["domain"] == "issuer.example"
        assert is_issuer_proven(report)


def test_an_issuer_that_is_no_https_address_is_not_found_by_its_host() -> None:
    school = ROOT.certify("School", dns=["issuer.example"])
    for odd in ("http://issuer.example", "did:web:issuer.example", "https://a@issuer.example"):
        assert summary(judged(sd_jwt_vc(school, iss=odd), ROOT))[2] != NAMES_IT
    by_uri = ROOT.certify("School", uris=["did:web:issuer.example"])
    report = judged(sd_jwt_vc(by_uri, iss="did:web:issuer.example"), ROOT)
    assert summary(report) == (V, "proof.verified", NAMES_IT)
    assert report.check(ISSUER).params["domain"] == ""


def test_without_iss_the_certificates_subject_is_the_issuer() -> None:
    school = ROOT.certify("School", identifier="VATBE-0123456789")
    token = sd_jwt_vc(school, iss=None)
    assert summary(judged(token)) == (U, "proof.verified", "issuer.certificate_unanchored")
    report = judged(token, ROOT)
    assert summary(report) == (V, "proof.verified", NAMES_IT)
    assert report.check(ISSUER).params["issuer"] == "VATBE-0123456789"
    assert not is_issuer_proven(report)
    plain = judged(sd_jwt_vc(ROOT.certify("School"), iss=None), ROOT)
    assert plain.check(ISSUER).params["issuer"] == ""


def test_a_token_without_issuer_and_certificate_still_has_none() -> None:
    key = SigningKey.elliptic("nobody")
    header = {"alg": "ES256", "typ": "dc+sd-jwt", "jwk": key.jwk()}
    token = jws(header, b'{"vct": "urn:x"}', key) + "~"
    assert summary(judged(token, ROOT)) == (F, "proof.verified", "issuer.missing")


def test_a_certificate_is_asked_before_the_network() -> None:
    web = WebSimulator()
    token = sd_jwt_vc(ROOT.certify("School", dns=["issuer.example"]))
    assert judged(token, ROOT, web=web).verdict is V
    assert web.calls == []


def test_an_issuer_that_publishes_the_certificates_key_needs_no_anchor() -> None:
    web = WebSimulator()
    key = SigningKey.rsa(1)
    issuer = Issuer.at_https(web, ISSUER_URL, key)
    school = ROOT.certify("School", key=key)
    token = issuer.token(issuer.badge(), header={"kid": None, "x5c": school.x5c()})
    report = judged(token, web=web)
    assert summary(report) == (V, "proof.verified", "issuer.key_listed")


def test_a_badge_as_token_is_bound_likewise() -> None:
    web = WebSimulator()
    key = SigningKey.rsa(1)
    issuer = Issuer(web, ISSUER_URL, key, "")
    school = ROOT.certify("School", key=key, dns=["issuer.example"])
    token = issuer.token(issuer.badge(), header={"kid": None, "x5c": school.x5c()})
    assert summary(judged(token, ROOT, web=web)) == (V, "proof.verified", NAMES_IT)
    assert summary(judged(token, web=web)) == (
        U,
        "proof.verified",
        "issuer.certificate_unanchored",
    )


def test_a_did_key_issuer_is_contradicted_by_another_key() -> None:
    token = sd_jwt_vc(ROOT.certify("School"), iss=SigningKey.ed25519("other").did_key)
    assert summary(judged(token, ROOT)) == (F, "proof.verified", "issuer.key_not_listed")


def test_the_thumbprint_beside_the_chain_must_be_its_first_certificates() -> None:
    school = ROOT.certify("School", dns=["issuer.example"])
    own = parse_certificate(school.der).thumbprint()
    assert judged(sd_jwt_vc(school, header={"x5t#S256": own}), ROOT).verdict is V
    other = parse_certificate(ROOT.der).thumbprint()
    report = judged(sd_jwt_vc(school, header={"x5t#S256": other}), ROOT)
    assert summary(report)[:2] == (F, "certificate.thumbprint_mismatch")


def test_row_13_a_certificate_that_copies_every_name_proves_nothing() -> None:
    names: dict[str, Any] = {"dns": ["issuer.example"], "uris": [ISSUER_URL]}
    real = ROOT.certify("School", **names)
    key = SigningKey.elliptic("forger")
    alone = Holder.root("School", key=key, **names, usage=("digital_signature",))
    assert summary(judged(sd_jwt_vc(alone), ROOT)) == (
        *(U, "proof.verified", "issuer.certificate_unanchored"),
    )
    # Under an authority of the same name, and beside the real chain.
    under = Holder.root(key=SigningKey.elliptic("forger's root")).certify(
        "School", key=key, **names
    )
    report = judged(sd_jwt_vc(under), ROOT)
    assert summary(report) == (U, "proof.verified", "certificate.chain_broken")
    beside = sd_jwt_vc(under, header={"x5c": [*under.x5c(), *real.x5c()]})
    assert judged(beside, ROOT).verdict is U


def test_the_first_certificate_is_whose_key_signed() -> None:
    school, other = ROOT.certify("School", dns=["issuer.example"]), ROOT.certify("Other")
    stolen = sd_jwt_vc(other, header={"x5c": school.x5c()})
    assert summary(judged(stolen, ROOT))[:2] == (F, "proof.bad_signature")
    added = sd_jwt_vc(other, header={"x5c": [*other.x5c(), *school.x5c()]})
    report = judged(added, ROOT)
    assert summary(report) == (U, "proof.verified", "certificate.not_an_authority")


def test_a_key_beside_the_chain_must_be_the_same() -> None:
    school = ROOT.certify("School", dns=["issuer.example"])
    assert judged(sd_jwt_vc(school, header={"jwk": school.key.jwk()}), ROOT).verdict is V
    other = SigningKey.elliptic("other").jwk()
    report = judged(sd_jwt_vc(school, header={"jwk": other}), ROOT)
    assert summary(report)[:2] == (F, "certificate.key_differs")


def test_too_many_certificates_are_not_read() -> None:
    school = ROOT.certify("School", dns=["issuer.example"])
    report = judged(sd_jwt_vc(school, header={"x5c": school.x5c() * 9}), ROOT)
    assert summary(report)[:2] == (U, "certificate.too_many")


def test_a_web_servers_certificate_signs_no_diploma() -> None:
    server = ROOT.certify(
        "issuer.example", dns=["issuer.example"], purposes=[ExtendedKeyUsageOID.SERVER_AUTH]
    )
    report = judged(sd_jwt_vc(server), ROOT)
    assert summary(report) == (U, "proof.verified", "certificate.wrong_usage")
    assert report.check(ISSUER).outcome is Outcome.UNKNOWN
