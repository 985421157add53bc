"""Key bindings: by the key that the issuer named, over this very token, to our own challenge."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from simulators.issuer import jws
from simulators.keys import SigningKey, base64url
from simulators.sd_jwts import HOLDER, key_binding
from simulators.web import NOW
from wallet_app.crypto.errors import ProofError, ProofMalformed, SignatureInvalid
from wallet_app.crypto.key_binding import (
    HolderBinding,
    require_challenge,
    require_past,
    verify_key_binding,
)
from wallet_app.crypto.sd_jwt import check_key_binding, parse_sd_jwt

Json = dict[str, Any]

ISSUER = SigningKey.ed25519("issuer")
CLAIMS: Json = {"cnf": {"jwk": HOLDER.jwk()}}
OURS = {"nonce": "challenge-1", "audience": "https://verifier.example"}


def bare(payload: Json | bytes = b"{}") -> str:
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return jws({"alg": "EdDSA", "typ": "dc+sd-jwt"}, data, ISSUER) + "~"


def bound(changes: Json | None = None, *, claims: Json = CLAIMS, **options: Any) -> HolderBinding:
    token = bare()
    return verify_key_binding(parse_sd_jwt(token + key_binding(token, changes, **options)), claims)


def refusal(*arguments: Any, **options: Any) -> str:
    with pytest.raises(ProofError) as caught:
        bound(*arguments, **options)
    return caught.value.code


def test_a_binding_says_whose_challenge_it_answers() -> None:
    found = bound()
    assert found == HolderBinding(OURS["nonce"], OURS["audience"], int(NOW.timestamp()))


def test_only_our_own_challenge_answered_just_now_proves_a_holder() -> None:
    binding = bound()
    require_challenge(binding, **OURS, now=NOW + timedelta(minutes=4))
    wrong: list[Json] = [
        {**OURS, "now": NOW + timedelta(minutes=6)},
        {**OURS, "now": NOW - timedelta(minutes=6)},
        {**OURS, "nonce": "challenge-2", "now": NOW},
        {**OURS, "nonce": "", "now": NOW},
        {**OURS, "audience": "https://other.example", "now": NOW},
    ]
    for challenge in wrong:
        with pytest.raises(ProofMalformed, match=r"sd_jwt\.key_binding_replayed"):
            require_challenge(binding, **challenge)


def test_an_empty_challenge_is_answered_by_nothing() -> None:
    binding = bound({"nonce": "", "aud": ""})
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.key_binding_replayed"):
        require_challenge(binding, nonce="", audience="", now=NOW)


def test_what_is_of_the_past_is_not_dated_in_the_future() -> None:
    require_past(bound(), NOW)
    require_past(bound(), NOW - timedelta(minutes=5))
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.key_binding_early"):
        require_past(bound(), NOW - timedelta(minutes=5, seconds=1))


def test_the_key_is_the_one_that_the_issuer_named() -> None:
    stranger = SigningKey.elliptic("stranger")
    # A key that the binding itself brings is nobody's.
    for header in ({}, {"jwk": stranger.jwk()}, {"kid": "key-1"}):
        with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
            bound(key=stranger, header=header)


@pytest.mark.parametrize(
    "claims", [{}, {"cnf": None}, {"cnf": "key"}, {"cnf": {}}, {"cnf": {"jkt": "x"}}]
)
def test_without_a_usable_holder_key_nothing_is_known(claims: Json) -> None:
    assert refusal(claims=claims) == "sd_jwt.holder_key_unsupported"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sd_hash": None}, "sd_jwt.key_binding_of_another"),
        ({"sd_hash": ""}, "sd_jwt.key_binding_of_another"),
        ({"nonce": None}, "sd_jwt.key_binding_malformed"),
        ({"aud": ["https://verifier.example"]}, "sd_jwt.key_binding_malformed"),
        ({"iat": None}, "sd_jwt.key_binding_malformed"),
        ({"iat": True}, "sd_jwt.key_binding_malformed"),
        ({"iat": 1.5}, "sd_jwt.key_binding_malformed"),
    ],
)
def test_a_member_of_another_kind_is_refused(changes: Json, code: str) -> None:
    assert refusal(changes) == code


def test_a_binding_of_another_type_is_none() -> None:
    assert refusal(header={"typ": "JWT"}) == "sd_jwt.key_binding_malformed"


@pytest.mark.parametrize("payload", [b"[]", b"{", b'{"iat":1,"iat":2}', b"\xff"])
def test_a_binding_around_no_object_is_damaged(payload: bytes) -> None:
    binding = jws({"alg": "ES256", "typ": "kb+jwt"}, payload, HOLDER)
    parsed = parse_sd_jwt(bare() + binding)
    for check in (lambda: verify_key_binding(parsed, CLAIMS), lambda: check_key_binding(parsed)):
        with pytest.raises(ProofMalformed, match=r"sd_jwt\.key_binding_malformed"):
            check()


@pytest.mark.parametrize("name", ["sha-256", "sha-384", "sha-512"])
def test_the_hash_is_made_as_the_token_says(name: str) -> None:
    token = bare({"_sd_alg": name})
    digest = hashlib.new(name.replace("-", ""), token.encode()).digest()
    text = token + key_binding(token, {"sd_hash": base64url(digest)})
    assert verify_key_binding(parse_sd_jwt(text), CLAIMS).nonce == OURS["nonce"]


@pytest.mark.parametrize("name", ["sha-1", 7])
def test_an_unknown_hash_decides_nothing(name: Any) -> None:
    token = bare({"_sd_alg": name})
    with pytest.raises(ProofError) as caught:
        verify_key_binding(parse_sd_jwt(token + key_binding(token)), CLAIMS)
    assert caught.value.code == "sd_jwt.hash_unsupported"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "dir"])
def test_a_binding_without_algorithm_is_the_holders_fault_alone(algorithm: str) -> None:
    token = bare()
    check_key_binding(parse_sd_jwt(token + key_binding(token, header={"alg": algorithm})))
    assert refusal(header={"alg": algorithm}) == "jws.algorithm_refused"


@pytest.mark.parametrize("binding", ["e30.e30.e30", "...", "a.b"])
def test_a_last_part_that_is_no_token_is_refused(binding: str) -> None:
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.key_binding_malformed"):
        check_key_binding(parse_sd_jwt(bare() + binding))
