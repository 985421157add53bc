"""Bytes near enough to good ones to get far into a parser, and wrong enough to hurt there.

A seed is taken apart by what it is (JSON, compact token, PNG, other text), changed in a few
places inside, and put together again with its checksums right; sometimes the bytes around are
spoilt as well.
"""

import json
import random
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Any, Final

from simulators.keys import base64url

__all__ = ["mutated"]

_PNG = b"\x89PNG\r\n\x1a\n"
_LONG: Final = 2_000
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, 1e308, -0.0, 1.5, 10**40),
    *("", " ", "\x00", "\ud7ff", "\u202e", "x" * _LONG, "https://a.example/", "did:key:z6Mk"),
    *("did:web:a.example", "urn:uuid:1", "data:,x", "_:b0", "@id", "2026-02-30", "9999-12-31"),
    *("0001-01-01T00:00:00+23:59", "eyJ", "z", "u", "sha256$", "https://[::1/", "%", "é" * 9),
    *([], {}, [[]], [{}], {"id": []}, {"@id": "x"}, {"@value": 1}, {"@list": [1]}, [None] * 9),
    *({"@set": []}, {"@graph": []}, {"...": "x"}, {"_sd": ["x"]}, {"type": {}}, {"": {"": {}}}),
)
_NAMES = (
    *("@context", "@id", "@type", "@graph", "@included", "@reverse", "@nest", "@vocab", "@value"),
    *("id", "type", "proof", "issuer", "credentialSubject", "credentialStatus", "validUntil"),
    *("_sd", "_sd_alg", "...", "vc", "vp", "iss", "exp", "cnf", "status", "x5c", "jwk", "crit"),
    *("achievement", "badge", "verify", "recipient", "endorsement", "verifiableCredential", ""),
)
_TOKENS = (
    *(b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"\\u0000", b"\\ud800", b"NaN", b"1e999"),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"~", b".", b"..", b"=", b"%00", b"&#x0;"),
    *(b"<![CDATA[", b"]]>", b"<!ENTITY", b"<?xml", b"data:;base64,", b"iTXt", b"zTXt", b"IEND"),
    *(b"-----BEGIN", b"PK\x03\x04", b"\x1f\x8b\x08", b"#", b"@", b"+", b"-", b"Z", b"+99:99"),
)


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a changed seed, at most some tens of kilobytes."""
    data = chance.choice(seeds)
    inside = chance.random() < 0.8
    if inside:
        data = _inside(data, seeds, chance)
    # Spoilt bytes around a changed inside would mostly end at the first bracket.
    spoils = chance.choice((0, 0, 0, 0, 1, 2)) if inside else chance.choice((1, 1, 2, 4))
    for _ in range(spoils):
        data = _bytes(data, seeds, chance)
    return data[:65_536]


def _inside(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    if data.startswith(_PNG):
        return _picture(data, seeds, chance)
    if data.startswith(b"ey"):
        return _token(data, chance)
    try:
        return _json(data, chance)
    except (ValueError, RecursionError):
        return _bytes(data, seeds, chance)


# --- JSON -------------------------------------------------------------------------------


def _json(data: bytes, chance: random.Random) -> bytes:
    value = json.loads(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        value = _changed(value, chance)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")


def _changed(value: Any, chance: random.Random) -> Any:
    """Return the value with one change, at a place reached by a random walk."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(list(value))
        return {**value, name: _changed(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], _changed(value[place], chance), *value[place + 1 :]]
    return _replaced(value, chance)


def _replaced(value: Any, chance: random.Random) -> Any:
    way = chance.randrange(6)
    if way == 0 and isinstance(value, dict):
        return {**value, chance.choice(_NAMES): chance.choice(_VALUES)}
    if way == 1 and isinstance(value, dict) and value:
        name = chance.choice(list(value))
        rest = {other: item for other, item in value.items() if other != name}
        return rest if chance.random() < 0.5 else {**rest, chance.choice(_NAMES): value[name]}
    if way == 2 and isinstance(value, list):
        return chance.choice((value[::-1], value * 2, value[1:], [value]))
    if way == 3 and isinstance(value, str):
        return _bytes(value.encode(), (value.encode(),), chance).decode(errors="replace")
    if way == 4:
        return chance.choice(
            ([value], {"id": value}, {"@value": value}, [value, value], _deep(value, chance))
        )
    return chance.choice(_VALUES)


def _deep(value: Any, chance: random.Random) -> Any:
    for _ in range(chance.choice((5, 60, 70))):
        value = [value] if chance.random() < 0.5 else {"x": value}
    return value


# --- tokens, pictures, bytes ------------------------------------------------------------


def _token(data: bytes, chance: random.Random) -> bytes:
    first, *disclosures = data.decode().split("~")
    parts = first.split(".")
    try:
        if disclosures[:-1] and chance.random() < 0.4:
            place = chance.randrange(len(disclosures) - 1)
            disclosures[place] = _part(disclosures[place], chance)
        else:
            place = chance.randrange(min(2, len(parts)))
            parts[place] = _part(parts[place], chance)
    except ValueError:
        parts.append("")
    return "~".join([".".join(parts), *disclosures]).encode()


def _part(part: str, chance: random.Random) -> str:
    return base64url(_json(urlsafe_b64decode(part + "=" * (-len(part) % 4)), chance))


def _picture(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Change one chunk and make its checksum right, mostly."""
    chunks = _chunks(data)
    if not chunks:
        return _bytes(data, seeds, chance)
    place = chance.randrange(len(chunks))
    kind, body = chunks[place]
    way = chance.randrange(4)
    if way == 0:
        chunks.insert(place, chance.choice(chunks))
    elif way == 1:
        del chunks[place]
    elif way == 2:
        chunks[place] = chance.choice((b"iTXt", b"tEXt", b"zTXt", b"IDAT", b"abcd")), body
    else:
        keyword, zero, text = body.partition(b"\0")
        chunks[place] = kind, keyword + zero + _bytes(text or body, seeds, chance)
    return _PNG + b"".join(_framed(*chunk, chance) for chunk in chunks)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, position = [], len(_PNG)
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        found.append((data[position + 4 : position + 8], data[position + 8 : position + 8 + size]))
        position += 12 + size
    return found


def _framed(kind: bytes, body: bytes, chance: random.Random) -> bytes:
    checksum = zlib.crc32(kind + body) ^ (chance.random() < 0.02)
    return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")


def _bytes(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    other = chance.randrange(place, min(len(data), place + 40) + 1)
    way = chance.randrange(7)
    if way == 0:
        return data[:place] + chance.choice(_TOKENS) + data[place:]
    if way == 1:
        return data[:place] + data[other:]
    if way == 2:
        return data[:place] + data[place:other] * chance.choice((2, 2, 3, 200)) + data[other:]
    if way == 3:
        donor = chance.choice(seeds)
        cut = chance.randrange(len(donor) + 1)
        return data[:place] + donor[cut : cut + 200] + data[other:]
    if way == 4:
        return data[:place]
    if way == 5:
        return data[:place] + chance.randbytes(chance.randrange(1, 9)) + data[other:]
    flipped = bytearray(data)
    if flipped:
        flipped[place % len(flipped)] ^= 1 << chance.randrange(8)
    return bytes(flipped)
