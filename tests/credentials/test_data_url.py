"""Addresses that carry bytes are decoded exactly, and without many times their size."""

import base64
import tracemalloc
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pytest

from wallet_app.credentials.data_url import decode_data_url


@pytest.mark.parametrize("prefix", ["", "a", "ab"])
@pytest.mark.parametrize("unit", ["%41", "%%41", "%", "%4", "é%", "%C3%A9x"])
def test_a_long_escaped_body_is_decoded_as_in_one_piece(prefix: str, unit: str) -> None:
    body = prefix + unit * 50_000
    assert decode_data_url(f"data:,{body}").data == unquote_to_bytes(body)


def test_escaped_base64_with_white_space_is_decoded() -> None:
    data = bytes(range(256)) * 1_000
    lines = base64.encodebytes(data) + b" \t\r\n\v\f"
    assert decode_data_url(f"data:;base64,{quote_from_bytes(lines)}").data == data


@pytest.mark.parametrize(
    ("header", "unit"), [("data:,", "%41"), ("data:;base64,", "AAAA "), ("data:;base64,", "%41")]
)
def test_decoding_takes_little_more_memory_than_the_address(header: str, unit: str) -> None:
    address = header + unit * 120_000
    tracemalloc.start()
    try:
        decode_data_url(address)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # A piece at a time may cost 80 times its 64 KiB.
    assert peak < 10 * 1024 * 1024
