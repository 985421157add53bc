"""The compressed bitstring of a status list, unpacked within bounds and read bit by bit.

Source: W3C Bitstring Status List 1.0 sections 3.2 and 3.3. Entry 0 is in the most
significant bits of byte 0.
"""

import re
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass

from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.multibase import base64url_decode

__all__ = [
    "GZIP",
    "MAX_LIST_BYTES",
    "ZLIB",
    "Bitstring",
    "decode_bitstring",
    "entry_value",
    "inflate",
    "read_index",
    "spend_on_list",
]

MAX_LIST_BYTES = 16 * 1024 * 1024
"""Largest list after inflating: 134 million one-bit entries."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
GZIP = 31
ZLIB = 15
"""The two envelopes of compressed lists, as zlib numbers them."""


@dataclass(frozen=True, slots=True)
class Bitstring:
    """An inflated list. ``bare``: its text lacked the multibase prefix that is due."""

    data: bytes
    bare: bool = False


def read_index(value: object) -> int:
    """Return an entry's index: a canonical decimal string, or a whole number.

    Raises:
        ProofUnsupported: ``status.index_malformed``.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18:
        return value
    if isinstance(value, str) and _INDEX.fullmatch(value):
        return int(value)
    raise ProofUnsupported("status.index_malformed", {"index": str(value)[:40]})


def decode_bitstring(encoded: str) -> Bitstring:
    """Return the bitstring of an ``encodedList``.

    Raises:
        ProofUnsupported: ``status.list_encoding`` (neither ``u`` multibase nor bare
            base64, not gzip, damaged, something behind it) or ``status.list_too_large``.
    """
    bare = encoded.startswith("H4sI")
    try:
        packed = _bare_base64(encoded) if bare else _multibase(encoded)
    except (ProofError, Base64Error, ValueError) as exc:
        raise ProofUnsupported("status.list_encoding") from exc
    return Bitstring(inflate(packed, GZIP), bare)


def entry_value(bitstring: Bitstring, index: int, size: int = 1) -> int:
    """Return the ``size`` bits of one entry, most significant first.

    Raises:
        ProofUnsupported: ``status.index_out_of_range``.
    """
    first = index * size
    entries = len(bitstring.data) * 8 // size
    if index >= entries:
        params = {"index": index, "entries": entries}
        raise ProofUnsupported("status.index_out_of_range", params)
    last = first + size - 1
    window = int.from_bytes(bitstring.data[first // 8 : last // 8 + 1])
    return window >> (7 - last % 8) & ((1 << size) - 1)


def spend_on_list(work: CanonicalWork, *, received: int = 0, inflated: int = 0) -> None:
    """Spend what a list of so many bytes costs each time that a badge points into it.

    Threat: many badges of one file point into the largest list there may be.

    Raises:
        ProofUnsupported: ``canon.budget``: nothing is left.
    """
    # Measured: received bytes are decoded, parsed and hashed, inflated ones only made.
    work.spend(0, received * 2 + inflated // 4)


def _multibase(encoded: str) -> bytes:
    if not encoded.startswith("u"):
        raise ProofUnsupported("status.list_encoding")
    return base64url_decode(encoded[1:])


def _bare_base64(encoded: str) -> bytes:
    """Read both base64 alphabets, padded or not: all are seen without the prefix."""
    text = encoded.rstrip("=").translate(str.maketrans("-_", "+/"))
    return b64decode(text + "=" * (-len(text) % 4), validate=True)


def inflate(packed: bytes, window: int) -> bytes:
    """Return what ``packed`` inflates to; ``window`` is ``GZIP`` or ``ZLIB``.

    Raises:
        ProofUnsupported: as ``decode_bitstring``.
    """
    # Bounded while inflating: a list of a few bytes may claim to be gigabytes.
    inflater = zlib.decompressobj(window)
    try:
        data = inflater.decompress(packed, MAX_LIST_BYTES + 1)
    except zlib.error as exc:
        raise ProofUnsupported("status.list_encoding") from exc
    if len(data) > MAX_LIST_BYTES:
        raise ProofUnsupported("status.list_too_large", {"limit": MAX_LIST_BYTES})
    if not inflater.eof or inflater.unused_data:
        raise ProofUnsupported("status.list_encoding")
    return data
