"""Pictures from strangers: small ones are shown, everything else is refused quickly."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from wallet_app.drawing.safe_image import MAX_PICTURE_BYTES, decode_picture


def _picture(kind: str, size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (31, 58, 95)).save(out, kind)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def _png(width: int, height: int, *chunks: bytes, rows: bytes = b"") -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + body + _chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
GIF = _picture("GIF")
SCANS = b"\xff\xd8\xff\xe0" + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 5_000

HOSTILE = {
    "svg": SVG,
    "svg with white space and a byte order mark": b"\xef\xbb\xbf \n" + SVG,
    "svg behind a png signature": b"\x89PNG\r\n\x1a\n" + SVG,
    "gif": GIF,
    "bmp": _picture("BMP"),
    "tiff": _picture("TIFF"),
    "html": b"<html><img src='file:///etc/passwd'></html>",
    "empty": b"",
    "signature only": b"\x89PNG\r\n\x1a\n",
    "cut short": _picture("PNG")[:60],
    "damaged header": _picture("PNG").replace(b"IHDR", b"IHDX"),
    "gigantic dimensions": _png(1_000_000, 1_000_000),
    "wide as the integers": _png(0x7FFFFFFF, 0x7FFFFFFF),
    "png that would be 64 MiB": _png(4_000, 4_000, rows=bytes(4_000 * 3 + 1) * 4_000),
    "jpeg of more than 16 megapixels": _picture("JPEG", (4_100, 4_000)),
    "file too large": _picture("PNG") + bytes(MAX_PICTURE_BYTES),
    "jpeg with thousands of scans": SCANS,
    "jpeg of nothing": b"\xff\xd8\xff\xd9",
}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_ordinary_picture_is_decoded_and_fitted(kind: str) -> None:
    image = decode_picture(_picture(kind, (400, 200)), 100)
    assert image is not None
    assert (image.width(), image.height()) == (100, 50)
    small = decode_picture(_picture(kind), 100)
    assert small is not None
    assert (small.width(), small.height()) == (40, 20), "a small picture is not blown up"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_picture_is_refused_within_two_seconds(
    name: str,
) -> None:
    started = time.monotonic()
    assert decode_picture(HOSTILE[name], 128) is None
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_short_says_nothing_on_the_terminal(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = _picture(kind, (300, 300))
    for length in (len(whole) - 12, len(whole) // 2, len(whole) - 1):
        decode_picture(whole[:length], 64)
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")


def test_compressed_text_that_swells_does_not_swell_memory() -> None:
    swollen = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 * 1024 * 1024)))
    rows = bytes(4 * 3 + 1) * 4
    started = time.monotonic()
    decode_picture(_png(4, 4, swollen, rows=rows), 128)
    assert time.monotonic() - started < 2


def test_many_swelling_texts_cost_no_memory() -> None:
    resource = pytest.importorskip("resource", reason="memory is measured on Unix only")
    swollen = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 7_900_000, 9)) * 50
    picture = _png(4, 4, swollen, rows=bytes(4 * 3 + 1) * 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert decode_picture(picture, 128) is not None
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 64 * 1024


def test_damaged_chunk_or_missing_end_is_refused() -> None:
    whole = _png(4, 4, _chunk(b"tEXt", b"Comment\0hello"), rows=bytes(4 * 3 + 1) * 4)
    assert decode_picture(whole, 128) is not None
    assert decode_picture(whole + b"behind the end", 128) is not None
    assert decode_picture(whole.replace(b"hello", b"hellO"), 128) is None
    assert decode_picture(whole[:-12], 128) is None
    assert decode_picture(whole[:-1], 128) is None


def test_transparency_survives() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    image = decode_picture(out.getvalue(), 100)
    assert image is not None
    assert image.pixelColor(5, 5).alpha() == 0


def test_svg_with_an_xml_declaration_is_refused_too() -> None:
    assert decode_picture(b"<?xml version='1.0'?>" + SVG, 100) is None
    assert decode_picture(_picture("PNG"), 0) is None


def test_large_photograph_is_scaled_while_decoding() -> None:
    started = time.monotonic()
    for kind, size in (("PNG", (3_200, 2_400)), ("JPEG", (4_000, 3_000))):
        image = decode_picture(_picture(kind, size), 256)
        assert image is not None
        assert (image.width(), image.height()) == (256, 192)
        assert abs(image.pixelColor(128, 96).blue() - 95) < 4
    assert time.monotonic() - started < 4


def test_extreme_strip_keeps_one_pixel() -> None:
    image = decode_picture(_picture("PNG", (3_000, 1)), 100)
    assert image is not None
    assert (image.width(), image.height()) == (100, 1)
