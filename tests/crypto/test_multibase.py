"""Encodings of keys and signatures: one spelling per value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.multibase import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
)


@given(st.binary(max_size=80))
def test_both_encodings_give_back_what_went_in(data: bytes) -> None:
    assert base64url_decode(base64url_encode(data)) == data
    if data:
        assert base58_decode(base58_encode(data)) == data
        assert multibase_decode("z" + base58_encode(data)) == data


def test_base58_agrees_with_a_published_value() -> None:
    # "Hello World!" in the draft-msporny-base58 test vectors.
    assert base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert base58_decode("2NEpo7TZRRrLZSi2U") == b"Hello World!"


@pytest.mark.parametrize(
    "text",
    ["YQ==", "YR", "Y Q", "YQ\n", "Y+8", "Y/8", "Y", "é", "YQ.", "YQ\u200b"],
    ids=ascii,
)
def test_base64url_has_one_spelling_and_no_other(text: str) -> None:
    with pytest.raises(ProofMalformed, match=r"encoding\.base64url"):
        base64url_decode(text)


@pytest.mark.parametrize("text", ["", "0", "O", "I", "l", "2N 3", "é", "1" * 2_049], ids=ascii)
def test_base58_refuses_what_is_not_of_its_alphabet(text: str) -> None:
    with pytest.raises(ProofMalformed, match=r"encoding\.base58"):
        base58_decode(text)


@pytest.mark.parametrize("text", ["", "m6Mk", "F00", "6MkQ"])
def test_other_multibases_are_refused(text: str) -> None:
    with pytest.raises(ProofMalformed, match=r"encoding\.multibase"):
        multibase_decode(text)
