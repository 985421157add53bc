"""Public keys: exactly what their encoding says, and never weak."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey as Ed448
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simulators.keys import SigningKey, base64url
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import (
    KeyAlgorithm,
    PublicKey,
    public_key_from_base58,
    public_key_from_jwk,
    public_key_from_multikey,
    public_key_from_pem,
)
from wallet_app.crypto.multibase import base58_decode, base58_encode

ED25519 = SigningKey.ed25519("keys")
P256 = SigningKey.elliptic("keys")
P384 = SigningKey.elliptic("keys", KeyAlgorithm.P384)
SECP256K1 = SigningKey.elliptic("keys", KeyAlgorithm.SECP256K1)
RSA = SigningKey.rsa()


def multikey(codec: str, data: bytes) -> str:
    return "z" + base58_encode(bytes.fromhex(codec) + data)


@pytest.mark.parametrize("key", [ED25519, P256, P384, SECP256K1], ids=lambda key: key.algorithm)
def test_one_key_is_the_same_in_every_spelling(key: SigningKey) -> None:
    found = public_key_from_multikey(key.multikey)
    assert found.algorithm is key.algorithm
    assert found == public_key_from_jwk(key.jwk()) == public_key_from_pem(key.pem)
    assert dict(found.jwk()) == key.jwk()
    assert hash(found) == hash(public_key_from_pem(key.pem))


def test_an_rsa_key_is_the_same_as_jwk_and_pem() -> None:
    found = public_key_from_jwk(RSA.jwk())
    assert found == public_key_from_pem(RSA.pem)
    assert found != public_key_from_jwk(SigningKey.rsa(1).jwk())


def test_the_thumbprint_is_the_one_of_rfc_8037() -> None:
    # RFC 8037 appendix A.3.
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert public_key_from_jwk(jwk).thumbprint() == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_p521_jwk_is_read() -> None:
    numbers = ec.derive_private_key(7, ec.SECP521R1()).public_key().public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-521",
        "x": base64url(numbers.x.to_bytes(66)),
        "y": base64url(numbers.y.to_bytes(66)),
    }
    assert public_key_from_jwk(jwk).algorithm is KeyAlgorithm.P521


def test_a_key_in_base58_is_read_without_codec() -> None:
    raw = base58_decode(ED25519.multikey[1:])[2:]
    assert public_key_from_base58(base58_encode(raw)) == public_key_from_multikey(ED25519.multikey)


_P256_POINT = base58_decode(P256.multikey[1:])[2:]
_ED25519_RAW = base58_decode(ED25519.multikey[1:])[2:]
_UNCOMPRESSED = P256.private.public_key().public_bytes(
    Encoding.X962, PublicFormat.UncompressedPoint
)


@pytest.mark.parametrize(
    "text",
    [
        multikey("ed01", _ED25519_RAW[:-1]),
        multikey("ed01", _ED25519_RAW + b"\0"),
        multikey("8024", _P256_POINT[:-1]),
        multikey("8024", _UNCOMPRESSED),
        multikey("8024", b"\x05" + _P256_POINT[1:]),
        multikey("8024", b"\x02" + b"\xff" * 32),
        multikey("8124", _P256_POINT),
        "u" + base64url(b"\xed\x01" + _ED25519_RAW),
        "z",
        "",
    ],
    ids=[
        *("ed25519 too short", "ed25519 too long", "p256 too short", "p256 uncompressed"),
        *("p256 bad prefix", "p256 off the curve", "p256 as p384", "another base"),
        *("nothing after the prefix", "nothing"),
    ],
)
def test_a_multikey_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ProofMalformed):
        public_key_from_multikey(text)


def test_a_key_for_agreement_never_signs() -> None:
    raw = x25519.X25519PrivateKey.from_private_bytes(b"\1" * 32).public_key().public_bytes_raw()
    with pytest.raises(ProofUnsupported, match=r"key\.type_unsupported"):
        public_key_from_multikey(multikey("ec01", raw))
    with pytest.raises(ProofUnsupported, match=r"key\.type_unsupported"):
        public_key_from_jwk({"kty": "OKP", "crv": "X25519", "x": base64url(raw)})


# Points of order 1, 2, 4 and 8 (RFC 8032 curve), among them one with the sign bit set.
SMALL_ORDER = [
    "01" + "00" * 31,
    "ec" + "ff" * 30 + "7f",
    "00" * 32,
    "00" * 31 + "80",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
]


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_small_order_ed25519_key_is_refused(point: str) -> None:
    with pytest.raises(ProofMalformed, match=r"key\.weak_point"):
        public_key_from_multikey(multikey("ed01", bytes.fromhex(point)))


@pytest.mark.parametrize("point", ["ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f"])
def test_an_ed25519_key_above_the_prime_is_refused(point: str) -> None:
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        public_key_from_multikey(multikey("ed01", bytes.fromhex(point)))


def rsa_jwk(bits: int, exponent: int = 65_537) -> dict[str, Any]:
    modulus = (1 << bits) - 1
    return {
        "kty": "RSA",
        "n": base64url(modulus.to_bytes((bits + 7) // 8)),
        "e": base64url(exponent.to_bytes(3)),
    }


def test_a_short_rsa_key_is_too_weak_to_decide_anything() -> None:
    with pytest.raises(ProofUnsupported, match=r"key\.too_weak") as caught:
        public_key_from_jwk(rsa_jwk(2_047))
    assert dict(caught.value.params) == {"bits": 2_047, "minimum": 2_048}
    small = rsa.generate_private_key(65_537, 1_024).public_key()  # noqa: S505  (the weak key of the test)
    pem = small.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(ProofUnsupported, match=r"key\.too_weak"):
        public_key_from_pem(pem)


@pytest.mark.parametrize("exponent", [1, 2, 65_536])
def test_a_tiny_or_even_rsa_exponent_is_refused(exponent: int) -> None:
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        public_key_from_jwk(rsa_jwk(2_048, exponent))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"d": "AA"}, "key.private_exposed"),
        ({"k": "AA"}, "key.private_exposed"),
        ({"use": "enc"}, "key.wrong_use"),
        ({"key_ops": ["sign"]}, "key.wrong_use"),
        ({"key_ops": "verify"}, "key.wrong_use"),
        ({"x": base64url(b"\0" * 31)}, "key.malformed"),
        ({"x": base64url(b"\1" * 32)}, "key.malformed"),
        ({"y": None}, "key.malformed"),
        ({"y": "AA=="}, "encoding.base64url"),
    ],
)
def test_a_jwk_that_may_not_or_cannot_verify_is_refused(change: dict[str, Any], code: str) -> None:
    public_key_from_jwk(P256.jwk())
    with pytest.raises(ProofMalformed) as caught:
        public_key_from_jwk({**P256.jwk(), **change})
    assert caught.value.code == code


@pytest.mark.parametrize(
    "jwk", [{}, {"kty": "oct"}, {"kty": "EC", "crv": "P-192"}, {"kty": "OKP", "crv": "Ed448"}]
)
def test_an_unknown_jwk_is_unsupported(jwk: dict[str, Any]) -> None:
    with pytest.raises(ProofUnsupported, match=r"key\.type_unsupported"):
        public_key_from_jwk(jwk)


def test_a_private_or_doubled_pem_is_refused() -> None:
    with pytest.raises(ProofMalformed, match=r"key\.private_exposed"):
        public_key_from_pem("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----")
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        public_key_from_pem(P256.pem + ED25519.pem)
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        public_key_from_pem("no key")


@pytest.mark.parametrize(
    "private", [ec.generate_private_key(ec.BrainpoolP256R1()), Ed448.generate()]
)
def test_a_pem_key_of_another_kind_is_unsupported(private: Any) -> None:
    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(ProofUnsupported, match=r"key\.type_unsupported"):
        public_key_from_pem(pem.decode())


def test_keys_of_other_kinds_are_never_equal() -> None:
    assert public_key_from_multikey(P256.multikey) != public_key_from_multikey(P384.multikey)
    assert public_key_from_multikey(P256.multikey) != "key"
    assert isinstance(public_key_from_multikey(P256.multikey), PublicKey)
