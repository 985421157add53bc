import json
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.credentials.pictures import (
    END,
    HEADER,
    OB2,
    OB3,
    PIXELS,
    SIGNATURE,
    chunk,
    itxt,
    png,
    read,
)
from wallet_app.credentials.baking import bake_png, baking_keyword, read_baked_png
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, JsonObject, Original, Securing
from wallet_app.credentials.recognise import recognise

OB3_TEXT = json.dumps(OB3)
OB2_TEXT = json.dumps(OB2)
OB2_URL = "https://issuer.example/a/1"


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        recognise(Original(data, ""))
    return caught.value.code


def test_a_baked_text_is_found_before_and_after_the_pixels_and_read_as_utf_8() -> None:
    text = json.dumps({**OB3, "name": "Métier ®’"}, ensure_ascii=False)
    for picture in (
        png(itxt("openbadgecredential", text)),
        SIGNATURE + HEADER + PIXELS + itxt("openbadgecredential", text) + END,
    ):
        (credential,) = recognise(Original(picture, "application/pdf", "x.gif"))
        assert credential.raw["name"] == "Métier ®’"
        assert credential.container == "png/iTXt[openbadgecredential]"
        assert credential.original.data == picture
        assert credential.original.media_type == "image/png"
        assert credential.warnings == ()


def test_a_picture_with_two_kinds_of_badge_gives_two_credentials() -> None:
    picture = png(itxt("openbadges", OB2_TEXT), itxt("openbadgecredential", OB3_TEXT))
    found = recognise(Original(picture, ""))
    assert [one.format for one in found] == [Format.OPEN_BADGES_3, Format.OPEN_BADGES_2]


def test_packed_and_latin_chunks_are_read_with_a_warning() -> None:
    packed = b"openbadges\0\0" + zlib.compress(OB2_TEXT.encode())
    for part, where in (
        (itxt("openbadges", OB2_TEXT, packed=True), "iTXt"),
        (chunk(b"zTXt", packed), "zTXt"),
    ):
        (found,) = read_baked_png(png(part))
        assert (found.text, found.container) == (OB2_TEXT, f"png/{where}[openbadges]")
        assert found.warnings == ("bake.compressed",)


def test_an_address_baked_alone_stands_for_the_badge_it_serves() -> None:
    (credential,) = recognise(Original(png(chunk(b"tEXt", b"openbadges\0" + OB2_URL.encode())), ""))
    assert (credential.id, credential.secured.securing) == (OB2_URL, Securing.HOSTED)


def test_one_text_twice_is_a_warning_and_two_texts_are_refused() -> None:
    one, other = itxt("openbadges", OB2_TEXT), itxt("openbadges", OB2_TEXT + " ", packed=True)
    (found,) = read_baked_png(png(one, other))
    assert found.warnings == ("bake.duplicate",)
    assert refusal(png(one, itxt("openbadges", "{}"))) == "bake.ambiguous"


def test_nothing_is_read_after_the_end_of_the_picture() -> None:
    picture = png()
    assert refusal(picture + itxt("openbadges", OB2_TEXT)) == "format.picture_without_badge"
    (found,) = read_baked_png(png(itxt("openbadges", OB2_TEXT)) + b"PK\x03\x04")
    assert found.warnings == ("bake.trailing_data",)


def test_no_badge_is_read_from_a_damaged_place() -> None:
    picture = png(itxt("openbadges", OB2_TEXT))
    spoilt = bytearray(picture)
    spoilt[picture.index(b"Assertion")] ^= 1
    assert refusal(bytes(spoilt)) == "bake.damaged"
    assert refusal(picture[: picture.index(b"Assertion")]) == "bake.damaged"
    assert refusal(SIGNATURE) == "bake.damaged"
    assert refusal(SIGNATURE + HEADER + b"\xff\xff\xff\xffiTXtopenbadges\0") == "bake.damaged"


def test_damaged_pixels_leave_the_badge_readable_with_a_warning() -> None:
    picture = bytearray(png(itxt("openbadges", OB2_TEXT)))
    picture[-20] ^= 1
    (found,) = read_baked_png(bytes(picture))
    assert found.warnings == ("bake.picture_damaged",)


@pytest.mark.parametrize(
    "body",
    [
        b"openbadges\0\0\1" + zlib.compress(b"{}"),
        b"openbadges\0\0not packed",
        b"openbadges\0\0" + zlib.compress(b"{}")[:-5],
        b"openbadges\0\0" + zlib.compress(b"{}") + b"more",
        b"openbadges\0",
    ],
)
def test_a_chunk_that_does_not_unpack_is_damaged(body: bytes) -> None:
    assert refusal(png(chunk(b"zTXt", body))) == "bake.damaged"


@pytest.mark.parametrize(
    "body", [b"openbadges\0\2\0\0\0{}", b"openbadges\0\0", b"openbadges\0\0\0x"]
)
def test_an_international_chunk_without_its_fields_is_damaged(body: bytes) -> None:
    assert refusal(png(chunk(b"iTXt", body))) == "bake.damaged"


def test_bombs_in_pictures_are_refused_at_once() -> None:
    bomb = zlib.compress(b" " * 200_000_000, 1)
    start = time.process_time()
    assert refusal(png(chunk(b"zTXt", b"openbadges\0\0" + bomb))) == "bake.too_large"
    assert refusal(png(chunk(b"iTXt", b"openbadges\0\1\0\0\0" + bomb))) == "bake.too_large"
    assert refusal(png(chunk(b"tEXt") * 1_500_000)) == "bake.too_many_chunks"
    assert time.process_time() - start < 2


def test_many_bombs_in_one_picture_are_refused_before_they_are_all_unpacked() -> None:
    almost = chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"x" * 4_000_000, 1))
    start = time.process_time()
    assert refusal(png(*[almost] * 12)) == "bake.too_large"
    assert refusal(png(*[itxt("openbadges", OB2_TEXT)] * 120)) == "bake.too_many_chunks"
    assert time.process_time() - start < 1
    assert len(read(png(*[itxt("openbadges", OB2_TEXT)] * 2)).warnings) == 1


def test_what_is_baked_into_a_png_is_found_and_nothing_else_changes() -> None:
    picture = png(chunk(b"tEXt", b"Author\0Ada"), itxt("openbadges", OB2_TEXT))
    baked = bake_png(picture, OB3_TEXT, "openbadgecredential")
    (found,) = read_baked_png(baked)
    assert (found.text, found.warnings) == (OB3_TEXT, ())
    left = baked.replace(itxt("openbadgecredential", OB3_TEXT), b"")
    assert b"Author\0Ada" in left
    assert b"Assertion" not in left
    for broken in (picture[:-4], picture + b"x", b"GIF89a"):
        with pytest.raises(FormatError):
            bake_png(broken, OB3_TEXT, "openbadgecredential")
    with pytest.raises(ValueError, match="Author"):
        bake_png(picture, OB3_TEXT, "Author")


@given(st.binary(max_size=200))
def test_any_bytes_after_a_png_signature_are_read_or_refused(data: bytes) -> None:
    for picture in (SIGNATURE + data, png(data), png(chunk(b"iTXt", b"openbadges\0" + data))):
        try:
            read_baked_png(picture)
        except FormatError:
            continue


@pytest.mark.parametrize(
    ("document", "keyword"),
    [
        (OB2, "openbadges"),
        (OB3, "openbadgecredential"),
        ({**OB3, "type": ["ClrCredential"]}, "clrcredential"),
    ],
)
def test_each_family_is_baked_under_its_own_keyword(document: JsonObject, keyword: str) -> None:
    credential = read(document)
    assert baking_keyword(credential) == keyword
    (found,) = read_baked_png(bake_png(png(), json.dumps(document), keyword))
    assert read(found.text).raw == document
