"""QR codes in pictures: what is read, what it leads to, and what is refused."""

import io
import json
import random
import struct
import zlib
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from PySide6.QtGui import QImage

from wallet_app.app.code_pictures import codes_of, codes_of_files, codes_of_picture
from wallet_app.drawing.code_reading import MAX_CODES, codes_in_image, codes_in_picture
from wallet_app.errors import UserError
from wallet_app.resources import resource_path

LINK = "https://badges.northgate.example/public/assertions/7f36"


def picture(*texts: str, size: tuple[int, int] = (900, 600), kind: str = "PNG") -> bytes:
    """Return a picture with codes side by side on a busy ground."""
    noise = random.Random(6)  # noqa: S311 - a fixed picture, no secret
    page = Image.new("RGB", size, "#7a93a8")
    for _ in range(200):
        place = noise.randrange(size[0]), noise.randrange(size[1])
        page.paste((noise.randrange(256), 90, 120), (*place, place[0] + 9, place[1] + 5))
    for at, text in enumerate(texts):
        code = qrcode.make(text, box_size=4, border=4).convert("RGB")
        page.paste(code, (20 + (at % 3) * 290, 20 + (at // 3) * 290))
    out = io.BytesIO()
    page.save(out, kind, quality=85)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as told:
        codes_of_picture(data)
    return told.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_several_codes_in_one_picture_are_read(kind: str) -> None:
    badge = json.dumps({"type": ["VerifiableCredential"], "id": "urn:example:1"})
    found = codes_of_picture(picture(LINK, LINK + "2", badge, LINK, kind=kind))
    assert sorted(found.links) == [LINK, LINK + "2"]
    assert found.badges == (badge.encode(),)
    assert not found.is_badge


def test_a_badge_in_a_picture_stays_a_badge() -> None:
    baked = next(resource_path("samples", "badges").glob("*.png"))
    assert codes_of_picture(baked.read_bytes()).is_badge


def test_what_leads_to_no_badge_is_told_apart() -> None:
    assert refused(picture()) == "codes.none"
    assert refused(picture("WIFI:S:home;T:WPA;P:secret;;")) == "codes.no_badge"
    offer = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2F1"
    assert refused(picture(offer)) == "codes.offer"
    assert refused(b"GIF89a" + bytes(40)) == "codes.no_picture"
    assert codes_of([LINK, "something else"]).links == (LINK,)
    with pytest.raises(UserError):
        codes_of([LINK + "\x00", LINK + " x", "https://" + "a" * 9_000])


def test_hostile_pictures_are_refused_before_anything_is_read() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9_000)))
    for data in (
        bomb + chunk(b"IEND", b""),
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
        picture(LINK)[:400],
        picture(LINK) + bytes(9 * 1024 * 1024),
        b"",
    ):
        assert not codes_in_picture(data)


def test_at_most_twenty_codes_are_taken() -> None:
    texts = [f"{LINK}/{at}" for at in range(24)]
    page = Image.new("RGB", (1_600, 1_100), "white")
    for at, text in enumerate(texts):
        code = qrcode.make(text, box_size=3, border=4).convert("RGB").resize((170, 170))
        page.paste(code, (10 + (at % 8) * 195, 10 + (at // 8) * 250))
    out = io.BytesIO()
    page.save(out, "PNG")
    assert len(codes_in_picture(out.getvalue()) or ()) == MAX_CODES


def test_a_code_without_a_ground_is_read_as_on_paper() -> None:
    drawn = qrcode.make(LINK, box_size=4, border=4).convert("L")
    code = Image.new("RGBA", drawn.size, "black")
    code.putalpha(drawn.point(lambda gray: 255 - gray))
    out = io.BytesIO()
    code.save(out, "PNG")
    assert codes_in_picture(out.getvalue()) == (LINK,)
    assert codes_in_image(QImage()) == ()


def test_files_are_read_together_and_a_missing_picture_hides_none(tmp_path: Path) -> None:
    first, text = tmp_path / "a.png", tmp_path / "b.txt"
    first.write_bytes(picture(LINK))
    text.write_text("no picture", encoding="utf-8")
    assert codes_of_files([str(text), str(first)]).links == (LINK,)
    with pytest.raises(UserError) as told:
        codes_of_files([str(text)])
    assert told.value.code == "codes.no_picture"
