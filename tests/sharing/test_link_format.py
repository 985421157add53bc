"""Links are read strictly: whole, bounded, in one spelling; what is changed is found out."""

import zlib
from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.checking import credential_of
from simulators.issuer import Issuer
from simulators.link_reader import parts_of, signature_holds
from simulators.make_iris import IRIS
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.errors import UserError
from wallet_app.sharing.link_format import (
    MAX_UNPACKED_BYTES,
    LinkKind,
    LinkPayload,
    bare_text,
    decompress,
    read_link_text,
    with_answer,
    write_link_text,
)
from wallet_app.sharing.link_payload import link_text

ISSUER = Issuer.at_did_key(WebSimulator())
TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _packed(data: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return _text(packer.compress(data) + packer.flush())


def _unfinished(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _text(stream: bytes) -> str:
    return urlsafe_b64encode(stream).rstrip(b"=").decode()


def _parts(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        read_link_text(text)
    assert refused.value.code == "share.link_malformed"


def test_link_is_written_as_the_document_says() -> None:
    text = write_link_text(LinkKind.JSON, (b"{}", b"{}", b"s"))
    assert text.startswith("1c.")
    assert decompress(text[3:]) == _parts(b"{}", b"{}", b"s")
    assert parts_of(text) == ("c", [b"{}", b"{}", b"s"])


def test_known_iri_takes_three_bytes_and_comes_back() -> None:
    line = b"_:c14n0 " + TYPE + b" <https://unknown.example/> .\n"
    text = write_link_text(LinkKind.STATEMENTS, (line, TYPE, b"s"))
    assert decompress(text[3:]) == _parts(line.replace(TYPE, _row(TYPE)), _row(TYPE), b"s")
    assert read_link_text(text).parts == (line, TYPE, b"s")


def _row(iri: bytes) -> bytes:
    number = IRIS.read_bytes().split().index(iri.strip(b"<>"))
    return b"\x01" + (ALPHABET[number >> 6] + ALPHABET[number & 63]).encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("c", _packed(_parts(b"a", b"b"))),
        ("c", _packed(_parts(b"a", b"b", b"c", b"d"))),
        ("s", _packed(_parts(b"a", b"b"))),
        ("j", _packed(_parts(b"a", b"b", b"c") + b"\0\0\0")),
        ("j", _packed(_parts(b"a", b"b") + b"\0\0\0\2c")),
        ("j", _packed(b"")),
        ("n", _packed(_parts(b"\x01", b"b", b"c"))),
        ("n", _packed(_parts(b"\x01AA<", b"\x01//", b"c"))),
        ("n", _packed(_parts(b"a", b"\x01C_", b"c"))),
        ("j", _text(b"no stream")),
        ("j", _packed(_parts(b"a", b"b", b"c"))[:-4]),
        ("j", _packed(_parts(b"a", b"b", b"c")) + "AAAA"),
        ("j", _packed(_parts(b"a", b"b", b"c")) + "="),
        ("j", _packed(_parts(b"a", b"b", b"\0" * MAX_UNPACKED_BYTES))),
        ("j", _packed(_parts(b"a", b"b", b"\0" * (MAX_UNPACKED_BYTES - 13)))),
        ("j", _text(_unfinished(_parts(b"a", b"b", b"c")))),
        ("s", _packed(_parts(b"a", b"b", b"c", *[b""] * 1_001))),
        ("n", _packed(_parts(_row(TYPE) * 4_000, b"b", b"c"))),
    ],
    ids=[
        *("too few parts", "too many parts", "too few of a token", "half a length"),
        *("short part", "nothing", "short row", "row of other letters", "row beyond the table"),
        *("no deflate", "cut off", "something behind", "padding", "too long"),
        *("a byte too long", "without an end"),
        *("too many disclosures", "too long once written out"),
    ],
)
def test_what_is_not_exactly_a_link_is_refused(kind: str, body: str) -> None:
    _refused(f"1{kind}.{body}")


@pytest.mark.parametrize(
    "text",
    ["", "1", "1n.", "2n.AA", "1x.AA", "1n.AA.b", "1n.AA.a", "1n.é", "1n.AA\n", " 1n.AA", "1n.A A"],
)
def test_what_does_not_look_like_a_link_is_refused(text: str) -> None:
    _refused(text)


def test_bomb_is_counted_while_it_unpacks() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(50)) + packer.flush()
    assert len(stream) < 60_000
    _refused(f"1j.{_text(stream)}")


def test_largest_body_is_carried_and_one_byte_more_is_not() -> None:
    room = MAX_UNPACKED_BYTES - 12 - 2
    parts = (b"a", b"b", b"x" * room)
    assert read_link_text(write_link_text(LinkKind.JWS, parts)).parts == parts
    with pytest.raises(ValueError, match="long"):
        write_link_text(LinkKind.JWS, (b"a", b"b", b"x" * (room + 1)))


def test_answer_is_added_replaced_and_taken_off() -> None:
    text = write_link_text(LinkKind.JWS, (b"a", b"b", b"c"))
    answered = with_answer(with_answer(text, b"first"), b"second")
    assert answered == f"{text}.ac2Vjb25k"
    assert read_link_text(answered) == LinkPayload(LinkKind.JWS, (b"a", b"b", b"c"), b"second")
    assert bare_text(answered) == text


CONTENT = st.binary(max_size=300)
SIGNED = CONTENT.map(lambda data: data.replace(b"\x01", TYPE))


@given(st.sampled_from("jsc"), CONTENT, CONTENT, CONTENT, CONTENT)
@settings(max_examples=60, deadline=None)
def test_whatever_goes_in_comes_out(kind: str, a: bytes, b: bytes, c: bytes, d: bytes) -> None:
    parts = (a, b, c, d) if kind == "s" else (a, b, c)
    text = write_link_text(LinkKind(kind), parts)
    assert read_link_text(text) == LinkPayload(LinkKind(kind), parts)
    assert text.isascii()


@given(SIGNED, SIGNED, CONTENT)
@settings(max_examples=60, deadline=None)
def test_whatever_statements_go_in_come_out(a: bytes, b: bytes, c: bytes) -> None:
    assert read_link_text(write_link_text(LinkKind.STATEMENTS, (a, b, c))).parts == (a, b, c)


def test_statements_with_the_sign_of_a_row_are_not_written() -> None:
    with pytest.raises(ValueError, match="0x01"):
        write_link_text(LinkKind.STATEMENTS, (b"\x01AA", b"", b""))


@given(st.text(alphabet=ALPHABET + ".a=+ é", max_size=80), st.sampled_from("jscn"))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(body: str, kind: str) -> None:
    with suppress(UserError):
        read_link_text(f"1{kind}.{body}")


def _links() -> dict[str, str]:
    badges = {
        "n": ISSUER.sign(ISSUER.badge()),
        "c": ISSUER.sign(ISSUER.badge(), "eddsa-jcs-2022"),
        "j": ISSUER.token(ISSUER.badge()),
    }
    return {k: link_text(credential_of(one), load_contexts()) for k, one in badges.items()}


LINKS = _links()


@given(st.data(), st.sampled_from("ncj"))
@settings(max_examples=250, deadline=None)
def test_changed_character_is_found_out(data: st.DataObject, kind: str) -> None:
    text = LINKS[kind]
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from(ALPHABET + ".1"))
    changed = text[:at] + put + text[at + 1 :]
    try:
        payload = read_link_text(changed)
    except UserError:
        return
    # Deflate spells the same bytes in more than one way: then nothing was changed.
    # Whether a token is an SD-JWT is said by its header, which is signed, not by the letter before
    # it: with another letter the page says the same or less (``test_more_than_the_app``).
    if payload.parts == read_link_text(text).parts:
        return
    try:
        holds = signature_holds(changed)
    except (ValueError, KeyError):
        return  # the name of the key is gone, or names none
    assert not holds


@given(st.data(), st.sampled_from("ncj"))
@settings(max_examples=150, deadline=None)
def test_changed_byte_of_what_was_signed_breaks_the_signature(
    data: st.DataObject, kind: str
) -> None:
    payload = read_link_text(LINKS[kind])
    parts = list(payload.parts)
    which = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, len(parts[which]) - 1))
    put = data.draw(st.integers(2, 255).filter(lambda byte: byte != parts[which][at]))
    parts[which] = parts[which][:at] + bytes([put]) + parts[which][at + 1 :]
    changed = write_link_text(payload.kind, parts)
    try:
        holds = signature_holds(changed)
    except (ValueError, KeyError):
        return
    assert not holds


def test_signature_check_of_the_tests_can_say_both() -> None:
    payload = read_link_text(LINKS["n"])
    document = payload.parts[0].replace(b"Careful Reader", b"Careful Leader")
    changed = write_link_text(payload.kind, (document, *payload.parts[1:]))
    assert signature_holds(LINKS["n"])
    assert not signature_holds(changed)


def test_signature_in_a_block_of_its_own_makes_the_link_shorter() -> None:
    for kind, text in LINKS.items():
        once = _packed(_parts(*_shortened(text)))
        assert len(text) - 3 < len(once), kind


def _shortened(text: str) -> list[bytes]:
    unpacked = decompress(text[3:])
    parts = []
    while unpacked:
        end = 4 + int.from_bytes(unpacked[:4])
        parts.append(unpacked[4:end])
        unpacked = unpacked[end:]
    return parts
