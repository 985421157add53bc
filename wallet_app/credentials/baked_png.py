"""Badges baked into PNG pictures: chunk by chunk, checked, never decoding the picture.

Sources: PNG (Third Edition) sections 5 and 11.3.3, Open Badges 2.0 and 3.0 baking, CLR
2.0 baking. What lies after a damaged place or after the end of the picture is not read.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.baked_text import MAX_BAKED_BYTES, BakedText
from wallet_app.credentials.errors import FormatError

__all__ = ["PNG_KEYWORDS", "PNG_SIGNATURE", "bake_png", "count_chunks", "read_baked_png"]

PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG_KEYWORDS: Final = ("openbadgecredential", "clrcredential", "openbadges")

_MAX_CHUNKS: Final = 20_000
_MAX_BADGE_CHUNKS: Final = 16
_MAX_INFLATED: Final = 20 * 1024 * 1024
"""Bytes of all compressed texts of one picture together."""

_TEXT_CHUNKS: Final = (b"iTXt", b"zTXt", b"tEXt")
_DEFLATE: Final = 0


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    body: bytes
    start: int
    end: int
    intact: bool


def read_baked_png(data: bytes) -> tuple[BakedText, ...]:
    """Return the baked texts of a PNG, one per keyword, in the order of ``PNG_KEYWORDS``.

    Raises:
        FormatError: ``format.picture_without_badge``, ``bake.damaged``,
            ``bake.ambiguous`` (two different texts under one keyword),
            ``bake.too_large`` or ``bake.too_many_chunks``.
    """
    found: dict[str, list[BakedText]] = {}
    chunks = list(_chunks(data))
    warnings = _picture_warnings(chunks, data)
    count = inflated = 0
    for chunk in chunks:
        keyword, separator, rest = chunk.body.partition(b"\x00")
        name = keyword.decode("latin-1")
        if chunk.kind not in _TEXT_CHUNKS or name not in PNG_KEYWORDS or not separator:
            continue
        if not chunk.intact:
            raise FormatError("bake.damaged")
        count += 1
        if count > _MAX_BADGE_CHUNKS:
            raise FormatError("bake.too_many_chunks", {"limit": _MAX_BADGE_CHUNKS})
        text = _read_chunk(chunk.kind, name, rest, warnings)
        inflated += len(text.text) if "bake.compressed" in text.warnings else 0
        if inflated > _MAX_INFLATED:
            raise FormatError("bake.too_large", {"limit": _MAX_INFLATED})
        found.setdefault(name, []).append(text)
    if not found and "bake.picture_damaged" in warnings:
        raise FormatError("bake.damaged")
    if not found:
        raise FormatError("format.picture_without_badge")
    return tuple(_only_one(found[name]) for name in PNG_KEYWORDS if name in found)


def bake_png(picture: bytes, text: str, keyword: str) -> bytes:
    """Return ``picture`` with ``text`` in an uncompressed iTXt chunk right after IHDR.

    Badges baked in before are taken out, under whatever keyword; nothing else changes.

    Args:
        picture: a whole, undamaged PNG.
        text: JSON or a compact token.
        keyword: one of ``PNG_KEYWORDS``.

    Raises:
        FormatError: ``bake.damaged`` when the picture is not a whole PNG.
        ValueError: ``keyword`` is no baking keyword.
    """
    if keyword not in PNG_KEYWORDS:
        raise ValueError(keyword)
    chunks = list(_chunks(picture))
    if not picture.startswith(PNG_SIGNATURE) or _picture_warnings(chunks, picture):
        raise FormatError("bake.damaged")
    header, *others = chunks
    kept = [one for one in others if not _is_badge(one)]
    body = keyword.encode("latin-1") + b"\x00\x00\x00\x00\x00" + text.encode("utf-8")
    parts = [PNG_SIGNATURE, picture[header.start : header.end], _framed(b"iTXt", body)]
    parts.extend(picture[one.start : one.end] for one in kept)
    return b"".join(parts)


def count_chunks(data: bytes) -> int:
    """Return how many chunks a PNG has, by their lengths alone; one too many at most."""
    position, count = len(PNG_SIGNATURE), 0
    while position + 8 <= len(data) and count <= _MAX_CHUNKS:
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        count += 1
    return count


def _is_badge(chunk: _Chunk) -> bool:
    keyword = chunk.body.partition(b"\x00")[0].decode("latin-1")
    return chunk.kind in _TEXT_CHUNKS and keyword in PNG_KEYWORDS


def _framed(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")


def _chunks(data: bytes) -> Iterator[_Chunk]:
    """Yield the chunks up to IEND, stopping quietly where the framing breaks."""
    position = len(PNG_SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        body_start = position + 8
        end = body_start + int.from_bytes(data[position : position + 4], "big") + 4
        if body_start > len(data) or end > len(data):
            return
        kind = data[position + 4 : body_start]
        body = data[body_start : end - 4]
        intact = zlib.crc32(body, zlib.crc32(kind)) == int.from_bytes(data[end - 4 : end], "big")
        yield _Chunk(kind, body, position, end, intact)
        if kind == b"IEND":
            return
        position = end
    raise FormatError("bake.too_many_chunks", {"limit": _MAX_CHUNKS})


def _picture_warnings(chunks: Sequence[_Chunk], data: bytes) -> tuple[str, ...]:
    codes = []
    whole = chunks and chunks[0].kind == b"IHDR" and chunks[-1].kind == b"IEND"
    if not whole or not all(chunk.intact for chunk in chunks):
        codes.append("bake.picture_damaged")
    if chunks and chunks[-1].kind == b"IEND" and chunks[-1].end < len(data):
        codes.append("bake.trailing_data")
    return tuple(codes)


def _read_chunk(kind: bytes, keyword: str, rest: bytes, warnings: tuple[str, ...]) -> BakedText:
    compressed = kind == b"zTXt"
    if kind == b"iTXt":
        compressed, rest = _international(rest)
    elif compressed:
        rest = _after_method(rest)
    content = _inflate(rest) if compressed else rest
    if len(content) > MAX_BAKED_BYTES:
        raise FormatError("bake.too_large", {"limit": MAX_BAKED_BYTES})
    codes = (*warnings, "bake.compressed") if compressed else warnings
    container = f"png/{kind.decode('ascii')}[{keyword}]"
    return BakedText(container, _decode(content), warnings=codes)


def _international(rest: bytes) -> tuple[bool, bytes]:
    # Compression flag and method, then language and translated keyword, each ended by NUL.
    flag, tagged = rest[:1], rest[2:]
    fields = tagged.split(b"\x00", 2)
    if flag not in (b"\x00", b"\x01") or len(fields) != 3:
        raise FormatError("bake.damaged")
    if flag == b"\x00":
        return False, fields[2]
    _after_method(rest[1:2])
    return True, fields[2]


def _after_method(rest: bytes) -> bytes:
    if not rest or rest[0] != _DEFLATE:
        raise FormatError("bake.damaged")
    return rest[1:]


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(packed, MAX_BAKED_BYTES + 1)
    except zlib.error as error:
        raise FormatError("bake.damaged") from error
    # More after the end of the stream would be bytes that nobody reads.
    if len(content) <= MAX_BAKED_BYTES and (not inflater.eof or inflater.unused_data):
        raise FormatError("bake.damaged")
    return content


def _decode(content: bytes) -> str:
    # UTF-8 in every chunk kind: issuers write it into tEXt too, and Latin-1 would break it.
    try:
        return content.decode("utf-8").removeprefix("\ufeff").strip(" \t\r\n\x00")
    except UnicodeDecodeError as error:
        raise FormatError("format.not_utf8") from error


def _only_one(found: list[BakedText]) -> BakedText:
    first, *others = found
    if any(other.text != first.text for other in others):
        raise FormatError("bake.ambiguous")
    if not others:
        return first
    codes = (*first.warnings, "bake.duplicate")
    return BakedText(first.container, first.text, warnings=codes)
