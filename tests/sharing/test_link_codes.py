"""Codes of links, photographed as a phone would: a short run of the campaign ``links``."""

import random

import pytest
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.util import BIT_LIMIT_TABLE

from sharing import links_campaign
from simulators.checking import credential_of
from simulators.own_families import FAMILIES
from simulators.photographed import photographed, read_code
from wallet_app.app.contexts import load_contexts
from wallet_app.errors import UserError
from wallet_app.sharing.link_code import code_text, paper_qr_of_link, qr_of_link, qr_size_of_link
from wallet_app.sharing.link_format import write_link_text
from wallet_app.sharing.link_payload import (
    LinkKind,
    bare_text,
    link_text,
    read_link_text,
    verifiable_link,
    with_answer,
)
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text
from wallet_app.sharing.qr import ErrorCorrection, Readability, make_qr, qr_png, qr_size, qr_size_of

FAMILIES_READ = ("w3c-eddsa", "w3c-ecdsa", "w3c-jose", "ob3-baked", "ob2-signed")
PAGE = "https://camille.example/badges/"


def _link(family: str) -> str:
    made = FAMILIES[family][1]()
    return verifiable_link(PAGE, link_text(credential_of(made), load_contexts()))


@pytest.mark.parametrize("family", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "JWT ES256", "SD-JWT"])
@pytest.mark.parametrize("answer", [b"", b"7" * 71], ids=["badge", "answer"])
def test_code_of_a_link_is_read_from_a_photo(family: str, answer: bytes) -> None:
    link = _link(family)
    link = f"{PAGE}#{with_answer(link.partition('#')[2], answer)}" if answer else link
    size = qr_size_of_link(link)
    code = qr_of_link(link, error_correction=size.error_correction)
    assert code.version == size.version
    assert code.version < qr_size(len(link)).version or not qr_size(len(link)).version
    photo = photographed(qr_png(code), family, pixels_a_module=4)
    read = read_code(photo)
    assert read == code.text
    assert code.link == link
    assert read.startswith(f"{PAGE}#1d")
    # What a phone opens is the very badge, and the answer signed over the text of the link.
    page, _, text = read.partition("#")
    assert f"{page}#{bare_text(text)}" == link.partition(".a")[0]
    assert read_link_text(text) == read_link_text(link.partition("#")[2])


def test_code_of_a_link_as_it_is_sent_is_read_from_a_photo() -> None:
    link = _link("JWT ES256")
    code = make_qr(link, error_correction=ErrorCorrection.L)
    assert read_code(photographed(qr_png(code), "sent", pixels_a_module=4)) == link


@pytest.mark.parametrize("text", ["#1n." + "aB3_-xYz7" * 150, "#1d" + "31415926535897932" * 175])
def test_largest_code_is_read_from_a_photo(text: str) -> None:
    limit = {"n": 1_273, "d": len(PAGE) + 3 + 2_970}[text[2]]
    link = (PAGE + text)[:limit]
    assert make_qr(link, error_correction=ErrorCorrection.L).version == 25
    with pytest.raises(UserError) as refused:
        make_qr(PAGE + text[: limit + 1 - len(PAGE)], error_correction=ErrorCorrection.L)
    assert refused.value.params == {"length": limit + 1, "limit": limit}
    code = make_qr(link, error_correction=ErrorCorrection.L)
    assert read_code(photographed(qr_png(code), "25", pixels_a_module=4)) == link


@pytest.mark.parametrize("level", ["L", "M"])
@pytest.mark.parametrize("answer", ["", ".a" + "aB3_" * 24], ids=["badge", "answer"])
def test_size_of_digits_is_told_beforehand(level: str, answer: str) -> None:
    limits = BIT_LIMIT_TABLE[{"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M}[level]]
    for version in range(4 if answer == "" else 9, 26):
        headers = 2 * 4 + (18 if version < 10 else 28) + 8 * (len(PAGE) + 3)
        if answer:
            headers += 4 + (8 if version < 10 else 16) + 8 * len(answer)
        room = limits[version] - headers
        digits = room // 10 * 3 + (room % 10 >= 4) + (room % 10 >= 7)
        link = f"{PAGE}#1d{'2718281828' * 300}"[: len(PAGE) + 3 + digits] + answer
        one_more = link.replace("#1d", "#1d0")
        told = [qr_size_of(one, ErrorCorrection(level)).version for one in (link, one_more)]
        assert told == [version, (version + 1) % 26]
        if version in (9, 25):
            assert make_qr(link, error_correction=ErrorCorrection(level)).version == version


@pytest.mark.parametrize("answer", ["", ".a" + "aB3_" * 24], ids=["badge", "answer"])
def test_limit_counts_the_link_as_it_is_sent(answer: str) -> None:
    # Stored as it is, so that a byte more is a byte more.
    chance = random.Random(1)  # noqa: S311 - nothing is hidden
    content = chance.randbytes(1_300)

    def link(size: int) -> str:
        body = write_link_text(LinkKind.JWS, (b"", b"", content[:size]))
        return f"{PAGE}#{body}{answer}"

    limit = qr_size_of_link(link(10)).limit
    fitting = max(size for size in range(1_000, 1_300) if len(link(size)) <= limit)
    told = qr_size_of_link(link(fitting))
    assert (told.version, told.readability, told.limit) == (25, Readability.LARGE, limit)
    assert qr_of_link(link(fitting), error_correction=ErrorCorrection.L).version == 25
    longer = link(fitting + 1)
    assert qr_size_of_link(longer).readability is Readability.TOO_LARGE
    with pytest.raises(UserError, match=r"share\.link_too_long") as refused:
        qr_of_link(longer, error_correction=ErrorCorrection.L)
    assert refused.value.params == {"length": len(longer), "limit": limit}


def test_paper_has_its_own_level_and_size() -> None:
    told = qr_size_of_link(_link("eddsa-rdfc-2022"), on_paper=True)
    assert told.error_correction is ErrorCorrection.M
    code = qr_of_link(_link("eddsa-rdfc-2022"))
    assert code.version == told.version
    assert paper_qr_of_link(_link("eddsa-rdfc-2022")) == code
    assert paper_qr_of_link(f"{PAGE}#{'x' * 1_274}") is None


@pytest.mark.parametrize(
    "link",
    [
        "https://issuer.example/badges/7f36",
        "https://issuer.example/badges#1n.AAAA",
        "https://issuer.example/badges#1j.7f36",
        "https://issuer.example/badges#1d106",
        "https://issuer.example/#",
    ],
)
def test_link_of_others_stays_as_it_is_in_a_code(link: str) -> None:
    assert code_text(link) == link
    assert qr_of_link(link) == make_qr(link)
    assert qr_size_of_link(link) == qr_size_of(link, ErrorCorrection.L)


def test_several_badges_stay_as_they_are_in_a_code() -> None:
    text = _link("JWT ES256").partition("#")[2]
    several = f"{PAGE}#{portfolio_text([text], PortfolioMeta(title='One'))}"
    assert code_text(several) == several


def test_photo_can_be_too_bad_to_read() -> None:
    code = make_qr(_link("eddsa-rdfc-2022"), error_correction=ErrorCorrection.L)
    photo = photographed(qr_png(code), "1", pixels_a_module=1)
    assert read_code(photo) == ""


@pytest.mark.corpus
@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("family", FAMILIES_READ)
def test_link_of_a_badge_by_others_carries_what_its_report_rests_on(family: str) -> None:
    answers = []
    for badge in links_campaign.corpus(load_contexts(), family):
        try:
            text = link_text(badge.credential, badge.contexts, links_campaign.keys_of(badge))
        except UserError:
            continue
        answers.append(links_campaign.compared(badge, text))
    assert answers
    assert not [answer for answer in answers if answer.startswith("differs")]
