"""Version 1 of the verifiable link as text and bytes: written tightly, read strictly.

The form is docs/verifiable-link.md. Nothing is verified here: whoever reads a link gets the
bytes that were signed, or a refusal. What is read comes from strangers.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.multibase import base64url_decode, base64url_encode
from wallet_app.errors import UserError
from wallet_app.resources import resource_path
from wallet_app.sharing.link_digits import bytes_of_digits, digits_of_bytes

__all__ = [
    "MAX_UNPACKED_BYTES",
    "LinkKind",
    "LinkPayload",
    "bare_text",
    "compress",
    "decompress",
    "digits_of",
    "read_body",
    "read_link_text",
    "with_answer",
    "write_body",
    "write_link_text",
]

MAX_UNPACKED_BYTES: Final = 131_072
"""Of a body, of ``meta``, and of a part once its IRIs are written out."""

_LENGTH_BYTES: Final = 4
_MEMORY_LEVELS: Final = range(2, 10)
_MAX_PARTS: Final = 1_003
"""Three, and as many disclosures as ``crypto.sd_jwt`` reads."""

_ONE_BADGE: Final = re.compile(r"1([jscn])\.([A-Za-z0-9_-]+)(?:\.a([A-Za-z0-9_-]+))?")
_IN_DIGITS: Final = re.compile(r"1d([0-9]+)(\.a[A-Za-z0-9_-]+)?")
_BASE64URL: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_IRI: Final = re.compile(rb"<[^<>]*>")
_SHORT: Final = b"\x01"
_ROW: Final = re.compile(rb"\x01(.?)(.?)", re.DOTALL)
_SIGNED_PARTS_OF_STATEMENTS: Final = 2


class LinkKind(StrEnum):
    """What was signed."""

    JWS = "j"
    """A compact JWS: header, payload, signature."""
    SD_JWT = "s"
    """The same, then each disclosure."""
    JSON = "c"
    """RFC 8785 JSON of the document and of the proof options, signature."""
    STATEMENTS = "n"
    """Canonical N-Quads of the document and of the proof options, signature."""


@dataclass(frozen=True, slots=True)
class LinkPayload:
    """What the link of one badge carries.

    Attributes:
        kind: says what ``parts`` are.
        parts: the bytes that were signed, IRIs written out, and the signature.
        answer: of whoever holds the badge's key, as it stands in the link; b"" for none.
    """

    kind: LinkKind
    parts: tuple[bytes, ...]
    answer: bytes = b""


def write_link_text(kind: LinkKind, parts: Sequence[bytes]) -> str:
    """Return ``1<kind>.<body>``.

    Raises: as ``write_body``.
    """
    return f"1{kind}.{write_body(kind, parts)}"


def write_body(kind: LinkKind, parts: Sequence[bytes]) -> str:
    """Return the body of a badge.

    Raises:
        ValueError: the parts do not fit the format: over 131,072 bytes, or 0x01 in
            statements. The caller has looked before.
    """
    if len(parts) < 3 or any(len(part) > MAX_UNPACKED_BYTES for part in parts):
        raise ValueError("a part is too long or missing")
    written = list(parts)
    if kind is LinkKind.STATEMENTS:
        signed = written[:_SIGNED_PARTS_OF_STATEMENTS]
        written[:_SIGNED_PARTS_OF_STATEMENTS] = [_shorten(part) for part in signed]
    framed = [len(part).to_bytes(_LENGTH_BYTES) + part for part in written]
    signature = len(b"".join(framed[:2])) + _LENGTH_BYTES
    return compress(b"".join(framed), apart=(signature, signature + len(written[2])))


def read_link_text(text: str) -> LinkPayload:
    """Read ``1<kind>.<body>[.a<answer>]``, the part of a link after ``#``, or its digits.

    Raises:
        UserError: ``share.link_malformed``: not one badge of version 1, or with anything
            too long, left over or spelled otherwise than this program spells it.
    """
    found = _one_badge(text)
    kind = LinkKind(found[1])
    return LinkPayload(kind, read_body(kind, found[2]), _bytes(found[3]) if found[3] else b"")


def read_body(kind: LinkKind, body: str) -> tuple[bytes, ...]:
    """Return the parts in a body.

    Raises:
        UserError: ``share.link_malformed``.
    """
    parts = _split(decompress(body))
    if len(parts) < 3 or (kind is not LinkKind.SD_JWT and len(parts) != 3):
        raise UserError("share.link_malformed")
    if kind is LinkKind.STATEMENTS:
        signed, rest = parts[:_SIGNED_PARTS_OF_STATEMENTS], parts[_SIGNED_PARTS_OF_STATEMENTS:]
        parts = [*(_lengthen(part) for part in signed), *rest]
    return tuple(parts)


def bare_text(text: str) -> str:
    """Return ``1<kind>.<body>`` of one badge without its answer: what ``sd_hash`` covers.

    Raises:
        UserError: ``share.link_malformed``.
    """
    found = _one_badge(text)
    return f"1{found[1]}.{found[2]}"


def with_answer(text: str, answer: bytes) -> str:
    """Return the text of one badge with this answer in place of any other.

    Raises:
        UserError: ``share.link_malformed``.
    """
    return f"{bare_text(text)}.a{base64url_encode(answer)}"


def digits_of(text: str) -> str:
    """Return ``1d<digits>[.a<answer>]`` of one badge: the spelling for QR codes alone.

    Raises:
        UserError: ``share.link_malformed``.
    """
    found = _one_badge(text)
    digits = digits_of_bytes(found[1].encode("ascii") + _bytes(found[2]))
    return f"1d{digits}" + (f".a{found[3]}" if found[3] else "")


def compress(data: bytes, apart: tuple[int, ...] = ()) -> str:
    """Return base64url of the shortest raw deflate stream that zlib finds for ``data``.

    Args:
        data: at most 131,072 bytes.
        apart: where a signature begins and ends: its bytes are random, and spoil the codes
            of the text around them unless they have a block of their own (2 to 3 % of a link).

    Raises:
        ValueError: more than 131,072 bytes.
    """
    if len(data) > MAX_UNPACKED_BYTES:
        raise ValueError("too long for a link")
    return base64url_encode(min(_streams(data, apart), key=len))


def decompress(text: str) -> bytes:
    """Return what a base64url text of a raw deflate stream holds, counted while it unpacks.

    Raises:
        UserError: ``share.link_malformed``: not strict base64url, no whole stream,
            something behind it, or over 131,072 bytes.
    """
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = reader.decompress(_bytes(text), MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise UserError("share.link_malformed") from error
    if not reader.eof or reader.unused_data or len(data) > MAX_UNPACKED_BYTES:
        raise UserError("share.link_malformed")
    return data


def _streams(data: bytes, apart: tuple[int, ...]) -> Iterator[bytes]:
    # Forty bytes are a version of the code: all that zlib has to offer is tried.
    for cuts in dict.fromkeys(((), apart)):
        for memory in _MEMORY_LEVELS:
            for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED):
                packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, memory, strategy)
                stream = b""
                for start, end in pairwise((0, *cuts)):
                    stream += packer.compress(data[start:end]) + packer.flush(zlib.Z_BLOCK)
                yield stream + packer.compress(data[cuts[-1] if cuts else 0 :]) + packer.flush()


def _one_badge(text: str) -> re.Match[str]:
    """Return kind, body and answer of one badge, in whichever spelling it comes."""
    found = _ONE_BADGE.fullmatch(_spelled_out(text))
    if found is None:
        raise UserError("share.link_malformed")
    return found


def _spelled_out(text: str) -> str:
    digits = _IN_DIGITS.fullmatch(text)
    if digits is None:
        return text
    data = bytes_of_digits(digits[1])
    return f"1{data[:1].decode('latin-1')}.{base64url_encode(data[1:])}{digits[2] or ''}"


def _bytes(text: str) -> bytes:
    try:
        return base64url_decode(text)
    except ProofMalformed as error:
        raise UserError("share.link_malformed") from error


def _split(data: bytes) -> list[bytes]:
    parts: list[bytes] = []
    start = 0
    while start < len(data):
        begin = start + _LENGTH_BYTES
        end = begin + int.from_bytes(data[start:begin])
        if end > len(data) or len(parts) == _MAX_PARTS:
            raise UserError("share.link_malformed")
        parts.append(data[begin:end])
        start = end
    return parts


@lru_cache(1)
def _rows() -> tuple[bytes, ...]:
    """Return the well-known IRIs of version 1, in their angle brackets."""
    text = resource_path("verify_page", "iris-1.txt").read_bytes()
    return tuple(b"<" + iri + b">" for iri in text.split())


@lru_cache(1)
def _short_forms() -> dict[bytes, bytes]:
    return {
        iri: _SHORT + bytes((_BASE64URL[number >> 6], _BASE64URL[number & 63]))
        for number, iri in enumerate(_rows())
    }


def _shorten(statements: bytes) -> bytes:
    if _SHORT in statements:
        raise ValueError("0x01 in what was signed")
    short = _short_forms()
    return _IRI.sub(lambda match: short.get(match[0], match[0]), statements)


def _lengthen(part: bytes) -> bytes:
    rows = {short: iri for iri, short in _short_forms().items()}
    room = MAX_UNPACKED_BYTES - len(part)

    def written_out(match: re.Match[bytes]) -> bytes:
        nonlocal room
        iri = rows.get(match[0])
        room -= len(iri) - len(match[0]) if iri else 0
        if iri is None or room < 0:
            raise UserError("share.link_malformed")
        return iri

    return _ROW.sub(written_out, part)
