"""CBOR of proof values: plain data, one spelling of it, and never costly to refuse."""

import time
from contextlib import suppress
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.keys import base64url
from wallet_app.crypto.cbor import decode_cbor
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.merkle_receipt import read_receipt_2019
from wallet_app.crypto.suites.ecdsa_sd_values import parse_base_value, parse_derived_value

_ARRAY, _MAP, _TAG, _OCTETS, _TEXT = 4, 5, 6, 2, 3
_EIGHT = 2**64


def head(major: int, number: int) -> bytes:
    """Return the head of an item in its shortest form (RFC 8949 section 3)."""
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in range(4) if number < 256**2**size)
    return bytes([major << 5 | 24 + size]) + number.to_bytes(2**size)


def text(characters: str) -> bytes:
    return head(_TEXT, len(characters.encode())) + characters.encode()


def octets(data: bytes) -> bytes:
    return head(_OCTETS, len(data)) + data


def colliding_pairs(count: int) -> list[tuple[int, int]]:
    """Return pairs of numbers that CPython's tuples hash alike (its xxHash, solved)."""
    prime_1, prime_2, prime_5 = (
        11_400_714_785_074_694_791,
        14_029_467_366_897_019_727,
        2_870_177_450_012_600_261,
    )
    inverse = pow(prime_2, -1, _EIGHT)
    pairs: list[tuple[int, int]] = []
    first = 0
    while len(pairs) < count:
        first += 1
        mixed = (prime_5 + first * prime_2) % _EIGHT
        rotated = (mixed << 31 | mixed >> 33) % _EIGHT * prime_1
        second = (0x1234_5678 - rotated) * inverse % _EIGHT
        if second < 2**61 - 1:  # a number that is its own hash
            pairs.append((first, second))
    return pairs


def map_of_pairs(pairs: list[tuple[int, int]]) -> bytes:
    entries = (b"\x82" + head(0, one) + head(0, other) + b"\0" for one, other in pairs)
    return head(_MAP, len(pairs)) + b"".join(entries)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.integers(0, 9) | st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_data_are_read(value: Any) -> None:
    assert decode_cbor(cbor2.dumps(value), max_depth=50) == value


@given(st.binary(max_size=60))
def test_any_octets_are_read_or_refused(data: bytes) -> None:
    with suppress(ValueError):
        decode_cbor(data, max_depth=3)


def test_every_tag_is_refused() -> None:
    read = []
    for tag in [*range(70_000), 2**32, 2**64 - 1]:
        with suppress(ValueError):
            read.append((tag, decode_cbor(head(_TAG, tag) + b"\xf6", max_depth=2)))
    assert read == []


REFUSED = {
    "nothing": b"",
    "bytes after the value": b"\0\0",
    "an array without end": b"\x9f\xff",
    "a text without end": b"\x7f\xff",
    "a key twice": b"\xa2\0\0\0\1",
    "one key in two spellings": b"\xa2\0\0\x18\0\1",
    "too deep": b"\x81\x81\x81\0",
    "too deep by far": b"\x81" * 100_000,
    "an array as key": b"\xa1\x81\x81\0\0",
    "more items than octets": head(_ARRAY, 2**60),
    "more text than octets": head(_TEXT, 2**60),
    "more pairs than octets": head(_MAP, 2**60),
    "text that is no UTF-8": b"\x61\xff",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_plain_value_is_refused(case: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_cbor(REFUSED[case], max_depth=2)


_LARGE_NUMBER = head(_TAG, 2) + octets(b"\xff" * 250_000)
COSTLY = {
    "a decimal number of many digits": head(_TAG, 4) + b"\x82\0" + _LARGE_NUMBER,
    "a fraction with a great exponent": head(_TAG, 5) + b"\x82\x1a\x3b\x9a\xca\0" + _LARGE_NUMBER,
    "a great number": _LARGE_NUMBER,
    "a regular expression of many classes": head(_TAG, 35) + text("[\u0100-\u1000]" * 45_000),
    "a message": head(_TAG, 36) + text("a:" * 190_000),
    "references": head(_TAG, 28) + head(_ARRAY, 130_000) + b"\xd8\x1d\0" * 130_000,
    "very many items": head(_ARRAY, 390_000) + b"\0" * 390_000,
    "very many labels": head(_MAP, 60_000)
    + b"".join(head(0, number) + b"\0" for number in range(60_000)),
    "keys that share a hash": map_of_pairs(colliding_pairs(20_000)),
}


@pytest.mark.parametrize("form", ["base", "derived"])
@pytest.mark.parametrize("case", COSTLY)
def test_a_costly_proof_value_is_refused_at_once(case: str, form: str) -> None:
    parse, number = {"base": (parse_base_value, 0), "derived": (parse_derived_value, 1)}[form]
    parts = b"\x85" + COSTLY[case] + b"\x40" * 4  # of five, as either form has
    value = "u" + base64url(bytes([0xD9, 0x5D, number]) + parts)
    started = time.process_time()
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        parse(value)
    # Measured: 0.1 s at most. Compiled as its tag asks, one regular expression took 62 s, and
    # in deeper arrays a decimal number or keys of one hash took 19 s.
    assert time.process_time() - started < 1.0


def test_a_receipt_with_tags_is_refused_and_costs_little() -> None:
    number = head(_TAG, 4) + b"\x82\0" + head(_TAG, 2) + octets(b"\xff" * 40_000)
    started = time.process_time()
    for data in (b"\x81\x82\0" + number, map_of_pairs(colliding_pairs(2_000))):
        with pytest.raises(ProofMalformed, match=r"merkle\.malformed"):
            read_receipt_2019("u" + base64url(data))
    assert time.process_time() - started < 1.0
