"""Keys that a person holds: read from other wallets, proven to be a pair, written, minted.

A private key is 32 raw bytes in a ``Secret``; its text form exists only while it is read or
written. What cannot be proven is refused by name: a public key that another private key
stands beside would sign in somebody else's name, or lock its owner out.

Sources: Ed25519VerificationKey2020 and X25519KeyAgreementKey2020 (w3c-ccg), did:key 0.7,
multicodec table, RFC 7748, RFC 8032, RFC 8037.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.did import did_method, did_of
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.multibase import base58_decode, base58_encode, base64url_decode
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = [
    "KEY_CONTEXTS",
    "HolderIdentity",
    "HolderKey",
    "KeyKind",
    "checked_key",
    "identity_of_jwk",
    "identity_of_seed",
    "key_document",
    "read_holder_key",
    "short_id",
    "signature_by",
    "signing_key",
]

SEED_BYTES: Final = 32
_SHORT_ID: Final = 48


class KeyKind(StrEnum):
    """The kinds of key that are held; values are the types of the standards."""

    ED25519 = "Ed25519VerificationKey2020"
    X25519 = "X25519KeyAgreementKey2020"


KEY_CONTEXTS: Final = (
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://w3id.org/security/suites/x25519-2020/v1",
)
_DID_CONTEXT: Final = "https://www.w3.org/ns/did/v1"
_CONTEXT_OF: Final = dict(zip(KeyKind, KEY_CONTEXTS, strict=True))

# multicodec prefixes as varints: public, private
_CODECS: Final[Mapping[KeyKind, tuple[bytes, bytes]]] = {
    KeyKind.ED25519: (b"\xed\x01", b"\x80\x26"),
    KeyKind.X25519: (b"\xec\x01", b"\x82\x26"),
}


@dataclass(frozen=True, slots=True)
class HolderKey:
    """One key pair.

    Attributes:
        id: the DID URL that names it. public: multibase with its multicodec.
        private: 32 raw bytes, never in a ``repr``.
    """

    id: str
    kind: KeyKind
    public: str
    private: Secret


@dataclass(frozen=True, slots=True)
class HolderIdentity:
    """A DID that its holder can prove: document and key pairs."""

    did: str
    document: JsonObject
    keys: tuple[HolderKey, ...]


def read_holder_key(document: JsonObject) -> HolderKey:
    """Return the key pair that another wallet wrote as a JSON object.

    Raises:
        UserError: ``holder.key_unsupported``, ``holder.key_malformed`` or
            ``holder.key_differs`` (the private key does not make the public one), with the
            ``id``; never with key material.
    """
    name = _text(document.get("id")) or _text(document.get("type"))
    try:
        kind = KeyKind(_text(document.get("type")))
    except ValueError as error:
        raise UserError("holder.key_unsupported", {"id": short_id(name)}) from error
    controller = document.get("controller")
    public = _text(document.get("publicKeyMultibase"))
    try:
        raw = _multibase(_text(document.get("privateKeyMultibase")), _CODECS[kind][1])
        did = did_of(name)
    except (ProofError, ValueError):
        # Without the cause: it was raised over the text of the key.
        raise UserError("holder.key_malformed", {"id": short_id(name)}) from None
    if controller is not None and controller != did:
        raise UserError("holder.key_malformed", {"id": short_id(name)})
    seed, appended = raw[:SEED_BYTES], raw[SEED_BYTES:]
    # Libraries append the public key to an Ed25519 seed, 64 bytes in all.
    if len(seed) != SEED_BYTES or appended not in (b"", _public_of(kind, seed)):
        raise UserError("holder.key_malformed", {"id": short_id(name)})
    return checked_key(HolderKey(name, kind, public, Secret(seed)))


def short_id(name: str) -> str:
    """Return a DID or key id as a sentence names it: the beginning tells one from another."""
    return name if len(name) <= _SHORT_ID else f"{name[: _SHORT_ID - 1]}…"


def checked_key(key: HolderKey) -> HolderKey:
    """Return ``key`` if its private half makes its public one.

    Raises:
        UserError: ``holder.key_malformed``, ``holder.key_differs``.
    """
    refusal = {"id": short_id(key.id)}
    if len(key.private) != SEED_BYTES:
        raise UserError("holder.key_malformed", refusal)
    derived = _encoded(_CODECS[key.kind][0] + _public_of(key.kind, bytes(key.private.buffer())))
    if derived != key.public:
        raise UserError("holder.key_differs", refusal)
    did, _, fragment = key.id.partition("#")
    if did_method(did) == "key":
        # The DID is its own key: under another one it would name somebody else.
        signs = key.kind is KeyKind.ED25519
        if fragment != key.public or (signs and did != f"did:key:{key.public}"):
            raise UserError("holder.key_differs", refusal)
    return key


def identity_of_seed(seed: Secret) -> HolderIdentity:
    """Return the did:key identity of 32 secret bytes: an Ed25519 pair and its X25519 twin.

    The twin is made as every did:key library makes it (RFC 8032 section 5.1.5 steps 1-2).
    """
    raw = bytes(seed.buffer())
    if len(raw) != SEED_BYTES:
        raise UserError("holder.key_malformed", {"id": ""})
    digest = bytearray(hashlib.sha512(raw).digest()[:SEED_BYTES])
    digest[0] &= 248
    digest[31] = (digest[31] & 127) | 64
    signing = _encoded(_CODECS[KeyKind.ED25519][0] + _public_of(KeyKind.ED25519, raw))
    agreeing = _encoded(_CODECS[KeyKind.X25519][0] + _public_of(KeyKind.X25519, bytes(digest)))
    did = f"did:key:{signing}"
    keys = (
        HolderKey(f"{did}#{signing}", KeyKind.ED25519, signing, Secret(raw)),
        HolderKey(f"{did}#{agreeing}", KeyKind.X25519, agreeing, Secret(digest)),
    )
    return HolderIdentity(did, _did_key_document(did, keys), keys)


def identity_of_jwk(jwk: JsonObject) -> HolderIdentity:
    """Return the did:key identity of an Ed25519 JWK with its private member (RFC 8037).

    Raises:
        UserError: ``holder.key_unsupported``, ``holder.key_malformed``,
            ``holder.key_differs``.
    """
    if (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        kind = f"{jwk.get('kty')} {jwk.get('crv')}"
        raise UserError("holder.key_unsupported", {"id": kind[:60]})
    try:
        seed, public = (base64url_decode(_text(jwk.get(name))) for name in ("d", "x"))
    except (ProofError, ValueError):
        raise UserError("holder.key_malformed", {"id": "Ed25519"}) from None
    identity = identity_of_seed(Secret(seed))
    if identity.keys[0].public != _encoded(_CODECS[KeyKind.ED25519][0] + public):
        raise UserError("holder.key_differs", {"id": short_id(identity.did)})
    return identity


def key_document(key: HolderKey, did: str) -> dict[str, JsonValue]:
    """Return a key pair as the JSON that other wallets read, **private half included**."""
    raw = bytes(key.private.buffer())
    if key.kind is KeyKind.ED25519:
        raw += _public_of(key.kind, raw)
    return {
        "@context": _CONTEXT_OF[key.kind],
        "id": key.id,
        "type": key.kind.value,
        "controller": did,
        "publicKeyMultibase": key.public,
        "privateKeyMultibase": _encoded(_CODECS[key.kind][1] + raw),
    }


def signing_key(identity: HolderIdentity) -> HolderKey:
    """Return the key with which an identity signs.

    Raises:
        UserError: ``holder.no_signing_key``.
    """
    for key in identity.keys:
        if key.kind is KeyKind.ED25519:
            return key
    raise UserError("holder.no_signing_key", {"id": short_id(identity.did)})


def signature_by(key: HolderKey, data: bytes) -> bytes:
    """Return the 64 bytes of an Ed25519 signature; the caller has asked the person."""
    return Ed25519PrivateKey.from_private_bytes(bytes(key.private.buffer())).sign(data)


def _did_key_document(did: str, keys: tuple[HolderKey, HolderKey]) -> JsonObject:
    signing, agreeing = (
        {"id": one.id, "type": one.kind.value, "controller": did, "publicKeyMultibase": one.public}
        for one in keys
    )
    named = [signing["id"]]
    return {
        "@context": [_DID_CONTEXT, *KEY_CONTEXTS],
        "id": did,
        "verificationMethod": [signing],
        "authentication": named,
        "assertionMethod": named,
        "capabilityDelegation": named,
        "capabilityInvocation": named,
        "keyAgreement": [agreeing],
    }


def _public_of(kind: KeyKind, private: bytes) -> bytes:
    loaders: Mapping[KeyKind, Callable[[bytes], Ed25519PrivateKey | X25519PrivateKey]] = {
        KeyKind.ED25519: Ed25519PrivateKey.from_private_bytes,
        KeyKind.X25519: X25519PrivateKey.from_private_bytes,
    }
    return loaders[kind](private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _multibase(text: str, codec: bytes) -> bytes:
    data = base58_decode(text[1:]) if text.startswith("z") else b""
    if not data.startswith(codec):
        raise ValueError("another codec")
    return data.removeprefix(codec)


def _encoded(data: bytes) -> str:
    return f"z{base58_encode(data)}"


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
