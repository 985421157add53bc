"""A second reader of verifiable links, of nothing but the standard library and ``cryptography``.

It unpacks and checks by docs/verifiable-link.md alone and shares no line with the program, so
that the two are evidence for each other. Lenient where the program is strict: it only asks
whether a signature holds.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

__all__ = ["Key", "key_named", "out_of_digits", "parts_of", "signature_holds"]

Key = Ed25519PublicKey | ec.EllipticCurvePublicKey

_PAGE = Path(__file__).resolve().parents[2] / "resources" / "verify_page"
_ROWS = (_PAGE / "iris-1.txt").read_text(encoding="ascii").split()
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CURVES = {b"\x80\x24": ec.SECP256R1(), b"\x81\x24": ec.SECP384R1()}
_JOSE_CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}
_METHOD = re.compile(r"<https://w3id\.org/security#verificationMethod> <([^>]*)>")


def parts_of(text: str) -> tuple[str, list[bytes]]:
    """Return kind and parts of ``1<kind>.<body>``, or of its digits."""
    text = out_of_digits(text)
    kind, body = text[1], text.split(".")[1]
    data = zlib.decompress(_from_base64url(body), -15)
    parts = []
    while data:
        size = int.from_bytes(data[:4])
        parts.append(data[4 : 4 + size])
        data = data[4 + size :]
    if kind == "n":
        parts[:2] = [_written_out(part) for part in parts[:2]]
    return kind, parts


def out_of_digits(text: str) -> str:
    """Return ``1<kind>.<body>[.a<answer>]`` of ``1d<digits>[.a<answer>]``; others as they are."""
    if not text.startswith("1d"):
        return text
    digits, dot, answer = text[2:].partition(".")
    data = []
    while digits:
        group, digits = digits[:17], digits[17:]
        # A byte takes 2.41 digits, and the last of them is begun.
        size, value = len(group) * 5 // 12, int(group)
        data += [value >> 8 * place & 255 for place in reversed(range(size))]
    return f"1{chr(data[0])}.{_to_base64url(bytes(data[1:])).decode()}{dot}{answer}"


def signature_holds(text: str, keys: Mapping[str, Key] | None = None) -> bool:
    """Return whether the signature in a link holds, under the key that what was signed names.

    ``keys`` are those that must be looked up; a key that is nowhere is an error.
    """
    kind, parts = parts_of(text)
    if kind in "js":
        header, payload = (json.loads(part) for part in parts[:2])
        name = header.get("kid") or payload.get("iss") or ""
        data = b".".join(_to_base64url(part) for part in parts[:2])
        return _verified(key_named(name, keys), data, parts[2])
    document, options, signature = parts
    digest = hashlib.sha384 if len(signature) == 96 else hashlib.sha256
    data = digest(options).digest() + digest(document).digest()
    if kind == "c":
        name = json.loads(options)["verificationMethod"]
    else:
        (name,) = _METHOD.findall(options.decode())
    return _verified(key_named(name, keys), data, signature)


def key_named(name: str, keys: Mapping[str, Key] | None = None) -> Key:
    """Return the key of this name: given, or a did:key or did:jwk."""
    if keys and name in keys:
        return keys[name]
    did = name.partition("#")[0]
    if did.startswith("did:jwk:"):
        return _of_jwk(json.loads(_from_base64url(did.removeprefix("did:jwk:"))))
    data = _from_base58(did.removeprefix("did:key:z"))
    if data[:2] == b"\xed\x01":
        return Ed25519PublicKey.from_public_bytes(data[2:])
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[data[:2]], data[2:])


def _of_jwk(jwk: dict[str, Any]) -> Key:
    x = _from_base64url(jwk["x"])
    if jwk["kty"] == "OKP":
        return Ed25519PublicKey.from_public_bytes(x)
    y = int.from_bytes(_from_base64url(jwk["y"]))
    return ec.EllipticCurvePublicNumbers(
        int.from_bytes(x), y, _JOSE_CURVES[jwk["crv"]]
    ).public_key()


def _verified(key: Key, data: bytes, signature: bytes) -> bool:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, data)
        else:
            half = len(signature) // 2
            numbers = (int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
            digest = hashes.SHA384() if key.key_size == 384 else hashes.SHA256()
            key.verify(encode_dss_signature(*numbers), data, ec.ECDSA(digest))
    except InvalidSignature:
        return False
    return True


def _written_out(part: bytes) -> bytes:
    def iri(match: re.Match[bytes]) -> bytes:
        high, low = match[1].decode()
        return f"<{_ROWS[_LETTERS.index(high) * 64 + _LETTERS.index(low)]}>".encode()

    return re.sub(rb"\x01(..)", iri, part)


def _from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _to_base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _from_base58(text: str) -> bytes:
    number = 0
    for character in text:
        number = number * 58 + _BASE58.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8)
