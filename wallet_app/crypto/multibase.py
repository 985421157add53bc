"""Multibase texts: base58btc (``z``) and strict unpadded base64url (``u``).

Source: W3C Controlled Identifiers 1.0, section 2.4 Multibase. Strict means one spelling
per value: no padding, no white space, no stray bits in the last character.
"""

import base64
import binascii
from typing import Final

from wallet_app.crypto.errors import ProofMalformed

__all__ = [
    "base58_decode",
    "base58_encode",
    "base64url_decode",
    "base64url_encode",
    "multibase_decode",
]

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_VALUES: Final = {character: value for value, character in enumerate(_BASE58)}
_MAX_BASE58_CHARS: Final = 2_048
"""Base 58 costs quadratic time; the longest key or signature in use has under 800."""


def base58_decode(text: str) -> bytes:
    """Return the bytes of a base58btc text (Bitcoin alphabet, no prefix).

    Raises:
        ProofMalformed: ``encoding.base58``.
    """
    if not text or len(text) > _MAX_BASE58_CHARS:
        raise ProofMalformed("encoding.base58")
    number = 0
    try:
        for character in text:
            number = number * 58 + _BASE58_VALUES[character]
    except KeyError as error:
        raise ProofMalformed("encoding.base58") from error
    leading_zeros = len(text) - len(text.lstrip("1"))
    return bytes(leading_zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def base58_encode(data: bytes) -> str:
    """Return the base58btc text of ``data``, without prefix."""
    number = int.from_bytes(data)
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def base64url_decode(text: str) -> bytes:
    """Return the bytes of an unpadded, canonical base64url text.

    Raises:
        ProofMalformed: ``encoding.base64url``.
    """
    try:
        received = text.encode("ascii")
        data = base64.urlsafe_b64decode(received + b"=" * (-len(received) % 4))
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ProofMalformed("encoding.base64url") from error
    # Decoders skip foreign characters and stray bits; one value must have one spelling.
    if base64.urlsafe_b64encode(data).rstrip(b"=") != received:
        raise ProofMalformed("encoding.base64url")
    return data


def base64url_encode(data: bytes) -> str:
    """Return the unpadded base64url text of ``data``."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def multibase_decode(text: str) -> bytes:
    """Return the bytes of a ``z`` or ``u`` multibase text.

    Raises:
        ProofMalformed: ``encoding.multibase`` for another prefix, or as the decoders say.
    """
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return base64url_decode(text[1:])
    raise ProofMalformed("encoding.multibase")
