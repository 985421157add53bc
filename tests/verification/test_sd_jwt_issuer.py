"""SD-JWT VCs, whose issuers keep their keys in a metadata page of their own."""

import json
from typing import Any

import pytest

from simulators.checking import code_of, report_on
from simulators.issuer import jws
from simulators.keys import SigningKey
from simulators.sd_jwts import disclosure
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Verdict
from wallet_app.verification.sd_jwt_issuer import metadata_url

ISSUER = "https://issuer.example/school"
PAGE = "https://issuer.example/.well-known/jwt-vc-issuer/school"
KEY = SigningKey.elliptic("school")
V, F, U = Verdict.VERIFIED, Verdict.FAILED, Verdict.UNDETERMINED


def token(*, header: dict[str, Any] | None = None, **claims: Any) -> str:
    full = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": "k", **(header or {})}
    shown, digest = disclosure("given_name", "Ada")
    payload = {"iss": ISSUER, "vct": "urn:x:diploma", "_sd": [digest], "exp": 1900000000, **claims}
    named = {name: value for name, value in full.items() if value is not None}
    return jws(named, json.dumps(payload).encode(), KEY) + f"~{shown}~"


def keys(*entries: Any) -> dict[str, Any]:
    return {"issuer": ISSUER, "jwks": {"keys": list(entries)}}


OWN = {**KEY.jwk(), "kid": "k"}
OTHER = {**SigningKey.elliptic("other").jwk(), "kid": "o"}


def judged(page: Any, text: str = "") -> tuple[Verdict, str, str]:
    web = WebSimulator()
    if page is not None:
        web.serve(PAGE, page)
    report = report_on(text or token(), web)
    return (
        report.verdict,
        code_of(report, CheckId.SIGNATURE),
        code_of(report, CheckId.ISSUER),
    )


def test_a_key_in_the_issuers_metadata_is_the_issuers() -> None:
    assert judged(keys(OTHER, OWN)) == (V, "proof.verified", "issuer.key_listed")


def test_without_kid_the_one_key_that_fits_is_taken_and_two_are_one_too_many() -> None:
    bare = token(header={"kid": None})
    rsa, broken = {**SigningKey.rsa().jwk(), "kid": "r"}, {"kty": "EC"}
    assert judged(keys(rsa, broken, OWN), bare)[0] is V
    assert judged(keys(OTHER, OWN), bare)[:2] == (U, "key.not_named")


def test_row_14_metadata_that_names_another_issuer_fails() -> None:
    page = {**keys(OWN), "issuer": "https://other.example"}
    assert judged(page)[:2] == (F, "issuer.metadata_of_another")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (None, "document.unreachable"),
        (b"<html>", "document.unreadable"),
        (keys(OTHER), "key.not_published"),
        (keys(OWN, OWN), "key.not_published"),
        (keys(), "key.not_published"),
        ({"issuer": ISSUER, "jwks": "none"}, "key.not_published"),
        ({"issuer": ISSUER}, "key.none_published"),
        ({"issuer": ISSUER, "jwks_uri": "http://issuer.example/jwks"}, "key.none_published"),
    ],
)
def test_metadata_without_the_key_leaves_it_undetermined(page: Any, code: str) -> None:
    assert judged(page)[:2] == (U, code)


def test_keys_may_lie_at_an_address_of_their_own() -> None:
    web = WebSimulator()
    web.serve(PAGE, {"issuer": ISSUER, "jwks_uri": "https://issuer.example/jwks"})
    web.serve("https://issuer.example/jwks", {"keys": [OWN]})
    assert report_on(token(), web).verdict is V
    web.change("https://issuer.example/jwks", final_url="https://evil.example/jwks")
    assert code_of(report_on(token(), web), CheckId.SIGNATURE) == "key.document_redirected"


def test_a_changed_byte_and_a_foreign_key_fail() -> None:
    text = token()
    assert judged(keys(OWN), text.replace("~", "A~", 1))[0] is F
    assert judged(keys({**OTHER, "kid": "k"}))[:2] == (F, "proof.bad_signature")


def test_a_status_list_that_does_not_answer_is_not_ignored() -> None:
    web = WebSimulator()
    web.serve(PAGE, keys(OWN))
    status = {"status_list": {"idx": 1, "uri": "https://issuer.example/list"}}
    report = report_on(token(status=status), web)
    assert (report.verdict, code_of(report, CheckId.STATUS)) == (U, "document.unreachable")


def test_the_page_lies_before_the_path_and_only_for_plain_https() -> None:
    assert metadata_url(ISSUER) == PAGE
    assert (
        metadata_url("https://issuer.example") == "https://issuer.example/.well-known/jwt-vc-issuer"
    )
    for odd in (
        "http://issuer.example",
        "https://issuer.example?x",
        "did:web:a",
        "https://a@b.example",
        "",
    ):
        assert metadata_url(odd) == ""
    plain = token(iss="did:ebsi:zX")
    assert judged(keys(OWN), plain)[:2] == (U, "key.method_unsupported")
