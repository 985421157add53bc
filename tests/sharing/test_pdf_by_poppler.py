"""The certificate as other programs see it: poppler reads, zxing-cpp scans."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp

from simulators.poppler import Poppler
from wallet_app.sharing.certificate import Attachment, CertificateContent
from wallet_app.sharing.certificate_pdf import certificate_pdf
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_text import mend_text
from wallet_app.sharing.qr import make_qr
from wallet_app.wording import Words

pytestmark = pytest.mark.usefixtures("qapp")

Print = Callable[..., Poppler]

PAGE = "https://badges.northgate.example/public/assertions/7f36c9a8"
ORIGINAL = b'{"name": "\xc3\x89t\xc3\xa9"}\r\n\x00\xff [<0009>] endstream endobj'
CONTENT = CertificateContent(
    title="Œuvres d’été : l’accueil « à la carte » & C#",
    issuer="Collège de Bellerive",
    issuer_proven=True,
    verdict="verified",
    verdict_word="Vérifié",
    verdict_sentence="Rien n’a changé depuis ; ça n’a pas été retiré.",
    checked_at=datetime(2026, 11, 23, 9, 41, tzinfo=UTC),
    attachment=Attachment("badge.json", "application/ld+json", ORIGINAL),
    holder="Gaëlle Ñuñez-Łukasz",
    issued_on=datetime(2024, 3, 12, tzinfo=UTC),
    description="Planifie, estime, suit l’avancement.",
    skills=("Officiel", "Efficacité", "Sœur aînée"),
    facts=(("Niveau", "CEC 5"),),
    qr=make_qr(PAGE),
)
LONG = replace(
    CONTENT,
    title="Certificat de spécialisation " * 20,
    issuer="Institut interrégional " * 20,
    holder="Marie-Antoinette " * 30,
    description="Conçoit et maintient. " * 5_000,
    skills=tuple(f"Compétence {number}" for number in range(5_000)),
    facts=tuple((f"Résultat {number}", "x" * 500) for number in range(50)),
    verdict_sentence="Une phrase qui n’en finit pas. " * 50,
)


@pytest.fixture
def printed(tmp_path: Path) -> Print:
    def make(
        content: CertificateContent = CONTENT, language: str = "en", paper: Paper = Paper.A4
    ) -> Poppler:
        return Poppler.opened(certificate_pdf(content, Words(language), paper=paper), tmp_path)

    return make


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, "595 x 842 pts (A4)"), (Paper.LETTER, "612 x 792 pts (letter)")]
)
@pytest.mark.parametrize("content", [CONTENT, LONG], ids=["usual", "long"])
def test_page_is_one_of_the_paper_chosen_and_its_code_is_read(
    printed: Print, content: CertificateContent, paper: Paper, size: str
) -> None:
    seen = printed(content, "fr", paper)
    info = seen.info()
    assert (info["Pages"], info["Page size"]) == ("1", size)
    assert info["Title"].startswith(content.title[:20])
    assert (info["Author"], info["JavaScript"], info["Encrypted"]) == ("Coffre", "no", "no")
    (found,) = zxingcpp.read_barcodes(seen.page())
    assert found.text == PAGE
    assert "Mis en page par Coffre, à la demande du titulaire" in seen.text()


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "Collège de Bellerive certifies that",
                "earned, on 12 March 2024, the badge",
                "This paper is not the proof; the attached file is.",
                "scan the code, which opens badges.northgate.example,",
                "checked on 23 November 2026 at 09:41 UTC",
            ),
        ),
        (
            "fr",
            (
                "Collège de Bellerive a décerné à",
                "le 12 mars 2024, le badge",
                "Cette feuille ne prouve rien à elle seule ; la preuve est le fichier joint.",
                "contrôle du 23 novembre 2026 à 9 h 41 UTC",
                "ouvrez le badge d’origine joint à ce PDF.",
            ),
        ),
    ],
)
def test_text_is_copied_out_as_it_was_written(
    printed: Print, language: str, sentences: tuple[str, ...]
) -> None:
    seen = printed(language=language)
    stated = (
        CONTENT.title,
        CONTENT.holder,
        CONTENT.verdict_sentence,
        "Officiel, Efficacité, Sœur aînée",
        "Planifie, estime, suit l’avancement.",
    )
    # Any space of the page is a space to poppler, narrow and no-break ones, too.
    text = seen.text()
    wanted = (re.sub("[\u00a0\u202f]", " ", one) for one in (*sentences, *stated))
    assert [sentence for sentence in wanted if sentence not in text] == []
    assert re.search("[\t\u02bc]", seen.raw_text()) is None


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment("badge.json", "application/ld+json", ORIGINAL),
        Attachment("Été à l’école.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        Attachment("badge.jwt", "application/jwt", b"eyJ.e30.x"),
        Attachment("empty.json", "application/json", b""),
    ],
    ids=["json", "png", "jwt", "empty"],
)
def test_attachment_is_the_original_with_its_media_type(
    printed: Print, attachment: Attachment
) -> None:
    seen = printed(replace(CONTENT, attachment=attachment))
    assert seen.attachments() == {attachment.name: attachment.data}
    kind = attachment.media_type.replace("/", "#2F").encode()
    assert b"/Subtype/" + kind in seen.path.read_bytes()


def test_every_font_is_embedded_and_can_be_read_as_text(printed: Print) -> None:
    fonts = printed().fonts()
    assert len(fonts) >= 4
    for font in fonts:
        embedded, _, as_text = font[-5:-2]
        assert (embedded, as_text) == ("yes", "yes"), font


def test_hostile_texts_stay_text(printed: Print) -> None:
    hostile = "(a) >> endobj <script>\u202e\x00 \\) /JS %s"
    seen = printed(replace(CONTENT, title=hostile, holder=hostile, issuer=hostile))
    assert (seen.info()["Pages"], seen.info()["JavaScript"]) == ("1", "no")
    assert "(a) >> endobj <script>\ufffd\ufffd \\) /JS %s" in seen.text()


def _file(*objects: bytes) -> bytes:
    """Return a file of these objects with its table of offsets."""
    body, offsets = b"%PDF-1.6\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return body + head + rows + b"trailer\n<<>>\nstartxref\n%d \n%%%%EOF\n" % len(body)


def _table(spaces: bytes, before: bytes = b"<< /Length 99 >>") -> bytes:
    names = b"<0001> <0009> [<0041> %s <00A0>]" % spaces
    return b"%s\nstream\n/CIDInit /ProcSet findresource begin\n%s\nendcmap\nendstream" % (
        before,
        names,
    )


def test_only_tables_that_name_characters_are_mended() -> None:
    inside = b"<< /Type /EmbeddedFile /Length 99 >>"
    # An attachment may hold anything: a table, and an object that looks like one.
    hostile = _table(b"<0009>", inside) + b"\n9 0 obj\n" + _table(b"<0009> <02BC>")
    given = _file(_table(b"<0009> <02BC>"), hostile, b"<< /Names [<0009>] >>")
    wanted = _file(_table(b"<0020> <2019>"), hostile, b"<< /Names [<0009>] >>")
    assert mend_text(given) == wanted


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.6", b"xref startxref\n99999 \n%%EOF\n", _table(b"<0009>")],
    ids=["empty", "cut", "no table", "no end"],
)
def test_what_is_no_such_file_is_left_alone(data: bytes) -> None:
    assert mend_text(data) == data
