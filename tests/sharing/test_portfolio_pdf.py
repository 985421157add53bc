"""A portfolio: every badge whole on a page, every original attached, in the order given."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage, QPainter

from simulators.poppler import Poppler
from wallet_app.sharing.certificate import Attachment, CertificateContent
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.portfolio_page import PortfolioPages
from wallet_app.sharing.portfolio_pdf import PortfolioContent, portfolio_pdf, portfolio_picture
from wallet_app.sharing.qr import make_qr
from wallet_app.wording import Words

pytestmark = pytest.mark.usefixtures("qapp")

Print = Callable[..., Poppler]

NOW = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
PAGE = "https://badges.northgate.example/assertions/"
LONG_LINK = "https://page.example/coffre/#1j." + "aB3-_xYz" * 110


def _entry(number: int, **changes: object) -> CertificateContent:
    made = CertificateContent(
        title=f"Badge numéro {number}",
        issuer="Collège d’été",
        issuer_proven=True,
        verdict="verified",
        verdict_word="Vérifié",
        verdict_sentence=f"Phrase du badge {number}, jusqu’à la fin.",
        checked_at=datetime(2026, 11, 23, 9, 41, tzinfo=UTC),
        attachment=Attachment(
            f"{number:02} badge.json", "application/json", b'{"n": %d}\x00' % number
        ),
        holder="Camille Vasseur",
        issued_on=datetime(2024, 3, 12, tzinfo=UTC),
        description="Planifie un petit projet et signale les risques à temps. " * 3,
        skills=("Planification", "suivi des risques"),
        facts=(("Niveau", "CEC 5"),),
        qr=make_qr(f"{PAGE}{number}"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


LONGEST = _entry(
    1,
    title="Certificat de spécialisation " * 20,
    issuer="Institut interrégional " * 20,
    holder="Marie-Antoinette " * 30,
    description="Conçoit et maintient. " * 5_000,
    skills=tuple(f"Compétence {number}" for number in range(5_000)),
    facts=tuple((f"Résultat {number}", "x" * 500) for number in range(50)),
    verdict_word="Mot " * 60,
    verdict_sentence="Une phrase qui n’en finit pas. " * 50,
    qr=make_qr(LONG_LINK),
)


def _portfolio(*entries: CertificateContent, title: str = "", words: str = "") -> PortfolioContent:
    return PortfolioContent(entries, NOW, title, words)


@pytest.fixture
def printed(tmp_path: Path) -> Print:
    def make(content: PortfolioContent, language: str = "fr", paper: Paper = Paper.A4) -> Poppler:
        return Poppler.opened(portfolio_pdf(content, Words(language), paper=paper), tmp_path)

    return make


@pytest.mark.parametrize("paper", Paper)
def test_all_originals_are_attached_and_all_codes_are_read(printed: Print, paper: Paper) -> None:
    entries = tuple(_entry(number) for number in range(1, 8))
    seen = printed(_portfolio(*entries), "fr", paper)
    assert seen.attachments() == {one.attachment.name: one.attachment.data for one in entries}
    pages = int(seen.info()["Pages"])
    found = [
        code.text
        for number in range(1, pages + 1)
        for code in sorted(
            zxingcpp.read_barcodes(seen.page(number)), key=lambda one: one.position.top_left.y
        )
    ]
    assert found == [f"{PAGE}{number}" for number in range(1, 8)]
    assert ("letter" in seen.info()["Page size"]) == (paper is Paper.LETTER)


@pytest.mark.parametrize("paper", Paper)
def test_no_entry_is_cut_by_the_end_of_a_page(printed: Print, paper: Paper) -> None:
    # Of many lengths, so that the end of a page falls everywhere.
    entries = [
        _entry(number, description="Une ligne. " * (number * 5 % 37)) for number in range(1, 15)
    ]
    seen = printed(_portfolio(*entries, words="Bonjour.\n\nVoici mes badges."), "fr", paper)
    whole = []
    for number in range(1, int(seen.info()["Pages"]) + 1):
        text = seen.text(number)
        begun = re.findall(r"Badge numéro (\d+)", text)
        assert begun == re.findall(r"Phrase du badge (\d+), jusqu’à la fin\.", text)
        assert begun == [
            str(int(one)) for one in re.findall(r"(\d\d) badge\.json, empreinte", text)
        ]
        assert f"Page {number} sur " in text
        whole += begun
    assert whole == [str(number) for number in range(1, 15)]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_longest_entry_fits_on_a_page(paper: Paper, language: str) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        content = _portfolio(LONGEST, replace(LONGEST, qr=None))
        pages = PortfolioPages(painter, content, Words(language), paper)
        room = paper.height_px - 64 - 104
        assert all(item.height <= room for page in pages._pages for item in page)


def test_code_of_a_long_link_is_read_from_the_page(printed: Print) -> None:
    seen = printed(_portfolio(LONGEST))
    (found,) = zxingcpp.read_barcodes(seen.page(1, 200))
    assert found.text == LONG_LINK


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "My badges",
                "Hello, here they are.",
                "1 badge, put together by its holder on 29 November 2026.",
                "Words and order are the holder’s own and not signed.",
                "This paper is not the proof; the attached file is.",
                "Issuer: Collège d’été",
                "Awarded to Camille Vasseur on 12 March 2024",
                "Valid until: No end date · Niveau: CEC 5",
                "Skills: Planification, suivi des risques",
                "Vérifié, checked on 23 November 2026 at 09:41 UTC",
                "Attached: 01 badge.json, fingerprint",
                "Page 1 of 1",
            ),
        ),
        (
            "fr",
            (
                "1 badge, réuni par son titulaire le 29 novembre 2026.",
                "ne sont pas signés",
                "Émetteur : Collège d’été",
                "Décerné à Camille Vasseur le 12 mars 2024",
                "Fin de validité : Aucune · Niveau : CEC 5",
                "Compétences : Planification, suivi des risques",
                "Vérifié, contrôle du 23 novembre 2026 à 9 h 41 UTC",
                "Page 1 sur 1",
            ),
        ),
    ],
)
def test_page_says_what_it_must(printed: Print, language: str, sentences: tuple[str, ...]) -> None:
    content = _portfolio(_entry(1), title="My badges", words="Hello, here they are.")
    seen = printed(content, language)
    text = seen.text()
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert seen.info()["Title"] == "My badges"
    for font in seen.fonts():
        assert font[-5] == "yes"


def test_unproven_issuer_only_calls_itself_so_and_every_verdict_is_said(printed: Print) -> None:
    entries = (
        _entry(1, issuer_proven=False, verdict="undetermined", verdict_word="Incomplet"),
        _entry(2, issuer="", holder="", verdict="revoked", verdict_word="Révoqué"),
    )
    text = printed(_portfolio(*entries)).text()
    assert "Émetteur : se présente comme « Collège d’été »" in text
    assert "Émetteur : sans nom Décerné le 12 mars 2024" in text
    assert "Incomplet, contrôle du" in text
    assert "Révoqué, contrôle du" in text


def test_long_words_run_over_to_the_next_page_line_by_line(printed: Print) -> None:
    words = "\n".join(f"Ligne {number} de mes mots." for number in range(120))
    seen = printed(_portfolio(_entry(1), words=words))
    assert int(seen.info()["Pages"]) > 2
    lines = re.findall(r"Ligne (\d+) de mes mots\.", seen.text())
    assert lines == [str(number) for number in range(120)]


def test_hostile_words_stay_text(printed: Print) -> None:
    hostile = "(a) >> endobj <b>\u202e\x00 \\)"
    seen = printed(_portfolio(_entry(1), title=hostile, words=f"{hostile}\r\n{hostile}"))
    assert seen.info()["JavaScript"] == "no"
    assert seen.text().count("(a) >> endobj <b>\ufffd\ufffd \\)") == 3


def test_two_attachments_of_one_name_are_a_bug_and_so_is_no_badge() -> None:
    for entries in ((), (_entry(1), _entry(1))):
        with pytest.raises(ValueError, match=str(len(entries))):
            portfolio_pdf(_portfolio(*entries), Words("en"))


def test_preview_is_the_first_page() -> None:
    image = QImage.fromData(portfolio_picture(_portfolio(_entry(1)), Words("fr"), width_px=400))
    assert (image.width(), image.height()) == (400, round(400 * 1123 / 794))
