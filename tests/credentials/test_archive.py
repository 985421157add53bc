"""Archives: every credential in them is found, and nothing in them does harm (rows 72, 75)."""

import gzip
import io
import json
import stat
import struct
import time
import zipfile
from collections.abc import Iterable

import pytest

from tests.credentials.pictures import NAMESPACE_3, OB2, OB3, chunk, itxt, png, svg, token
from wallet_app.credentials.archive import Entry
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Format, LeftOut, Original
from wallet_app.credentials.recognise import recognise

OB3_DATA = json.dumps(OB3).encode()
OB2_DATA = json.dumps(OB2).encode()


def zipped(
    *entries: tuple[str | zipfile.ZipInfo, bytes], packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def opened(data: bytes) -> Credential:
    (found,) = recognise(Original(data, "", "/downloads/badges.zip"))
    return found


def left_out(data: bytes) -> list[tuple[str, str]]:
    return [(one.name, one.code) for one in opened(data).left_out]


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        recognise(Original(data, "", "x"))
    return caught.value.code


def special(name: str, **members: object) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for member, value in members.items():
        setattr(info, member, value)
    return info


def test_every_credential_in_an_archive_is_found_with_its_own_bytes() -> None:
    baked = png(itxt("openbadgecredential", json.dumps(OB3)))
    drawn = svg(f'<credential xmlns="{NAMESPACE_3}">{json.dumps(OB3)}</credential>')
    entries = [
        ("a/ob3.json", OB3_DATA),
        ("b/ob2.json", b"\n" + OB2_DATA),
        ("token.txt", token(OB3).encode()),
        ("badge.png", baked),
        ("badge.svg", drawn),
    ]
    found = opened(zipped(*entries))
    assert (found.format, found.name, found.left_out) == (Format.CONTAINER, "badges.zip", ())
    assert [(one.container, one.original.data) for one in found.embedded] == [
        ("zip/a/ob3.json", OB3_DATA),
        ("zip/b/ob2.json", b"\n" + OB2_DATA),
        ("zip/token.txt", token(OB3).encode()),
        ("zip/badge.png/png/iTXt[openbadgecredential]", baked),
        ("zip/badge.svg/svg/credential[openbadgecredential]", drawn),
    ]
    assert [one.original.media_type for one in found.embedded] == [
        *("application/json", "application/json", "application/jwt"),
        *("image/png", "image/svg+xml"),
    ]


def test_an_archive_of_one_credential_is_that_credential() -> None:
    found = opened(zipped(("readme.txt", b"Hello"), ("badge.json", OB3_DATA)))
    assert (found.format, found.original.data) == (Format.OPEN_BADGES_3, OB3_DATA)
    assert opened(gzip.compress(OB3_DATA)).original.data == OB3_DATA


def test_what_is_no_credential_is_counted_and_what_is_broken_is_named() -> None:
    data = zipped(
        ("readme.txt", b"Hello"),
        ("folder/", b""),
        ("empty.json", b""),
        ("picture.png", png()),
        ("issuer.json", json.dumps({"type": "Issuer", "id": "https://x.example"}).encode()),
        ("page.html", b"<!doctype html><html></html>"),
        ("broken.json", OB3_DATA[:-3]),
        ("one.json", OB3_DATA),
        ("two.json", OB2_DATA),
    )
    found = opened(data)
    assert len(found.embedded) == 2
    assert found.left_out == (
        LeftOut("broken.json", "format.json_invalid"),
        LeftOut("", "container.others_skipped", {"count": 5}),
    )


def _encrypted() -> bytes:
    data = bytearray(zipped(("locked.json", OB3_DATA), ("one.json", OB3_DATA)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def _damaged() -> bytes:
    data = zipped(("bad.json", OB3_DATA), ("one.json", OB3_DATA), packing=zipfile.ZIP_STORED)
    return data.replace(b"Robotics", b"Robotica", 1)


def _longer_than_announced() -> bytes:
    data = bytearray(zipped(("bad.json", b"{}" + b" " * 60), ("one.json", OB3_DATA)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 2)
    return bytes(data)


LINK = special("link.json", external_attr=(stat.S_IFLNK | 0o777) << 16)
DEVICE = special("device.json", external_attr=(stat.S_IFCHR | 0o666) << 16)
NUL = special("good.json", orig_filename="x")
NESTED = zipped(("inner.json", OB2_DATA))
HOSTILE = [
    ("../up.json", zipped(("../up.json", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("a/../../up", zipped(("a/../../up", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("..\\up.json", zipped(("..\\up.json", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("/etc/x", zipped(("/etc/x", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("\\\\host\\x", zipped(("\\\\host\\x", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("C:x.json", zipped(("C:x.json", OB2_DATA), ("one.json", OB3_DATA)), "escapes"),
    ("../", zipped(("../", b""), ("one.json", OB3_DATA)), "escapes"),
    ("link.json", zipped((LINK, b"/etc/passwd"), ("one.json", OB3_DATA)), "link"),
    ("device.json", zipped((DEVICE, OB2_DATA), ("one.json", OB3_DATA)), "link"),
    ("locked.json", _encrypted(), "encrypted"),
    ("bomb.json", zipped(("bomb.json", b" " * 500_000), ("one.json", OB3_DATA)), "ratio"),
    ("inner.zip", zipped(("inner.zip", NESTED), ("one.json", OB3_DATA)), "nested"),
    ("inner.gz", zipped(("inner.gz", gzip.compress(b"x")), ("one.json", OB3_DATA)), "nested"),
    ("inner.7z", zipped(("inner.7z", b"7z\xbc\xaf\x27\x1c"), ("one.json", OB3_DATA)), "nested"),
    ("bad.json", _damaged(), "damaged"),
    ("bad.json", _longer_than_announced(), "damaged"),
]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [pytest.param(*row, id=f"{row[2]} {number}") for number, row in enumerate(HOSTILE)],
)
def test_a_hostile_entry_is_refused_by_name_and_hides_no_other(
    name: str, data: bytes, kind: str
) -> None:
    found = opened(data)
    assert found.left_out == (LeftOut(name, f"container.entry_{kind}"),)
    assert [one.original.data for one in found.embedded] == [OB3_DATA]


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_two_usual_ways_of_packing_are_unpacked(packing: int) -> None:
    data = zipped(("odd.json", OB3_DATA), packing=packing)
    assert left_out(data) == [("odd.json", "container.entry_compression")]


def test_a_name_that_ends_early_at_a_nul_is_judged_whole() -> None:
    data = zipped(("good.json_..", OB3_DATA), ("one.json", OB3_DATA))
    data = data.replace(b"good.json_..", b"good.json\0..")
    assert left_out(data) == [("good.json\0..", "container.entry_escapes")]


def test_all_entries_together_have_a_size() -> None:
    padding = b" " * (9 * 1024 * 1024)
    noise = bytes(range(256)) * 500
    entries = [(f"{number}.json", padding[: -len(noise)] + noise) for number in range(3)]
    data = zipped(*entries, ("one.json", OB3_DATA), packing=zipfile.ZIP_DEFLATED)
    codes = dict(left_out(data))
    assert codes["2.json"] in {"container.entry_too_large", "container.entry_ratio"}


def test_more_than_a_thousand_entries_are_refused_before_they_are_listed() -> None:
    thousand = [(f"{number}", b"") for number in range(1000)]
    assert refusal(zipped(*thousand)) == "container.no_credential"
    assert refusal(zipped(*thousand, ("x", b""))) == "container.too_many_entries"


def test_a_directory_that_lies_about_its_length_is_refused_quickly() -> None:
    directory = (b"PK\x01\x02" + bytes(42)) * 400_000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 4, 0)
    started = time.process_time()
    assert refusal(b"PK\x03\x04" + directory + end) == "container.too_many_entries"
    # Two end records: whichever a reader takes, it must be harmless.
    second = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 46, 4, 0)
    assert refusal(b"PK\x03\x04" + directory + end + second) == "container.too_many_entries"
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing else",
        zipped(("one.json", OB3_DATA))[:-30],
        zipped(("one.json", OB3_DATA)) + b"PK\x06\x07" + bytes(16) + zipped()[-22:],
        b"PK\x05\x06" + b"\xff" * 6 + bytes(4) + b"\xff\x00\x00\x00" + b"\x00\x00",
        gzip.compress(OB3_DATA)[:-4],
        gzip.compress(OB3_DATA) + b"more",
        b"\x1f\x8b\x08\x00 not deflated",
    ],
)
def test_a_damaged_archive_says_so(data: bytes) -> None:
    assert refusal(data) in {"container.damaged", "container.too_many_entries"}


def test_what_is_under_gzip_is_bounded_and_no_further_archive() -> None:
    assert refusal(gzip.compress(b" " * 30_000_000)) == "container.too_large"
    found = opened(gzip.compress(NESTED))
    assert [one.code for one in found.left_out] == ["container.entry_nested"]


@pytest.mark.sweeping
def test_all_pictures_of_an_archive_together_have_a_cost() -> None:
    busy = png(*[chunk(b"tEXt")] * 15_000)
    data = zipped(*[(f"{number}.png", busy) for number in range(20)], packing=zipfile.ZIP_STORED)
    started = time.process_time()
    assert {code for _, code in left_out(data)} == {
        "container.entry_too_large",
        "container.others_skipped",
    }
    assert time.process_time() - started < 4
    drawn = svg("<g/>" * 60_000)
    drawings = [(f"{number}.svg", drawn) for number in range(20)]
    assert ("19.svg", "container.entry_too_large") in left_out(
        zipped(*drawings, packing=zipfile.ZIP_STORED)
    )


def test_a_polyglot_is_only_what_it_begins_as() -> None:
    baked = png(itxt("openbadgecredential", json.dumps(OB3)))
    found = opened(baked + zipped(("two.json", OB2_DATA)))
    assert (found.format, found.warnings) == (Format.OPEN_BADGES_3, ("bake.trailing_data",))
    assert refusal(zipped(("x.txt", b"x")) + OB3_DATA) == "container.no_credential"


def _pdf(*entries: Entry) -> Iterable[Credential]:
    return recognise(Original(b"%PDF-1.7", "", "p.pdf"), open_pdf=lambda _: entries)


def test_what_is_attached_to_a_pdf_is_read_like_a_file() -> None:
    (one,) = _pdf(Entry("badge.json", OB3_DATA), Entry("terms.txt", b"Terms"))
    assert (one.container, one.original.data) == ("pdf/badge.json", OB3_DATA)
    (two,) = _pdf(Entry("a.json", OB3_DATA), Entry("b.json", OB2_DATA))
    assert [inner.format for inner in two.embedded] == [Format.OPEN_BADGES_3, Format.OPEN_BADGES_2]
    with pytest.raises(FormatError) as caught:
        _pdf(Entry("terms.txt", b"Terms"))
    assert caught.value.code == "format.pdf_without_badge"
