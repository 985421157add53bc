"""Digits, the spelling of a link for codes alone: whole, strict, and the same badge."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.checking import credential_of
from simulators.issuer import Issuer
from simulators.link_reader import out_of_digits, parts_of, signature_holds
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.multibase import base64url_encode
from wallet_app.errors import UserError
from wallet_app.sharing.link_digits import bytes_held_by, bytes_of_digits, digits_of_bytes
from wallet_app.sharing.link_format import (
    LinkKind,
    bare_text,
    digits_of,
    read_link_text,
    with_answer,
    write_link_text,
)
from wallet_app.sharing.link_payload import link_text
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text, read_portfolio_text

ISSUER = Issuer.at_did_key(WebSimulator())
TEXT = link_text(credential_of(ISSUER.sign(ISSUER.badge())), load_contexts())


def test_digits_are_written_as_the_document_says() -> None:
    digits = [digits_of_bytes(bytes(range(1, size + 1))) for size in range(9)]
    assert digits == [
        "",
        "001",
        "00258",
        "00066051",
        "0016909060",
        "0004328719365",
        "001108152157446",
        "00283686952306183",
        "00283686952306183008",
    ]
    highest = [digits_of_bytes(b"\xff" * size) for size in range(1, 8)]
    assert highest[:3] == ["255", "65535", "16777215"]
    assert highest[6] == "72057594037927935"


@given(st.binary(max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_go_in_come_out(data: bytes) -> None:
    digits = digits_of_bytes(data)
    assert bytes_of_digits(digits) == data
    assert bytes_held_by(len(digits)) == len(data)
    # The second reader wants a kind in front and gives base64url.
    assert out_of_digits("1d" + digits_of_bytes(b"j" + data)) == f"1j.{base64url_encode(data)}"


@given(st.text(alphabet="0123456789", max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_bytes_have_two_spellings(digits: str) -> None:
    with suppress(UserError):
        assert digits_of_bytes(bytes_of_digits(digits)) == digits


@pytest.mark.parametrize("rest", [1, 2, 4, 6, 7, 9, 11, 12, 14, 16])
@pytest.mark.parametrize("before", [0, 17])
def test_number_of_digits_that_no_bytes_have_is_refused(rest: int, before: int) -> None:
    _refused("0" * (before + rest))


@pytest.mark.parametrize("size", range(1, 8))
def test_group_beyond_its_bytes_is_refused(size: int) -> None:
    digits = len(digits_of_bytes(bytes(size)))
    assert bytes_of_digits(f"{256**size - 1:0{digits}}") == b"\xff" * size
    _refused(f"{256**size:0{digits}}")
    _refused("9" * digits)


@pytest.mark.parametrize("digits", ["+01", "1_1", " 01", "01\n", "0x1", "-00", "٠٠١", "¹¹¹", "1.0"])
def test_what_only_a_lenient_reader_takes_for_digits_is_refused(digits: str) -> None:
    _refused(digits)
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_link_text(f"1d{digits}")


def _refused(digits: str) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        bytes_of_digits(digits)


def test_link_in_digits_is_the_same_badge_to_both_readers() -> None:
    digits = digits_of(TEXT)
    assert digits[:2] == "1d"
    assert digits[2:].isdecimal()
    assert read_link_text(digits) == read_link_text(TEXT)
    assert bare_text(digits) == TEXT
    assert out_of_digits(digits) == TEXT
    assert parts_of(digits) == parts_of(TEXT)
    assert signature_holds(digits)
    assert digits_of(digits) == digits


CONTENT = st.binary(max_size=80)


@given(st.sampled_from("jscn"), CONTENT, CONTENT, CONTENT, st.binary(max_size=71))
@settings(max_examples=80, deadline=None)
def test_any_badge_comes_back_with_its_answer(
    kind: str, a: bytes, b: bytes, c: bytes, answer: bytes
) -> None:
    a, b = a.replace(b"\x01", b""), b.replace(b"\x01", b"")
    text = write_link_text(LinkKind(kind), (a, b, c))
    answered = with_answer(text, answer) if answer else text
    digits = digits_of(answered)
    assert read_link_text(digits) == read_link_text(answered)
    assert out_of_digits(digits) == answered
    assert bare_text(digits) == text


def test_answer_is_added_to_digits_over_the_text_they_stand_for() -> None:
    assert with_answer(digits_of(TEXT), b"now") == with_answer(TEXT, b"now")
    assert digits_of(with_answer(TEXT, b"now")) == f"{digits_of(TEXT)}.abm93"


@pytest.mark.parametrize("kind", [b"m", b"d", b"x", b".", b"\n", b"1", b"\0", b"\xea", b"J"])
def test_digits_of_another_kind_are_refused(kind: bytes) -> None:
    stream = bytes_of_digits(digits_of(TEXT)[2:])[1:]
    assert read_link_text("1d" + digits_of_bytes(b"n" + stream)).kind == "n"
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_link_text("1d" + digits_of_bytes(kind + stream))


@pytest.mark.parametrize("text", ["1d", "1d106", "1d000", "1d106.aAA", "1D00110", "1d.aAA"])
def test_digits_without_a_badge_are_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_link_text(text)


@pytest.mark.parametrize("behind", [".a", ".aA", ".aAA.aAA", ".bAA", ".", "\n", " ", "000"])
def test_nothing_else_stands_behind_the_digits(behind: str) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_link_text(digits_of(TEXT) + behind)


def test_several_badges_have_no_digits() -> None:
    several = portfolio_text([TEXT, digits_of(TEXT)], PortfolioMeta(title="Two"))
    assert several.endswith(f".n{TEXT[3:]}.n{TEXT[3:]}")
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        digits_of(several)
    meta = several.split(".")[1]
    for text in (f"1m.{meta}.d{digits_of(TEXT)[2:]}", digits_of(TEXT)):
        with pytest.raises(UserError, match=r"share\.link_malformed"):
            read_portfolio_text(text)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_changed_digit_is_found_out(data: st.DataObject) -> None:
    digits = digits_of(TEXT)
    at = data.draw(st.integers(2, len(digits) - 1))
    changed = digits[:at] + data.draw(st.sampled_from("0123456789")) + digits[at + 1 :]
    try:
        payload = read_link_text(changed)
    except UserError:
        return
    if payload == read_link_text(TEXT):
        return  # deflate spells the same bytes in more than one way
    try:
        holds = signature_holds(changed)
    except (ValueError, KeyError):
        return  # the name of the key is gone, or names none
    assert not holds
