"""The certificate: one page, the original attached, a code that is read back, both languages."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from defusedxml.ElementTree import fromstring
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

from wallet_app.drawing.tokens import VERDICTS
from wallet_app.errors import EnvironmentFault
from wallet_app.sharing.certificate import Attachment, CertificateContent
from wallet_app.sharing.certificate_pdf import certificate_pdf, write_certificate_pdf
from wallet_app.sharing.qr import make_qr
from wallet_app.wording import Words

pytestmark = pytest.mark.usefixtures("qapp")

PAGE = "https://badges.northgate.example/public/assertions/7f36c9a8"
ORIGINAL = b'{"type": ["VerifiableCredential"], "name": "\xc3\x89t\xc3\xa9"}\n\x00\xff'
CONTENT = CertificateContent(
    title="Project Management Foundations",
    issuer="Northgate College",
    issuer_proven=True,
    verdict="verified",
    verdict_word="Verified",
    verdict_sentence="Northgate College signed this badge, and it is still in force.",
    checked_at=datetime(2026, 11, 23, 9, 41, tzinfo=UTC),
    attachment=Attachment("Project Management.json", "application/ld+json", ORIGINAL),
    holder="Camille Vasseur",
    issued_on=datetime(2024, 3, 12, tzinfo=UTC),
    description="Plans a small project, estimates work and cost.",
    skills=("Project scheduling", "Risk reporting"),
    facts=(("Level", "EQF 5"),),
    qr=make_qr(PAGE),
)


def _pdf(content: CertificateContent = CONTENT, language: str = "en") -> bytes:
    return certificate_pdf(content, Words(language))


def _text(data: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(data)).pages
    # Qt maps a shared glyph back to the first of its characters: a tab for a space, a
    # modifier letter for an apostrophe.
    text = re.sub(r"\s+", " ", page.extract_text())
    return text.replace("\u02bc", "\u2019")


def _xmp(data: bytes) -> bytes:
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    return bytes(root["/Metadata"].get_data())


def _rendered(data: bytes, folder: Path, dots_per_inch: int = 110) -> Image.Image:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed: the page is not rendered")
    (folder / "page.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", str(dots_per_inch), "-png", "-singlefile", "page.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True, timeout=30)
    return Image.open(folder / "page.png")


def _pixel(image: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue = image.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes()
    return red, green, blue


def test_original_is_attached_byte_for_byte() -> None:
    reader = PdfReader(io.BytesIO(_pdf()))
    assert list(reader.attachments) == ["Project Management.json"]
    (data,) = reader.attachments["Project Management.json"]
    assert sha256(data).digest() == sha256(ORIGINAL).digest()


def test_attachment_keeps_its_media_type_and_a_french_name() -> None:
    attachment = Attachment("Été à l’école.png", "image/png", b"\x89PNG as it came")
    data = _pdf(replace(CONTENT, attachment=attachment))
    (embedded,) = PdfReader(io.BytesIO(data)).attachment_list
    assert (embedded.name, embedded.content) == (attachment.name, attachment.data)
    # Qt writes the type beside the file's name, where this reader does not look.
    assert b"/Subtype/image#2Fpng" in data


def test_page_is_one_a4_with_every_font_embedded() -> None:
    (page,) = PdfReader(io.BytesIO(_pdf())).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    names = set()
    resources: Any = page["/Resources"]
    for font in resources["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
        names.add(str(descendant["/BaseFont"]).split("+")[-1].lstrip("/"))
    assert all(name.startswith(("SourceSans", "SourceSerif", "SourceCode")) for name in names)
    assert len(_pdf()) < 300_000


def test_printed_code_is_read_back_as_the_same_link(tmp_path: Path) -> None:
    (found,) = zxingcpp.read_barcodes(_rendered(_pdf(), tmp_path))
    assert found.text == PAGE


def test_largest_code_is_still_read_from_the_page(tmp_path: Path) -> None:
    link = PAGE + "?" + "aB3-_xYz" * 100
    data = _pdf(replace(CONTENT, qr=make_qr(link)))
    (found,) = zxingcpp.read_barcodes(_rendered(data, tmp_path, 200))
    assert found.text == link


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "Northgate College certifies that",
                "Camille Vasseur",
                "earned, on 12 March 2024, the badge",
                "Project Management Foundations",
                "Valid until",
                "No end date",
                "EQF 5",
                "Project scheduling, Risk reporting",
                "Verified, checked on 23 November 2026 at 09:41 UTC",
                "This paper is not the proof; the attached file is.",
                "scan the code, which opens badges.northgate.example,",
                "Badge fingerprint",
            ),
        ),
        (
            "fr",
            (
                "Northgate College a décerné à",
                "Camille Vasseur",
                "le 12 mars 2024, le badge",
                "Fin de validité",
                "Aucune",
                "Compétences",
                "contrôle du 23 novembre 2026 à 9 h 41 UTC",
                "Cette feuille ne prouve rien à elle seule",
                "badges.northgate.example",
                "Empreinte du badge",
            ),
        ),
    ],
)
def test_page_says_what_it_must_in_both_languages(
    language: str, sentences: tuple[str, ...]
) -> None:
    text = _text(_pdf(language=language))
    assert [sentence for sentence in sentences if sentence not in text] == []
    digest = sha256(ORIGINAL).hexdigest()
    assert f"{digest[:4]} {digest[4:8]}" in text


def test_unproven_issuer_only_calls_itself_so() -> None:
    unproven = replace(CONTENT, issuer_proven=False)
    assert "A signer who calls itself “Northgate College” states that" in _text(_pdf(unproven))
    french = _text(_pdf(unproven, "fr"))
    assert "Un signataire qui se présente comme « Northgate College » a décerné à" in french
    assert "Northgate College certifies" not in _text(_pdf(unproven))
    assert "A signer without a name" in _text(_pdf(replace(CONTENT, issuer="")))


def test_identifier_is_printed_for_a_proven_issuer_only() -> None:
    long = "did:key:z6Mk" + "x" * 100 + "q8sTq2"
    text = _text(_pdf(replace(CONTENT, signer=long)))
    assert "did:key:z6Mk" in text
    assert "q8sTq2" in text
    assert long not in text
    unproven = replace(CONTENT, signer="did:web:northgate.example", issuer_proven=False)
    assert "did:web" not in _text(_pdf(unproven))


def test_badge_without_holder_date_or_code_still_makes_a_page() -> None:
    bare = replace(CONTENT, holder="", issued_on=None, qr=None, skills=(), facts=())
    text = _text(_pdf(bare))
    assert "Northgate College awarded the badge" in text
    assert "scan the code" not in text
    assert "To check it, open the original badge attached to this PDF." in text
    assert "None" not in text


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_printed_as_icon_word_and_date(verdict: str, tmp_path: Path) -> None:
    content = replace(CONTENT, verdict=verdict, verdict_word=f"Word for {verdict}")
    assert f"Word for {verdict}, checked on 23 November 2026" in _text(_pdf(content))


def test_unknown_verdict_prints_nothing() -> None:
    with pytest.raises(KeyError):
        _pdf(replace(CONTENT, verdict="fine"))


def test_dates_are_those_of_utc() -> None:
    west = timezone(timedelta(hours=-5))
    content = replace(
        CONTENT,
        issued_on=datetime(2024, 3, 12, 22, tzinfo=west),
        expires_on=datetime(2027, 3, 12, 22, tzinfo=west),
        checked_at=datetime(2026, 11, 22, 20, 5, tzinfo=west),
    )
    text = _text(_pdf(content))
    assert "on 13 March 2024" in text
    assert "13 March 2027" in text
    assert "23 November 2026 at 01:05 UTC" in text


def test_long_texts_stay_on_one_page_and_leave_the_verdict_whole(tmp_path: Path) -> None:
    content = replace(
        CONTENT,
        title="Certificat de spécialisation " * 20,
        issuer="Institut interrégional " * 20,
        holder="Marie-Antoinette " * 30,
        description="Conçoit et maintient. " * 5_000,
        skills=tuple(f"Compétence {number}" for number in range(5_000)),
        facts=tuple((f"Résultat {number}", "x" * 500) for number in range(50)),
        signer="z" * 4_000,
    )
    data = _pdf(content, "fr")
    text = _text(data)
    assert "contrôle du 23 novembre 2026 à 9 h 41 UTC" in text
    assert "Mis en page par Coffre" in text
    assert "…" in text
    (found,) = zxingcpp.read_barcodes(_rendered(data, tmp_path))
    assert found.text == PAGE


def test_hostile_texts_are_printed_as_plain_text() -> None:
    hostile = '<b>x</b> & "y" \u202egnp\x00\n<img src="file:///etc/passwd">'
    content = replace(CONTENT, title=hostile, holder=hostile, issuer=hostile, skills=(hostile,))
    data = _pdf(content)
    assert "<b>x</b> & " in _text(data)
    assert "\u202e" not in _text(data)
    metadata = _xmp(data)
    assert b"\x00" not in metadata
    assert "<b>x</b> & " in "".join(fromstring(metadata).itertext())


def test_metadata_name_the_badge_and_not_the_issuer_as_author() -> None:
    data = _pdf()
    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (CONTENT.title, "Coffre")
    assert reader.metadata.author == "Coffre"
    xmp = "".join(fromstring(_xmp(data)).itertext())
    assert sha256(ORIGINAL).hexdigest() in xmp


def test_picture_of_the_issuer_is_printed_and_a_refused_one_is_drawn(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 300), (255, 0, 255)).save(out, "PNG")
    shown = _rendered(_pdf(replace(CONTENT, picture=out.getvalue())), tmp_path, 96)
    red, green, blue = _pixel(shown, 140, 230)
    assert (red > 250, green < 5, blue > 250) == (True, True, True)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    refused = _rendered(_pdf(replace(CONTENT, picture=svg)), tmp_path, 96)
    assert _pixel(refused, 138, 180) != (255, 255, 255)


def test_certificate_goes_to_a_file_or_an_open_device(tmp_path: Path) -> None:
    path = tmp_path / "badge.pdf"
    write_certificate_pdf(path, CONTENT, Words("en"))
    assert path.read_bytes().startswith(b"%PDF-1.6")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write_certificate_pdf(buffer, CONTENT, Words("en"))
    assert buffer.data().startsWith(b"%PDF-1.6")


def test_disk_that_refuses_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as refused:
        write_certificate_pdf(tmp_path / "no" / "badge.pdf", CONTENT, Words("en"))
    assert refused.value.code == "share.not_written"
    assert refused.value.params == {"name": "badge.pdf"}


SCRIPT = """
import sys
from datetime import UTC, datetime
from wallet_app.sharing.certificate import Attachment, CertificateContent
from wallet_app.sharing.certificate_pdf import certificate_pdf
from wallet_app.wording import Words
content = CertificateContent(
    "Badge", "Northgate College", True, "verified", "Verified", "Signed.",
    datetime(2026, 11, 23, tzinfo=UTC), Attachment("badge.json", "application/json", b"{}"),
)
sys.stdout.buffer.write(certificate_pdf(content, Words("en")))
"""


def test_command_line_makes_a_certificate_without_any_display() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, check=True, timeout=60, env={}
    )
    assert "Northgate College awarded the badge" in _text(done.stdout)
    assert done.stderr == b""


def test_window_keeps_its_own_application(qapp: QApplication) -> None:
    _pdf()
    assert QApplication.instance() is qapp
