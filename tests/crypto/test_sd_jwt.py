"""SD-JWT: only what the issuer signed is shown, each thing once, in its place."""

import hashlib
import json
import sys
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.issuer import jws
from simulators.keys import SigningKey, base64url
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import verify_jws
from wallet_app.crypto.keys import public_key_from_jwk
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt

KEY = SigningKey.ed25519("sd-jwt")


def disclosure(*parts: Any) -> str:
    return base64url(json.dumps(["salt", *parts]).encode())


def digest(text: str, name: str = "sha256") -> str:
    return base64url(hashlib.new(name, text.encode()).digest())


def sd_jwt(payload: dict[str, Any], *disclosures: str, end: str = "~") -> str:
    token = jws({"alg": "EdDSA", "typ": "dc+sd-jwt"}, json.dumps(payload).encode(), KEY)
    return "~".join([token, *disclosures]) + end


NAME = disclosure("given_name", "Camille")
CITY = disclosure("Bellerive")


def test_disclosed_members_and_elements_take_their_places() -> None:
    payload = {
        "vct": "https://issuer.example/badge",
        "_sd": [digest(NAME), digest("decoy")],
        "places": ["here", {"...": digest(CITY)}, {"...": digest("hidden")}],
        "_sd_alg": "sha-256",
    }
    parsed = parse_sd_jwt(sd_jwt(payload, NAME, CITY))
    verify_jws(parsed.jws, public_key_from_jwk(KEY.jwk()))
    shown = disclose(parsed)
    assert shown.claims == {
        "vct": "https://issuer.example/badge",
        "given_name": "Camille",
        "places": ["here", "Bellerive"],
    }
    assert shown.undisclosed == 2
    assert set(shown.disclosed) == {"given_name", "places[1]"}
    assert shown.hidden_in == {"", "places"}


def test_a_disclosure_may_hold_further_digests() -> None:
    street = disclosure("street", "Rue des Exemples")
    address = disclosure("address", {"_sd": [digest(street)], "country": "FR"})
    payload = {"_sd": [digest(address)]}
    whole = disclose(parse_sd_jwt(sd_jwt(payload, address, street)))
    assert whole.claims == {"address": {"country": "FR", "street": "Rue des Exemples"}}
    part = disclose(parse_sd_jwt(sd_jwt(payload, address)))
    assert part.claims == {"address": {"country": "FR"}}
    assert part.hidden_in == {"address"}


@pytest.mark.parametrize("name", ["sha-384", "sha-512"])
def test_the_longer_hashes_are_accepted(name: str) -> None:
    payload = {"_sd_alg": name, "_sd": [digest(NAME, name.replace("-", ""))]}
    assert disclose(parse_sd_jwt(sd_jwt(payload, NAME))).claims == {"given_name": "Camille"}


@pytest.mark.parametrize("name", ["sha-1", "sha3-256", "", 7])
def test_an_unknown_hash_decides_nothing(name: Any) -> None:
    with pytest.raises(ProofUnsupported, match=r"sd_jwt\.hash_unsupported"):
        disclose(parse_sd_jwt(sd_jwt({"_sd_alg": name, "_sd": []})))


def test_the_hash_name_below_the_top_is_an_ordinary_claim() -> None:
    shown = disclose(parse_sd_jwt(sd_jwt({"vc": {"_sd_alg": "md5"}})))
    assert shown.claims == {"vc": {"_sd_alg": "md5"}}


EXPIRY = disclosure("exp", 4_102_444_800)
SD_NAME = disclosure("_sd", [])
DOTS = disclosure("...", "x")
TRIPLE_IN_ARRAY = disclosure("a", "b")
REFUSED: dict[str, tuple[dict[str, Any], list[str], str]] = {
    "a digest twice": (
        {"_sd": [digest(NAME)], "vc": {"_sd": [digest(NAME)]}},
        [NAME],
        "digest_twice",
    ),
    "an undisclosed digest twice": ({"_sd": ["x", "x"]}, [], "digest_twice"),
    "a disclosure twice": ({"_sd": [digest(NAME)]}, [NAME, NAME], "digest_twice"),
    "an unsigned disclosure": ({"_sd": []}, [NAME], "unmatched_disclosure"),
    "a disclosure with other white space": (
        {"_sd": [digest(NAME)]},
        [base64url(b'["salt","given_name","Camille"]')],
        "unmatched_disclosure",
    ),
    "a disclosed expiry": ({"_sd": [digest(EXPIRY)]}, [EXPIRY], "not_disclosable"),
    "a name that is already there": (
        {"given_name": "Dominique", "_sd": [digest(NAME)]},
        [NAME],
        "name_collision",
    ),
    "the name _sd": ({"_sd": [digest(SD_NAME)]}, [SD_NAME], "reserved_name"),
    "the name of three dots": ({"_sd": [digest(DOTS)]}, [DOTS], "reserved_name"),
    "three dots as a member": ({"...": "x"}, [], "reserved_name"),
    "a member where an element belongs": (
        {"list": [{"...": digest(TRIPLE_IN_ARRAY)}]},
        [TRIPLE_IN_ARRAY],
        "malformed",
    ),
    "an element where a member belongs": ({"_sd": [digest(CITY)]}, [CITY], "malformed"),
    "an element with company": ({"list": [{"...": digest(CITY), "a": 1}]}, [CITY], "malformed"),
    "digests that are no list": ({"_sd": digest(NAME)}, [NAME], "malformed"),
    "a digest that is no text": ({"_sd": [7]}, [], "malformed"),
    "a disclosure that is no list": ({"_sd": []}, [base64url(b"{}")], "malformed"),
    "a disclosure that is no JSON": ({"_sd": []}, [base64url(b"[")], "malformed"),
    "a padded disclosure": ({"_sd": [digest(NAME + "=")]}, [NAME + "="], "malformed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_disclosure_that_does_not_fit_is_refused(case: str) -> None:
    payload, disclosures, code = REFUSED[case]
    with pytest.raises(ProofMalformed) as caught:
        disclose(parse_sd_jwt(sd_jwt(payload, *disclosures)))
    assert caught.value.code == f"sd_jwt.{code}"


@pytest.mark.parametrize("payload", [b"[]", b"{", b"\xff", b'{"a":1,"a":2}'])
def test_a_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    token = jws({"alg": "EdDSA", "typ": "dc+sd-jwt"}, payload, KEY)
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.malformed"):
        disclose(parse_sd_jwt(f"{token}~"))


def test_a_disclosed_name_that_is_no_text_is_refused() -> None:
    numbered = disclosure(7, "x")
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.malformed"):
        disclose(parse_sd_jwt(sd_jwt({"_sd": [digest(numbered)]}, numbered)))


def test_a_chain_of_disclosures_ends() -> None:
    inner = disclosure("end", 1)
    chain = [inner]
    for _ in range(80):
        inner = disclosure("in", {"_sd": [digest(inner)]})
        chain.append(inner)
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.too_deep"):
        disclose(parse_sd_jwt(sd_jwt({"_sd": [digest(inner)]}, *chain)))


def test_a_key_binding_is_told_from_a_disclosure() -> None:
    binding = jws({"alg": "EdDSA", "typ": "kb+jwt"}, b"{}", KEY)
    text = sd_jwt({"_sd": [digest(NAME)]}, NAME, end=f"~{binding}")
    parsed = parse_sd_jwt(text)
    assert parsed.key_binding == binding
    assert parsed.disclosures == (NAME,)
    assert parsed.hashed_part == text.removesuffix(binding)


def test_an_early_draft_token_without_last_tilde_is_read() -> None:
    parsed = parse_sd_jwt(sd_jwt({"_sd": [digest(NAME)]}, NAME, end=""))
    assert parsed.key_binding == ""
    assert disclose(parsed).claims == {"given_name": "Camille"}


def test_a_plain_token_has_nothing_to_disclose() -> None:
    parsed = parse_sd_jwt(sd_jwt({"a": 1}, end=""))
    assert parsed.disclosures == ()
    assert disclose(parsed).claims == {"a": 1}


@pytest.mark.parametrize("tail", ["~~", "~~x~", "~" * 1_003])
def test_empty_or_endless_disclosures_are_refused(tail: str) -> None:
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.malformed"):
        parse_sd_jwt(sd_jwt({"a": 1}, end=tail))


@given(st.lists(st.text(alphabet="abc_~.=[]", max_size=12), max_size=6))
def test_any_disclosures_are_placed_or_refused(parts: list[str]) -> None:
    text = sd_jwt({"_sd": [digest(NAME)]}, end="~" + "~".join(parts))
    with suppress(ProofError):
        disclose(parse_sd_jwt(text))


# Bounds


def test_a_million_tildes_are_counted_before_they_are_split() -> None:
    token = sd_jwt({"vct": "x"}) + "~" * 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(ProofMalformed, match=r"sd_jwt\.malformed"):
            parse_sd_jwt(token)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 1_000_000


def test_one_huge_name_is_not_copied_for_every_member_below_it() -> None:
    payload = {"k" * 2_000_000: {f"a{number}": 0 for number in range(90_000)}}
    parsed = parse_sd_jwt(sd_jwt(payload))
    started = time.process_time()
    assert disclose(parsed).claims == payload
    assert time.process_time() - started < (2.0 if sys.gettrace() is None else 6.0)


def test_a_disclosure_below_a_huge_name_is_found_in_its_place() -> None:
    name = "k" * 5_000
    payload = {name: {"_sd": [digest(NAME), digest("hidden")]}}
    shown = disclose(parse_sd_jwt(sd_jwt(payload, NAME)))
    assert shown.claims == {name: {"given_name": "Camille"}}
    assert shown.hidden_in == {"k" * 100}


def test_disclosures_of_many_megabytes_are_refused() -> None:
    huge = disclosure("name", "x" * 4_000_000)
    with pytest.raises(ProofMalformed, match=r"sd_jwt\.malformed"):
        parse_sd_jwt(sd_jwt({"_sd": [digest(huge)]}, huge))
