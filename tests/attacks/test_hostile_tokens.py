"""Tokens made to be expensive: thousands of parts, deep or large ones, and keys out of scale."""

import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Report

Json = dict[str, Any]

HOLDER = SigningKey.elliptic("holder")
WEB = WebSimulator()
ISSUER = Issuer.at_did_key(WEB)


def disclosure(*parts: Any) -> str:
    return base64url(json.dumps(["salt", *parts]).encode())


def digest(text: str) -> str:
    return base64url(hashlib.sha256(text.encode()).digest())


def token(members: Json, *disclosures: str, end: str = "") -> str:
    header = {"alg": ISSUER.key.jws_algorithm, "kid": ISSUER.method, "typ": "vc+sd-jwt"}
    payload = {**ISSUER.badge(), "iss": ISSUER.id, "_sd_alg": "sha-256", **members}
    return (
        "~".join([jws(header, json.dumps(payload).encode(), ISSUER.key), *disclosures]) + f"~{end}"
    )


def many_disclosures(count: int = 1_000, size: int = 3_000) -> str:
    parts = [disclosure(f"n{number}", "x" * size) for number in range(count)]
    return token({"_sd": [digest(part) for part in parts]}, *parts)


def deep_disclosures() -> str:
    parts = [disclosure("end", 1)]
    for _ in range(60):
        parts.append(disclosure("in", {"_sd": [digest(parts[-1])]}))
    return token({"_sd": [digest(parts[-1])]}, *parts)


def many_decoys() -> str:
    parts = [
        disclosure([{"...": f"{number}-{place}"} for place in range(60)]) for number in range(1_000)
    ]
    return token({"list": [{"...": digest(part)} for part in parts]}, *parts)


def many_digests() -> str:
    return token({"_sd": [digest(str(number)) for number in range(80_000)]})


def large_binding() -> str:
    payload = json.dumps({"sd_hash": "x" * 2_900_000}).encode()
    binding = jws({"alg": "ES256", "typ": "kb+jwt"}, payload, HOLDER)
    return token({"cnf": {"jwk": HOLDER.jwk()}}, end=binding)


def rsa_jwk(bits: int, exponent: int) -> Json:
    octets = (exponent.bit_length() + 7) // 8
    modulus = base64url(((1 << bits) - 1).to_bytes(bits // 8))
    return {"kty": "RSA", "n": modulus, "e": base64url(exponent.to_bytes(octets))}


def holder_key(bits: int, exponent: int) -> Callable[[], str]:
    def make() -> str:
        header = base64url(b'{"alg":"PS512","typ":"kb+jwt"}')
        binding = f"{header}.{base64url(b'{}')}.{base64url(b'0' * (bits // 8))}"
        return token({"cnf": {"jwk": rsa_jwk(bits, exponent)}}, end=binding)

    return make


def issuer_key() -> str:
    jwk = json.dumps(rsa_jwk(8_192, 2**64 - 1), separators=(",", ":"))
    did = f"did:jwk:{base64url(jwk.encode())}"
    header = base64url(json.dumps({"alg": "RS256", "kid": f"{did}#0", "typ": "JWT"}).encode())
    payload = base64url(json.dumps({**ISSUER.badge(), "issuer": did, "iss": did}).encode())
    return f"{header}.{payload}.{base64url(b'0' * 1_024)}"


def judged_in_time(text: str) -> Report:
    started = time.process_time()
    report = report_on(text, WEB)
    assert time.process_time() - started < (2.0 if sys.gettrace() is None else 6.0)
    return report


# What each costs, and how its signature ends; each of them took 0.2 s at most.
TOKENS: dict[str, tuple[Callable[[], str], str]] = {
    "a thousand disclosures": (many_disclosures, "proof.verified"),
    "one disclosure too many": (lambda: many_disclosures(1_001, 10), "sd_jwt.malformed"),
    "disclosures in disclosures": (deep_disclosures, "proof.verified"),
    "sixty thousand decoys": (many_decoys, "proof.verified"),
    "a key binding of three megabytes": (large_binding, "proof.verified"),
    "a holder's key of 16 384 bits": (holder_key(16_384, 2**64 - 1), "proof.verified"),
    "a holder's exponent of 3 072 bits": (holder_key(3_072, 2**3_071 + 1), "proof.verified"),
    "an issuer's key of 8 192 bits": (issuer_key, "proof.bad_signature"),
}


@pytest.mark.parametrize("case", TOKENS)
def test_a_hostile_token_gets_its_answer_in_time(case: str) -> None:
    make, code = TOKENS[case]
    check = judged_in_time(make()).check(CheckId.SIGNATURE)
    assert check.code == code
    if "holder" in case or "binding" in case:
        assert "sd_jwt.holder_not_proven" in dict(check.findings)


def test_more_digests_than_a_payload_may_hold_is_no_credential() -> None:
    report = judged_in_time(many_digests())
    assert report.check(CheckId.FORMAT).code.startswith("format.")
    assert report.check(CheckId.SIGNATURE).code == "check.no_credential"


def test_very_many_keys_under_one_name_are_read_in_time() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    method = issuer.method_object(type="JsonWebKey", publicKeyJwk=rsa_jwk(8_192, 65_537))
    del method["publicKeyMultibase"]
    issuer.publish(issuer.controller_document(verificationMethod=[method] * 500))
    started = time.process_time()
    report = report_on(issuer.token(issuer.badge()), web)
    assert time.process_time() - started < (2.0 if sys.gettrace() is None else 6.0)
    assert report.check(CheckId.SIGNATURE).code == "jws.key_mismatch"
