"""DIDs that carry their key, and the address of those that do not."""

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from simulators.keys import SigningKey, base64url
from wallet_app.crypto.controller_documents import find_verification_method
from wallet_app.crypto.did import (
    did_jwk_document,
    did_key_document,
    did_method,
    did_of,
    did_web_url,
)
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import (
    KeyAlgorithm,
    PublicKey,
    public_key_from_jwk,
    public_key_from_multikey,
)
from wallet_app.crypto.multibase import base58_encode

KEY = SigningKey.ed25519("did")


def test_a_did_key_holds_its_own_key() -> None:
    document = did_key_document(KEY.did_key)
    found = find_verification_method(document, f"{KEY.did_key}#{KEY.multikey}")
    assert found.key == public_key_from_multikey(KEY.multikey)
    assert "assertionMethod" in found.purposes


def encoded(codec: str, data: bytes) -> str:
    return "did:key:z" + base58_encode(bytes.fromhex(codec) + data)


_P521 = ec.derive_private_key(7, ec.SECP521R1()).public_key()
_DIDS: dict[str, tuple[str, PublicKey]] = {
    "P-521": (
        encoded("8224", _P521.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)),
        PublicKey(KeyAlgorithm.P521, _P521),
    ),
    "RSA": (
        encoded(
            "8524",
            SigningKey.rsa().private.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1),
        ),
        public_key_from_jwk(SigningKey.rsa().jwk()),
    ),
    **{
        f"{key.algorithm} as JWK": (
            encoded("d1d603", rfc8785.dumps(key.jwk())),
            public_key_from_jwk(key.jwk()),
        )
        for key in (KEY, SigningKey.elliptic("did"), SigningKey.rsa())
    },
}


@pytest.mark.parametrize("name", _DIDS)
def test_a_did_key_of_every_usual_codec_is_read(name: str) -> None:
    did, key = _DIDS[name]
    found = find_verification_method(did_key_document(did), f"{did}#{did[8:]}")
    assert found.key == key
    assert "assertionMethod" in found.purposes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"kty":"OKP","crv":"Ed25519","x":"AA"}', "key.malformed"),  # another order
        (b'{"crv":"Ed25519","kty":"OKP", "x":"AA"}', "key.malformed"),
        (b'{"crv":"Ed25519","kty":"OKP","n":18446744073709551615}', "key.malformed"),
        (b'{"a":1,"a":1}', "key.malformed"),
        (b"[]", "key.malformed"),
        (b"", "key.malformed"),
        (b'{"crv":"P-256","d":"AA","kty":"EC","x":"AA","y":"AA"}', "key.private_exposed"),
        (b'{"crv":"P-256","kty":"EC","use":"enc","x":"AA","y":"AA"}', "key.wrong_use"),
        (b'{"crv":"X25519","kty":"OKP","x":"AA"}', "key.type_unsupported"),
        (b'{"k":"AA","kty":"oct"}', "key.private_exposed"),
    ],
)
def test_a_did_key_around_another_jwk_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ProofError) as caught:
        did_key_document(encoded("d1d603", data))
    assert caught.value.code == code


def test_a_did_key_with_another_fragment_names_no_key() -> None:
    other = SigningKey.ed25519("stranger")
    with pytest.raises(ProofMalformed, match=r"key\.not_listed"):
        find_verification_method(did_key_document(KEY.did_key), f"{KEY.did_key}#{other.multikey}")


@pytest.mark.parametrize(
    "did", ["did:key:", "did:key:z6Mk0", "did:web:issuer.example", f"{KEY.did_key}#x", "x"]
)
def test_a_broken_did_key_is_refused(did: str) -> None:
    with pytest.raises(ProofError):
        did_key_document(did)


def test_a_did_jwk_holds_its_own_key_under_number_zero() -> None:
    found = find_verification_method(did_jwk_document(KEY.did_jwk), f"{KEY.did_jwk}#0")
    assert found.key == public_key_from_jwk(KEY.jwk())
    assert "assertionMethod" in found.purposes


def test_a_did_jwk_for_encryption_never_asserts() -> None:
    did = "did:jwk:" + base64url(b'{"kty":"OKP","crv":"X25519","x":"AA","use":"enc"}')
    assert not did_jwk_document(did).purposes["assertionMethod"]


@pytest.mark.parametrize(
    "text", [b'{"kty":"OKP"', b"[]", b'{"kty":"OKP","kty":"EC"}', b'{"kty":"oct","k":"AA"}']
)
def test_a_broken_did_jwk_is_refused(text: bytes) -> None:
    with pytest.raises((ProofMalformed, ProofUnsupported)):
        did_jwk_document("did:jwk:" + base64url(text))


def test_a_did_jwk_with_a_private_key_is_refused() -> None:
    private = b'{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}'
    with pytest.raises(ProofMalformed, match=r"key\.private_exposed"):
        did_jwk_document("did:jwk:" + base64url(private))


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:issuer.example", "https://issuer.example/.well-known/did.json"),
        ("did:web:issuer.example:a:b", "https://issuer.example/a/b/did.json"),
        ("did:web:issuer.example%3A3000", "https://issuer.example:3000/.well-known/did.json"),
        ("did:web:issuer.example%3a3000:u", "https://issuer.example:3000/u/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
    ],
)
def test_a_did_web_has_one_https_address(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "rest",
    [
        *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "%5B%3A%3A1%5D", "[::1]", "10.0.0.1"),
        *("issuer.example%2Fx", "issuer.example:..", "issuer.example:.", "issuer.example:a%2Fb"),
        *("issuer.example:%2e%2e", "user%40issuer.example", "user@issuer.example"),
        *("issuer.example?x=1", "issuer.example#k", "issuer.example:a::b", "", ":a"),
        *("issuer.example%3A0", "issuer.example%3A65536", "issuer.example%3A", "-x.example"),
        *("issuer..example", "issuer.example.", "issuer_.example", "issuer.example/.well-known"),
        *("issuer.example%3Aport", "éxample.example", "issuer.example:a b", "x" * 9_000),
    ],
)
def test_a_did_web_with_a_trick_in_it_is_refused(rest: str) -> None:
    with pytest.raises(ProofMalformed, match=r"did\.web_refused"):
        did_web_url(f"did:web:{rest}")


def test_a_did_url_is_cut_to_its_did() -> None:
    assert did_of("did:web:issuer.example:a/path?x=1#key") == "did:web:issuer.example:a"
    assert did_method("did:key:z6Mk#z6Mk") == "key"
    assert did_method("https://issuer.example") == ""
    with pytest.raises(ProofMalformed, match=r"did\.malformed"):
        did_of("https://issuer.example")


@given(st.text(max_size=60))
def test_no_text_is_turned_into_an_address_elsewhere(text: str) -> None:
    try:
        url = did_web_url(f"did:web:{text}")
    except ProofMalformed:
        return
    host = url.removeprefix("https://").partition("/")[0]
    assert text.startswith(host.partition(":")[0])
    assert "@" not in url
    assert ".." not in url
