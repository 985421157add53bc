"""Row 90: who holds a token is proven only by an answer to our own challenge."""

import hashlib
import json
from typing import Any

import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.sd_jwts import HOLDER, key_binding, sd_token
from simulators.web import NOW, WebSimulator
from wallet_app.verification.report import CheckId, Verdict

STRANGER = SigningKey.elliptic("stranger")
Json = dict[str, Any]


def token(*, cnf: Any = None, binding: Json | None = None, **options: Any) -> tuple[str, Any]:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    document = {**issuer.badge(), "cnf": {"jwk": HOLDER.jwk()} if cnf is None else cnf}
    bare = sd_token(issuer, document, concealed=["name"], shown=["name"])
    return bare + key_binding(bare, binding, **options), web


def findings(text: str, web: WebSimulator) -> list[str]:
    report = report_on(text, web)
    assert report.verdict is Verdict.VERIFIED  # the credential is genuine, whoever shows it
    return [
        str(params.get("reason", code)) for code, params in report.check(CheckId.SIGNATURE).findings
    ]


def test_a_good_binding_of_the_past_is_only_a_note() -> None:
    assert findings(*token()) == ["sd_jwt.key_binding_replayable"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"key": STRANGER}, "proof.bad_signature"),
        ({"binding": {"sd_hash": "AAAA"}}, "sd_jwt.key_binding_of_another"),
        ({"binding": {"sd_hash": None}}, "sd_jwt.key_binding_of_another"),
        ({"binding": {"nonce": 7}}, "sd_jwt.key_binding_malformed"),
        ({"binding": {"aud": ["a"]}}, "sd_jwt.key_binding_malformed"),
        ({"binding": {"iat": "now"}}, "sd_jwt.key_binding_malformed"),
        ({"cnf": {"kid": "key-1"}}, "sd_jwt.holder_key_unsupported"),
        ({"cnf": "key-1"}, "sd_jwt.holder_key_unsupported"),
        ({"header": {"alg": "RS256"}}, "jws.key_mismatch"),
        ({"header": {"alg": "none"}}, "jws.algorithm_refused"),
        ({"header": {"alg": "HS256"}}, "jws.algorithm_refused"),
        ({"header": {"alg": "none", "typ": "JWT"}}, "jws.algorithm_refused"),
        ({"header": {"alg": "ES256K-R"}}, "jws.algorithm_unsupported"),
        ({"cnf": {"jwk": {"kty": "oct", "k": "AA"}}}, "key.private_exposed"),
        ({"cnf": {"jwk": {**HOLDER.jwk(), "use": "enc"}}}, "key.wrong_use"),
        ({"binding": {"iat": True}}, "sd_jwt.key_binding_malformed"),
        ({"binding": {"iat": int(NOW.timestamp()) + 301}}, "sd_jwt.key_binding_early"),
        ({"binding": {"iat": 10**30}}, "sd_jwt.key_binding_early"),
    ],
)
def test_a_bad_binding_proves_no_holder(options: Json, reason: str) -> None:
    assert reason in findings(*token(**options))


@pytest.mark.parametrize("seconds", [0, -(10**30), 300])
def test_a_binding_of_any_time_up_to_now_is_of_the_past(seconds: int) -> None:
    made = {"iat": int(NOW.timestamp()) + seconds}
    assert findings(*token(binding=made)) == ["sd_jwt.key_binding_replayable"]


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {"typ": None}, {"crit": []}, {"b64": False}])
def test_a_last_part_that_is_no_binding_makes_it_no_token(header: Json) -> None:
    text, web = token(header=header)
    report = report_on(text, web)
    assert report.verdict is Verdict.FAILED
    assert report.check(CheckId.SIGNATURE).code == "sd_jwt.key_binding_malformed"


def test_the_hash_of_the_token_is_made_as_the_token_says() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    header = {"alg": "EdDSA", "kid": issuer.method, "typ": "vc+sd-jwt"}
    payload = {
        **issuer.badge(),
        "iss": issuer.id,
        "cnf": {"jwk": HOLDER.jwk()},
        "_sd_alg": "sha-512",
    }
    bare = jws(header, json.dumps(payload).encode(), issuer.key) + "~"
    for name, expected in (
        ("sha512", "sd_jwt.key_binding_replayable"),
        ("sha256", "sd_jwt.key_binding_of_another"),
    ):
        digest = base64url(hashlib.new(name, bare.encode()).digest())
        assert findings(bare + key_binding(bare, {"sd_hash": digest}), web) == [expected]


def test_a_binding_to_more_than_is_shown_is_of_another_copy() -> None:
    text, web = token()
    first, _taken_away, *rest = text.split("~")
    report = report_on("~".join([first, *rest]), web)
    found = dict(report.check(CheckId.SIGNATURE).findings)
    assert found["sd_jwt.holder_not_proven"] == {"reason": "sd_jwt.key_binding_of_another"}
    assert "sd_jwt.key_binding_replayable" not in found


@pytest.mark.parametrize("payload", [b"[]", b"{", b'{"iat":1,"iat":2}', b"\xff"])
def test_a_binding_around_no_object_is_damaged(payload: bytes) -> None:
    text, web = token()
    whole, _, _ = text.rpartition("~")
    binding = jws({"alg": "ES256", "typ": "kb+jwt"}, payload, HOLDER)
    report = report_on(f"{whole}~{binding}", web)
    assert report.check(CheckId.SIGNATURE).code == "sd_jwt.key_binding_malformed"
