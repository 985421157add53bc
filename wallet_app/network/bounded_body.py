"""Bodies read with an end in sight: decompressed bytes are counted, headers not believed."""

import zlib
from collections.abc import Iterable
from typing import Final

__all__ = ["ACCEPTED_ENCODINGS", "BodyDamaged", "BodyTooLarge", "read_body"]

ACCEPTED_ENCODINGS: Final = "gzip"
"""What is asked for. ``deflate`` is understood, everything else refused."""

_WINDOW_BITS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BodyTooLarge(Exception):
    """The body is larger than allowed, packed or unpacked."""


class BodyDamaged(Exception):
    """The body's encoding is unknown or broken."""


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the unpacked body.

    Args:
        chunks: the body as sent, piece by piece.
        encoding: the ``Content-Encoding``; "" for none.
        limit: most bytes, before and after unpacking.

    Raises:
        BodyTooLarge: over ``limit``.
        BodyDamaged: an encoding that was not asked for, or data that do not unpack.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _joined(chunks, limit)
    if name not in _WINDOW_BITS:
        raise BodyDamaged(name)
    return _joined(_unpacked(chunks, _WINDOW_BITS[name], limit), limit)


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], window_bits: int, limit: int) -> Iterable[bytes]:
    inflater = zlib.decompressobj(window_bits)
    received = 0
    try:
        for chunk in chunks:
            received += len(chunk)
            if received > limit:
                raise BodyTooLarge
            yield inflater.decompress(chunk, limit + 1)
            if inflater.unconsumed_tail:
                raise BodyTooLarge
    except zlib.error as error:
        raise BodyDamaged from error
    if not inflater.eof:
        raise BodyDamaged
