"""Multibase texts: base58btc (``z``) and strict unpadded base64url (``u``).

Source: W3C Controlled Identifiers 1.0, section 2.4 Multibase. Strict means one spelling
per value: no padding, no white space, no stray bits in the last character.
"""

__all__ = [
    "base58_decode",
    "base58_encode",
    "base64url_decode",
    "base64url_encode",
    "multibase_decode",
]


def base58_decode(text: str) -> bytes:
    """Return the bytes of a base58btc text (Bitcoin alphabet, no prefix).

    Raises:
        ProofMalformed: ``encoding.base58``.
    """
    raise NotImplementedError


def base58_encode(data: bytes) -> str:
    """Return the base58btc text of ``data``, without prefix."""
    raise NotImplementedError


def base64url_decode(text: str) -> bytes:
    """Return the bytes of an unpadded, canonical base64url text.

    Raises:
        ProofMalformed: ``encoding.base64url``.
    """
    raise NotImplementedError


def base64url_encode(data: bytes) -> str:
    """Return the unpadded base64url text of ``data``."""
    raise NotImplementedError


def multibase_decode(text: str) -> bytes:
    """Return the bytes of a ``z`` or ``u`` multibase text.

    Raises:
        ProofMalformed: ``encoding.multibase`` for another prefix, or as the decoders say.
    """
    raise NotImplementedError
