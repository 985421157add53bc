"""A PDF gives what is attached to it, and a hostile one nothing but an answer in time."""

import io
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from wallet_app.app import pdf_process, pdf_reading
from wallet_app.app.pdf_process import Answer, find_attachments
from wallet_app.app.pdf_reading import PdfReading
from wallet_app.credentials.archive import Entry
from wallet_app.credentials.errors import FormatError
from wallet_app.resources import resource_path

BADGE = b'{"type": "Assertion"}'
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="eyJhbGciOiJ9.e.s">%s</a></x:xmpmeta>'


def stream(data: bytes, **members: str) -> StreamObject:
    made = StreamObject()
    made._data = data
    for name, value in members.items():
        made[NameObject(f"/{name}")] = NameObject(f"/{value}")
    return made


def specification(writer: PdfWriter, data: StreamObject, name: str = "a.json") -> DictionaryObject:
    made = DictionaryObject()
    made[NameObject("/F")] = TextStringObject(name)
    made[NameObject("/EF")] = DictionaryObject({NameObject("/F"): writer._add_object(data)})
    return made


def written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.fixture
def writer() -> PdfWriter:
    made = PdfWriter()
    made.add_blank_page(100, 100)
    return made


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        PdfReading()(data)
    return caught.value.code


def test_embedded_files_come_back_as_they_were(writer: PdfWriter) -> None:
    writer.add_attachment("badge é.json", BADGE)
    writer.add_attachment("again.json", BADGE)
    writer.add_attachment("other.png", bytes(range(256)))
    data = written(writer)
    found = (Entry("again.json", BADGE), Entry("other.png", bytes(range(256))))
    assert PdfReading()(data) == found
    assert [Entry(*one) for one in find_attachments(data)] == list(found)


def test_associated_files_of_document_page_and_annotation_are_found(writer: PdfWriter) -> None:
    files = [specification(writer, stream(f"[{number}]".encode())) for number in range(3)]
    page = writer.pages[0]
    writer.root_object[NameObject("/AF")] = ArrayObject([files[0]])
    page[NameObject("/AF")] = ArrayObject([files[1]])
    note = DictionaryObject({NameObject("/FS"): files[2]})
    page[NameObject("/Annots")] = ArrayObject([note, ArrayObject()])
    assert [data for _, data in find_attachments(written(writer))] == [b"[0]", b"[1]", b"[2]"]


def test_a_credential_in_the_metadata_is_found(writer: PdfWriter) -> None:
    text = XMP % '{"type": "Assertion"}'
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream(text.encode()))
    writer.add_metadata({"/Title": "A page", "/openbadgecredential": "eyJh.e.s"})
    assert find_attachments(written(writer)) == [
        ("xmp", BADGE),
        ("xmp", b"eyJhbGciOiJ9.e.s"),
        ("info", b"eyJh.e.s"),
    ]


@pytest.mark.parametrize(
    "xmp", [b"<broken", b'<!DOCTYPE a [<!ENTITY b "{}">]><a>&b;</a>', b"<a>" + b" " * 5_000_000]
)
def test_metadata_that_cannot_be_trusted_hides_no_attachment(writer: PdfWriter, xmp: bytes) -> None:
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream(xmp))
    writer.add_attachment("badge.json", BADGE)
    assert find_attachments(written(writer)) == [("badge.json", BADGE)]


def test_streams_that_need_the_filters_of_pictures_are_not_decoded(writer: PdfWriter) -> None:
    files = [
        specification(writer, stream(b"x", Filter="JBIG2Decode")),
        specification(writer, stream(b"no deflate", Filter="FlateDecode")),
        DictionaryObject(),
        specification(writer, stream(zlib.compress(BADGE), Filter="FlateDecode")),
    ]
    writer.root_object[NameObject("/AF")] = ArrayObject(files)
    assert BADGE in [data for _, data in find_attachments(written(writer))]
    assert b"x" not in [data for _, data in find_attachments(written(writer))]


def test_a_pdf_locked_against_changes_alone_is_read_and_one_with_a_password_is_not(
    writer: PdfWriter,
) -> None:
    writer.add_attachment("badge.json", BADGE)
    writer.encrypt(user_password="", owner_password="owner", algorithm="RC4-128")
    assert PdfReading()(written(writer)) == (Entry("badge.json", BADGE),)
    writer.encrypt(user_password="user", algorithm="RC4-128")
    assert refusal(written(writer)) == "format.pdf_encrypted"


class _Pipe:
    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def answer_of(data: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Run the process's own work in this one, without the limits that would end it."""
    output = _Pipe()
    monkeypatch.setattr(pdf_process, "_limit_itself", lambda: None)
    monkeypatch.setattr(pdf_process.logging, "disable", lambda: None)
    monkeypatch.setattr("sys.stdin", _Pipe(data))
    monkeypatch.setattr("sys.stdout", output)
    assert pdf_process.main() == 0
    return output.buffer.getvalue()


def test_the_process_answers_with_one_byte_and_what_it_found(
    writer: PdfWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.add_attachment("a", BADGE)
    found = b"\0\0\0\x01a\0\0\0\x15" + BADGE
    assert answer_of(written(writer), monkeypatch) == bytes([Answer.DONE]) + found
    assert answer_of(b"%PDF-1.7\n", monkeypatch) == bytes([Answer.DAMAGED])
    assert answer_of(_document(b"[]"), monkeypatch) == bytes([Answer.DAMAGED])
    bomb = _document(b"<</AF[2 0 R 2 0 R]>>", FILE, _stream(TWICE, TWO_FILTERS))
    assert answer_of(bomb, monkeypatch) == bytes([Answer.TOO_COSTLY])
    for number in range(4):
        writer.add_attachment(f"{number}", bytes([number]) * 9_000_000)
    assert answer_of(written(writer), monkeypatch) == bytes([Answer.TOO_COSTLY])
    writer.encrypt(user_password="user", algorithm="RC4-128")
    assert answer_of(written(writer), monkeypatch) == bytes([Answer.ENCRYPTED])


def test_a_part_that_is_no_part_of_a_pdf_hides_no_other() -> None:
    root = b"<</AF[2 0 R 2 0 R 4 0 R 7]/Names<</EmbeddedFiles 5 0 R>>/Metadata 7>>"
    odd = b"<</EF 7/F(b)>>"
    tree = b"<</Kids[5 0 R 6 0 R]>>"
    leaf = b"<</Names[(a) 4 0 R (b)]>>"
    data = _document(root, FILE, _stream(BADGE), odd, tree, leaf)
    assert find_attachments(data) == [("a", BADGE)]


def _document(root: bytes, *others: bytes) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate((root, *others), start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + head + end


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


TWO_FILTERS = b"/Filter[/FlateDecode/FlateDecode]"
TWICE = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
FILE = b"<</EF<</F 3 0 R>>/F(a)>>"
CIRCLE = b"<</EmbeddedFiles 2 0 R/Kids[2 0 R 2 0 R]/Names[(a) 2 0 R]/EF 2 0 R/Type/Pages>>"
HOSTILE = [
    ("not a pdf at all", b"%PDF-1.7\n", "format.pdf_damaged"),
    ("objects without end", b"%PDF-1.7\n" + b"1 0 obj\n" * 2_600_000, "format.pdf_costly"),
    ("opening brackets", b"%PDF-1.7\n" + b"<<" * 5_000_000, "format.pdf_damaged"),
    (
        "a table of a million",
        b"%PDF-1.7\nxref\n0 900000\n" + b"0000000009 00000 n \n" * 900_000
        + b"trailer\n<</Root 1 0 R/Size 900000>>\nstartxref\n9\n%%EOF",
        "format.pdf_costly",
    ),
    (
        "a bomb within a bomb",
        _document(b"<</AF[2 0 R]>>", FILE, _stream(TWICE, TWO_FILTERS)),
        "format.pdf_costly",
    ),
    ("a root that is itself", _document(b"2 0 R", b"2 0 R"), "format.pdf_damaged"),
    ("no root", _document(b"[]"), "format.pdf_damaged"),
    ("deep arrays", _document(b"<</AF " + b"[" * 2_000_000 + b">>"), "format.pdf_damaged"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"), [pytest.param(*rest, id=name) for name, *rest in HOSTILE]
)
def test_a_hostile_pdf_is_refused_in_time(data: bytes, code: str) -> None:
    started = time.monotonic()
    # On a busy machine the clock may end what the library would have refused a little later.
    assert refusal(data) in {code, "format.pdf_costly"}
    # 1.8 s for the process; to start it and hand it 20 MB takes longer on a busy machine.
    assert time.monotonic() - started < 4


def test_references_in_circles_end(writer: PdfWriter) -> None:
    circle = _document(b"<</Names 2 0 R/AF[2 0 R]/Pages 2 0 R/Metadata 2 0 R>>", CIRCLE)
    assert PdfReading()(circle) == ()


def test_more_attachments_than_a_file_may_hold_are_too_costly(writer: PdfWriter) -> None:
    for number in range(4):
        writer.add_attachment(f"{number}", bytes([number]) * 9_000_000)
    assert refusal(written(writer)) == "format.pdf_costly"


def test_many_pdfs_of_one_archive_share_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 100, 2))
    monkeypatch.setattr(pdf_reading.time, "monotonic", lambda: float(next(clock)))
    reading = PdfReading()
    with pytest.raises(FormatError, match="pdf_damaged"):
        reading(b"%PDF-1.7\n")
    with pytest.raises(FormatError, match="pdf_costly"):
        reading(b"%PDF-1.7\n")


def test_a_process_that_fails_or_hangs_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf_reading, "_command", lambda: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    assert refusal(b"%PDF-1.7\n") == "format.pdf_costly"
    monkeypatch.setattr(pdf_reading, "_command", lambda: ["/nowhere/python"])
    assert refusal(b"%PDF-1.7\n") == "format.pdf_costly"
    monkeypatch.setattr(pdf_reading, "_TIMEOUT_S", 0.05)
    monkeypatch.setattr(pdf_reading, "_command", lambda: [sys.executable, "-c", "while 1: 0"])
    assert refusal(b"%PDF-1.7\n") == "format.pdf_costly"


def test_a_frozen_program_starts_itself_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert pdf_reading._command() == [sys.executable, "--pdf-process"]


def test_the_program_answers_as_that_process(writer: PdfWriter) -> None:
    writer.add_attachment("badge.json", BADGE)
    done = subprocess.run(
        [sys.executable, "-m", "wallet_app", "--pdf-process"],
        input=written(writer),
        capture_output=True,
        cwd=Path(__file__).resolve().parents[2],
        check=True,
    )
    assert done.stdout == b"\0\0\0\0\nbadge.json\0\0\0\x15" + BADGE


@pytest.mark.parametrize("name", ["01-data-analysis.png", "06-cloud-foundations.jwt"])
def test_a_sample_badge_is_found_in_a_pdf_that_carries_it(writer: PdfWriter, name: str) -> None:
    badge = resource_path("samples", "badges", name).read_bytes()
    writer.add_attachment(name, badge)
    assert PdfReading()(written(writer)) == (Entry(name, badge),)
