"""Every code of a verifiable link is in digits, which hold more; what was shared is the link."""

import random

import pytest

from wallet_app.app.link_codes import fits_code, screen_code
from wallet_app.app.showing import qr_of
from wallet_app.errors import UserError
from wallet_app.sharing.link_format import LinkKind, write_link_text
from wallet_app.sharing.link_payload import verifiable_link
from wallet_app.sharing.qr import MAX_LINK_CHARS, ErrorCorrection

PAGE = "https://camille.example/"
ISSUERS = "https://issuer.example/badges/7f36"


def _link(size: int) -> str:
    signed = random.Random(size).randbytes(size)  # noqa: S311 - nothing is hidden
    return verifiable_link(PAGE, write_link_text(LinkKind.JWS, (b"{}", b"{}", signed)))


def test_link_too_long_for_letters_fits_in_digits() -> None:
    link = _link(1_100)
    assert len(link) > MAX_LINK_CHARS[ErrorCorrection.L]
    assert fits_code(link)
    assert not fits_code(_link(1_250))
    code = screen_code([link, ISSUERS])
    assert code.link == link
    assert code.text.startswith(f"{PAGE}#1d")
    assert screen_code([_link(1_250), ISSUERS]).text == ISSUERS


def test_file_of_a_code_is_in_digits_for_paper_where_that_fits() -> None:
    small, large = qr_of(_link(100)), qr_of(_link(1_100))
    assert (small.error_correction, large.error_correction) == (
        ErrorCorrection.M,
        ErrorCorrection.L,
    )
    assert {code.text[: len(PAGE) + 3] for code in (small, large)} == {f"{PAGE}#1d"}
    assert large.link == _link(1_100)
    with pytest.raises(UserError, match=r"share\.link_too_long"):
        qr_of(_link(1_250))


def test_page_of_an_issuer_is_said_as_it_is() -> None:
    assert screen_code([ISSUERS]).text == qr_of(ISSUERS).text == ISSUERS
