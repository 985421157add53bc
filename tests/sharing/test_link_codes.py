"""Codes of links, photographed as a phone would: a short run of the campaign ``links``."""

import pytest

from sharing import links_campaign
from simulators.checking import credential_of
from simulators.own_families import FAMILIES
from simulators.photographed import photographed, read_code
from wallet_app.app.contexts import load_contexts
from wallet_app.errors import UserError
from wallet_app.sharing.link_payload import link_text, verifiable_link
from wallet_app.sharing.qr import ErrorCorrection, make_qr, qr_png, qr_size

FAMILIES_READ = ("w3c-eddsa", "w3c-ecdsa", "w3c-jose", "ob3-baked", "ob2-signed")
PAGE = "https://camille.example/badges/"


def _link(family: str) -> str:
    made = FAMILIES[family][1]()
    return verifiable_link(PAGE, link_text(credential_of(made), load_contexts()))


@pytest.mark.parametrize("family", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "JWT ES256", "SD-JWT"])
def test_code_of_a_link_is_read_from_a_photo(family: str) -> None:
    link = _link(family)
    size = qr_size(len(link))
    code = make_qr(link, error_correction=size.error_correction)
    assert code.version == size.version
    photo = photographed(qr_png(code), family, pixels_a_module=4)
    assert read_code(photo) == link


def test_largest_code_is_read_from_a_photo() -> None:
    link = (PAGE + "#1n." + _link("eddsa-rdfc-2022")[len(PAGE) + 4 :] * 3)[:1_273]
    code = make_qr(link, error_correction=ErrorCorrection.L)
    assert code.version == 25
    photo = photographed(qr_png(code), "25", pixels_a_module=4)
    assert read_code(photo) == link


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
