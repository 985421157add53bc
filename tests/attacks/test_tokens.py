"""Rows 15-26: tokens that lie about how they are signed, or say two things at once."""

import json
from collections.abc import Callable, Mapping

import pytest
from cryptography.hazmat.primitives import hashes, hmac

from attacks.attack import Attack, Document, judge
from simulators.checking import report_on
from simulators.issuer import VC2, Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.web import WebSimulator
from wallet_app.crypto.keys import KeyAlgorithm
from wallet_app.verification.report import CheckId, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
UNCOMPARED, MISMATCH = "format.member_missing", "jwt.claim_mismatch"
FORMAT, SIGNATURE, ISSUER = CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER
Make = Callable[[WebSimulator], Document]


def with_header(**header: object) -> Make:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return issuer.token(issuer.badge(), header=header)

    return make


def with_claims(**claims: object) -> Make:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return issuer.token(issuer.badge(), claims=claims)

    return make


def changed(change: Callable[[str], str]) -> Make:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return change(issuer.token(issuer.badge()))

    return make


def unsigned_algorithm(name: str) -> Make:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        token = issuer.token(issuer.badge(), header={"alg": name})
        return token.rpartition(".")[0] + "."

    return make


def hmac_with_the_public_key(web: WebSimulator) -> Document:
    issuer = Issuer.at_https(web, key=SigningKey.rsa())
    signed = issuer.token(issuer.badge(), header={"alg": "HS256"}).rpartition(".")[0]
    mac = hmac.HMAC(issuer.key.pem.encode(), hashes.SHA256())
    mac.update(signed.encode())
    return f"{signed}.{base64url(mac.finalize())}"


def hmac_without_a_key(web: WebSimulator) -> Document:
    """No key is named, so that looking for one would end in "unknown"."""
    issuer = Issuer.at_https(web, key=SigningKey.rsa())
    return issuer.token(issuer.badge(), header={"alg": "HS256", "kid": None})


def curve_of_another_algorithm(web: WebSimulator) -> Document:
    key = SigningKey.elliptic("large", KeyAlgorithm.P384)
    issuer = Issuer.at_did_key(web, key=key)
    return issuer.token(issuer.badge(), header={"alg": "ES256"})


def zero_signature(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web, key=SigningKey.elliptic("small"))
    return issuer.token(issuer.badge()).rpartition(".")[0] + "." + base64url(bytes(64))


def credential_and_vc_claim(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    other = issuer.badge(name="Doctor of Everything")
    return issuer.token(issuer.badge(), claims={"vc": other})


def vc_claim_in_the_w3c_profile(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    return issuer.token(issuer.badge_v1(), vc_claim=True, header={"typ": "vc+jwt"})


def private_key_in_the_header(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    jwk = {**issuer.key.jwk(), "d": base64url(bytes(32))}
    return issuer.token(issuer.badge(), header={"kid": None, "jwk": jwk})


def vc_issuer_against_iss(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    famous = issuer.badge_v1(issuer={"id": "did:web:famous.example"})
    return issuer.token(famous, vc_claim=True, claims={"iss": issuer.id})


def said_by(payload: Mapping[str, object], typ: str = "JWT") -> Make:
    """Build a token of the attacker's with exactly this payload."""

    def make(web: WebSimulator) -> Document:
        Issuer.at_did_web(web, "famous.example")
        issuer = Issuer.at_did_web(web, "attacker.example")
        full = {**payload, "iss": issuer.id}
        header = {"alg": issuer.key.jws_algorithm, "kid": issuer.method, "typ": typ}
        return jws(header, json.dumps(full).encode(), issuer.key)

    return make


def beside_vc(**members: object) -> Make:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return issuer.token(issuer.badge_v1(), vc_claim=True, claims=members)

    return make


FAMOUS = {"id": "did:web:famous.example", "name": "Famous University"}
CREDENTIAL = {"type": ["VerifiableCredential"], "credentialSubject": {"id": "did:example:me"}}
MISREAD_ISSUERS: list[object] = [
    [FAMOUS],
    {"@id": FAMOUS["id"]},
    {"id": [FAMOUS["id"]]},
    {"name": "Famous University"},
    "",
    5,
    None,
]

ATTACKS = [
    *(
        Attack(20, f"{shape} issuer {misread}", said_by(make(misread), typ), F, SIGNATURE, code)
        for misread in MISREAD_ISSUERS
        for shape, make, typ, code in (
            ("claims", lambda v: {**CREDENTIAL, "issuer": v}, "JWT", UNCOMPARED),
            ("vc", lambda v: {"vc": {**CREDENTIAL, "issuer": v}}, "JWT", UNCOMPARED),
            ("W3C", lambda v: {**CREDENTIAL, "issuer": v}, "vc+jwt", UNCOMPARED),
        )
    ),
    Attack(
        20,
        "issuer misread, no type",
        said_by({"@context": [VC2], "credentialSubject": {}, "issuer": [FAMOUS]}),
        F,
        FORMAT,
        UNCOMPARED,
    ),
    Attack(20, "id misread", with_claims(id=["a", "b"], jti="c"), F, SIGNATURE, UNCOMPARED),
    Attack(20, "sub as list", with_claims(sub=["did:example:a"]), F, SIGNATURE, MISMATCH),
    Attack(20, "sub as object", with_claims(sub={"id": "did:example:a"}), F, SIGNATURE, MISMATCH),
    Attack(23, "empty vc", said_by({"vc": {}}), F, FORMAT, UNCOMPARED),
    Attack(
        23,
        "no subject",
        said_by({"type": ["VerifiableCredential"], "name": "x"}),
        F,
        FORMAT,
        UNCOMPARED,
    ),
    *(
        Attack(21, f"{name} beside vc", beside_vc(**{name: value}), F, SIGNATURE, "jwt.ambiguous")
        for name, value in (
            ("credentialStatus", {"type": "BitstringStatusListEntry"}),
            ("validUntil", "2026-02-01T00:00:00Z"),
            ("expirationDate", "2026-02-01T00:00:00Z"),
            ("issuanceDate", "2099-02-01T00:00:00Z"),
            ("issuer", "did:web:famous.example"),
            ("id", "urn:uuid:0"),
        )
    ),
    *(
        Attack(25, f"header jwk {jwk}"[:40], with_header(jwk=jwk), F, SIGNATURE, code)
        for jwk, code in (
            ([{}, {}], "key.malformed"),
            ("key", "key.malformed"),
            ({"kty": "RSA", "oth": []}, "key.private_exposed"),
        )
    ),
    *(
        Attack(15, f"alg {name}", unsigned_algorithm(name), F, SIGNATURE, code)
        for name, code in (
            ("none", "jws.algorithm_refused"),
            ("nOnE", "jws.algorithm_refused"),
            ("EdDSA", "proof.bad_signature"),
        )
    ),
    Attack(
        16, "HMAC by public key", hmac_with_the_public_key, F, SIGNATURE, "jws.algorithm_refused"
    ),
    Attack(16, "HMAC without a key", hmac_without_a_key, F, SIGNATURE, "jws.algorithm_refused"),
    Attack(17, "ES256 with P-384", curve_of_another_algorithm, F, SIGNATURE, "jws.key_mismatch"),
    Attack(17, "r and s are zero", zero_signature, F, SIGNATURE, "proof.bad_signature"),
    Attack(17, "RS256 with Ed25519", with_header(alg="RS256"), F, SIGNATURE, "jws.key_mismatch"),
    Attack(18, "unknown crit", with_header(crit=["exp"], exp=1), F, SIGNATURE, "jws.crit"),
    Attack(18, "empty crit", with_header(crit=[]), F, SIGNATURE, "jws.crit"),
    Attack(18, "absent member in crit", with_header(crit=["b64"]), F, SIGNATURE, "jws.crit"),
    Attack(19, "b64 false", with_header(b64=False, crit=["b64"]), F, SIGNATURE, "jws.b64"),
    *(
        Attack(20, name, with_claims(**claims), F, SIGNATURE, "jwt.claim_mismatch")
        for name, claims in (
            ("iss", {"iss": "did:web:famous.example"}),
            ("sub", {"sub": "did:example:somebody-else"}),
            ("jti", {"jti": "urn:uuid:0"}),
            ("nbf", {"nbf": 1768467601}),
            ("exp", {"exp": 1900000000, "validUntil": "2026-02-01T00:00:00Z"}),
        )
    ),
    Attack(20, "no iss", with_claims(iss=None), F, SIGNATURE, "jwt.claim_missing"),
    Attack(20, "iss against vc", vc_issuer_against_iss, F, SIGNATURE, "jwt.claim_mismatch"),
    Attack(21, "two credentials", credential_and_vc_claim, F, SIGNATURE, "jwt.ambiguous"),
    Attack(
        21, "vc in W3C profile", vc_claim_in_the_w3c_profile, F, SIGNATURE, "jwt.vc_claim_forbidden"
    ),
    *(
        Attack(22, f"kid {kid}", with_header(kid=kid), U, SIGNATURE, "key.method_unsupported")
        for kid in ("file:///etc/passwd", "data:application/json,%7B%7D", "x:../../key")
    ),
    *(
        Attack(23, kind, with_header(typ=kind), F, FORMAT, code)
        for kind, code in (
            ("kb+jwt", "format.key_binding"),
            ("statuslist+jwt", "format.status_list_token"),
            ("vp+jwt", "format.presentation_token"),
        )
    ),
    Attack(24, "padding", changed(lambda token: token + "=="), F, FORMAT, "format.recognised"),
    Attack(
        24,
        "fourth part",
        changed(lambda token: token + ".e30"),
        F,
        FORMAT,
        "format.token_malformed",
    ),
    Attack(
        25, "private key in header", private_key_in_the_header, F, SIGNATURE, "key.private_exposed"
    ),
    Attack(26, "JWE", changed(lambda token: token + ".e30.e30"), F, FORMAT, "format.encrypted"),
    Attack(26, "nested", with_header(cty="JWT"), F, SIGNATURE, "jws.nested"),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_token_that_lies_about_itself_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_headers_that_name_other_addresses_are_never_followed() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    places = {"jku": "https://attacker.example/jwks", "x5u": "https://attacker.example/cert"}
    assert report_on(issuer.token(issuer.badge(), header=places), web).verdict is Verdict.VERIFIED
    assert [url for url, _ in web.calls if "attacker" in url] == []


def test_twins_an_honest_token_of_each_profile_verifies() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    honest = [
        issuer.token(issuer.badge()),
        issuer.token(issuer.badge(), header={"typ": None}),
        issuer.token(issuer.badge(), header={"typ": "vc+jwt"}),
        issuer.token(issuer.badge_v1(), vc_claim=True),
        issuer.token(issuer.badge_v1(), vc_claim=True, claims={"issuer": issuer.badge()["issuer"]}),
        issuer.token(issuer.badge(issuer=issuer.id)),
    ]
    for token in honest:
        assert report_on(token, web).verdict is Verdict.VERIFIED, token


@pytest.mark.parametrize("part", [0, 1, 2], ids=["header", "payload", "signature"])
def test_one_changed_byte_in_any_part_of_a_token_fails(part: int) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    parts = issuer.token(issuer.badge()).split(".")
    middle = len(parts[part]) // 2
    flipped = "A" if parts[part][middle] != "A" else "B"
    parts[part] = parts[part][:middle] + flipped + parts[part][middle + 1 :]
    assert report_on(".".join(parts), web).verdict is Verdict.FAILED


def test_a_bad_proof_inside_a_good_token_spoils_it() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    inside = issuer.sign(issuer.badge())
    assert report_on(issuer.token(inside), web).verdict is Verdict.VERIFIED
    report = report_on(issuer.token({**inside, "name": "Doctor of Everything"}), web)
    assert report.verdict is Verdict.FAILED
    assert json.dumps(dict(report.check(CheckId.SIGNATURE).params)) == "{}"
