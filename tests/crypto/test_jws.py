"""Compact JWS: every classic attack on tokens is refused, every honest algorithm accepted."""

import hmac
import json
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as joserfc_jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key
from joserfc.jws import JWSRegistry

from simulators.issuer import jws as make_token
from simulators.keys import SigningKey, base64url
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.jose import JWS_ALGORITHMS, parse_jws, verify_jws, verify_signature
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey, public_key_from_jwk

ED25519 = SigningKey.ed25519("jws")
P256 = SigningKey.elliptic("jws")
RSA = SigningKey.rsa()
PAYLOAD = b'{"iss":"did:web:issuer.example"}'


def public(key: SigningKey, **members: Any) -> PublicKey:
    return public_key_from_jwk({**key.jwk(), **members})


def token(key: SigningKey = ED25519, payload: bytes = PAYLOAD, **header: Any) -> str:
    return make_token({"alg": key.jws_algorithm, **header}, payload, key)


def resigned(header: bytes, payload: bytes = PAYLOAD, key: SigningKey = ED25519) -> str:
    signed = f"{base64url(header)}.{base64url(payload)}"
    return f"{signed}.{base64url(key.sign(signed.encode()))}"


@pytest.mark.parametrize(
    "key",
    [
        ED25519,
        P256,
        SigningKey.elliptic("jws", KeyAlgorithm.P384),
        SigningKey.elliptic("jws", KeyAlgorithm.SECP256K1),
        RSA,
    ],
    ids=lambda key: key.jws_algorithm,
)
def test_a_token_verifies_and_a_changed_one_does_not(key: SigningKey) -> None:
    text = token(key)
    parsed = parse_jws(text)
    verify_jws(parsed, public(key))
    assert parsed.payload == PAYLOAD
    header, payload, signature = text.split(".")
    other = base64url(PAYLOAD.replace(b"issuer", b"stranger"))
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        verify_jws(parse_jws(f"{header}.{other}.{signature}"), public(key))
    flipped = base64url(bytes([parsed.signature[0] ^ 1]) + parsed.signature[1:])
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        verify_jws(parse_jws(f"{header}.{payload}.{flipped}"), public(key))


def test_the_key_of_another_signer_does_not_verify() -> None:
    with pytest.raises(SignatureInvalid):
        verify_jws(parse_jws(token()), public(SigningKey.ed25519("stranger")))


_OTHERS_KEYS: dict[str, Any] = {
    "ES256": ECKey.generate_key("P-256"),
    "ES384": ECKey.generate_key("P-384"),
    "ES512": ECKey.generate_key("P-521"),
    "ES256K": ECKey.generate_key("secp256k1"),
    "EdDSA": OKPKey.generate_key("Ed25519"),
    "Ed25519": OKPKey.generate_key("Ed25519"),
    **{
        f"{family}{bits}": RSAKey.import_key(RSA.private)
        for family in ("RS", "PS")
        for bits in (256, 384, 512)
    },
}


def test_another_implementation_is_asked_about_every_algorithm() -> None:
    assert _OTHERS_KEYS.keys() == JWS_ALGORITHMS


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by a newer name, still the usual
@pytest.mark.parametrize("algorithm", _OTHERS_KEYS)
def test_tokens_of_another_implementation_verify_and_changed_ones_do_not(algorithm: str) -> None:
    private = _OTHERS_KEYS[algorithm]
    registry = JWSRegistry(algorithms=[algorithm])
    text = joserfc_jws.serialize_compact({"alg": algorithm}, PAYLOAD, private, registry=registry)
    key = public_key_from_jwk(private.as_dict(private=False))
    verify_jws(parse_jws(text), key)
    header, _, signature = text.split(".")
    changed = f"{header}.{base64url(PAYLOAD + b' ')}.{signature}"
    with pytest.raises(SignatureInvalid):
        verify_jws(parse_jws(changed), key)
    with pytest.raises(BadSignatureError):
        joserfc_jws.deserialize_compact(changed, private, registry=registry)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by a newer name, still the usual
@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=lambda key: key.jws_algorithm)
def test_our_tokens_verify_in_another_implementation(key: SigningKey) -> None:
    # The tests' own signer is not only consistent with our own verifier.
    registry = JWSRegistry(algorithms=[key.jws_algorithm])
    found = joserfc_jws.deserialize_compact(token(key), import_key(key.jwk()), registry=registry)
    assert found.payload == PAYLOAD


def test_rsa_pss_with_another_salt_length_is_refused() -> None:
    assert isinstance(RSA.private, rsa.RSAPrivateKey)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=20)
    signature = RSA.private.sign(b"x", pss, hashes.SHA256())
    with pytest.raises(SignatureInvalid):
        verify_signature("PS256", public(RSA), b"x", signature)


def test_p521_signs_with_es512_and_nothing_else() -> None:
    private = ec.derive_private_key(9, ec.SECP521R1())
    key = PublicKey(KeyAlgorithm.P521, private.public_key())
    r, s = decode_dss_signature(private.sign(b"x", ec.ECDSA(hashes.SHA512())))
    verify_signature("ES512", key, b"x", r.to_bytes(66) + s.to_bytes(66))
    with pytest.raises(ProofMalformed, match=r"jws\.key_mismatch"):
        verify_signature("ES256", key, b"x", b"\0" * 64)


def test_the_newer_name_of_the_edwards_algorithm_is_the_same() -> None:
    verify_jws(parse_jws(token(ED25519, alg="Ed25519")), public(ED25519, alg="EdDSA"))


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", "HS1024", "dir", "RSA1_5"])
def test_an_unsigned_or_unknown_algorithm_is_refused(name: str) -> None:
    header = base64url(json.dumps({"alg": name}).encode())
    for signature in ("", base64url(b"x")):
        with pytest.raises(ProofMalformed):
            verify_jws(parse_jws(f"{header}.{base64url(PAYLOAD)}.{signature}"), public(RSA))


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_a_public_key_is_never_used_as_a_shared_secret(algorithm: str) -> None:
    # The library itself refuses to make this token, so it is made by hand.
    signed = f"{base64url(json.dumps({'alg': algorithm}).encode())}.{base64url(PAYLOAD)}"
    digest = f"sha{algorithm[2:]}"
    forged = hmac.new(RSA.pem.encode(), signed.encode(), digest).digest()
    text = f"{signed}.{base64url(forged)}"
    with pytest.raises(ProofMalformed, match=r"jws\.algorithm_refused"):
        verify_jws(parse_jws(text), public(RSA))


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("ES256", ED25519), ("EdDSA", P256), ("ES384", P256), ("RS256", P256), ("ES256K", P256)],
)
def test_an_algorithm_that_does_not_fit_the_key_is_refused(algorithm: str, key: SigningKey) -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.key_mismatch"):
        verify_jws(parse_jws(token(key, alg=algorithm)), public(key))


def test_a_key_published_for_one_algorithm_is_used_for_no_other() -> None:
    verify_jws(parse_jws(token(RSA)), public(RSA, alg="RS256"))
    with pytest.raises(ProofMalformed, match=r"jws\.key_mismatch"):
        verify_jws(parse_jws(token(RSA)), public(RSA, alg="PS256"))


def test_an_algorithm_outside_the_callers_list_is_refused() -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.algorithm_refused"):
        verify_jws(parse_jws(token()), public(ED25519), allowed=frozenset({"RS256"}))


def test_recoverable_ecdsa_is_unknown_and_not_false() -> None:
    key = SigningKey.elliptic("jws", KeyAlgorithm.SECP256K1)
    with pytest.raises(ProofUnsupported, match=r"jws\.algorithm_unsupported"):
        verify_jws(parse_jws(token(key, alg="ES256K-R")), public(key))


def test_an_ecdsa_signature_in_der_is_refused() -> None:
    assert isinstance(P256.private, ec.EllipticCurvePrivateKey)
    der = P256.private.sign(b"x", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(SignatureInvalid):
        verify_signature("ES256", public(P256), b"x", der)


@pytest.mark.parametrize("signature", [b"\0" * 64, b"\0" * 63 + b"\1", b"\xff" * 64, b"\1" * 63])
def test_an_ecdsa_signature_out_of_range_is_refused(signature: bytes) -> None:
    with pytest.raises(SignatureInvalid):
        verify_signature("ES256", public(P256), b"x", signature)


def test_an_edwards_signature_with_a_shifted_scalar_is_refused() -> None:
    assert isinstance(ED25519.private, Ed25519PrivateKey)
    order = 2**252 + 27742317777372353535851937790883648493
    signature = ED25519.private.sign(b"x")
    shifted = int.from_bytes(signature[32:], "little") + order
    with pytest.raises(SignatureInvalid):
        verify_signature(
            "EdDSA", public(ED25519), b"x", signature[:32] + shifted.to_bytes(32, "little")
        )


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"crit": ["exp"]}, "jws.crit"),
        ({"crit": []}, "jws.crit"),
        ({"crit": ["b64"], "b64": True}, "jws.crit"),
        ({"b64": False}, "jws.b64"),
        ({"b64": "false"}, "jws.b64"),
        ({"enc": "A128GCM"}, "jws.encrypted"),
        ({"cty": "JWT"}, "jws.nested"),
        ({"cty": "jwt"}, "jws.nested"),
        ({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}}, "key.private_exposed"),
        ({"jwk": {"kty": "oct", "k": "AA"}}, "key.private_exposed"),
    ],
)
def test_a_header_that_asks_for_more_is_refused(header: dict[str, Any], code: str) -> None:
    with pytest.raises(ProofMalformed) as caught:
        parse_jws(token(**header))
    assert caught.value.code == code


def test_a_token_inside_a_token_is_refused() -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.nested"):
        parse_jws(token(payload=token().encode()))


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"EdDSA","alg":"none"}',
        b'{"alg":7}',
        b"{}",
        b"[]",
        b"\xff",
        b'{"alg":"EdDSA"} x',
        b'{"alg":NaN}',
    ],
)
def test_a_header_with_two_readings_is_refused(header: bytes) -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.malformed"):
        parse_jws(resigned(header))


def _changes() -> dict[str, str]:
    text = token()
    header, payload, signature = text.split(".")
    return {
        "padded header": f"{header}=.{payload}.{signature}",
        "padded payload": f"{header}.{payload}=.{signature}",
        "padded signature": f"{text}==",
        "white space around": f" {text}",
        "line break after": f"{text}\n",
        "character after the signature": f"{text}!",
        "two parts": f"{header}.{payload}",
        "four parts": f"{text}.x",
        "plain base64": f"{header}.{payload[:-1]}+.{signature}",
        "stray bits at the end": text[:-1] + chr(ord(text[-1]) + 1),
        "nothing": "",
    }


@pytest.mark.parametrize("change", _changes())
def test_a_token_has_one_spelling(change: str) -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.malformed"):
        parse_jws(_changes()[change])


def test_an_encrypted_token_is_called_that() -> None:
    with pytest.raises(ProofMalformed, match=r"jws\.encrypted"):
        parse_jws("a.b.c.d.e")


def test_the_accepted_algorithms_are_all_asymmetric() -> None:
    assert len(JWS_ALGORITHMS) == 12
    assert not [name for name in JWS_ALGORITHMS if name.startswith("HS") or name == "none"]


@given(st.text(alphabet='ey.Jhb~=+/ _-\n\0é{}"0', max_size=80))
def test_any_text_is_a_token_or_is_refused(text: str) -> None:
    with suppress(ProofError):
        parse_jws(text)
