import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.credentials.pictures import (
    NAMESPACE_2,
    NAMESPACE_3,
    OB2,
    OB3,
    svg,
    token,
)
from wallet_app.credentials.baking import bake_svg, read_baked_svg
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, Original, Securing
from wallet_app.credentials.recognise import recognise

OB3_TEXT = json.dumps(OB3)
OB2_TEXT = json.dumps(OB2)
OB2_URL = "https://issuer.example/a/1"


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        recognise(Original(data, ""))
    return caught.value.code


def element(body: str = "", verify: str = "", namespace: str = NAMESPACE_2) -> str:
    name = "assertion" if namespace == NAMESPACE_2 else "credential"
    attribute = f' verify="{verify}"' if verify else ""
    return f'<x:{name} xmlns:x="{namespace}"{attribute}><![CDATA[{body}]]></x:{name}>'


def test_an_svg_badge_is_found_by_namespace_whatever_its_prefix() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    (credential,) = recognise(Original(svg(element(OB3_TEXT, "", NAMESPACE_3), doctype), ""))
    assert credential.format is Format.OPEN_BADGES_3
    assert credential.container == "svg/credential[openbadgecredential]"
    wrong = element(OB3_TEXT, "", "https://evil.example/ob/v3p0")
    assert refusal(svg(wrong)) == "format.picture_without_badge"


def test_a_token_or_an_address_may_stand_in_the_attribute() -> None:
    signed = token({**OB3})
    (found,) = recognise(Original(svg(element("", signed, NAMESPACE_3)), ""))
    assert (found.secured.securing, found.secured.token) == (Securing.JWS, signed)
    (found,) = recognise(Original(svg(element("", OB2_URL)), ""))
    assert (found.secured.securing, found.id) == (Securing.HOSTED, OB2_URL)


def test_attribute_and_body_must_agree() -> None:
    (found,) = recognise(Original(svg(element(OB2_TEXT, OB2_URL)), ""))
    assert found.raw == OB2
    assert refusal(svg(element(OB2_TEXT, "https://evil.example/a/1"))) == "bake.conflict"
    signed = token({**OB2})
    (found,) = recognise(Original(svg(element(OB2_TEXT, signed)), ""))
    assert found.secured.token == signed
    assert refusal(svg(element(OB2_TEXT.replace("ada", "eve"), signed))) == "bake.conflict"


def test_an_unreadable_copy_leaves_the_address_to_decide() -> None:
    (found,) = recognise(Original(svg(element("{ not json", OB2_URL)), ""))
    assert (found.id, found.warnings) == (OB2_URL, ("bake.body_unreadable",))
    assert refusal(svg(element("{ not json"))) == "format.json_invalid"


def test_two_elements_or_none_or_an_empty_one_are_refused() -> None:
    one = element(OB2_TEXT)
    assert refusal(svg(one + one)) == "bake.ambiguous"
    assert refusal(svg("")) == "format.picture_without_badge"
    assert refusal(svg(element())) == "bake.empty"
    assert len(recognise(Original(svg(one + element(OB3_TEXT, "", NAMESPACE_3)), ""))) == 2


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (svg("&a8;", f"<!DOCTYPE svg [{LAUGHS}]>"), "format.svg_forbidden"),
        (
            svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "format.svg_forbidden",
        ),
        (
            svg("", '<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://evil.example/">]>'),
            "format.svg_forbidden",
        ),
        (svg("<g>"), "format.svg_invalid"),
        (svg("", '<?xml version="1.0" encoding="none"?>'), "format.svg_invalid"),
        (svg("<g>" * 250_000), "bake.too_large"),
        (svg("x" * 11_000_000), "bake.too_large"),
        (svg("<g " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>"), "bake.too_large"),
        (svg("<g>" * 45_000 + "</g>" * 45_000), "format.picture_without_badge"),
    ],
    ids=["laughs", "file", "parameter", "open", "encoding", "tags", "size", "members", "deep"],
)
def test_hostile_svg_is_refused_quickly(picture: bytes, code: str) -> None:
    start = time.process_time()
    assert refusal(picture) == code
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", [OB3_TEXT, json.dumps({**OB3, "x": "]]> & <"}), token({**OB3})])
def test_what_is_baked_into_an_svg_is_found_again(text: str) -> None:
    before = '<?xml version="1.0" encoding="UTF-8"?><!-- <svg> --><!DOCTYPE svg>\n'
    picture = svg("<title>é</title>", before)
    baked = bake_svg(picture, text, "openbadgecredential")
    (found,) = read_baked_svg(baked)
    assert found.text == text
    assert b"<title>" in baked
    with pytest.raises(FormatError) as caught:
        bake_svg(baked, text, "openbadgecredential")
    assert caught.value.code == "bake.already_baked"


def test_a_badge_is_not_baked_into_what_cannot_carry_it() -> None:
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg("")
    for picture, code in (
        (latin, "bake.svg_encoding"),
        (b"<svg/>", "format.svg_invalid"),
        (b"<svg>", "format.svg_invalid"),
    ):
        with pytest.raises(FormatError) as caught:
            bake_svg(picture, OB3_TEXT, "openbadgecredential")
        assert caught.value.code == code


@given(st.text(max_size=80))
def test_any_text_in_an_svg_is_read_or_refused(text: str) -> None:
    data = svg(text).replace(b"\x00", b"")
    try:
        read_baked_svg(data)
    except FormatError as error:
        code = error.code
    else:
        code = "read"
    assert code
