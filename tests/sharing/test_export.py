"""Copies: the original byte for byte, readable JSON, pictures that really carry the badge."""

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from wallet_app.credentials.baking import read_baked_png, read_baked_svg
from wallet_app.credentials.model import Credential, Format, JsonObject, Original, Secured, Securing
from wallet_app.errors import UserError
from wallet_app.sharing.export import (
    export_json,
    export_original,
    export_png,
    export_svg,
    suggested_name,
)
from wallet_app.wording import Words

Maker = Callable[..., Credential]

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2lnbmF0dXJl"
JSON_TEXT = '{"type": "OpenBadgeCredential", "name": "Étude ® ’", "big": 12345678901234567890}'


def _json_badge(badge: Maker) -> Credential:
    return replace(badge(), original=Original(JSON_TEXT.encode(), "application/json", "a.json"))


def _token_badge(badge: Maker) -> Credential:
    secured = Secured(Securing.JWS, {"vc": {"name": "Été"}}, TOKEN)
    original = Original(TOKEN.encode(), "application/jwt", "a.jwt")
    return replace(badge(), secured=secured, original=original)


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (1, 2, 3)).save(out, kind)
    return out.getvalue()


def test_original_is_returned_byte_for_byte(badge: Maker) -> None:
    credential = _json_badge(badge)
    copy = export_original(credential)
    assert copy.data is credential.original.data
    assert (copy.name, copy.made_by_coffre) == ("Project Management Foundations.json", False)
    assert export_original(_token_badge(badge)).name.endswith(".jwt")


def test_json_that_is_json_already_keeps_every_byte(badge: Maker) -> None:
    assert export_json(_json_badge(badge), Words("en")).data == JSON_TEXT.encode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_token_is_decoded_under_a_member_that_says_so(badge: Maker, language: str) -> None:
    copy = export_json(_token_badge(badge), Words(language))
    content = json.loads(copy.data)
    assert list(content) == ["note", "decoded", "token"]
    assert content["decoded"] == {"vc": {"name": "Été"}}
    assert content["token"] == TOKEN
    assert "Coffre" in content["note"]
    assert "Été" in copy.data.decode(), "readable, not escaped"


def test_json_out_of_a_picture_is_the_document(badge: Maker) -> None:
    credential = replace(
        badge(document={"type": "OpenBadgeCredential", "name": "é"}),
        original=Original(_picture("PNG"), "image/png", "a.png"),
        container="png/iTXt[openbadgecredential]",
    )
    copy = export_json(credential, Words("en"))
    assert json.loads(copy.data) == credential.raw
    assert copy.made_by_coffre


@pytest.mark.parametrize("kind", ["PNG", "JPEG", ""])
def test_png_carries_the_exact_text_that_was_signed(badge: Maker, kind: str) -> None:
    picture = _picture(kind) if kind else b""
    for credential, text in ((_json_badge(badge), JSON_TEXT), (_token_badge(badge), TOKEN)):
        copy = export_png(credential, picture)
        (found,) = read_baked_png(copy.data)
        assert found.text == text
        assert found.container == "png/iTXt[openbadgecredential]"
        with Image.open(io.BytesIO(copy.data)) as image:
            assert image.size == ((60, 60) if kind else (512, 512))
        assert copy.made_by_coffre


def test_svg_carries_the_exact_text_that_was_signed(badge: Maker) -> None:
    for credential, text in ((_json_badge(badge), JSON_TEXT), (_token_badge(badge), TOKEN)):
        copy = export_svg(credential)
        (found,) = read_baked_svg(copy.data)
        assert found.text == text


def test_older_badges_are_baked_under_their_own_keyword(badge: Maker) -> None:
    older = replace(_json_badge(badge), format=Format.OPEN_BADGES_2)
    (found,) = read_baked_png(export_png(older).data)
    assert found.container == "png/iTXt[openbadges]"


@pytest.mark.parametrize(
    ("media", "save"), [("image/png", export_png), ("image/svg+xml", export_svg)]
)
def test_badge_that_came_as_a_picture_goes_out_unchanged(
    badge: Maker, media: str, save: Callable[[Credential], object]
) -> None:
    credential = replace(badge(), original=Original(b"\x89 as it came", media))
    assert save(credential) == export_original(credential)


def test_picture_that_is_refused_is_replaced_by_a_drawn_one(badge: Maker) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>"
    data = export_png(_json_badge(badge), svg).data
    assert b"passwd" not in data
    assert read_baked_png(data)[0].text == JSON_TEXT


def test_badge_that_is_only_an_address_cannot_be_baked(hosted_badge: Maker) -> None:
    address = "https://badges.northgate.example/7f36"
    document: JsonObject = {"id": address, "verify": {"type": "hosted", "url": address}}
    credential = replace(hosted_badge(address), secured=Secured(Securing.HOSTED, document))
    for save in (export_png, export_svg):
        with pytest.raises(UserError) as refused:
            save(credential)
        assert refused.value.code == "export.nothing_to_bake"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Project Management", "Project Management.pdf"),
        ("C# & C++ / .NET", "C & C++ .NET.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("..", "badge.pdf"),
        ("", "badge.pdf"),
        ("CON", "badge CON.pdf"),
        ("com1.txt", "badge com1.txt.pdf"),
        ("a\x00b\nc\u202ed", "a b c d.pdf"),
        ("L’été à l'école", "L’été à l'école.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
        ("\U00020000" * 80, "\U00020000" * 47 + ".pdf"),
        ("é" + "ก" * 79, "é" + "ก" * 62 + ".pdf"),
        ("データ分析", "データ分析.pdf"),
    ],
)
def test_suggested_names_are_accepted_by_every_system(name: str, expected: str) -> None:
    assert suggested_name(name, ".pdf") == expected
